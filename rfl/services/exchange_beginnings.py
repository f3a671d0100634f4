"""The row of a round, made by whoever hears of it first: in which month it counts, and how long it lasts."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rfl.domain.ids import new_id
from rfl.domain.text import N_
from rfl.exchange.rounds.agreement import Agreement, Role
from rfl.exchange.rounds.numbers import begun_at
from rfl.exchange.rounds.package import CLOCK_SKEW
from rfl.exchange.rounds.refusals import ExchangeRefused, WrongRound
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_rounds import ExchangeRound
from rfl.services.exchange_post import GOOD_FOR
from rfl.services.unit import SYSTEM, Unit

LONGEST_MONTH = 31
OLDEST = 2 * GOOD_FOR  # a list waits as long to be encoded as it may be under way


class TooManyRounds(ExchangeRefused):
    """The agreement limits how often lists are compared."""

    code = "too-many-rounds"
    message = N_("As many rounds were begun this month as the agreement allows.")
    status = 409


def new_round(
    unit: Unit, agreed: ExchangeAgreement, agreement: Agreement, role: Role, number: str, state: str
) -> ExchangeRound:
    """Make the row of a round that was begun here or elsewhere, in the month that its number says.

    Raises TooManyRounds, or WrongRound for a number with a moment to come, or so long ago that its list is out of date.
    """
    begun = begun_at(number)
    if begun != _within_reach(unit, begun):
        raise WrongRound
    if _rounds_of_month(unit.session, agreed, begun) >= agreement.rounds_a_month:
        raise TooManyRounds
    return add_round(unit, agreed, agreement, role, number, state)


def add_round(
    unit: Unit, agreed: ExchangeAgreement, agreement: Agreement, role: Role, number: str, state: str
) -> ExchangeRound:
    """Make the row of a round, whether or not it may take place; a round lasts as long for all three."""
    begun = _within_reach(unit, begun_at(number))
    row = ExchangeRound(
        id=new_id(),
        society_id=agreed.society_id,
        agreement_id=agreed.id,
        round=number,
        role=role.value,
        state=state,
        # A package that came by post is put down to whoever agreed for this society to take such packages.
        started_by=unit.actor.id if unit.actor.id != SYSTEM.id else agreed.signed_by or agreed.created_by,
        started_at=begun,
        void_at=begun + timedelta(days=agreement.retention_days),
        cases=0,
        pairs=0,
        receipts=0,
    )
    unit.session.add(row)
    unit.session.flush()
    return row


def _within_reach(unit: Unit, begun: datetime) -> datetime:
    """Return the moment itself where a list of a round begun then may still come, otherwise the nearest such moment."""
    return min(max(begun, unit.at - OLDEST), unit.at + CLOCK_SKEW)


def _rounds_of_month(session: Session, agreed: ExchangeAgreement, moment: datetime) -> int:
    month = moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    after = (month + timedelta(days=LONGEST_MONTH)).replace(day=1)
    begun = ExchangeRound.started_at >= month, ExchangeRound.started_at < after
    rounds = select(func.count()).select_from(ExchangeRound).where(ExchangeRound.agreement_id == agreed.id, *begun)
    return session.scalar(rounds) or 0
