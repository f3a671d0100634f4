"""Persons of our files as a round sees them: tokens with their rule classes, and what the hub makes of equal ones.

A token joins at least two facts, in the sounds and spellings that the matching library finds a person under: two
names, a name and a year of birth, a name and the mother's, a relative's, a place. It is a hash that the pair's
secret keys once more before anything leaves.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import PersonRecord, keys
from matching import profile as profile_of
from rfl.domain.exchange import GOES
from rfl.exchange.rounds.hub import Found, Side
from rfl.exchange.rounds.lists import CaseList
from rfl.models.persons import Person
from rfl.services.exchange_eligibility import judge
from rfl.services.match_records import households_of, record_of

TOKEN = 16
LABEL = b"rfl keys 1"  # another label when a token is made otherwise
PLACES = 36  # places of a case: a person has at most 35 keys of these kinds
FIRST_REPEATS = SECOND_REPEATS = 1  # no pattern is left inside a list
RULES = ("pair", "year", "mother", "relative", "place")
A_CLASS = 80  # equal values count less than a class, however many there are
LEAST_TOKENS = 3  # fewer meet nobody whose record differs in one thing
# (expected false pairs in 1,000 cases of the smaller list, score from which on), measured on labelled lists of 5,000
# and 20,000 persons in several scripts: these scores find 2, 9, 17 and 23 of 100 persons that are on both lists.
FALSE_PAIRS = ((0.5, 4.0), (2.0, 3.0), (10.0, 2.0 + 3 / A_CLASS), (29.8, 2.0))
AT_ONCE = 500  # persons opened at a time


def tokens_of(person: Person, family: Sequence[Person]) -> list[tuple[int, bytes]]:
    """Return (rule class, token of 16 bytes) for every two facts by which a person can be found, no token twice."""
    return tokens_of_record(record_of(person, [one for one in family if one.id != person.id]))


def tokens_of_record(record: PersonRecord) -> list[tuple[int, bytes]]:
    """Return `tokens_of` a person who is known to the matching library only."""
    found = keys(profile_of(record))
    chosen = {(RULES.index(key.kind), _hashed(key.kind, key.value)): None for key in found if key.kind in RULES}
    return list(chosen)[:PLACES]


def missing(person: Person, family: Sequence[Person]) -> tuple[str, ...]:
    """Return what would help, as keys of MISSING, where a person has too few tokens; empty where there are enough."""
    if len(tokens_of(person, family)) >= LEAST_TOKENS:
        return ()
    record = record_of(person, family)
    facts = {
        "name": any(len(one.full.split()) > 1 or (one.given and (one.father or one.family)) for one in record.names),
        "birth": record.birth is not None,
        "mother": bool(record.mother),
        "place": bool(record.birth_place or record.last_place),
        "relative": bool(record.relatives),
    }
    return tuple(name for name, known in facts.items() if not known) or ("spelling",)


def encode_cases(session: Session, society_id: str, person_ids: Sequence[str], partner: str) -> CaseList:
    """Return the list of those persons who still may go to `partner` (digest); the others are left off."""
    cases: list[str] = []
    rows: list[tuple[int, int, bytes]] = []
    presence: list[int] = []
    for person, family in _still(session, society_id, person_ids, partner):
        made = tokens_of(person, family)
        rows += [(len(cases), rule, token) for rule, token in made]
        cases.append(person.id)
        presence.append(sum(1 << rule for rule in {rule for rule, _ in made}))
    return CaseList(
        cases=tuple(cases),
        case=np.array([case for case, _, _ in rows], dtype=np.int32),
        rule=np.array([rule for _, rule, _ in rows], dtype=np.uint8),
        token=np.frombuffer(b"".join(token for _, _, token in rows), np.uint8).reshape(-1, TOKEN),
        presence=np.array(presence, dtype=np.uint32),
    )


def compare(left: Side, right: Side) -> Iterator[Found]:
    """Yield the pairs of cases with equal values: score is how many rule classes agree, and a little for each value."""
    places: dict[bytes, list[int]] = defaultdict(list)
    for at, value in enumerate(_values(left)):
        places[value].append(at)
    met: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, value in enumerate(_values(right)):
        for other in places.get(value, ()):
            if left.rule[other] == right.rule[at]:
                met[int(left.case[other]), int(right.case[at])].append(int(right.rule[at]))
    for (one, two), rules in sorted(met.items()):
        classes = set(rules)
        yield one, two, len(classes) + len(rules) / A_CLASS, sum(1 << rule for rule in classes)


def threshold(false_pairs: int) -> float:
    """Return the least score that the hub reports, for so many expected false pairs in 1,000 cases."""
    return min(score for expected, score in FALSE_PAIRS if expected <= false_pairs)


def families_of(session: Session, persons: Sequence[Person], partner: str) -> dict[str, list[Person]]:
    """Return, by request, those whose names may stand in the records of `persons`: who goes to `partner` too.

    A child, or somebody who refused, would otherwise leave in the record of a brother.
    """
    households = households_of(session, persons)
    verdicts = judge(session, [one for house in households.values() for one in house], partner)
    return {request: [one for one in house if verdicts[one.id] == GOES] for request, house in households.items()}


def _still(
    session: Session, society_id: str, person_ids: Sequence[str], partner: str
) -> Iterator[tuple[Person, Sequence[Person]]]:
    for start in range(0, len(person_ids), AT_ONCE):
        some = list(person_ids[start : start + AT_ONCE])
        rows = session.scalars(select(Person).where(Person.id.in_(some), Person.society_id == society_id)).all()
        verdicts, families = judge(session, rows, partner), families_of(session, rows, partner)
        known = {row.id: row for row in rows}
        for person in (known[one] for one in some if one in known and verdicts[one] == GOES):
            yield person, families.get(person.request_id or "", [person])


def _hashed(kind: str, value: str) -> bytes:
    return blake2b(f"{kind}\0{value}".encode(), digest_size=TOKEN, person=LABEL).digest()


def _values(side: Side) -> Iterator[bytes]:
    table: NDArray[np.uint8] = side.value
    return (one.tobytes() for one in table)
