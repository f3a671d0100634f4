"""A person chooses what the partner is shown of an opened pair, step by step: exactly what they saw, or less.

The choice is a commitment: once it has gone out it can no longer be changed, and it goes out before anything is shown.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from rfl.domain.cleaning import clean_text
from rfl.domain.errors import ChangedMeanwhile, FieldError, RuleBroken
from rfl.domain.exchange_steps import ALWAYS, COMMITTED, FIELDS, THIRD
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange import pair_details
from rfl.exchange.pair_letters import COMMIT
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_pairs import ExchangePair, ExchangeStep
from rfl.models.persons import Person
from rfl.services.exchange_agreements import in_force
from rfl.services.exchange_details import details_of
from rfl.services.exchange_pairs import PairMovedOn, fetch_pair, tell, unfit
from rfl.services.exchange_parties import own_identity
from rfl.services.exchange_steps import SHOWING, agreed_to_showing, steps_of
from rfl.services.request_rows import stamp
from rfl.services.unit import Unit

NOTHING_CHOSEN = N_("Choose at least one field to show.")
TOO_MUCH = N_("This is too much for one letter. Leave fields out, or write less.")
NONCE_BYTES = 32


class NotAgreedToShow(RuleBroken):
    """Encoded exchange alone does not allow to pass a record on."""

    message = N_(
        "Nobody has agreed yet that this record is passed to another National Society that takes part in the search, "
        "or somebody has refused. Ask, and record the answer first."
    )


@dataclass(frozen=True)
class Offer:
    """What can be chosen now: the step, its fields as they would be shown, and the stamp of exactly these."""

    step: int
    details: dict[str, Any]
    stamp: str
    always: tuple[str, ...] = ALWAYS

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is recorded that could be shown in this step."""
        return self.step != THIRD and not set(self.details) - set(ALWAYS)


@dataclass(frozen=True)
class Choice:
    """What a person decided to show: `fields` of the offer, `texts` written for the third step, the offer's stamp."""

    step: int
    fields: Collection[str]
    texts: dict[str, str]
    stamp: str


def offer(session: Session, pair: ExchangePair) -> Offer | None:
    """Return what can be shown of a pair next; None while nothing can. Raises NotAgreedToShow."""
    step = steps_of(session, pair.id).next if pair.state in SHOWING else None
    if step is None:
        return None
    person = session.get_one(Person, pair.person_id)
    agreed = agreed_to_showing(session, person)
    if agreed is None:
        raise NotAgreedToShow
    found = details_of(person, step, agreed)
    return Offer(step, found, stamp([pair.id, step, found]))


def choose(actor: Actor, pair_id: str, choice: Choice) -> None:
    """Commit to showing the chosen fields of a step; the next letter of the round carries the commitment.

    Raises NotAllowed, NotFound, PairMovedOn, NotAgreedToShow, ChangedMeanwhile when the record is no longer as it was
    shown, FieldError for `fields`, `circumstances` or `contact`, or what `in_force` raises.
    """
    with Unit(actor) as unit:
        pair = fetch_pair(unit.session, actor, pair_id)
        agreement = unit.session.get_one(ExchangeAgreement, pair.agreement_id)
        in_force(unit.session, agreement, unit.at)
        offered = offer(unit.session, pair)
        if offered is None or offered.step != choice.step or unfit(unit.session, [pair]):
            raise PairMovedOn
        if offered.stamp != choice.stamp:
            raise ChangedMeanwhile
        chosen = _chosen(offered, choice)
        row = _commit(unit, pair, agreement, offered.step, chosen)
        fields = " ".join(sorted(chosen))
        unit.record("exchange:details_chosen", pair.id, step=row.step, fields=fields, commitment=row.commitment)


def _chosen(offered: Offer, choice: Choice) -> dict[str, Any]:
    if offered.step == THIRD:
        texts = {name: clean_text(choice.texts.get(name, ""), name) for name in FIELDS[THIRD]}
        chosen = {name: text for name, text in texts.items() if text}
    else:
        kept = {*choice.fields, *ALWAYS}
        chosen = {name: value for name, value in offered.details.items() if name in kept}
    # Where nothing is recorded for a step, it can be passed with nothing, so that the next one can be shown.
    if not set(chosen) - set(ALWAYS) and not offered.is_empty:
        raise FieldError("fields", NOTHING_CHOSEN)
    return chosen


def _commit(
    unit: Unit, pair: ExchangePair, agreement: ExchangeAgreement, step: int, chosen: dict[str, Any]
) -> ExchangeStep:
    try:
        text = pair_details.write(step, chosen)
    except pair_details.Unreadable:
        raise FieldError("fields", TOO_MUCH) from None
    nonce = secrets.token_hex(NONCE_BYTES)
    row = ExchangeStep(
        id=new_id(),
        society_id=pair.society_id,
        pair_id=pair.id,
        step=step,
        own=True,
        state=COMMITTED,
        problem="",
        chosen_by=unit.actor.id,
        committed_at=unit.at,
        changed_at=unit.at,
        commitment=pair_details.commitment(
            text,
            nonce,
            agreement=agreement.hash,
            step=step,
            sender=own_identity(unit.session, pair.society_id).public.digest,
            mine=pair.own_handle,
            yours=pair.partner_handle,
        ),
    )
    row.details = {"text": text, "nonce": nonce}
    unit.session.add(row)
    tell(unit, pair, COMMIT[step], row.commitment)
    return row
