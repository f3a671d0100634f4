"""Commit, then reveal: what goes into and comes out of letters about the details of opened pairs.

A reveal goes out only when both commitments of its step are known, so that nobody can read first and then choose what
to show. One that does not fit its commitment is not kept, and that is noted.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from rfl.domain.errors import RuleBroken
from rfl.domain.exchange_steps import BROKEN, COMMITTED, REVEALED
from rfl.domain.ids import new_id
from rfl.exchange import pair_details as details
from rfl.exchange.pair_letters import COMMIT, MOST_REVEALS, Line, Reveal
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_pairs import ExchangePair, ExchangeStep
from rfl.models.exchange_rounds import ExchangeRound
from rfl.services.exchange_agreements import in_force
from rfl.services.exchange_steps import SHOWING, steps_of
from rfl.services.unit import Unit

STEP_OF = {act: step for step, act in COMMIT.items()}
Pairs = Mapping[tuple[str, str], ExchangePair]  # by own and partner's handle


def due(unit: Unit, row: ExchangeRound) -> Sequence[tuple[ExchangePair, ExchangeStep]]:
    """Return the own steps of a round whose details go with the next letter: both sides have committed to them.

    Nothing is shown once the agreement has ended.
    """
    try:
        in_force(unit.session, unit.session.get_one(ExchangeAgreement, row.agreement_id), unit.at)
    except RuleBroken:
        return []
    theirs = aliased(ExchangeStep)
    both = (theirs.pair_id == ExchangeStep.pair_id) & (theirs.step == ExchangeStep.step) & ~theirs.own
    ready = (
        select(ExchangePair, ExchangeStep)
        .join(ExchangeStep, ExchangeStep.pair_id == ExchangePair.id)
        .join(theirs, both)
        .where(
            ExchangePair.round_id == row.id,
            ExchangePair.state.in_(SHOWING),
            ExchangeStep.own,
            ExchangeStep.state == COMMITTED,
            theirs.state.in_((COMMITTED, REVEALED)),
        )
        .order_by(ExchangeStep.committed_at, ExchangeStep.id)
    )
    return [(pair, step) for pair, step in unit.session.execute(ready.limit(MOST_REVEALS))]


def reveal(pair: ExchangePair, step: ExchangeStep) -> Reveal:
    """Return what a letter says to show the own details of a step: exactly what was chosen."""
    chosen = step.details
    return Reveal(pair.own_handle, pair.partner_handle, step.step, chosen["nonce"], chosen["text"])


def mark_sent(unit: Unit, steps: Iterable[ExchangeStep], package_id: str) -> None:
    """Remember that these own details went into a package."""
    for step in steps:
        step.state, step.package_id, step.changed_at = REVEALED, package_id, unit.at


def take_commitments(unit: Unit, pairs: Pairs, lines: Iterable[Line]) -> None:
    """Keep the partner's commitments; the first one to a step counts, and no step begins before the one before it."""
    for line in lines:
        pair = pairs.get((line.yours, line.mine))
        if line.act not in STEP_OF or pair is None or pair.state not in SHOWING:
            continue
        number, known = STEP_OF[line.act], steps_of(unit.session, pair.id)
        mine = known.partner.get(number)
        if mine is not None:
            if mine.commitment != line.tag:
                _refuse(unit, mine, "second")
        elif number > 1 and not known.shown_by_both(number - 1):
            _refuse(unit, _partner_step(unit, pair, number), "early")
        else:
            _partner_step(unit, pair, number).commitment = line.tag
        unit.session.flush()


def take_reveals(unit: Unit, row: ExchangeRound, pairs: Pairs, reveals: Iterable[Reveal]) -> None:
    """Keep the partner's details where they fit its commitment; those of pairs that have ended are dropped."""
    agreement = unit.session.get_one(ExchangeAgreement, row.agreement_id).hash
    for one in reveals:
        pair = pairs.get((one.yours, one.mine))
        if pair is None or pair.state not in SHOWING:
            continue
        known = steps_of(unit.session, pair.id)
        mine, own = known.partner.get(one.step), known.own.get(one.step)
        if mine is None or not mine.commitment:
            _refuse(unit, mine or _partner_step(unit, pair, one.step), "uncommitted")
        elif own is None:
            _refuse(unit, mine, "unasked")
        else:
            _keep(unit, mine, one, _bound(one, agreement, pair.partner))
        unit.session.flush()


def _bound(one: Reveal, agreement: str, sender: str) -> str:
    return details.commitment(
        one.details, one.nonce, agreement=agreement, step=one.step, sender=sender, mine=one.mine, yours=one.yours
    )


def _keep(unit: Unit, mine: ExchangeStep, one: Reveal, bound: str) -> None:
    if mine.state == REVEALED and mine.commitment == bound:
        return  # said again
    if mine.commitment != bound or mine.state == BROKEN:
        _refuse(unit, mine, "other")
        return
    try:
        details.read(one.step, one.details)
    except details.Unreadable:
        _refuse(unit, mine, "unreadable")
        return
    mine.details = {"text": one.details}
    mine.state, mine.changed_at = REVEALED, unit.at


def _refuse(unit: Unit, mine: ExchangeStep, problem: str) -> None:
    """Note what was not accepted; what was accepted before stays as it was."""
    mine.problem, mine.changed_at = problem, unit.at
    if problem != "second" and mine.state != REVEALED:
        mine.state = BROKEN


def _partner_step(unit: Unit, pair: ExchangePair, number: int) -> ExchangeStep:
    row = ExchangeStep(
        id=new_id(),
        society_id=pair.society_id,
        pair_id=pair.id,
        step=number,
        own=False,
        state=COMMITTED,
        commitment="",
        problem="",
        committed_at=unit.at,
        changed_at=unit.at,
    )
    unit.session.add(row)
    return row
