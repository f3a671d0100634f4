"""A correction learned from what officers of all societies decided; it changes nothing until somebody puts it to use.

Only finished reviews teach, which both sides know already. What a person who was found allowed is never read here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matching import (
    VERSION,
    Comparison,
    Correction,
    CorrectionOfAnotherEngine,
    Evidence,
    Learned,
    TooFewJudgements,
    learn,
    sentence,
)
from rfl.domain.errors import RuleBroken
from rfl.domain.proposals import ProposalState, Verdict
from rfl.domain.text import N_
from rfl.models.corrections import MatchingCorrection
from rfl.models.persons import Person
from rfl.models.proposals import Decision, Proposal
from rfl.security.keys import KeyMissing
from rfl.services.corrections import correction_behind
from rfl.services.eligibility import read_grounds
from rfl.services.evidence import compare_pair
from rfl.services.index_figures import read_figures
from rfl.services.terms import terms_of_the_table
from rfl.services.unit import SYSTEM, Look, Unit

DECIDED = {ProposalState.CONFIRMED: Verdict.SAME, ProposalState.DIFFERENT: Verdict.DIFFERENT}
MOST_SHOWN = 12  # weights named in a report: the rest moved less


class NotEnoughDecisions(RuleBroken):
    """A few decisions teach chance, not weights."""

    message = N_(
        "There are %(same)s confirmed and %(different)s rejected proposals to learn from. "
        "At least %(needed)s of each are needed; nothing was changed."
    )


class NothingLearned(RuleBroken):
    """A correction that does not do better on decisions it has not seen is not kept."""

    message = N_(
        "No correction did better than the present weights on decisions it had not seen "
        "(%(same)s confirmed, %(different)s rejected). Nothing was changed."
    )


@dataclass(frozen=True, slots=True)
class Judgement:
    """A finished review: the comparison without any correction, what was decided, whose search it was."""

    comparison: Comparison
    same: bool
    sought_id: str


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A stored correction: its number, and the report as it is stored."""

    number: int
    report: Mapping[str, Any]


def calibrate() -> Calibrated:
    """Learn from all decided proposals and store the outcome, not in use. Raises NotEnoughDecisions, NothingLearned."""
    with Look(SYSTEM) as look:
        found = list(_read_all(look.session))
        persons = read_figures(look.session).total
    judged = [one for one in found if one is not None]
    learned = _learn(judged, persons)
    report = {**_report(learned), "left_out": len(found) - len(judged)}
    with Unit(SYSTEM) as unit:
        number = (unit.session.scalar(select(func.max(MatchingCorrection.number))) or 0) + 1
        row = MatchingCorrection(
            number=number,
            created_at=unit.at,
            created_by=unit.actor.id,
            engine_version=VERSION,
            content=learned.correction.to_json(),
            report=report,
            active=False,
        )
        unit.session.add(row)
        unit.record("matching:calibrated", str(number), same=learned.same, different=learned.different)
    return Calibrated(number, report)


def _learn(judged: list[Judgement], persons: int) -> Learned:
    try:
        learned = learn(
            [one.comparison for one in judged],
            [one.same for one in judged],
            groups=[one.sought_id for one in judged],
            persons=persons,
        )
    except TooFewJudgements as few:
        raise NotEnoughDecisions(same=few.same, different=few.different, needed=few.needed) from few
    if learned.unchanged:
        raise NothingLearned(same=learned.same, different=learned.different)
    return learned


def _read_all(session: Session) -> Iterator[Judgement | None]:
    """Yield every finished review; None for one that may not or cannot be read."""
    decided = select(Proposal).where(Proposal.state.in_(DECIDED)).order_by(Proposal.id)
    for proposal in session.scalars(decided):
        comparison = _read_comparison(session, proposal)
        if comparison is None:
            yield None
        else:
            same = DECIDED[ProposalState(proposal.state)] == Verdict.SAME
            yield Judgement(comparison, same, proposal.left_id)


def _read_comparison(session: Session, proposal: Proposal) -> Comparison | None:
    """Return what was compared; None where a consent was withdrawn since, or the key of a society is missing."""
    people = [session.get_one(Person, key) for key in (proposal.left_id, proposal.right_id)]
    if False in read_grounds(session, people).answers.values():
        return None
    try:
        return (
            _as_answered(session, proposal) or compare_pair(session, proposal, terms_of_the_table(session)).comparison
        )
    except KeyMissing:
        return None


def _as_answered(session: Session, proposal: Proposal) -> Comparison | None:
    """Return the evidence frozen with the newest answer; None where another engine found it.

    Records are often brought into line after a confirmation. Compared then, they would teach that true pairs agree
    in everything. What other pairs of the families added is taken off again: a weight is learned from a pair alone.
    """
    verdict = DECIDED[ProposalState(proposal.state)]
    answers = select(Decision).where(
        Decision.proposal_id == proposal.id, Decision.standing, Decision.verdict == verdict
    )
    newest = session.scalars(answers.order_by(Decision.at.desc(), Decision.id).limit(1)).first()
    seen = None if newest is None else newest.seen
    if not seen:
        return None
    evidence = tuple(Evidence(line["kind"], line["level"], line["weight"]) for line in seen["lines"])
    try:
        correction = correction_behind(session, seen["engine"])
    except CorrectionOfAnotherEngine:
        return None
    plain = (correction or Correction()).take_off(evidence, persons=read_figures(session).total)
    return Comparison(seen["score"], sum(item.weight for item in plain), plain)


def _report(learned: Learned) -> dict[str, Any]:
    moved = sorted(learned.correction.bits.items(), key=lambda item: (-abs(item[1]), item[0]))
    return {
        "same": learned.same,
        "different": learned.different,
        "slope": learned.correction.slope,
        "offset": learned.correction.offset,
        "before": asdict(learned.before),
        "after": asdict(learned.after),
        "changed": [
            {"kind": kind, "level": level, "bits": round(bits, 2), "words": word_finding(kind, level)}
            for (kind, level), bits in moved[:MOST_SHOWN]
        ],
    }


def word_finding(kind: str, level: str) -> str:
    """Return an English name of a finding, such as "father's name" levels are known by: kind, level, sentence."""
    template, _ = sentence(Evidence(kind, level, 0.0))
    return f"{kind.replace('_', ' ')}, {level.replace('_', ' ')}: {template % {'agreed': 'some', 'years': 'some'}}"
