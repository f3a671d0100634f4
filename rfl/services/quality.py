"""How good proposals are: what became of those of one society, by strength, by month and by engine.

Only what an officer may know of a review is counted: a first answer is not, and nothing here depends on what a person
who was found has allowed, or on whether anybody was told.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from matching import band
from rfl.domain.proposals import ProposalState, Verdict
from rfl.domain.roles import Actor
from rfl.models.proposals import Decision, Proposal
from rfl.services.corrections import EngineInUse, engine_in_use
from rfl.services.scope import require, within
from rfl.services.unit import Look

CONFIRMED, DIFFERENT, WITHDRAWN, IN_REVIEW = "confirmed", "different", "withdrawn", "in_review"
BANDS = ("strong", "possible", "weak")
MONTHS_SHOWN = 12
SECONDS_OF_DAY = 86_400.0
# What a state counts as; whether somebody has answered already, or asked for more, looks like nobody had.
COUNTED_AS = {
    ProposalState.CONFIRMED: CONFIRMED,
    ProposalState.DIFFERENT: DIFFERENT,
    ProposalState.WITHDRAWN: WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decided proposal: as of the answer that decided it, the score and the engine that gave it."""

    proposed_at: datetime
    decided_at: datetime
    confirmed: bool
    score: float
    engine: str

    @property
    def band(self) -> str:
        """Return strong, possible or weak."""
        return band(self.score)


@dataclass(frozen=True, slots=True)
class Share:
    """Of `decided` proposals of one kind, how many were one person, and the mean score 0..1 they had."""

    name: str
    decided: int
    confirmed: int
    promised: float

    @property
    def precision(self) -> float | None:
        """Return the share that was confirmed, 0..1; None where nothing was decided."""
        return self.confirmed / self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class Month:
    """One month: proposals made in it, and those decided in it by strength."""

    first_day: date
    made: int
    decided: int
    bands: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class QualityReport:
    """Everything that the page of quality shows; `median_days` is None where nothing was decided."""

    made: int
    states: Counter[str]
    median_days: float | None
    bands: tuple[Share, ...]
    months: tuple[Month, ...]
    engines: tuple[Share, ...]
    engine: EngineInUse
    without_children: bool

    @property
    def decided(self) -> int:
        """Return how many reviews have ended in an answer."""
        return self.states[CONFIRMED] + self.states[DIFFERENT]


def read_quality(actor: Actor) -> QualityReport:
    """Return the figures of the proposals of the actor's society; raises NotAllowed."""
    require(actor, "quality.read")
    with Look(actor) as look:
        session = look.session
        made = session.execute(select(Proposal.state, Proposal.created_at).where(within(actor, Proposal))).all()
        outcomes = _read_outcomes(session, actor)
        return QualityReport(
            made=len(made),
            states=Counter(COUNTED_AS.get(ProposalState(state), IN_REVIEW) for state, _ in made),
            median_days=_median_days(outcomes),
            bands=_by_band(outcomes),
            months=_by_month([at for _, at in made], outcomes),
            engines=_shares(outcomes, lambda one: one.engine),
            engine=engine_in_use(session),
            without_children=not actor.minors_cleared,
        )


def _read_outcomes(session: Session, actor: Actor) -> list[Outcome]:
    """Return how each decided proposal ended: by the first "different", or by the second "same"."""
    query = (
        select(
            Proposal.state,
            Proposal.created_at,
            Proposal.engine_version,
            Decision.at,
            Decision.score,
            Decision.engine_version,
            func.row_number().over(partition_by=Proposal.id, order_by=(Decision.at, Decision.id)).label("place"),
        )
        .join(Decision, Decision.proposal_id == Proposal.id)
        .where(within(actor, Proposal), Decision.standing)
        .where(_decides(ProposalState.CONFIRMED, Verdict.SAME) | _decides(ProposalState.DIFFERENT, Verdict.DIFFERENT))
    )
    deciding = {ProposalState.CONFIRMED: 2, ProposalState.DIFFERENT: 1}
    return [
        Outcome(proposed_at, at, state == ProposalState.CONFIRMED, score, engine or first_engine)
        for state, proposed_at, first_engine, at, score, engine, place in session.execute(query)
        if place == deciding[ProposalState(state)]
    ]


def _decides(state: ProposalState, verdict: Verdict) -> ColumnElement[bool]:
    return (Proposal.state == state) & (Decision.verdict == verdict)


def _median_days(outcomes: Sequence[Outcome]) -> float | None:
    spans = [(one.decided_at - one.proposed_at).total_seconds() / SECONDS_OF_DAY for one in outcomes]
    return round(median(spans), 1) if spans else None


def _share(name: str, outcomes: Sequence[Outcome]) -> Share:
    scores = [one.score for one in outcomes]
    promised = sum(scores) / len(scores) if scores else 0.0
    return Share(name, len(outcomes), sum(one.confirmed for one in outcomes), promised)


def _by_band(outcomes: Iterable[Outcome]) -> tuple[Share, ...]:
    held = list(outcomes)
    return tuple(_share(name, [one for one in held if one.band == name]) for name in BANDS)


def _shares(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> tuple[Share, ...]:
    names = sorted({key(one) for one in outcomes}, reverse=True)
    return tuple(_share(name, [one for one in outcomes if key(one) == name]) for name in names)


def _by_month(made: Iterable[datetime], outcomes: Sequence[Outcome]) -> tuple[Month, ...]:
    """Return the newest months in which anything was proposed or decided, newest first."""
    proposed = Counter(_month(at) for at in made)
    months = sorted({*proposed, *(_month(one.decided_at) for one in outcomes)}, reverse=True)
    found = []
    for first_day in months[:MONTHS_SHOWN]:
        decided = [one for one in outcomes if _month(one.decided_at) == first_day]
        found.append(Month(first_day, proposed[first_day], len(decided), _by_band(decided)))
    return tuple(found)


def _month(at: datetime) -> date:
    return at.date().replace(day=1)
