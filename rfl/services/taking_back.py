"""An officer takes back an answer of their own; possible in every state until somebody was told."""

from sqlalchemy import delete

from rfl.domain.proposals import DECIDABLE, NothingToTakeBack, ProposalState, state_after
from rfl.domain.review import ANSWERS_SHOWN, Stage, stage_of
from rfl.domain.roles import Actor
from rfl.models.proposals import Confirmation, Proposal
from rfl.services import aftercare
from rfl.services.answers import given_by, societies_of, standing_answers, takes_part
from rfl.services.decisions import settle_key
from rfl.services.eligibility import tell_both_sides, withdraw
from rfl.services.match_marks import mark_relatives_due
from rfl.services.scope import fetch
from rfl.services.tasks import finish_task
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit


def take_back(actor: Actor, proposal_id: str) -> Stage:
    """Take back the actor's standing answer; a confirmation that stands on it ends with it.

    Raises NotFound, NothingToTakeBack, AlreadyTold, or NewsPrepared while news for the enquirer waits to be told.
    """
    with Unit(actor) as unit:
        proposal = fetch(unit.session, actor, "proposal.decide", Proposal, proposal_id, lock=True)
        own = [one for one in standing_answers(unit.session, proposal.id) if one.officer_id == actor.id]
        if not own:
            raise NothingToTakeBack
        was = ProposalState(proposal.state)
        if was == ProposalState.CONFIRMED:
            _end_confirmation(unit, proposal)
        for decision in own:
            decision.standing = False
        unit.session.flush()
        _settle(unit, proposal, was)
        unit.record("proposal:undone", proposal.id, was=was, state=proposal.state)
        rest = given_by(standing_answers(unit.session, proposal.id))
        return stage_of(actor, proposal.state, societies_of(proposal), rest)


def _end_confirmation(unit: Unit, proposal: Proposal) -> None:
    aftercare.before_taking_back(unit, proposal)
    unit.session.execute(delete(Confirmation).where(Confirmation.proposal_id == proposal.id))
    proposal.round += 1  # what a later confirmation sets in motion is new, not done already


def _settle(unit: Unit, proposal: Proposal, was: ProposalState) -> None:
    """Bring the proposal to the state that the remaining answers lead to."""
    state = state_after(given_by(standing_answers(unit.session, proposal.id)))
    for society_id in societies_of(proposal):
        finish_task(unit, settle_key(proposal, society_id))
    tell_timeline(unit, "proposal:undone", proposal_id=proposal.id)
    if was == ProposalState.WITHDRAWN:
        return
    if was in ANSWERS_SHOWN:
        # Both sides knew the answers, so both learn that one is gone; a blind review stays blind.
        tell_both_sides(unit, "proposal:in_review_again", proposal.id, set(societies_of(proposal)))
        mark_relatives_due(unit.session, [proposal.left_id], unit.at)
    proposal.state, proposal.changed_at = state, unit.at
    if state in DECIDABLE and not takes_part(unit.session, proposal):
        withdraw(unit, proposal)
