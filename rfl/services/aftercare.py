"""What a confirmation sets in motion, and what taking it back stops."""

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from rfl.domain.errors import RuleBroken
from rfl.domain.proposals import AlreadyTold
from rfl.domain.text import N_
from rfl.models.aftercare import Disclosure, LocatedChoice, Telling
from rfl.models.proposals import Proposal
from rfl.models.work import Task
from rfl.services.concerned import persons_concerned
from rfl.services.outbox import post
from rfl.services.unit import Unit


class NewsPrepared(RuleBroken):
    """News for the enquirer waits to be told; it has to be withdrawn before the confirmation is taken back."""

    message = N_("News for the family is already prepared. Withdraw it first, then take your answer back.")


def after_confirmation(unit: Unit, proposal: Proposal) -> None:
    """Ask for the answers of the persons concerned: a task for each society that has to ask."""
    for asked in persons_concerned(unit.session, proposal):
        post(
            unit,
            asked.society_id,
            "contact_person",
            once=f"contact:{asked.key(proposal)}",
            proposal_id=proposal.id,
            has_minor=asked.is_minor,
        )


def before_taking_back(unit: Unit, proposal: Proposal) -> None:
    """Stop what the confirmation set in motion; raises AlreadyTold or NewsPrepared."""
    session = unit.session
    if is_told(session, proposal.id):
        raise AlreadyTold
    if session.scalar(select(exists().where(Disclosure.proposal_id == proposal.id))):
        raise NewsPrepared
    open_tasks = select(Task).where(Task.proposal_id == proposal.id, Task.done_at.is_(None))
    for task in session.scalars(open_tasks):
        task.done_at, task.done_by = unit.at, unit.actor.id


def is_told(session: Session, proposal_id: str) -> bool:
    """Say whether any enquirer was told anything because of this proposal."""
    told = exists().where(Telling.disclosure_id == Disclosure.id, Disclosure.proposal_id == proposal_id)
    return bool(session.scalar(select(told)))


def newest_choice(session: Session, proposal_id: str, person_id: str) -> LocatedChoice | None:
    """Return the answer that counts, or None if the person was not asked yet."""
    return session.scalars(
        select(LocatedChoice)
        .filter_by(proposal_id=proposal_id, person_id=person_id)
        .order_by(LocatedChoice.round.desc())
        .limit(1)
    ).first()


def untold(session: Session, proposal_id: str, person_id: str) -> list[Disclosure]:
    """Return prepared news about this person that nobody was told yet."""
    told = exists().where(Telling.disclosure_id == Disclosure.id)
    return list(
        session.scalars(select(Disclosure).filter_by(proposal_id=proposal_id, person_id=person_id).where(~told))
    )


def drop_untold(unit: Unit, proposal_id: str, person_id: str) -> int:
    """Withdraw prepared news that nobody was told yet, and its tasks; return how many."""
    prepared = untold(unit.session, proposal_id, person_id)
    for disclosure in prepared:
        tasks = select(Task).where(Task.disclosure_id == disclosure.id, Task.done_at.is_(None))
        for task in unit.session.scalars(tasks):
            task.done_at, task.done_by = unit.at, unit.actor.id
        unit.session.execute(delete(Disclosure).where(Disclosure.id == disclosure.id))
    return len(prepared)
