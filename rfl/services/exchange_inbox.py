"""Packages that another instance posts: nobody is signed in, so the seal alone decides, as for a file that is loaded.

Before the body is read, the label must name a society of this instance, a partner whose keys it confirmed and an
agreement of theirs; then the size and the number within an hour are limited. Whatever does not fit gets one answer, so
that nobody learns who lives here or who trusts whom.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from rfl.domain.errors import RuleBroken
from rfl.domain.exchange_mail import HOUR, MOST_AN_HOUR, MOST_REFUSED_AN_HOUR
from rfl.domain.text import N_
from rfl.exchange.rounds import package
from rfl.exchange.rounds.headers import MAX_HEAD
from rfl.exchange.rounds.refusals import Oversized, PackageRefused
from rfl.models.exchange import ExchangeAgreement, ExchangeIdentity, ExchangePartner
from rfl.models.exchange_mail import ExchangeArrivals
from rfl.services.exchange_agreements import opened
from rfl.services.exchange_parcels import arrive_by_post
from rfl.services.exchange_post import most_bytes
from rfl.services.unit import SYSTEM, Chore, Look

HEAD = len(package.MAGIC) + package.LENGTH + MAX_HEAD  # bytes that hold any label


class NotTakenHere(PackageRefused):
    """Unknown recipient, sender or agreement: all of them look the same from outside."""

    code = "not-taken-here"
    message = N_("This package is not taken here.")


class TooOften(RuleBroken):
    """One sender fills the post box, or tries out packages."""

    code = "too-often"
    message = N_("Too many packages came from this sender. Try again in an hour.")
    status = 429


@dataclass(frozen=True)
class Ticket:
    """A sender that may go on sending: to whom, from whom, and how many bytes there are to be."""

    society_id: str
    party: str
    size: int


def admit(head: bytes, size: int) -> Ticket:
    """Look at the first bytes of a package of `size` bytes (HEAD of them, or all there are) before the rest is read.

    Raises Malformed, UnknownVersion, NotTakenHere, Oversized or TooOften.
    """
    label = package.inspect(head).label
    with Look(SYSTEM) as look:
        society_id = look.session.scalar(
            select(ExchangeIdentity.society_id).where(ExchangeIdentity.digest == label.recipient)
        )
        trusted = select(ExchangePartner.id).where(
            ExchangePartner.society_id == society_id,
            ExchangePartner.digest == label.sender,
            ExchangePartner.confirmed_at.is_not(None),
            ExchangePartner.ended_at.is_(None),
        )
        agreed = select(ExchangeAgreement).where(
            ExchangeAgreement.society_id == society_id, ExchangeAgreement.hash == label.agreement
        )
        agreement = look.session.scalar(agreed)
        if society_id is None or agreement is None or look.session.scalar(trusted) is None:
            raise NotTakenHere
        most = most_bytes(opened(agreement))
    if size > most:
        raise Oversized(limit=most)
    ticket = Ticket(society_id, label.sender, size)
    _count(ticket)
    return ticket


def take(ticket: Ticket, data: bytes) -> None:
    """Take a package that was admitted, exactly as if somebody had loaded it; raises what loading it would."""
    try:
        arrive_by_post(ticket.society_id, data)
    except RuleBroken:
        _count(ticket, came=0, refused=1)
        raise


def _count(ticket: Ticket, *, came: int = 1, refused: int = 0) -> None:
    """Count what a sender does within an hour; raises TooOften once it is too much.

    A label can be forged, so somebody else can use up a sender's hour: then packages are carried by hand.
    """
    with Chore(SYSTEM) as chore:
        key = ticket.society_id, ticket.party
        row = chore.session.get(ExchangeArrivals, key, with_for_update=True, populate_existing=True)
        if row is None:
            row = ExchangeArrivals(society_id=key[0], party=key[1], since=chore.at - timedelta(days=1))
            chore.session.add(row)
        if chore.at - row.since > HOUR:
            row.since, row.came, row.refused = chore.at, 0, 0
        row.came += came
        row.refused += refused
        full = came and (row.came > MOST_AN_HOUR or row.refused >= MOST_REFUSED_AN_HOUR)
    if full:
        raise TooOften
