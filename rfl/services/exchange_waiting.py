"""What encoded exchange asks for today: new pairs, rounds, packages, letters, receipts, agreements that end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from rfl.domain.exchange import DONE, INVITED, NEW
from rfl.domain.roles import Actor, holds
from rfl.exchange.rounds.agreement import Agreement, Role
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_pairs import ExchangeAct, ExchangePair
from rfl.models.exchange_rounds import ExchangeChannel, ExchangePackage, ExchangeRound
from rfl.models.persons import Person
from rfl.services.exchange_agreements import opened, signatures_of
from rfl.services.scope import within
from rfl.services.unit import Look

RECEIPT_WITHIN = timedelta(days=7)  # a week's post; after that somebody asks
ENDS_SOON = timedelta(days=30)  # three signatures take weeks


@dataclass(frozen=True)
class EndingAgreement:
    """An agreement in force whose last day comes within ENDS_SOON, and that no newer version follows."""

    id: str
    number: str
    last_day: date


@dataclass(frozen=True)
class ExchangeWaiting:
    """Figures of one society, for one member of staff; what the member may not do is nothing."""

    pairs: int = 0
    invitations: int = 0
    packages: int = 0
    letters: int = 0  # rounds with something that the partner was not told yet
    overdue: int = 0
    ending: tuple[EndingAgreement, ...] = ()

    @property
    def anything(self) -> bool:
        """Say whether there is something to do."""
        return self != ExchangeWaiting()


def waiting_for(actor: Actor) -> ExchangeWaiting:
    """Return what waits for one member of staff."""
    with Look(actor) as look:
        return read_waiting(look)


def read_waiting(look: Look) -> ExchangeWaiting:
    """Return what waits for the actor of `look`; figures and numbers of agreements, no personal data."""
    session, actor = look.session, look.actor
    found = ExchangeWaiting()
    if not holds(actor, "exchange.read"):
        return found
    overdue, ending = count_overdue(session, actor.society_id, look.at), _ending(look)
    if not holds(actor, "exchange.round"):
        return ExchangeWaiting(overdue=overdue, ending=ending)
    rounds = ExchangeRound.society_id == actor.society_id
    untold = select(ExchangeAct.round_id).where(ExchangeAct.package_id.is_(None))
    return ExchangeWaiting(
        pairs=_pairs(session, actor),
        invitations=_count(session, ExchangeRound, rounds, ExchangeRound.state == INVITED),
        packages=_count(session, ExchangePackage, *to_hand_over(actor.society_id)),
        letters=_count(session, ExchangeRound, rounds, ExchangeRound.state == DONE, ExchangeRound.id.in_(untold)),
        overdue=overdue,
        ending=ending,
    )


def to_hand_over(society_id: str) -> tuple[ColumnElement[bool], ...]:
    """Return what is true of the packages of a society that nobody has downloaded yet."""
    return (
        ExchangePackage.society_id == society_id,
        ExchangePackage.data.is_not(None),
        ExchangePackage.given_at.is_(None),
    )


def count_overdue(session: Session, society_id: str, at: datetime) -> int:
    """Return how many packages were handed over more than RECEIPT_WITHIN ago and are not confirmed."""
    seen = select(ExchangeChannel.seen).where(
        ExchangeChannel.agreement_id == ExchangePackage.agreement_id, ExchangeChannel.party == ExchangePackage.party
    )
    return _count(
        session,
        ExchangePackage,
        ExchangePackage.society_id == society_id,
        ExchangePackage.given_at < at - RECEIPT_WITHIN,
        ExchangePackage.sequence > func.coalesce(seen.scalar_subquery(), 0),
    )


def _pairs(session: Session, actor: Actor) -> int:
    mine = select(func.count()).select_from(ExchangePair).join(Person, Person.id == ExchangePair.person_id)
    new = ExchangePair.society_id == actor.society_id, ExchangePair.state == NEW
    return session.scalar(mine.where(*new, within(actor, Person))) or 0


def _ending(look: Look) -> tuple[EndingAgreement, ...]:
    mine = select(ExchangeAgreement).where(
        ExchangeAgreement.society_id == look.actor.society_id, ExchangeAgreement.ended_at.is_(None)
    )
    signed = [
        (row.id, opened(row))
        for row in look.session.scalars(mine.order_by(ExchangeAgreement.number, ExchangeAgreement.agreed_version))
        if len(signatures_of(look.session, row)) == len(Role)
    ]
    newest: dict[str, tuple[str, Agreement]] = {agreement.number: (key, agreement) for key, agreement in signed}
    return tuple(
        EndingAgreement(key, one.number, (one.valid_until - timedelta(seconds=1)).date())
        for key, one in newest.values()
        if one.valid_from <= look.at < one.valid_until <= look.at + ENDS_SOON
    )


def _count(session: Session, table: type, *wanted: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*wanted)) or 0
