"""The world of the access matrix: two societies with one of everything that a route can name.

`EXAMPLES` says for every route argument which object of a shelf stands for it; a new argument needs a row there.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import journey
from flask import Flask
from flask.testing import FlaskClient
from journey import Voice, plain
from staff import PASSWORD, Staff, hire
from werkzeug.routing import Rule

from rfl.domain.ids import new_id
from rfl.domain.roles import PERMISSIONS
from rfl.web.permissions import PUBLIC, ROUTES, SIGNED_IN

# key of the staff -> role, as permissions know it
ROLES = {
    "caseworker": "caseworker",
    "officer": "tracing_officer",
    "administrator": "society_administrator",
    "protection": "data_protection_officer",
    "volunteer": "field_volunteer",
}
SIGNED_OUT = "signed out"
WHOSE = ("own", "foreign", "missing")


@dataclass(frozen=True)
class Shelf:
    """One of everything that one society can open: what a route's arguments are filled with."""

    request: str
    sought: str
    draft: str
    draft_sought: str
    action: str
    proposal: str
    answer: str
    planned: str  # a confirmed proposal for which this society wrote a delivery plan
    located: str  # a confirmed proposal whose person concerned this society asks
    asked: str
    disclosure: str
    registered: str
    list: str
    run: str
    user: str
    partner: str
    agreement: str
    round: str
    package: str
    pair: str
    clear_list: str


# Arguments that name no object: one value for everybody.
FIXED = {("static", "filename"): "css/rfl.css"}
PAGE = "enquirer"

# (blueprint or endpoint, argument) -> attribute of Shelf; "" stands for every other route.
EXAMPLES: dict[tuple[str, str], str] = {
    ("", "request_id"): "request",
    ("intake", "request_id"): "draft",
    ("intake", "person_id"): "draft_sought",
    # A person can be removed from a draft only: the form is opened there, and sent where it is refused every time.
    ("intake.remove", "request_id"): "request",
    ("intake.remove", "person_id"): "sought",
    ("", "action_id"): "action",
    ("", "proposal_id"): "proposal",
    ("", "answer_id"): "answer",
    ("news", "proposal_id"): "planned",
    ("located", "proposal_id"): "located",
    ("located", "person_id"): "asked",
    ("", "disclosure_id"): "disclosure",
    ("registrations", "person_id"): "registered",
    ("consents", "person_id"): "registered",
    ("", "import_id"): "list",
    ("", "run_id"): "run",
    ("", "user_id"): "user",
    ("", "partner_id"): "partner",
    ("", "agreement_id"): "agreement",
    ("exchange_cases", "person_id"): "registered",
    ("", "round_id"): "round",
    ("", "package_id"): "package",
    ("", "pair_id"): "pair",
    ("", "list_id"): "clear_list",
}

# What an address cannot be answered without: an empty form would name a side that nobody has.
FORMS = {"review.assign": {"side": "left"}}


@dataclass(frozen=True)
class Route:
    """One address with one method."""

    endpoint: str
    method: str
    rule: Rule

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"

    @property
    def permission(self) -> str:
        return ROUTES[self.endpoint]

    def objects(self) -> dict[str, str]:
        """Return argument -> attribute of Shelf; fails with a sentence for an argument nobody gave an example for."""
        found = {}
        for argument in sorted(self.rule.arguments):
            if (self.endpoint, argument) in FIXED or (self.endpoint.startswith("intake.") and argument == "page"):
                continue
            places = (self.endpoint, self.endpoint.partition(".")[0], "")
            key = next(((place, argument) for place in places if (place, argument) in EXAMPLES), None)
            assert key, (
                f"The address {self.rule.rule} takes <{argument}>, and the access matrix has no example for it. Add a "
                f'row ("{places[1]}", "{argument}") to EXAMPLES in tests/matrix.py and, for a new kind of object, '
                "an attribute to Shelf that `build` fills for both societies, for a child and for the other society."
            )
            found[argument] = EXAMPLES[key]
        return found

    def address(self, values: dict[str, str]) -> str:
        """Return the address with `values` for its objects."""
        fixed = {argument: value for (endpoint, argument), value in FIXED.items() if endpoint == self.endpoint}
        if "page" in self.rule.arguments:
            fixed["page"] = PAGE
        built = self.rule.build({**fixed, **values}, append_unknown=False)
        assert built is not None, f"{self.rule.rule} cannot be filled with {values}"
        return built[1]

    def allows(self, role: str) -> bool:
        return self.permission in (PUBLIC, SIGNED_IN) or role in PERMISSIONS[self.permission][0]


def routes_of(app: Flask) -> list[Route]:
    """Return every route with each of its methods; the sign-out comes last, because nothing can follow it."""
    found = [
        Route(rule.endpoint, method, rule)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda route: (route.endpoint == "account.sign_out", str(route)))


