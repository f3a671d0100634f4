"""What ends found pairs without a person's act: consent that was withdrawn, and the days that were agreed."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from rfl.domain.exchange import DIFFERENT, LIVE, NOT_OPENED, SAME, WAITS, WITHDRAWN
from rfl.domain.roles import Actor
from rfl.exchange import pair_letters as letters
from rfl.models.exchange_pairs import ExchangeAct, ExchangeAnswer, ExchangePair, ExchangeStep
from rfl.services.exchange_erasures import UNCONFIRMED
from rfl.services.exchange_pairs import unfit, withdraw_unfit
from rfl.services.unit import SYSTEM, Look, Unit

# What the partner must learn even when the days are over: that consent was withdrawn, "not the same", what was erased.
UNTOLD = (
    select(ExchangeAct.id)
    .where(
        ExchangeAct.round_id == ExchangePair.round_id,
        ExchangeAct.own_handle == ExchangePair.own_handle,
        ExchangeAct.partner_handle == ExchangePair.partner_handle,
        ExchangeAct.act.in_((letters.WITHDRAWN, letters.DIFFERENT, letters.ERASED)),
        ExchangeAct.package_id.is_(None),
    )
    .exists()
)


def withdraw_all_unfit() -> int:
    """Withdraw every pair of this instance whose person stopped taking part; returns how many."""
    live = select(ExchangePair).where(ExchangePair.state.in_(LIVE | {SAME}))
    with Look(SYSTEM) as look:
        found = {pair.society_id for pair in unfit(look.session, look.session.scalars(live).all())}
    total = 0
    for society_id in sorted(found):
        with Unit(_program(society_id)) as unit:
            mine = live.where(ExchangePair.society_id == society_id)
            count = withdraw_unfit(unit, unit.session.scalars(mine.with_for_update()).all())
            unit.record("exchange:pairs_withdrawn", society_id, pairs=count)
        total += count
    return total


def delete_old_pairs() -> int:
    """Delete the pairs that were not opened, or are closed and told, within the days agreed; returns how many.

    That two records were judged different stays known, without their handles (`ExchangeNotSame`).
    """
    with Look(SYSTEM) as look:
        closed = and_(ExchangePair.state.in_((DIFFERENT, WITHDRAWN)), ~UNTOLD, ~UNCONFIRMED)
        due = or_(ExchangePair.state.in_(WAITS | {NOT_OPENED}), closed), ExchangePair.void_at < look.at
        societies = look.session.scalars(select(ExchangePair.society_id).where(*due).distinct()).all()
    total = 0
    for society_id in sorted(societies):
        with Unit(_program(society_id)) as unit:
            mine = select(ExchangePair).where(*due, ExchangePair.society_id == society_id)
            pairs = unit.session.scalars(mine.with_for_update()).all()
            _delete(unit.session, pairs)
            unit.record("exchange:pairs_deleted", society_id, pairs=len(pairs))
        total += len(pairs)
    return total


def _delete(session: Session, pairs: Sequence[ExchangePair]) -> None:
    for pair in pairs:
        named = (
            ExchangeAct.round_id == pair.round_id,
            ExchangeAct.own_handle == pair.own_handle,
            ExchangeAct.partner_handle == pair.partner_handle,
        )
        session.execute(delete(ExchangeAct).where(*named))
        for table in (ExchangeStep, ExchangeAnswer):
            session.execute(delete(table).where(table.pair_id == pair.id))
        session.delete(pair)


def _program(society_id: str) -> Actor:
    """The program itself, for the trace of the society whose pairs they are."""
    return replace(SYSTEM, society_id=society_id)
