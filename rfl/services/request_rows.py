"""Rows of one tracing request, loaded for the people who may see them, and what is derived from them."""

import json
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rfl.domain.cases import MoveNotPossible
from rfl.domain.intake import EDITABLE
from rfl.domain.persons import Identity
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.models.sealed import keyring
from rfl.models.work import Task
from rfl.services.matching_index import index_persons
from rfl.services.scope import fetch
from rfl.services.unit import Unit

STAMP_LENGTH = 24  # characters of a keyed fingerprint: chance meetings are out of the question


def fetch_editable(unit: Unit, request_id: str, *, lock: bool = True) -> TracingRequest:
    """Return a request whose details the actor may change now; raises NotFound or MoveNotPossible."""
    row = fetch(unit.session, unit.actor, "request.write", TracingRequest, request_id, lock=lock)
    if row.state not in EDITABLE:
        raise MoveNotPossible
    return row


def enquirer_of(session: Session, request: TracingRequest) -> Person | None:
    """Return the enquirer of a request, None while the interview has not reached them."""
    return session.scalar(select(Person).where(Person.request_id == request.id, Person.kind == "enquirer"))


def sought_of(session: Session, request: TracingRequest) -> list[Person]:
    """Return the sought persons of a request in their order."""
    return list(
        session.scalars(
            select(Person)
            .where(Person.request_id == request.id, Person.kind == "sought")
            .order_by(Person.position, Person.id)
        )
    )


def people_of(session: Session, request: TracingRequest) -> list[Person]:
    """Return the enquirer and all sought persons."""
    enquirer = enquirer_of(session, request)
    return [*([enquirer] if enquirer else []), *sought_of(session, request)]


def identity_of(person: Person | None) -> Identity:
    """Return the opened identity of a person, an empty one where nothing is recorded."""
    return Identity.from_dict((person.identity if person else None) or {})


def story_of(request: TracingRequest) -> dict[str, Any]:
    """Return a copy of what is told in words about a request: `start` and `news`."""
    return dict(request.story or {})


def stamp(value: object) -> str:
    """Return a keyed fingerprint of stored values, to tell whether somebody changed them since they were shown."""
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode()
    return keyring().fingerprint(plain)[:STAMP_LENGTH]


def reindex(unit: Unit, request: TracingRequest) -> list[str]:
    """Let matching follow the request's present state and consents; returns the ids of its persons."""
    unit.session.flush()
    people = people_of(unit.session, request)
    index_persons(unit, people)
    return [person.id for person in people]


def mark_children(unit: Unit, request: TracingRequest) -> bool:
    """Recompute whether the request concerns a child, also on its tasks; return whether it has just become so.

    One child among the persons keeps the whole request for staff cleared for children's records.
    """
    unit.session.flush()
    before = request.has_minor
    request.has_minor = any(person.is_minor for person in people_of(unit.session, request))
    if request.has_minor != before:
        unit.session.execute(
            update(Task).where(Task.request_id == request.id).values(has_minor=request.has_minor),
            execution_options={"synchronize_session": "fetch"},
        )
    return request.has_minor and not before
