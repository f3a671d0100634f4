"""Addresses that packages are posted to: entered by one person, confirmed by another, as the keys of partners are.

What is posted is sealed for the partner's keys anyway; the second person sees to it that nobody makes this machine
connect to wherever they like.
"""

from dataclasses import dataclass
from datetime import datetime

from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.exchange import CONFIRMED
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.posting import Address, AddressUnusable
from rfl.models.accounts import User
from rfl.models.exchange import ExchangePartner
from rfl.models.exchange_mail import ExchangeAddress
from rfl.services.exchange_parties import state_of
from rfl.services.scope import fetch
from rfl.services.unit import Look, Unit

NOT_THE_SAME = N_("This is not the address that was entered. Ask the partner again, then enter it anew if it is wrong.")


class OnlyConfirmed(RuleBroken):
    """Nothing is posted to keys that nobody has confirmed."""

    message = N_("The keys of this partner are not confirmed, so nothing is posted to it.")


class AnotherPerson(RuleBroken):
    """Whoever enters an address does not confirm it."""

    message = N_("You entered this address yourself. A second person of your society must confirm it.")
    status = 403


@dataclass(frozen=True)
class AddressCard:
    """The address of a partner; shown in full only once it is confirmed, so that the second person types it."""

    address: str
    entered_by: str
    entered_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    mine: bool  # the reader entered it


def enter(actor: Actor, partner_id: str, address: str, *, local: bool = False) -> None:
    """Enter where a partner takes packages; a second person confirms it before anything goes there.

    With `local`, http to this very machine is allowed, for demonstrations. Raises NotAllowed, NotFound, OnlyConfirmed
    or FieldError for `address`.
    """
    wanted = _read("address", address, local=local)
    with Unit(actor) as unit:
        partner = fetch(unit.session, actor, "exchange.partners", ExchangePartner, partner_id, lock=True)
        if state_of(partner) != CONFIRMED:
            raise OnlyConfirmed
        row = unit.session.get(ExchangeAddress, partner.id)
        if row is None:
            row = ExchangeAddress(partner_id=partner.id, society_id=partner.society_id)
            unit.session.add(row)
        row.address, row.entered_by, row.entered_at = str(wanted), actor.id, unit.at
        row.confirmed_by = row.confirmed_at = None
        unit.record("exchange:address_entered", partner.id)


def confirm(actor: Actor, partner_id: str, typed: str, *, local: bool = False) -> None:
    """Confirm an address by typing it as the partner gave it; packages are posted from then on.

    Raises NotAllowed, NotFound, AnotherPerson or FieldError for `typed`.
    """
    wanted = _read("typed", typed, local=local)
    with Unit(actor) as unit:
        partner = fetch(unit.session, actor, "exchange.partners", ExchangePartner, partner_id, lock=True)
        row = unit.session.get(ExchangeAddress, partner.id)
        if row is None or row.address != str(wanted):
            raise FieldError("typed", NOT_THE_SAME)
        if row.entered_by == actor.id:
            raise AnotherPerson
        row.confirmed_by, row.confirmed_at = actor.id, unit.at
        unit.record("exchange:address_confirmed", partner.id)


def remove(actor: Actor, partner_id: str) -> None:
    """Post nothing to a partner any more; packages are carried by hand again. Raises NotAllowed or NotFound."""
    with Unit(actor) as unit:
        partner = fetch(unit.session, actor, "exchange.partners", ExchangePartner, partner_id, lock=True)
        row = unit.session.get(ExchangeAddress, partner.id)
        if row is not None:
            unit.session.delete(row)
        unit.record("exchange:address_removed", partner.id)


def read_address(actor: Actor, partner_id: str) -> AddressCard | None:
    """Return the address of a partner, None where there is none; raises NotAllowed or NotFound."""
    with Look(actor) as look:
        partner = fetch(look.session, actor, "exchange.read", ExchangePartner, partner_id)
        row = look.session.get(ExchangeAddress, partner.id)
        if row is None:
            return None
        people = [look.session.get(User, one) if one else None for one in (row.entered_by, row.confirmed_by)]
        entered, confirmed = (one.display_name if one else "" for one in people)
        shown = row.address if row.confirmed_at is not None else ""
        mine = row.entered_by == actor.id
        return AddressCard(shown, entered, row.entered_at, confirmed, row.confirmed_at, mine)


def _read(field: str, text: str, *, local: bool) -> Address:
    try:
        return Address.of(text, local=local)
    except AddressUnusable as wrong:
        raise FieldError(field, wrong.message) from wrong
