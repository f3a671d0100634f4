"""Consent to encoded exchange: given or refused for every society, or for one by name; the newest answer counts.

Societies are named by their code, not by their keys: new keys of the same society must not make a refusal forgotten.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.consent import EVERY_SOCIETY, Purpose
from rfl.domain.errors import FieldError
from rfl.domain.roles import Actor, holds
from rfl.domain.text import N_
from rfl.models.exchange import ExchangePartner
from rfl.models.persons import Consent
from rfl.services.unit import Look

NOT_A_PARTNER = N_("Choose societies whose keys are confirmed here.")


def societies_to_name(actor: Actor) -> dict[str, str]:
    """Return the partner societies, code -> name, to agree to one by one; none for staff who record no consents."""
    if not (holds(actor, "registration.write") or holds(actor, "request.write")):
        return {}
    with Look(actor) as look:
        return partner_names(look.session, actor.society_id)


def partner_names(session: Session, society_id: str) -> dict[str, str]:
    """Return code -> name of the partners whose keys are confirmed, by name."""
    confirmed = select(ExchangePartner.code, ExchangePartner.name).where(
        ExchangePartner.society_id == society_id,
        ExchangePartner.confirmed_at.is_not(None),
        ExchangePartner.ended_at.is_(None),
    )
    return dict(session.execute(confirmed.order_by(ExchangePartner.name, ExchangePartner.code)).all())


def check_partners(session: Session, society_id: str, codes: Collection[str]) -> None:
    """Refuse with FieldError for `partners` a society that is no confirmed partner."""
    if not set(codes) <= set(partner_names(session, society_id)):
        raise FieldError("partners", NOT_A_PARTNER)


def answers_of(answers: Mapping[str, bool], partners: Collection[str]) -> list[tuple[str, str, bool]]:
    """Return the rows (purpose, partner, given) that the answers of one conversation become.

    "Yes" for named societies is "no" for all others: whoever names some has not agreed to the rest. "No" for named
    societies leaves what was said about the others.
    """
    rows = []
    for purpose, given in answers.items():
        named = sorted(set(partners)) if purpose == Purpose.SHARE_ENCODED else []
        if given or not named:
            rows.append((purpose, EVERY_SOCIETY, given and not named))
        rows += [(purpose, code, given) for code in named]
    return rows


def newest_answers(
    session: Session, ids: Collection[str], partner: str, purpose: Purpose = Purpose.SHARE_ENCODED
) -> dict[str, bool]:
    """Return the newest answers about one purpose that hold for one partner (digest), by person.

    Only answers about encoded exchange name partners; all others hold for every society.
    """
    for_this_one = (EVERY_SOCIETY, _code_of(session, partner))
    asked = (
        select(Consent.person_id, Consent.given)
        .where(
            Consent.person_id.in_(list(ids)),
            Consent.purpose == purpose,
            Consent.partner.in_(for_this_one),
        )
        # Of one conversation what was said about the society by name comes after what was said about all.
        .order_by(Consent.recorded_at, Consent.partner, Consent.id)
    )
    return dict(session.execute(asked).all())


def digests_of(session: Session, partner: str) -> list[str]:
    """Return all keys (digests) that the society with these keys has or had here: who is left out is so for all."""
    same = ExchangePartner.code == _code_of(session, partner), ExchangePartner.digest != partner
    return [partner, *session.scalars(select(ExchangePartner.digest).where(*same))]


def _code_of(session: Session, partner: str) -> str:
    # The digest covers the code, so it is the same at every society of this instance.
    known = select(ExchangePartner.code).where(ExchangePartner.digest == partner).limit(1)
    return session.scalar(known) or EVERY_SOCIETY
