"""Two officers answer, each for themselves; the agreement of both confirms.

Every answer freezes the values that were compared. Nobody is told anything here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rfl.domain.cleaning import clean_text
from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.proposals import (
    DECIDABLE,
    AlreadyDecided,
    ProposalState,
    ReasonMissing,
    Verdict,
    check_may_decide,
    state_after,
)
from rfl.domain.review import ANSWERS_SHOWN, Stage, stage_of
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.proposals import Confirmation, Decision, Proposal
from rfl.services import aftercare, outbox
from rfl.services.answers import check_seal, given_by, seal_question, societies_of, standing_answers, takes_part
from rfl.services.conflicts import find_conflicts
from rfl.services.eligibility import tell_both_sides
from rfl.services.match_marks import mark_relatives_due
from rfl.services.scope import fetch
from rfl.services.side_by_side import SideBySide, place_side_by_side
from rfl.services.tasks import open_task
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

VERDICT_MISSING = N_("Choose an answer: same person, not the same person, or more information needed.")
NOT_COMPARED = N_("Compare every field first, then tick this box.")
CONFLICT_UNSEEN = N_("This answer contradicts earlier ones. Read the warning above, then tick this box.")

# What the timelines of both sides say when the two answers lead there.
TOLD_TO_BOTH = {
    ProposalState.CONFIRMED: "proposal:confirmed",
    ProposalState.DIFFERENT: "proposal:different",
    ProposalState.DISPUTED: "proposal:disputed",
}


class NoLongerSearched(RuleBroken):
    """Consent or the request has ended, so the two records may not be compared any more."""

    message = N_(
        "One of the two records no longer takes part in the search, so nothing can be decided. "
        "The proposal will leave the list by itself."
    )


@dataclass(frozen=True)
class Opinion:
    """What an officer sends: the verdict, why, the two ticks, and the seal of the page it answers."""

    verdict: str
    reason: str
    compared: bool
    acknowledged: bool
    seal: str


def decide(actor: Actor, proposal_id: str, opinion: Opinion) -> Stage:
    """Record the actor's answer and return what they may know of the proposal afterwards.

    Raises NotFound; FieldError or ReasonMissing for what is missing; SecondPersonNeeded, OtherSocietyDecides or
    TwoAnswersStand when it is not the actor's turn; AlreadyDecided or EvidenceChanged when the page was overtaken.
    """
    with Unit(actor) as unit:
        proposal = fetch(unit.session, actor, "proposal.decide", Proposal, proposal_id, lock=True)
        reason = _check_opinion(opinion)
        earlier = standing_answers(unit.session, proposal.id)
        table = _check_turn(unit, proposal, earlier, opinion.seal)
        known = _check_conflicts(unit, proposal, opinion)
        for question in earlier:
            if question.officer_id == actor.id:
                question.standing = False  # an earlier "need more information" is answered by this
        _write(unit, proposal, table, verdict=opinion.verdict, reason=reason, known=known)
        unit.session.flush()
        stage = _move(unit, proposal)
        unit.record("proposal:decided", proposal.id, verdict=opinion.verdict, state=proposal.state)
    if stage == Stage.CONFIRMED:
        outbox.deliver_waiting()
    return stage


def _check_opinion(opinion: Opinion) -> str:
    """Return the reason, cleaned."""
    if opinion.verdict not in set(Verdict):
        raise FieldError("verdict", VERDICT_MISSING)
    reason = clean_text(opinion.reason, "reason")
    if not reason:
        raise ReasonMissing
    if not opinion.compared:
        raise FieldError("compared", NOT_COMPARED)
    return reason


def _check_turn(unit: Unit, proposal: Proposal, earlier: Sequence[Decision], seal: str) -> SideBySide:
    """Return the comparison to freeze, if the actor may answer it and has seen it as it is now."""
    check_may_decide(unit.actor, societies_of(proposal), given_by(earlier))
    if proposal.state not in DECIDABLE:
        raise AlreadyDecided
    if not takes_part(unit.session, proposal):
        raise NoLongerSearched
    table = place_side_by_side(unit.session, unit.actor, proposal)
    check_seal(seal, seal_question(proposal, earlier, table.lines))
    return table


def _check_conflicts(unit: Unit, proposal: Proposal, opinion: Opinion) -> list[str]:
    """Return the proposals that the verdict contradicts; they must have been seen and accepted."""
    against = [one for one in find_conflicts(unit.session, unit.actor, proposal) if one.verdict == opinion.verdict]
    if against and not opinion.acknowledged:
        raise FieldError("acknowledged", CONFLICT_UNSEEN)
    return sorted({key for one in against for key in one.proposal_ids})


def _write(unit: Unit, proposal: Proposal, table: SideBySide, *, verdict: str, reason: str, known: list[str]) -> None:
    row = Decision(
        id=new_id(),
        proposal_id=proposal.id,
        round=proposal.round,
        officer_id=unit.actor.id,
        society_id=unit.actor.society_id,
        verdict=verdict,
        standing=True,
        digest=table.comparison.digest(),
        score=table.comparison.score,
        engine_version=table.engine,
        at=unit.at,
    )
    row.reason = reason
    row.seen = {
        "lines": [line.to_dict() for line in table.lines],
        "score": table.comparison.score,
        "weight": table.comparison.weight,
        "engine": table.engine,
        "proposed_by_engine": proposal.engine_version,
        "contradicts": known,
    }
    unit.session.add(row)


def _move(unit: Unit, proposal: Proposal) -> Stage:
    """Bring the proposal to the state its standing answers lead to, and start what follows from it."""
    standing = standing_answers(unit.session, proposal.id)
    given = given_by(standing)
    state = state_after(given)
    proposal.state, proposal.changed_at = state, unit.at
    unit.session.flush()  # the confirmation points at the state
    if state in ANSWERS_SHOWN:
        mark_relatives_due(unit.session, [proposal.left_id], unit.at)
    tell_timeline(unit, "proposal:decided", proposal_id=proposal.id)
    if state in TOLD_TO_BOTH:
        tell_both_sides(unit, TOLD_TO_BOTH[state], proposal.id, set(societies_of(proposal)))
    if state == ProposalState.CONFIRMED:
        _confirm(unit, proposal, [one for one in standing if one.verdict == Verdict.SAME])
    if state == ProposalState.DISPUTED:
        _ask_to_settle(unit, proposal)
    return stage_of(unit.actor, state, societies_of(proposal), given)


def _confirm(unit: Unit, proposal: Proposal, agreeing: Sequence[Decision]) -> None:
    """Join the two answers into a confirmation; the schema refuses it for one person or one society twice."""
    first, second = agreeing
    row = Confirmation(
        proposal_id=proposal.id,
        left_society_id=proposal.left_society_id,
        right_society_id=proposal.right_society_id,
        first_decision_id=first.id,
        first_officer_id=first.officer_id,
        first_society_id=first.society_id,
        second_decision_id=second.id,
        second_officer_id=second.officer_id,
        second_society_id=second.society_id,
        at=unit.at,
    )
    unit.session.add(row)
    unit.session.flush()
    aftercare.after_confirmation(unit, proposal)


def _ask_to_settle(unit: Unit, proposal: Proposal) -> None:
    for society_id in sorted(societies_of(proposal)):
        open_task(
            unit,
            "settle_dispute",
            society_id=society_id,
            permission="proposal.decide",
            once=settle_key(proposal, society_id),
            proposal_id=proposal.id,
            has_minor=proposal.has_minor,
        )


def settle_key(proposal: Proposal, society_id: str) -> str:
    """Return what makes the task of settling a dispute unique."""
    return f"settle:{proposal.id}:{society_id}"