@dataclass
class World:
    """The app, its two societies, and what each side has, cannot see, or must not be let see."""

    app: Flask
    north: Staff
    south: Staff
    own: Shelf
    foreign: Shelf  # all of it known to the other society only
    partner: Shelf  # the other society's own part of searches that both take part in
    child: Shelf  # of the own society, about a child
    volunteers: str  # registered by the volunteer
    stations: dict[str, str]

    def browser(self, key: str) -> FlaskClient:
        """Return a browser of one of the north's staff, or of nobody."""
        client = self.app.test_client()
        if key != SIGNED_OUT:
            form = {"sign_in_name": self.north.names[key], "password": PASSWORD}
            form["csrf_token"] = token_in(client.get("/sign-in").text)
            assert client.post("/sign-in", data=form).status_code == 303
        client.token = token_in(client.get("/", follow_redirects=True).text)
        return client

    def shelf(self, key: str) -> Shelf:
        """Return what this member of staff works with: a volunteer only with what they registered."""
        return replace(self.own, registered=self.volunteers) if key == "volunteer" else self.own


TOKEN = re.compile(r'name="csrf_token"[^>]*? value="([^"]+)"')


def token_in(page: str) -> str:
    """Return the token that the forms of a page carry."""
    return TOKEN.search(page)[1]


def values_for(route: Route, shelf: Shelf) -> dict[str, str]:
    """Return the route's arguments, filled from a shelf."""
    return {argument: getattr(shelf, attribute) for argument, attribute in route.objects().items()}


def missing_like(values: dict[str, str]) -> dict[str, str]:
    """Return ids that nothing has."""
    return {argument: new_id() for argument in values}


def mixtures(route: Route, own: Shelf, foreign: Shelf) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Yield pairs of values: at least one object is foreign in the first and missing in the second, the rest is own."""
    mine, theirs = values_for(route, own), values_for(route, foreign)
    arguments = sorted(mine)
    for chosen in range(1, 2 ** len(arguments)):
        swapped = {name for place, name in enumerate(arguments) if chosen >> place & 1}
        if all(theirs[name] == mine[name] for name in swapped):
            continue
        gone = missing_like(mine)
        yield (
            {name: theirs[name] if name in swapped else mine[name] for name in arguments},
            {name: gone[name] if name in swapped else mine[name] for name in arguments},
        )


def _shelf(staff: Staff, sides: "Sides", asked: journey.Search, voice: Callable[[str], Voice]) -> Shelf:
    hire(staff, f"spare{len(staff.actors)}", ["caseworker"])
    spare = list(staff.actors.values())[-1]
    return Shelf(
        request=sides.mine.request,
        sought=sides.mine.sought,
        draft=sides.draft,
        draft_sought=journey.sought_in(sides.draft),
        action=sides.mine.action,
        proposal=sides.mine.proposal,
        answer=sides.mine.answers[staff.id],
        planned=sides.mine.proposal,
        located=asked.proposal,
        asked=asked.registered,
        disclosure=sides.mine.disclosure,
        registered=asked.registered,
        list=journey.imported(staff.officer, voice(f"list of {staff.code} {len(staff.actors)}")),
        run=sides.run,
        user=spare.id,
        partner=journey.partner_received(staff),
        **journey.exchanged(staff, voice(f"agreement of {staff.code}"), asked.registered),
    )


@dataclass
class Sides:
    """What a shelf is made of besides the persons that the society asks."""

    mine: journey.Search
    draft: str
    run: str


def _partner(foreign, back: journey.Search, there: journey.Search, south: Staff):
    """What the other society holds of the two searches that both take part in."""
    return replace(
        foreign,
        request=back.request,
        sought=back.sought,
        action=back.action,
        planned=back.proposal,
        located=there.proposal,
        asked=there.registered,
        registered=there.registered,
        disclosure=back.disclosure,
        answer=there.answers[south.id],
    )


def _child(own, young: journey.Search, young_back: journey.Search, draft: str, north: Staff):
    """The same things where they concern a child."""
    return replace(
        own,
        request=young.request,
        sought=young.sought,
        action=young.action,
        draft=draft,
        draft_sought=journey.sought_in(draft),
        proposal=young.proposal,
        answer=young.answers[north.id],
        planned=young.proposal,
        located=young_back.proposal,
        asked=young_back.registered,
        registered=young_back.registered,
        disclosure=young.disclosure,
    )


def build(app: Flask, north: Staff, south: Staff, voice: Callable[[str], Voice] = plain) -> World:
    """Build both societies through the services; `voice` says what is written into free texts of each subject."""
    run, foreign_run = journey.matching_run(north.officer), journey.matching_run(south.officer)
    there, back, inside = (
        journey.searched(left, right, voice(subject))
        for left, right, subject in ((north, south, "vara"), (south, north, "miro"), (south, south, "ketu"))
    )
    young, young_back = (
        journey.searched(left, right, voice(subject), born=journey.CHILD)
        for left, right, subject in ((north, south, "sola"), (south, north, "pindi"))
    )
    stations = journey.stations(north, voice("zabo"))
    foreign_draft = journey.interviewed(south.caseworker, voice("hule"))
    young_draft = journey.interviewed(north.caseworker, voice("tiko"), born=journey.CHILD)
    own = _shelf(north, Sides(there, stations["draft"], run), back, voice)
    foreign = _shelf(south, Sides(inside, foreign_draft, foreign_run), inside, voice)
    return World(
        app,
        north,
        south,
        own=own,
        foreign=foreign,
        partner=_partner(foreign, back, there, south),
        child=_child(own, young, young_back, young_draft, north),
        volunteers=journey.registered(north.volunteer, voice("wemo"), condition="well"),
        stations=stations,
    )
