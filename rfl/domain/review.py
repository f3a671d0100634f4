"""What an officer may be shown of a review that is still going on: never another officer's answer.

Until two people have answered for themselves, "proposed", "waiting for the second officer" and "more information
needed" look alike to whoever has not answered: each of these states gives the first answer away.
"""

from collections.abc import Collection
from enum import StrEnum

from rfl.domain.proposals import (
    AlreadyDecided,
    Given,
    OtherSocietyDecides,
    ProposalState,
    SecondPersonNeeded,
    TwoAnswersStand,
    check_may_decide,
)
from rfl.domain.roles import Actor
from rfl.domain.text import N_


class Stage(StrEnum):
    """Where a proposal stands, as one officer may know it."""

    WAITING = "waiting"
    ANSWERED = "answered"
    DISPUTED = "disputed"
    CONFIRMED = "confirmed"
    DIFFERENT = "different"
    WITHDRAWN = "withdrawn"


STAGES = {
    Stage.WAITING: N_("Waiting for your answer"),
    Stage.ANSWERED: N_("Waiting for the other officer"),
    Stage.DISPUTED: N_("The officers disagree"),
    Stage.CONFIRMED: N_("Confirmed by two officers"),
    Stage.DIFFERENT: N_("Different persons"),
    Stage.WITHDRAWN: N_("Withdrawn"),
}

# States in which the review is over, or both answers are known to both officers.
SHOWN_TO_ALL = {
    ProposalState.DISPUTED: Stage.DISPUTED,
    ProposalState.CONFIRMED: Stage.CONFIRMED,
    ProposalState.DIFFERENT: Stage.DIFFERENT,
    ProposalState.WITHDRAWN: Stage.WITHDRAWN,
}
# States in which every officer of the proposal may read the answers and who gave them.
ANSWERS_SHOWN = frozenset({ProposalState.DISPUTED, ProposalState.CONFIRMED, ProposalState.DIFFERENT})
# States that say nothing to whoever has not answered yet.
IN_REVIEW = frozenset({ProposalState.OPEN, ProposalState.SECOND, ProposalState.INFORMATION})


def stage_of(actor: Actor, state: str, societies: Collection[str], given: Collection[Given]) -> Stage:
    """Return what `actor` may know of a proposal in `state` between `societies`, with the standing answers `given`."""
    ended = SHOWN_TO_ALL.get(ProposalState(state))
    if ended is not None:
        return ended
    try:
        check_may_decide(actor, societies, given)
    except (AlreadyDecided, SecondPersonNeeded, OtherSocietyDecides, TwoAnswersStand):
        return Stage.ANSWERED
    return Stage.WAITING


def may_see_answer(actor: Actor, state: str, officer_id: str) -> bool:
    """Say whether `actor` may read the answer of `officer_id`: their own always, another's when all have answered."""
    return officer_id == actor.id or ProposalState(state) in ANSWERS_SHOWN
