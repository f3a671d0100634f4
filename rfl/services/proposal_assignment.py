"""Giving a proposal to an officer: each society decides for its own side and does not see the other's choice."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.errors import FieldError, NotFound
from rfl.domain.roles import Actor, Subject, may
from rfl.domain.text import N_
from rfl.models.accounts import User
from rfl.models.proposals import Proposal
from rfl.services.scope import colleague, fetch
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

LEFT, RIGHT = "left", "right"
NO_OFFICER = N_("Choose a tracing officer who may see this proposal.")
SAME_OFFICER = N_("Two different officers must answer. Choose another one here.")


@dataclass(frozen=True)
class Place:
    """One side's officer, for the own society: who has it now, and who could have it as (id, name)."""

    side: str
    assignee_id: str
    assignee: str
    choices: tuple[tuple[str, str], ...]


def own_sides(actor: Actor, proposal: Proposal) -> tuple[str, ...]:
    """Return the sides whose officer the actor's society chooses: both where both records are its own."""
    owners = ((LEFT, proposal.left_society_id), (RIGHT, proposal.right_society_id))
    return tuple(side for side, society_id in owners if society_id == actor.society_id)


def officers_for(session: Session, actor: Actor, proposal: Proposal) -> list[User]:
    """Return the colleagues who may answer this proposal, by name."""
    users = session.scalars(select(User).where(User.society_id == actor.society_id, User.active))
    return sorted((user for user in users if _may_answer(user, proposal)), key=lambda user: user.display_name)


def read_places(session: Session, actor: Actor, proposal: Proposal) -> tuple[Place, ...]:
    """Return who of the own society has the proposal and who could have it."""
    officers = officers_for(session, actor, proposal)
    choices = tuple((user.id, user.display_name) for user in officers)
    places = []
    for side in own_sides(actor, proposal):
        holder_id = getattr(proposal, f"{side}_assignee_id")
        holder = session.get(User, holder_id) if holder_id else None
        places.append(Place(side, holder_id or "", holder.display_name if holder else "", choices))
    return tuple(places)


def assign_proposal(actor: Actor, proposal_id: str, *, side: str, officer_id: str) -> None:
    """Give one side of a proposal to an officer of the own society, or to nobody (empty id).

    Raises NotFound for a foreign side, person or proposal, FieldError for an officer who could not answer.
    """
    with Unit(actor) as unit:
        proposal = fetch(unit.session, actor, "proposal.decide", Proposal, proposal_id, lock=True)
        if side not in own_sides(actor, proposal):
            raise NotFound
        if officer_id:
            _check_officer(unit, proposal, side, officer_id)
        setattr(proposal, f"{side}_assignee_id", officer_id or None)
        tell_timeline(unit, "proposal:assigned", proposal_id=proposal.id)
        unit.record("proposal:assigned", proposal.id, side=side, officer=officer_id)


def _check_officer(unit: Unit, proposal: Proposal, side: str, officer_id: str) -> None:
    officer = colleague(unit.session, unit.actor, officer_id)
    if not _may_answer(officer, proposal):
        raise FieldError("officer", NO_OFFICER)
    other = RIGHT if side == LEFT else LEFT
    if other in own_sides(unit.actor, proposal) and getattr(proposal, f"{other}_assignee_id") == officer_id:
        raise FieldError("officer", SAME_OFFICER)


def _may_answer(user: User, proposal: Proposal) -> bool:
    who = Actor(user.id, user.society_id, frozenset(user.roles), minors_cleared=user.minors_cleared)
    return may(who, "proposal.decide", Subject(frozenset({user.society_id}), minor=proposal.has_minor))
