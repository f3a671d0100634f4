"""Who may be matched: state of the request, danger, consent or legal basis; and what happens when that ends."""

from collections.abc import Callable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from rfl.domain.cases import SEARCHING, Risk, SoughtStatus
from rfl.domain.clock import now
from rfl.domain.consent import Purpose
from rfl.domain.proposals import DECIDABLE, ProposalState
from rfl.models.persons import Consent, Person
from rfl.models.proposals import Proposal
from rfl.models.requests import TracingRequest
from rfl.models.work import Task
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

FINISHED = frozenset({SoughtStatus.TOLD, SoughtStatus.ENDED})


def may_be_matched(session: Session, person: Person) -> bool:
    """Say whether this person takes part in matching now; an unknown kind is a KeyError."""
    return RULES[person.kind](session, person)


def has_matching_basis(session: Session, person_id: str) -> bool | None:
    """Return the newest recorded answer to matching: True, False, or None when nothing was recorded."""
    newest = (
        select(Consent.given)
        .where(Consent.person_id == person_id, Consent.purpose == Purpose.MATCHING)
        .order_by(Consent.recorded_at.desc(), Consent.id.desc())
    )
    return session.scalars(newest.limit(1)).first()


def _request_searches(session: Session, person: Person) -> bool:
    request = session.get(TracingRequest, person.request_id)
    if request is None or request.state not in SEARCHING:
        return False
    return request.risk != Risk.RED or request.risk_cleared_by is not None


def _sought(session: Session, person: Person) -> bool:
    if person.status in FINISHED or not _request_searches(session, person):
        return False
    enquirer = session.scalar(
        select(Person.id).where(Person.request_id == person.request_id, Person.kind == "enquirer").limit(1)
    )
    answers = [has_matching_basis(session, one) for one in (person.id, enquirer) if one]
    # A refusal of either counts; the sought person can seldom be asked, so one agreement is enough.
    return True in answers and False not in answers


def _enquirer(session: Session, person: Person) -> bool:
    return _request_searches(session, person) and has_matching_basis(session, person.id) is True


def _registered(session: Session, person: Person) -> bool:
    current = person.expires_on is None or person.expires_on >= now().date()
    return current and has_matching_basis(session, person.id) is True


RULES: dict[str, Callable[[Session, Person], bool]] = {
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
