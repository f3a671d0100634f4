"""Societies with keys, and partners elsewhere that exist as identity files only; shared by the tests of exchange."""

from functools import cache

from staff import Staff

from rfl.exchange.rounds.identity import Identity, fingerprint
from rfl.services import exchange_parties as parties
from rfl.services.unit import Look


@cache
def elsewhere(code: str = "FAR") -> Identity:
    """The keys of a society on another machine: the same for the same code within one run."""
    return Identity.generate(code, f"Society {code}")


def with_keys(staff: Staff) -> Identity:
    """Make the society's keys and return them, opened."""
    parties.make_identity(staff.administrator)
    with Look(staff.administrator) as look:
        return parties.own_identity(look.session, staff.id)


def confirmed_partner(staff: Staff, other: Identity) -> str:
    """Load a partner's file as one person and confirm it as another; returns the id of the entry."""
    partner_id = parties.receive_partner(staff.administrator, other.public.to_bytes())
    parties.confirm_partner(staff.officer, partner_id, heard="telephone", typed=fingerprint(other.public))
    return partner_id
