"""Agreements of two societies and a hub: drafted by one, signed by each, handed on as a file, ended by anybody.

A round takes place only under an agreement that `in_force` returns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange import agreement_files
from rfl.exchange.rounds import agreement as rules
from rfl.exchange.rounds.agreement import Agreement, Party, Role
from rfl.exchange.rounds.identity import PublicIdentity
from rfl.exchange.rounds.refusals import AgreementOutOfBounds, AgreementRefused, SignatureInvalid, UnknownParty
from rfl.models.exchange import ExchangeAgreement, ExchangePartner, ExchangeSignature
from rfl.services.exchange_parties import own_identity, pinned
from rfl.services.exchange_profile import profile
from rfl.services.scope import fetch, require
from rfl.services.unit import Unit

OUT_OF_BOUNDS = N_("This is outside what an agreement may hold.")
CHOOSE_PARTNER = N_("Choose a partner whose keys are confirmed.")
ANOTHER_HUB = N_("The hub must be a third society.")
LAST_DAY = N_("The last day must come after the first.")


class NumberTaken(RuleBroken):
    """One number and version name one text."""

    message = N_("There is another agreement with this number and version here. Choose another number.")


class AlreadySigned(RuleBroken):
    """A society signs once."""

    message = N_("Your society has signed this agreement already.")


class AgreementEnded(AgreementRefused):
    """Revoked here, or replaced by a newer version."""

    code = "agreement-ended"
    message = N_("This agreement was revoked, or replaced by a newer version.")


class OtherRules(AgreementRefused):
    """Signed for rules of encoding that this program does not follow."""

    code = "other-rules"
    message = N_(
        "The agreement names other rules of encoding than this program follows. Both societies need the same version "
        "of the program; then draft a new version of the agreement."
    )


@dataclass(frozen=True)
class Draft:
    """What a society proposes; `partner_id` and `hub_id` are confirmed partners, days are whole days in UTC."""

    partner_id: str
    hub_id: str
    number: str
    purpose: str
    contact: str
    false_pairs: int
    cap: int
    minimum: int
    repeats: int
    rounds_a_month: int
    retention_days: int
    first_day: date
    last_day: date
    clear_lists: str = ""


def draft(actor: Actor, wanted: Draft) -> str:
    """Write a new agreement, or a new version under a number in use, and return its id; nobody has signed it yet.

    Raises NotAllowed, NoIdentity, NumberTaken, or FieldError for a field of `Draft`.
    """
    require(actor, "exchange.agree")
    if wanted.last_day <= wanted.first_day:
        raise FieldError("last_day", LAST_DAY)
    with Unit(actor) as unit:
        own = own_identity(unit.session, actor.society_id).public
        partner = _confirmed(unit.session, actor, "partner_id", wanted.partner_id)
        hub = _confirmed(unit.session, actor, "hub_id", wanted.hub_id)
        if hub.digest == partner.digest:
            raise FieldError("hub_id", ANOTHER_HUB)
        same = ExchangeAgreement.society_id == actor.society_id, ExchangeAgreement.number == wanted.number
        version = 1 + (unit.session.scalar(select(func.max(ExchangeAgreement.agreed_version)).where(*same)) or 0)
        row = _store(unit, _written(wanted, version, (own, partner, hub)))
        unit.record("exchange:agreement_drafted", row.id, number=row.number, version=version)
    return row.id


def sign(actor: Actor, agreement_id: str) -> None:
    """Sign for the actor's society.

    Raises NotAllowed, NotFound, NoIdentity, AlreadySigned, AgreementEnded, OtherRules or UnknownParty.
    """
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "exchange.agree", ExchangeAgreement, agreement_id, lock=True)
        if row.ended_at is not None:
            raise AgreementEnded
        agreement, own = opened(row), own_identity(unit.session, actor.society_id)
        if own.public.digest in signatures_of(unit.session, row):
            raise AlreadySigned
        require_own_rules(agreement)
        _require_known(agreement, pinned(unit.session, actor.society_id))
        _add_signature(unit, row, own.public.digest, rules.sign(agreement, own))
        row.signed_by = actor.id
        unit.record("exchange:agreement_signed", row.id, number=row.number, version=row.agreed_version)


def receive(actor: Actor, data: bytes) -> str:
    """Take an agreement, or more signatures of a known one, from a file; returns its id.

    Raises NotAllowed, NoIdentity, NumberTaken, NotAParty, AgreementMalformed, AgreementOutOfBounds, UnknownParty or
    SignatureInvalid.
    """
    require(actor, "exchange.agree")
    agreement, signatures = agreement_files.read(data.strip())
    with Unit(actor) as unit:
        own = own_identity(unit.session, actor.society_id).public
        agreement.role_of(own.digest)
        _check_signatures(agreement, signatures, pinned(unit.session, actor.society_id))
        same = ExchangeAgreement.society_id == actor.society_id, ExchangeAgreement.hash == agreement.hash
        row = unit.session.scalar(select(ExchangeAgreement).where(*same)) or _store(unit, agreement)
        known = signatures_of(unit.session, row)
        # The own signature is made here and never taken from a file: a restored old state must not sign by itself.
        fresh = {digest: one for digest, one in signatures.items() if digest not in known and digest != own.digest}
        for digest, one in fresh.items():
            _add_signature(unit, row, digest, one)
        unit.record("exchange:agreement_received", row.id, number=row.number, signatures=len(fresh))
    return row.id


def give(actor: Actor, agreement_id: str) -> bytes:
    """Return the file with the agreement and all signatures gathered so far; raises NotAllowed or NotFound."""
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "exchange.read", ExchangeAgreement, agreement_id)
        data = agreement_files.write(opened(row), signatures_of(unit.session, row))
        unit.record("exchange:agreement_given", row.id, number=row.number, version=row.agreed_version)
    return data


def revoke(actor: Actor, agreement_id: str) -> None:
    """End an agreement for this society: no round starts or goes on under it. Raises NotAllowed or NotFound."""
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "exchange.revoke", ExchangeAgreement, agreement_id, lock=True)
        if row.ended_at is None:
            row.ended_by, row.ended_at = actor.id, unit.at
        unit.record("exchange:agreement_revoked", row.id, number=row.number, version=row.agreed_version)


def in_force(session: Session, row: ExchangeAgreement, at: datetime) -> Agreement:
    """Return the agreement if a round may take place under it now.

    Raises AgreementEnded, OtherRules, or what `rounds.agreement.check` raises.
    """
    if row.ended_at is not None or replaced(session, row, at):
        raise AgreementEnded
    agreement = opened(row)
    require_own_rules(agreement)
    rules.check(agreement, signatures_of(session, row), at, pinned=pinned(session, row.society_id))
    return agreement


def signed(session: Session, row: ExchangeAgreement) -> Agreement:
    """Return an agreement that all three have signed with keys trusted here, also after its end.

    Under it nothing begins, but withdrawals and receipts of what was exchanged still go and come. Raises as `in_force`.
    """
    agreement = opened(row)
    last = agreement.valid_until - timedelta(seconds=1)
    rules.check(agreement, signatures_of(session, row), last, pinned=pinned(session, row.society_id))
    return agreement


def opened(row: ExchangeAgreement) -> Agreement:
    """Return the agreement that a row holds."""
    return Agreement.from_bytes(row.content.encode())


def signatures_of(session: Session, row: ExchangeAgreement) -> dict[str, bytes]:
    """Return the signatures gathered so far, by digest of the party."""
    rows = session.scalars(select(ExchangeSignature).where(ExchangeSignature.agreement_id == row.id))
    return {one.digest: one.signature for one in rows}


def replaced(session: Session, row: ExchangeAgreement, at: datetime) -> bool:
    """Say whether all three have signed a newer version whose first day has come."""
    newer = select(ExchangeAgreement).where(
        ExchangeAgreement.society_id == row.society_id,
        ExchangeAgreement.number == row.number,
        ExchangeAgreement.agreed_version > row.agreed_version,
    )
    return any(
        opened(one).valid_from <= at and len(signatures_of(session, one)) == len(Role) for one in session.scalars(newer)
    )


def require_own_rules(agreement: Agreement) -> None:
    """Refuse with OtherRules an agreement on another profile of encoding than this program's."""
    if (agreement.profile, agreement.profile_hash) != profile():
        raise OtherRules


