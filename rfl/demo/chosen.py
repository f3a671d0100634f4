"""The families written by hand: true matches, near misses, and the stories around them."""

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from rfl.demo.records import (
    condition_at,
    enquirer_contact,
    own_consents,
    registered_contact,
    site_kind,
    society_facts,
    sought_consents,
)
from rfl.demo.sources import read_json, texts
from rfl.demo.values import DemoEnquirer, DemoRegistered, DemoRequest, DemoSought
from rfl.domain.ages import is_minor
from rfl.domain.cases import HARM_QUESTIONS, RequestState
from rfl.domain.dates import read_age, read_date
from rfl.domain.intake import News
from rfl.domain.persons import Identity, PersonName, Place, Relative

Entry = Mapping[str, Any]


def _place(values: list[str] | None) -> Place:
    return Place(*values) if values else Place()


def _relative(values: list[Any]) -> Relative:
    return Relative(*values)


def identity(entry: Entry, on: date) -> Identity:
    """Return the identity written in an entry; ages count on the day `on`."""
    return Identity(
        names=tuple(PersonName(**name) for name in entry["names"]),
        sex=entry["sex"],
        birth=read_date(entry.get("birth", ""), entry.get("calendar", "gregorian")),
        age=read_age(entry["age"], on) if "age" in entry else None,
        mother_name=entry.get("mother", ""),
        birth_place=_place(entry.get("birth_place")),
        nationalities=tuple(entry.get("nationalities", ())),
        last_place=_place(entry.get("last_place")),
        last_contact=read_date(entry.get("last_contact", ""), entry.get("last_contact_calendar", "gregorian")),
        relatives=tuple(_relative(values) for values in entry.get("relatives", ())),
        occupation=entry.get("occupation", ""),
        marks=entry.get("marks", ""),
    )


def _news(entry: Entry, sought: Identity) -> News:
    told = dict(entry["news"])
    separation = read_date(told.pop("separation", ""))
    return News(last_contact=sought.last_contact, last_place=sought.last_place, separation=separation, **told)


def _request(entry: Entry, rng: Random) -> DemoRequest:
    key, on, language = entry["key"], date.fromisoformat(entry["opened"]), entry["language"]
    society = key.partition("-")[0]
    sought = tuple(
        DemoSought(f"{key}-S{place}", one["relation"], identity(one, on), sought_consents(language))
        for place, one in enumerate(entry["sought"], start=1)
    )
    enquirer = DemoEnquirer(
        f"{key}-E",
        identity(entry["enquirer"], on),
        enquirer_contact(society, language, rng),
        own_consents(language, rng, matching=True),
    )
    return DemoRequest(
        key=key,
        society=society,
        enquirer=enquirer,
        sought=sought,
        cause=entry["cause"],
        channel=rng.choice(texts("channels")),
        priority="urgent" if any(is_minor(one.identity.birth, one.identity.age, on) for one in sought) else "normal",
        opened_on=on,
        language=language,
        interpreter=entry.get("interpreter", False),
        story=entry["story"],
        news=_news(entry, sought[0].identity),
        harm=dict.fromkeys(HARM_QUESTIONS, False),
        state=RequestState.ACCEPTED,
    )


def _registered(entry: Entry, rng: Random) -> DemoRegistered:
    key, on, language = entry["key"], date.fromisoformat(entry["registered"]), entry["language"]
    society = key.partition("-")[0]
    person = identity(entry, on)
    # Brothers and sisters registered on one day are at one place.
    site = Random(f"{society} {on}").choice(society_facts(society)["sites"])  # noqa: S311 - invented data
    return DemoRegistered(
        key=key,
        society=society,
        identity=person,
        contact=registered_contact(site, language, rng, minor=is_minor(person.birth, person.age, on)),
        consents=own_consents(language, rng, matching=True),
        registered_on=on,
        site=site,
        kind=site_kind(site),
        condition=condition_at(site),
        language=language,
    )


def _rng(entry: Entry) -> Random:
    return Random(f"chosen {entry['key']}")  # noqa: S311 - invented data, no secret


def chosen_requests() -> list[DemoRequest]:
    """Return the requests written by hand, all accepted and with consent to matching."""
    return [_request(entry, _rng(entry)) for entry in read_json("chosen_requests.json")]


def chosen_registered() -> list[DemoRegistered]:
    """Return the registered persons written by hand, all with consent to matching."""
    return [_registered(entry, _rng(entry)) for entry in read_json("chosen_registered.json")]
