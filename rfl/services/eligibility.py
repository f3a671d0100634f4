"""Who may be matched: state of the request, danger, consent or legal basis; and what happens when that ends."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from rfl.domain.cases import SEARCHING, Risk, SoughtStatus
from rfl.domain.clock import now
from rfl.domain.consent import Purpose
from rfl.domain.proposals import DECIDABLE, ProposalState
from rfl.models.persons import Consent, Person
from rfl.models.proposals import Proposal
from rfl.models.requests import TracingRequest
from rfl.models.work import Task
from rfl.services.match_marks import mark_relatives_due
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

FINISHED = frozenset({SoughtStatus.TOLD, SoughtStatus.ENDED})


@dataclass(frozen=True, slots=True)
class Request:
    """What a request says about the matching of its persons, and who its enquirer is."""

    searches: bool
    enquirer_id: str | None


@dataclass(frozen=True, slots=True)
class Grounds:
    """What decides whether some persons take part: their requests, and the newest answers to matching by person."""

    requests: Mapping[str, Request]
    answers: Mapping[str, bool]

    def allow(self, person: Person) -> bool:
        """Say whether this person takes part in matching now; an unknown kind is a KeyError."""
        return RULES[person.kind](self, person)

    def request_searches(self, person: Person) -> bool:
        """Say whether the request of this person is being searched for without open danger."""
        request = self.requests.get(person.request_id or "")
        return request is not None and request.searches


def may_be_matched(session: Session, person: Person) -> bool:
    """Say whether this person takes part in matching now; an unknown kind is a KeyError."""
    return read_grounds(session, [person]).allow(person)


def read_grounds(session: Session, persons: Sequence[Person]) -> Grounds:
    """Read with two statements what decides for all of `persons`; what was changed must be flushed before."""
    requests = _read_requests(session, {one.request_id for one in persons if one.request_id})
    asked = {one.id for one in persons} | {one.enquirer_id for one in requests.values() if one.enquirer_id}
    newest_last = (
        select(Consent.person_id, Consent.given)
        .where(Consent.person_id.in_(asked), Consent.purpose == Purpose.MATCHING)
        .order_by(Consent.recorded_at, Consent.id)
    )
    return Grounds(requests, dict(session.execute(newest_last).all()))


def _read_requests(session: Session, ids: Collection[str]) -> dict[str, Request]:
    if not ids:
        return {}
    enquirer = and_(Person.request_id == TracingRequest.id, Person.kind == "enquirer")
    rows = (
        select(TracingRequest.id, TracingRequest.state, TracingRequest.risk, TracingRequest.risk_cleared_by, Person.id)
        .outerjoin(Person, enquirer)
        .where(TracingRequest.id.in_(ids))
    )
    return {
        request_id: Request(state in SEARCHING and (risk != Risk.RED or cleared_by is not None), enquirer_id)
        for request_id, state, risk, cleared_by, enquirer_id in session.execute(rows)
    }


def _sought(grounds: Grounds, person: Person) -> bool:
    if person.status in FINISHED or not grounds.request_searches(person):
        return False
    enquirer = grounds.requests[person.request_id or ""].enquirer_id
    answers = [grounds.answers.get(one) for one in (person.id, enquirer) if one]
    # A refusal of either counts; the sought person can seldom be asked, so one agreement is enough.
    return True in answers and False not in answers


def _enquirer(grounds: Grounds, person: Person) -> bool:
    return grounds.request_searches(person) and grounds.answers.get(person.id) is True


def _registered(grounds: Grounds, person: Person) -> bool:
    current = person.expires_on is None or person.expires_on >= now().date()
    return current and grounds.answers.get(person.id) is True


RULES: dict[str, Callable[[Grounds, Person], bool]] = {
    "sought": _sought,
    "enquirer": _enquirer,
    "registered": _registered,
}


def withdraw_proposals(unit: Unit, person_id: str) -> int:
    """Withdraw every undecided proposal of a person who stopped taking part; returns how many.

    Given answers stay standing: when the person takes part again, the question is where it was.
    """
    concerned = (
        select(Proposal)
        .where(or_(Proposal.left_id == person_id, Proposal.right_id == person_id), Proposal.state.in_(DECIDABLE))
        .order_by(Proposal.left_id, Proposal.right_id)
        .with_for_update()
    )
    proposals = unit.session.scalars(concerned.execution_options(populate_existing=True)).all()
    for proposal in proposals:
        withdraw(unit, proposal)
    mark_relatives_due(unit.session, {proposal.left_id for proposal in proposals}, unit.at)
    return len(proposals)


def withdraw(unit: Unit, proposal: Proposal) -> None:
    """Take one proposal out of the queues of both sides and close what it left to do."""
    proposal.state, proposal.changed_at = ProposalState.WITHDRAWN, unit.at
    open_tasks = select(Task).where(Task.proposal_id == proposal.id, Task.done_at.is_(None))
    for task in unit.session.scalars(open_tasks):
        task.done_at, task.done_by = unit.at, unit.actor.id
    tell_both_sides(unit, "proposal:withdrawn", proposal.id, {proposal.left_society_id, proposal.right_society_id})


def tell_both_sides(unit: Unit, event: str, proposal_id: str, societies: set[str]) -> None:
    """Write an event to the proposal's timeline of each society that is part of it."""
    for society_id in sorted(societies):
        tell_timeline(unit, event, society_id=society_id, proposal_id=proposal_id)
