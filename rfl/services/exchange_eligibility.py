"""Who may go into a list for one partner: open, agreed to, no child, no danger seen, nobody held back.

Stricter than matching at home, because what has left cannot be called back with certainty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from rfl.domain.cases import SEARCHING, Risk
from rfl.domain.consent import Purpose
from rfl.domain.exchange import (
    CHILD,
    DANGER,
    DECEASED,
    DETAINED,
    GOES,
    LEFT_OUT,
    NOT_ASKED,
    NOT_OPEN,
    REFUSED,
)
from rfl.domain.registrations import Condition
from rfl.models.exchange import ExchangeExclusion
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services.eligibility import read_grounds
from rfl.services.encoded_consents import digests_of, newest_answers

ARREST = "detention"  # key of rfl.domain.cases.SEPARATION_CAUSES
AT_ONCE = 500  # ids in one statement; SQLite takes a few thousand
ENQUIRER = "enquirer"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What decides besides the person's own row: the request, its enquirer, answers and exclusions."""

    requests: Mapping[str, TracingRequest]
    enquirers: Mapping[str, str]
    answers: Mapping[str, bool]
    excluded: frozenset[str]


def open_cases(session: Session, society_id: str) -> Sequence[Person]:
    """Return every person of a request that is being searched for and every registered person, oldest first."""
    searched = and_(Person.request_id.is_not(None), TracingRequest.state.in_(SEARCHING))
    rows = (
        select(Person)
        .outerjoin(TracingRequest, TracingRequest.id == Person.request_id)
        .where(Person.society_id == society_id, or_(Person.request_id.is_(None), searched))
    )
    return session.scalars(rows.order_by(Person.created_at, Person.id)).all()


def judge(
    session: Session, persons: Sequence[Person], partner: str, purpose: Purpose = Purpose.SHARE_ENCODED
) -> dict[str, str]:
    """Return for each person why they do not go to `partner` (a digest): a key of HELD_BACK, or GOES.

    `purpose` is what they must have agreed to, besides being compared at all.
    """
    verdicts: dict[str, str] = {}
    for start in range(0, len(persons), AT_ONCE):
        some = persons[start : start + AT_ONCE]
        grounds, facts = read_grounds(session, some), _read(session, some, partner, purpose)
        for person in some:
            open_here = grounds.allow(person)
            verdicts[person.id] = _held_back(person, facts) or ("" if open_here else NOT_OPEN) or _answer(person, facts)
    return verdicts


def _held_back(person: Person, facts: _Facts) -> str:
    request = facts.requests.get(person.request_id or "")
    reasons = (
        (CHILD, person.is_minor),
        # A supervisor who cleared a search at home has not cleared it for another society.
        (DANGER, request is not None and request.risk == Risk.RED),
        (DETAINED, person.condition == Condition.DETAINED),
        (DETAINED, request is not None and request.separation_cause == ARREST),
        (DECEASED, person.condition == Condition.DECEASED),
    )
    return next((reason for reason, holds in reasons if holds), GOES)


def _answer(person: Person, facts: _Facts) -> str:
    asked = [person.id] if person.request_id is None else [person.id, facts.enquirers.get(person.request_id, "")]
    answers = {facts.answers[one] for one in asked if one in facts.answers}
    # As for matching: a refusal of either counts, and the sought person can seldom be asked.
    if False in answers:
        return REFUSED
    if True not in answers:
        return NOT_ASKED
    return LEFT_OUT if person.id in facts.excluded else GOES


def _read(session: Session, persons: Sequence[Person], partner: str, purpose: Purpose) -> _Facts:
    wanted = {one.request_id for one in persons if one.request_id}
    requests = session.scalars(select(TracingRequest).where(TracingRequest.id.in_(wanted))).all()
    askers = select(Person.request_id, Person.id).where(Person.kind == ENQUIRER, Person.request_id.in_(wanted))
    enquirers = {request_id or "": person_id for request_id, person_id in session.execute(askers)}
    ids = {one.id for one in persons}
    out = select(ExchangeExclusion.person_id).where(
        ExchangeExclusion.person_id.in_(ids),
        ExchangeExclusion.partner.in_(digests_of(session, partner)),
    )
    return _Facts(
        {one.id: one for one in requests},
        enquirers,
        newest_answers(session, ids | set(enquirers.values()), partner, purpose),
        frozenset(session.scalars(out)),
    )
