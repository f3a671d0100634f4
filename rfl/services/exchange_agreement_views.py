"""Agreements as pages show them: where each stands, who has signed, and its terms in the order of the print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.exchange import DRAFT, EARLY, IN_FORCE, OVER, REPLACED, REVOKED, TERMS, UNSIGNED
from rfl.domain.roles import Actor
from rfl.exchange.rounds.agreement import Agreement, Role
from rfl.exchange.rounds.identity import fingerprint_of
from rfl.models.exchange import ExchangeAgreement, ExchangeIdentity
from rfl.services.exchange_agreements import opened, replaced, signatures_of
from rfl.services.exchange_parties import pinned
from rfl.services.scope import fetch, require
from rfl.services.unit import Look


@dataclass(frozen=True)
class PartyLine:
    """One of the three: `role` is a key of `rfl.domain.exchange.ROLES`; untrusted keys have no `fingerprint`."""

    role: str
    code: str
    name: str
    fingerprint: str
    signed: bool
    own: bool


@dataclass(frozen=True)
class AgreementCard:
    """One version of an agreement; `terms` maps keys of TERMS to their values, `last_day` is included."""

    id: str
    number: str
    agreed_version: int
    state: str
    hash: str
    role: str
    parties: tuple[PartyLine, ...]
    terms: Mapping[str, str | int]
    first_day: date
    last_day: date
    created_at: datetime
    ended_at: datetime | None


def list_agreements(actor: Actor) -> list[AgreementCard]:
    """Return the agreements of the actor's society, newest version first; raises NotAllowed."""
    require(actor, "exchange.read")
    with Look(actor) as look:
        mine = select(ExchangeAgreement).where(ExchangeAgreement.society_id == actor.society_id)
        rows = look.session.scalars(
            mine.order_by(ExchangeAgreement.number, ExchangeAgreement.agreed_version.desc())
        ).all()
        return [card_of(look.session, row, look.at) for row in rows]


def read_agreement(actor: Actor, agreement_id: str) -> AgreementCard:
    """Return one agreement; raises NotAllowed or NotFound."""
    with Look(actor) as look:
        row = fetch(look.session, actor, "exchange.read", ExchangeAgreement, agreement_id)
        return card_of(look.session, row, look.at)


def card_of(session: Session, row: ExchangeAgreement, at: datetime) -> AgreementCard:
    """Return an agreement as pages show it, with where it stands at that moment."""
    agreement, signed = opened(row), signatures_of(session, row)
    # Keys that were loaded again wait for somebody to hear their fingerprint; here it could be copied.
    heard = {public.digest for public in pinned(session, row.society_id)}
    own = session.scalar(select(ExchangeIdentity.digest).where(ExchangeIdentity.society_id == row.society_id)) or ""
    return AgreementCard(
        id=row.id,
        number=row.number,
        agreed_version=row.agreed_version,
        state=_state(session, row, agreement, own, at),
        hash=row.hash,
        role=agreement.role_of(own).value,
        parties=tuple(
            PartyLine(
                one.role.value,
                one.code,
                one.name,
                fingerprint_of(one.digest) if one.digest in heard else "",
                one.digest in signed,
                one.digest == own,
            )
            for one in agreement.parties
        ),
        terms={name: getattr(agreement, name) for name in TERMS},
        first_day=agreement.valid_from.date(),
        last_day=(agreement.valid_until - timedelta(seconds=1)).date(),
        created_at=row.created_at,
        ended_at=row.ended_at,
    )


def _state(session: Session, row: ExchangeAgreement, agreement: Agreement, own: str, at: datetime) -> str:
    signed = signatures_of(session, row)
    facts = (
        (REVOKED, row.ended_at is not None),
        (OVER, at >= agreement.valid_until),
        (DRAFT, own not in signed),
        (UNSIGNED, len(signed) < len(Role)),
        (REPLACED, replaced(session, row, at)),
        (EARLY, at < agreement.valid_from),
    )
    return next((state for state, is_true in facts if is_true), IN_FORCE)