def _confirmed(session: Session, actor: Actor, field: str, partner_id: str) -> PublicIdentity:
    row = session.get(ExchangePartner, partner_id)
    mine = row is not None and row.society_id == actor.society_id
    if row is None or not mine or row.confirmed_at is None or row.ended_at is not None:
        raise FieldError(field, CHOOSE_PARTNER)
    return PublicIdentity.from_bytes(row.public.encode())


def _written(wanted: Draft, version: int, publics: tuple[PublicIdentity, PublicIdentity, PublicIdentity]) -> Agreement:
    own, partner, hub = publics
    name, digest = profile()
    try:
        return Agreement(
            number=wanted.number,
            version=version,
            parties=(Party.of(Role.FIRST, own), Party.of(Role.SECOND, partner), Party.of(Role.HUB, hub)),
            purpose=wanted.purpose,
            profile=name,
            profile_hash=digest,
            false_pairs=wanted.false_pairs,
            cap=wanted.cap,
            minimum=wanted.minimum,
            repeats=wanted.repeats,
            rounds_a_month=wanted.rounds_a_month,
            retention_days=wanted.retention_days,
            epoch=version,  # every version has keys of its own, so that a new one ends whatever went wrong before
            valid_from=datetime.combine(wanted.first_day, time(), UTC),
            valid_until=datetime.combine(wanted.last_day + timedelta(days=1), time(), UTC),
            contact=wanted.contact,
            clear_lists=wanted.clear_lists.strip(),
        )
    except AgreementOutOfBounds as wrong:
        raise FieldError(str(wrong.params["field"]), OUT_OF_BOUNDS) from wrong


