"""A proposal that two records may concern one human: scores advise, two people decide.

Nobody is told anything here; telling is the work of a disclosure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rfl.domain.errors import RuleBroken
from rfl.domain.roles import Actor
from rfl.domain.text import N_


class ProposalState(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    SECOND = "second"
    DISPUTED = "disputed"
    INFORMATION = "information"
    CONFIRMED = "confirmed"
    DIFFERENT = "different"
    WITHDRAWN = "withdrawn"


# States in which an officer can still give a verdict.
DECIDABLE = frozenset({ProposalState.OPEN, ProposalState.SECOND, ProposalState.DISPUTED, ProposalState.INFORMATION})


class Kind(StrEnum):
    """Which two kinds of record are compared; the left one is always a sought person."""

    SOUGHT_REGISTERED = "sought_registered"
    SOUGHT_ENQUIRER = "sought_enquirer"
    SOUGHT_SOUGHT = "sought_sought"


KINDS = {
    Kind.SOUGHT_REGISTERED: N_("Sought person and registered person"),
    Kind.SOUGHT_ENQUIRER: N_("Two relatives looking for each other"),
    Kind.SOUGHT_SOUGHT: N_("Two requests for the same person"),
}


class Verdict(StrEnum):
    """An officer's answer."""

    SAME = "same"
    DIFFERENT = "different"
    INFORMATION = "information"


VERDICTS = {
    Verdict.SAME: N_("Same person"),
    Verdict.DIFFERENT: N_("Not the same person"),
    Verdict.INFORMATION: N_("Need more information"),
}


class AlreadyDecided(RuleBroken):
    """Another officer was faster, or the proposal was withdrawn."""

    message = N_(
        "Another officer decided on this proposal while you were reading it. Nothing you wrote was lost; "
        "look at it again."
    )


class SecondPersonNeeded(RuleBroken):
    """The same person cannot give both answers."""

    message = N_("You have already given your answer. A second officer must give theirs.")


class OtherSocietyDecides(RuleBroken):
    """Where two societies are involved, each gives one answer."""

    message = N_("Your society has already given its answer. An officer of the other society must give theirs.")


class ReasonMissing(RuleBroken):
    """Every verdict carries its reason."""

    message = N_("Write the reason for your decision; the next officer and the file need it.")
    status = 422


class EvidenceChanged(RuleBroken):
    """A verdict is about the values that were on the screen, not about later ones."""

    message = N_(
        "One of the two records was changed while you were reading it. Nothing you wrote was lost; "
        "compare the fields again."
    )


class TwoAnswersStand(RuleBroken):
    """A third verdict settles nothing; the two who disagree talk, and one takes their answer back."""

    message = N_(
        "Two officers have already answered. If they disagree, one of them takes their answer back "
        "before a new one is given."
    )


class NothingToTakeBack(RuleBroken):
    """Only the officer who gave an answer can take it back."""

    message = N_("There is no answer of yours to take back here. Only the officer who gave an answer can take it back.")


class AlreadyTold(RuleBroken):
    """A decision cannot be undone after somebody was told."""

    message = N_(
        "Somebody has already been told, so the decision can no longer be undone. Talk to your data-protection officer."
    )


@dataclass(frozen=True)
class Given:
    """One standing verdict: who gave it, for which society."""

    officer_id: str
    society_id: str
    verdict: str


def check_may_decide(actor: Actor, societies: Iterable[str], given: Iterable[Given]) -> None:
    """Two different people decide, one of each society where two are involved.

    Raises SecondPersonNeeded, OtherSocietyDecides, or TwoAnswersStand for a third person.
    """
    given = [g for g in given if g.verdict != Verdict.INFORMATION]
    if any(g.officer_id == actor.id for g in given):
        raise SecondPersonNeeded
    if len(set(societies)) > 1 and any(g.society_id == actor.society_id for g in given):
        raise OtherSocietyDecides
    if len(given) > 1:
        raise TwoAnswersStand


def state_after(given: Iterable[Given]) -> ProposalState:
    """Return the state that the standing verdicts lead to: agreement of two ends the review."""
    verdicts = [g.verdict for g in given]
    same, different = verdicts.count(Verdict.SAME), verdicts.count(Verdict.DIFFERENT)
    if same and different:
        return ProposalState.DISPUTED
    if same > 1:
        return ProposalState.CONFIRMED
    if different:
        # One careful "different" is enough: nobody is told anything, and it is remembered.
        return ProposalState.DIFFERENT
    if same:
        return ProposalState.SECOND
    return ProposalState.INFORMATION if verdicts else ProposalState.OPEN
