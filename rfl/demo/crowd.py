"""The many other records of the demo world, built from seeds: the same key always gives the same people."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from rfl.demo.households import Household, Member, found_household, relation
from rfl.demo.records import (
    condition_at,
    enquirer_contact,
    identify,
    language_of,
    own_consents,
    place_of,
    registered_contact,
    site_kind,
    society_facts,
    sought_consents,
)
from rfl.demo.sources import details, story_texts, texts
from rfl.demo.spelling import Clerk, Script
from rfl.demo.values import DemoEnquirer, DemoRegistered, DemoRequest, DemoSought
from rfl.domain.ages import ADULT_AGE, is_minor
from rfl.domain.cases import HARM_QUESTIONS, RequestState
from rfl.domain.dates import read_date
from rfl.domain.intake import News
from rfl.domain.persons import Identity

# The last day of the demo world: every record was made in the two years before it.
DEMO_DAY = date(2026, 10, 30)
_DAYS_BACK = 700
_MOTHERS_BORN = (1955, 1988)
_LAST_CONTACT = (2011, 2025)
# One state per ten requests keeps the list of each society mixed; the rest is being searched for.
_STATES = {
    3: (RequestState.SUBMITTED, ""),
    5: (RequestState.DRAFT, ""),
    7: (RequestState.INFORMATION_NEEDED, ""),
    9: (RequestState.NOT_ACCEPTED, "elsewhere"),
}
_STATE_CYCLE = 12
_SOUGHT_SCRIPTS = (Script.ORIGINAL, Script.BOTH, Script.BOTH, Script.ROMANISED)
_REGISTERED_SCRIPTS = (Script.ROMANISED, Script.ROMANISED, Script.DOCUMENT, Script.BOTH, Script.ORIGINAL)
_MOST_SOUGHT = (1, 2, 3, 3, 3, 4)
_NO_MATCHING = 1 / 15
_TOGETHER = 3  # every third group registered at a site is of more than one person


def _rng(key: str) -> Random:
    return Random(f"crowd 1 {key}")  # noqa: S311 - invented data, no secret


def _tradition(society: str, rng: Random) -> str:
    return str(rng.choice(details("traditions")[society]))


def _day(rng: Random) -> date:
    return DEMO_DAY - timedelta(days=rng.randint(0, _DAYS_BACK))


def _household(society: str, rng: Random) -> Household:
    return found_household(_tradition(society, rng), rng.randint(*_MOTHERS_BORN), rng)


def _grown(household: Household, on: date) -> list[Member]:
    return [member for member in household.members if on.year - member.year > ADULT_AGE]


def _missing(household: Household, enquirer: Member, year: int, rng: Random) -> list[Member]:
    """Return the members sought: born by the year of the last contact, and not the enquirer."""
    others = [member for member in household.members if member is not enquirer and member.year <= year]
    return rng.sample(others, min(rng.choice(_MOST_SOUGHT), len(others)))


def _sought(
    key: str, household: Household, enquirer: Member, missing: list[Member], clerk: Clerk, *, on: date, year: int
) -> tuple[DemoSought, ...]:
    script = clerk.rng.choice(_SOUGHT_SCRIPTS)
    consents = sought_consents(language_of(household.tradition))
    return tuple(
        DemoSought(
            f"{key}-S{place}",
            relation(enquirer, member),
            identify(member, household, script, clerk, on=on, last_year=year, missing=missing),
            consents,
        )
        for place, member in enumerate(missing, start=1)
    )


def _story(household: Household, missing: Member, year: int, clerk: Clerk) -> tuple[str, str]:
    """Return the cause of separation and the story in words."""
    story = clerk.rng.choice(story_texts(household.tradition))
    name = clerk.write(missing.parts["given"], own_script=False)
    place = place_of(household, own_script=False).text
    return story.cause, story.text.format(name=name, place=place, year=year)


def _request(society: str, number: int) -> DemoRequest:
    key = f"{society}-R{number:02}"
    rng = _rng(key)
    household, on = _household(society, rng), _day(rng)
    language = language_of(household.tradition)
    enquirer = rng.choice(_grown(household, on))
    year = rng.randint(max(_LAST_CONTACT[0], household.members[2].year), min(_LAST_CONTACT[1], on.year - 1))
    missing, clerk = _missing(household, enquirer, year, rng), Clerk(rng)
    sought = _sought(key, household, enquirer, missing, clerk, on=on, year=year)
    cause, story = _story(household, missing[0], year, clerk)
    state, refusal = _STATES.get(number % _STATE_CYCLE, (RequestState.ACCEPTED, ""))
    return DemoRequest(
        key=key,
        society=society,
        enquirer=DemoEnquirer(
            f"{key}-E",
            identify(enquirer, household, Script.BOTH, clerk, on=on),
            enquirer_contact(society, language, rng),
            own_consents(language, rng, matching=rng.random() > _NO_MATCHING),
        ),
        sought=sought,
        cause=cause,
        channel=rng.choice(texts("channels")),
        priority=_priority([one.identity for one in sought], on),
        opened_on=on,
        language=language,
        interpreter=rng.random() < 1 / 3,
        story=story,
        news=News(
            last_contact=sought[0].identity.last_contact,
            means=rng.choice(texts("means")),
            last_place=sought[0].identity.last_place,
            separation=read_date(str(year)),
        ),
        harm={question: question == "authority_threat" and rng.random() < 1 / 5 for question in HARM_QUESTIONS},
        state=state,
        refusal=refusal,
    )


def _priority(sought: list[Identity], on: date) -> str:
    return "high" if any(is_minor(one.birth, one.age, on) for one in sought) else "normal"


def _group(society: str, seed: str) -> Iterator[DemoRegistered]:
    """Yield the members of one household who were registered together, with keys still to be given."""
    rng = _rng(f"{society} {seed}")
    household, on = _household(society, rng), _day(rng)
    site = rng.choice(society_facts(society)["sites"])
    script = rng.choice(_REGISTERED_SCRIPTS)
    language = language_of(household.tradition)
    born = [member for member in household.members if member.year < on.year]
    together = rng.randint(2, 3) if rng.randrange(_TOGETHER) == 0 else 1
    for member in rng.sample(born, min(together, len(born))):
        person = identify(member, household, script, Clerk(rng), on=on)
        yield DemoRegistered(
            key="",
            society=society,
            identity=person,
            contact=registered_contact(site, language, rng, minor=is_minor(person.birth, person.age, on)),
            consents=own_consents(language, rng, matching=rng.random() > _NO_MATCHING),
            registered_on=on,
            site=site,
            kind=site_kind(site),
            condition=condition_at(site),
            language=language,
        )


def crowd_requests(society: str, numbers: range) -> list[DemoRequest]:
    """Return one request for each number, the number being part of its key."""
    return [_request(society, number) for number in numbers]


def crowd_registered(society: str, numbers: range) -> list[DemoRegistered]:
    """Return one registered person for each number, relatives following each other."""
    found: list[DemoRegistered] = []
    group = 0
    while len(found) < len(numbers):
        found.extend(_group(society, f"group {group}"))
        group += 1
    return [replace(person, key=f"{society}-P{number:03}") for number, person in zip(numbers, found, strict=False)]
