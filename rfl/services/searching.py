"""Search in the own society's files by number or by name, across scripts; what was asked is never written down."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from rfl.domain.cleaning import LINE_LENGTH, clean_line
from rfl.domain.errors import FieldError
from rfl.domain.persons import Identity
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services.matching_index import find_people, is_too_common
from rfl.services.numbers import REGISTERED, REQUEST, numbers_ending_in
from rfl.services.request_rows import enquirer_of, identity_of
from rfl.services.scope import require, within
from rfl.services.unit import Unit

LIMIT = 20  # results that somebody looks through; more means that the name is too common
NUMBER_DIGITS = 4  # a case number ends in a running number of at least four digits

NOTHING_ASKED = N_("Write a name or a number.")


@dataclass(frozen=True)
class Found:
    """One result: a request or a person, with what tells it from others. `request_id` is empty for a registration."""

    kind: str  # "request", "enquirer", "sought" or "registered"
    id: str
    number: str
    identity: Identity
    is_minor: bool
    request_id: str
    since: datetime


@dataclass(frozen=True)
class Results:
    """What was found, best first within each kind; `too_common` when a name is borne by too many to search alone."""

    found: tuple[Found, ...]
    by_number: bool
    too_common: bool = False


def search(actor: Actor, text: str, *, limit: int = LIMIT) -> Results:
    """Search by number (whole, its beginning, or its running number) or by name in any script and order.

    Only the actor's own society, and children only for staff cleared for them. Raises NotAllowed, or FieldError for
    "text". The trace says how much was found and never what was asked.
    """
    require(actor, "person.search")
    asked = clean_line(text, "text", limit=LINE_LENGTH)
    if not asked:
        raise FieldError("text", NOTHING_ASKED)
    number = plain_number(asked)
    with Unit(actor) as unit:
        if number:
            results = Results(_by_number(unit.session, actor, number, limit), by_number=True)
        else:
            results = _by_name(unit.session, actor, asked, limit)
        unit.record("search:run", actor.society_id, found=len(results.found), by_number=results.by_number)
    return results


def plain_number(text: str) -> str:
    """Return a text that holds a digit as a case number is written, in any script's digits; else an empty text."""
    plain = "".join(_plain(character) for character in unicodedata.normalize("NFKC", text)).upper()
    return "".join(plain.split()) if any(character.isdigit() for character in plain) else ""


def _plain(character: str) -> str:
    if unicodedata.category(character) == "Pd":
        return "-"
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _by_number(session: Session, actor: Actor, number: str, limit: int) -> tuple[Found, ...]:
    requests = session.scalars(
        select(TracingRequest)
        .where(within(actor, TracingRequest), _numbered(session, actor, TracingRequest, number))
        .order_by(TracingRequest.number)
        .limit(limit)
    ).all()
    persons = session.scalars(
        select(Person)
        .where(within(actor, Person), Person.kind == "registered", _numbered(session, actor, Person, number))
        .order_by(Person.number)
        .limit(limit)
    ).all()
    return (*(_request(session, row) for row in requests), *(_person(row, None) for row in persons))


def _numbered(session: Session, actor: Actor, model: type[TracingRequest | Person], number: str) -> ColumnElement[bool]:
    column: ColumnElement[str] = model.number  # type: ignore[assignment]
    if number.isdigit():
        # Whole numbers, one a year: an index finds them, where the end of a text could only be sought everywhere.
        series = REGISTERED if model is Person else REQUEST
        return column.in_(numbers_ending_in(session, actor.society_id, series, number.zfill(NUMBER_DIGITS)))
    return column.startswith(number, autoescape=True)


def _by_name(session: Session, actor: Actor, names: str, limit: int) -> Results:
    people = find_people(session, actor, names, limit)
    requests = _visible_requests(session, actor, people)
    found = tuple(
        _person(person, requests.get(person.request_id))
        for person in people
        if person.request_id is None or person.request_id in requests
    )
    return Results(found, by_number=False, too_common=not found and is_too_common(session, actor, names))


def _visible_requests(session: Session, actor: Actor, people: Sequence[Person]) -> dict[str | None, TracingRequest]:
    """Return the requests of these persons that the actor may see: one child in a request hides all of it."""
    ids = {person.request_id for person in people if person.request_id}
    rows = session.scalars(select(TracingRequest).where(TracingRequest.id.in_(ids), within(actor, TracingRequest)))
    return {row.id: row for row in rows}


def _request(session: Session, row: TracingRequest) -> Found:
    identity = identity_of(enquirer_of(session, row))
    return Found("request", row.id, row.number, identity, row.has_minor, row.id, row.opened_at)


def _person(person: Person, request: TracingRequest | None) -> Found:
    return Found(
        kind=person.kind,
        id=person.id,
        number=(request.number if request else person.number) or "",
        identity=Identity.from_dict(person.identity or {}),
        is_minor=person.is_minor,
        request_id=person.request_id or "",
        since=request.opened_at if request else person.created_at,
    )
