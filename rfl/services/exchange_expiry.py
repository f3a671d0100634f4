"""Packages that nobody took in time: voids stand in their place, and what still has to be told is told again."""

from dataclasses import replace

from sqlalchemy import delete, select

from rfl.domain.exchange import ENDS, VOID
from rfl.models.exchange_mail import ExchangePosting
from rfl.models.exchange_rounds import ExchangePackage, ExchangeRound
from rfl.services import exchange_secrets
from rfl.services.clear_voids import write_again
from rfl.services.exchange_endings import NotTaken, end, take_back
from rfl.services.exchange_post import GOOD_FOR, OF_A_ROUND
from rfl.services.unit import SYSTEM, Look, Unit


def forget_expired() -> int:
    """Take back every package that no recipient takes any more, because it is out of date; returns how many.

    A round of which a list was never handed over cannot go on, and ends. Recalls and receipts of lists with names are
    written again.
    """
    with Look(SYSTEM) as look:
        old = ExchangePackage.data.is_not(None), ExchangePackage.created_at <= look.at - GOOD_FOR
        rows = select(ExchangePackage.society_id, ExchangePackage.id).where(*old)
        in_order = rows.order_by(ExchangePackage.agreement_id, ExchangePackage.party, ExchangePackage.sequence)
        found = look.session.execute(in_order).all()
    for society_id, package_id in found:
        with Unit(replace(SYSTEM, society_id=society_id)) as unit:
            row = unit.session.get_one(ExchangePackage, package_id, with_for_update=True)
            first_time, was_given = not row.taken_back, row.given_at is not None
            take_back(unit, row)
            again = write_again(unit, row) if first_time and row.taken_back else []
            ended = None if was_given else _end_unsent(unit, row)
            if row.data is not None:
                _hand_over_again(unit, row)
            unit.record(
                "exchange:package_taken_back", row.id, kind=row.kind, sequence=row.sequence, again=" ".join(again)
            )
        if ended:
            exchange_secrets.burn(ended)
    return len(found)


def _hand_over_again(unit: Unit, package: ExchangePackage) -> None:
    """Let a void wait to be handed over or posted, also where the package was: it may have been lost on its way."""
    package.given_at = None
    unit.session.execute(delete(ExchangePosting).where(ExchangePosting.package_id == package.id))


def _end_unsent(unit: Unit, package: ExchangePackage) -> str | None:
    """End the round of a list that was never handed over; returns its id."""
    if package.round_id is None or package.kind not in OF_A_ROUND:
        return None
    row = unit.session.get_one(ExchangeRound, package.round_id, with_for_update=True)
    if row.state in ENDS:
        return None
    end(unit, row, VOID, NotTaken.code)
    return row.id
