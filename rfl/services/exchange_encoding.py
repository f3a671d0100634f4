"""Persons of our files as a round sees them: tokens with their rule classes, made by the matching library."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import PersonRecord, encoding
from matching.encoding import REPEATS, TOKEN, Encoded, encode, placed
from rfl.domain.exchange import GOES
from rfl.exchange.rounds.lists import CaseList
from rfl.models.persons import Person
from rfl.services.exchange_eligibility import judge
from rfl.services.match_records import households_of, record_of

# Fewer tokens meet nobody whose record differs in one thing: two names and a year alone make six.
LEAST_TOKENS = 6
PLACES = encoding.PLACES  # values of a case in a round, padding included
AT_ONCE = 500  # persons opened at a time


def encoded(person: Person, family: Sequence[Person]) -> Encoded:
    """Return every two or three facts by which a person can be found, hashed, best first."""
    return encode(_record(person, family))


def _record(person: Person, family: Sequence[Person]) -> PersonRecord:
    return record_of(person, [one for one in family if one.id != person.id])


def missing(person: Person, family: Sequence[Person]) -> tuple[str, ...]:
    """Return what would help, as keys of MISSING, where a person has too few tokens; empty where there are enough."""
    record = _record(person, family)
    if len(encode(record).tokens) >= LEAST_TOKENS:
        return ()
    facts = {
        "name": any(len(one.full.split()) > 1 or (one.given and (one.father or one.family)) for one in record.names),
        "birth": record.birth is not None,
        "mother": bool(record.mother),
        "place": bool(record.birth_place or record.last_place),
        "relative": bool(record.relatives),
    }
    return tuple(name for name, known in facts.items() if not known) or ("spelling",)


def encode_cases(
    session: Session, society_id: str, person_ids: Sequence[str], partner: str, repeats: int = REPEATS
) -> CaseList:
    """Return the list of those persons who still may go to `partner` (digest); the others are left off.

    No token stands in it more than `repeats` times.
    """
    cases: list[str] = []
    made: list[Encoded] = []
    for start in range(0, len(person_ids), AT_ONCE):
        some = list(person_ids[start : start + AT_ONCE])
        for person, family in _still(session, society_id, some, partner):
            cases.append(person.id)
            made.append(encoded(person, family))
    rows = placed(made, repeats, PLACES)
    return CaseList(
        cases=tuple(cases),
        case=np.array([case for case, _, _ in rows], dtype=np.int32),
        rule=np.array([rule for _, rule, _ in rows], dtype=np.uint8),
        token=np.frombuffer(b"".join(token for _, _, token in rows), np.uint8).reshape(-1, TOKEN),
        presence=np.array([one.presence for one in made], dtype=np.uint32),
    )


def families_of(session: Session, persons: Sequence[Person], partner: str) -> dict[str, list[Person]]:
    """Return, by request, those whose names may stand in the records of `persons`: who goes to `partner` too.

    A child, or somebody who refused, would otherwise leave in the record of a brother.
    """
    households = households_of(session, persons)
    verdicts = judge(session, [one for house in households.values() for one in house], partner)
    return {request: [one for one in house if verdicts[one.id] == GOES] for request, house in households.items()}


def _still(session: Session, society_id: str, some: list[str], partner: str) -> list[tuple[Person, Sequence[Person]]]:
    rows = session.scalars(select(Person).where(Person.id.in_(some), Person.society_id == society_id)).all()
    verdicts, families = judge(session, rows, partner), families_of(session, rows, partner)
    known = {row.id: row for row in rows}
    fit = (known[one] for one in some if one in known and verdicts[one] == GOES)
    return [(person, families.get(person.request_id or "", [person])) for person in fit]
