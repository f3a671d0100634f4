"""The post of encoded exchange: letters sealed for one party, and packages opened in their order.

A package and the place in the chain that it takes are written in one transaction, before anybody gets the file.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.errors import RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.rounds import package, steps
from rfl.exchange.rounds.agreement import Agreement
from rfl.exchange.rounds.channels import NOTHING, Channel, Mark
from rfl.exchange.rounds.identity import PublicIdentity
from rfl.exchange.rounds.package import Letter, Opened, Terms
from rfl.exchange.rounds.refusals import AgreementExpired, ExchangeRefused, UnknownSender, WrongAgreement
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_rounds import ExchangeChannel, ExchangePackage
from rfl.services.exchange_agreements import AgreementEnded, OtherRules, in_force, signed
from rfl.services.exchange_handover import refuse_withdrawn
from rfl.services.exchange_parties import own_identity, pinned
from rfl.services.scope import fetch
from rfl.services.unit import Unit

OF_A_ROUND = frozenset({steps.BLINDED, steps.GROUPING, steps.RAISED, steps.PAIRS})
GOOD_FOR = timedelta(days=14)  # how long a package may be under way
LIST_BYTES_A_CASE = 64 * 32  # places of a case, bytes of a point
PADDING_CASES = 1_000  # lists are filled up to full thousands
OVERHEAD = 1024 * 1024  # heads, seal and filling of the shortest package
FILLING = 1.13  # a package is filled up by 12 % at most


class PackageGone(RuleBroken):
    """The bytes were deleted when the round ended or the package was out of date."""

    message = N_("This package was deleted: its round has ended, or it is out of date.")


@dataclass(frozen=True)
class Taken:
    """A package that was opened: its letter, and who sent it under which agreement.

    With `refused` the agreement no longer lets it have an effect; the chain has moved on, and the sender is to be told.
    """

    opened: Opened
    agreement_row: ExchangeAgreement
    agreement: Agreement
    sender: str  # digest
    refused: ExchangeRefused | None = None


def post(unit: Unit, row: ExchangeAgreement, party: str, letter: Letter, round_id: str | None = None) -> str:
    """Seal a letter for a party (digest) under an agreement; returns the id of the package to hand over.

    What belongs to the comparison of lists goes only while the agreement is in force; receipts and letters also later.

    Raises what `in_force` raises, or Oversized.
    """
    agreement = _allowed(unit, row, letter.kind)
    channel = _channel(unit.session, row, party)
    sealed = package.seal(
        letter,
        identity=own_identity(unit.session, row.society_id),
        terms=terms_with(unit.session, row, agreement, party),
        channel=_marks(channel),
        created=unit.at.replace(microsecond=0),
        expires=(unit.at + GOOD_FOR).replace(microsecond=0),
    )
    channel.sent, channel.sent_digest = sealed.channel.sent.sequence, sealed.channel.sent.digest
    kept = ExchangePackage(
        id=new_id(),
        society_id=row.society_id,
        agreement_id=row.id,
        round_id=round_id,
        party=party,
        kind=letter.kind,
        sequence=channel.sent,
        size=len(sealed.data),
        digest=channel.sent_digest,
        data=sealed.data,
        created_at=unit.at,
    )
    unit.session.add(kept)
    unit.session.flush()
    return kept.id


def take(unit: Unit, data: bytes) -> Taken:
    """Open a package for the actor's society and move the chain on; the caller stores its effect in the same unit.

    Raises what `rounds.package.open_` and `in_force` raise, but for an agreement that has ended.
    """
    label = package.inspect(data).label
    same = ExchangeAgreement.society_id == unit.actor.society_id, ExchangeAgreement.hash == label.agreement
    row = unit.session.scalar(select(ExchangeAgreement).where(*same))
    if row is None:
        raise WrongAgreement
    agreement = signed(unit.session, row)
    agreement.role_of(label.sender)
    channel = _channel(unit.session, row, label.sender)
    opened = package.open_(
        data,
        identity=own_identity(unit.session, row.society_id),
        terms=terms_with(unit.session, row, agreement, label.sender),
        channel=_marks(channel),
        now=unit.at,
        limit=most_bytes(agreement),
    )
    refused = _refusal(unit, row, opened.letter.kind)
    channel.taken, channel.taken_digest = opened.channel.received.sequence, opened.channel.received.digest
    channel.taken_at, channel.seen = unit.at, opened.header.seen.sequence
    unit.session.flush()
    return Taken(opened, row, agreement, label.sender, refused)


def give(actor: Actor, package_id: str) -> bytes:
    """Return the bytes of a package to hand over; also again.

    Raises NotAllowed, NotFound, PackageGone or SomebodyWithdrew.
    """
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "exchange.round", ExchangePackage, package_id, lock=True)
        if row.data is None:
            raise PackageGone
        refuse_withdrawn(unit.session, row)
        row.given_at = row.given_at or unit.at
        unit.record("exchange:package_given", row.id, kind=row.kind, sequence=row.sequence, size=row.size)
        return row.data


def most_bytes(agreement: Agreement) -> int:
    """Return the size of the largest package that a round under this agreement needs."""
    cases = -(-agreement.cap // PADDING_CASES) * PADDING_CASES
    return int(cases * LIST_BYTES_A_CASE * FILLING) + OVERHEAD


def _allowed(unit: Unit, row: ExchangeAgreement, kind: str) -> Agreement:
    """Return the agreement if a letter of this kind may go or come under it now."""
    return in_force(unit.session, row, unit.at) if kind in OF_A_ROUND else signed(unit.session, row)


def _refusal(unit: Unit, row: ExchangeAgreement, kind: str) -> ExchangeRefused | None:
    """Return why a letter that came can never have an effect here; raises where it may have one another time."""
    try:
        _allowed(unit, row, kind)
    except (AgreementEnded, AgreementExpired, OtherRules) as refused:
        signed(unit.session, row)
        return refused
    return None


def _channel(session: Session, row: ExchangeAgreement, party: str) -> ExchangeChannel:
    """Return the chain with a party, locked; a new one starts at nothing."""
    known = session.get(ExchangeChannel, (row.id, party), with_for_update=True, populate_existing=True)
    if known is None:
        known = ExchangeChannel(
            agreement_id=row.id, party=party, sent=0, sent_digest=NOTHING, taken=0, taken_digest=NOTHING, seen=0
        )
        session.add(known)
        session.flush()
    return known


def _marks(channel: ExchangeChannel) -> Channel:
    return Channel(Mark(channel.sent, channel.sent_digest), Mark(channel.taken, channel.taken_digest))


def terms_with(session: Session, row: ExchangeAgreement, agreement: Agreement, party: str) -> Terms:
    """Return what both ends of the chain with a party hold to be agreed; raises UnknownSender."""
    return Terms(_public(session, row.society_id, party), agreement.hash, agreement.profile_hash, agreement.epoch)


def _public(session: Session, society_id: str, digest: str) -> PublicIdentity:
    for one in pinned(session, society_id):
        if one.digest == digest:
            return one
    raise UnknownSender