def _store(unit: Unit, agreement: Agreement) -> ExchangeAgreement:
    same = ExchangeAgreement.number == agreement.number, ExchangeAgreement.agreed_version == agreement.version
    if unit.session.scalar(
        select(ExchangeAgreement.id).where(ExchangeAgreement.society_id == unit.actor.society_id, *same)
    ):
        raise NumberTaken
    row = ExchangeAgreement(
        id=new_id(),
        society_id=unit.actor.society_id,
        number=agreement.number,
        agreed_version=agreement.version,
        hash=agreement.hash,
        created_by=unit.actor.id,
        created_at=unit.at,
    )
    row.content = agreement.to_bytes().decode()
    unit.session.add(row)
    unit.session.flush()
    return row


def _add_signature(unit: Unit, row: ExchangeAgreement, digest: str, signature: bytes) -> None:
    one = ExchangeSignature(agreement_id=row.id, digest=digest, signature=signature, received_at=unit.at)
    unit.session.add(one)
    unit.session.flush()


def _require_known(agreement: Agreement, known: list[PublicIdentity]) -> None:
    digests = {public.digest for public in known}
    for party in agreement.parties:
        if party.digest not in digests:
            raise UnknownParty(society=party.name)


def _check_signatures(agreement: Agreement, signatures: Mapping[str, bytes], known: list[PublicIdentity]) -> None:
    """Refuse a file with one signature that is wrong, or whose maker nobody here has confirmed."""
    _require_known(agreement, known)
    publics = {public.digest: public for public in known}
    for digest, signature in signatures.items():
        party = agreement.party(agreement.role_of(digest))
        if not publics[digest].verify(signature, rules.SIGNED + agreement.to_bytes()):
            raise SignatureInvalid(society=party.name)
