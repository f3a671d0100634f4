"""Societies with keys, and partners elsewhere that exist as identity files only; shared by the tests of exchange."""

from datetime import timedelta
from functools import cache

from staff import Staff

from rfl.domain.clock import now
from rfl.exchange import agreement_files
from rfl.exchange.rounds.agreement import sign
from rfl.exchange.rounds.identity import Identity, fingerprint
from rfl.services import exchange_agreements as agreements
from rfl.services import exchange_parties as parties
from rfl.services.exchange_agreements import Draft
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


def draft_of(partner_id: str, hub_id: str, **changed) -> Draft:
    """What a society proposes, with some fields changed."""
    values = {
        "partner_id": partner_id,
        "hub_id": hub_id,
        "number": "NOR-FAR/1",
        "purpose": "Restoring family links after the floods.",
        "contact": "tracing@nor.example",
        "false_pairs": 10,
        "cap": 2000,
        "minimum": 50,
        "rounds_a_month": 2,
        "retention_days": 30,
        "first_day": now().date(),
        "last_day": now().date() + timedelta(days=365),
    }
    return Draft(**(values | changed))


def with_partners(staff: Staff) -> tuple[str, str]:
    """Make keys and confirm a partner and a hub elsewhere; returns the ids of both entries."""
    with_keys(staff)
    return confirmed_partner(staff, elsewhere("FAR")), confirmed_partner(staff, elsewhere("HUB"))


def drafted(staff: Staff, **changed) -> str:
    """Draft an agreement with FAR and HUB; returns its id."""
    partner_id, hub_id = with_partners(staff)
    return agreements.draft(staff.administrator, draft_of(**{"partner_id": partner_id, "hub_id": hub_id} | changed))


def countersigned(staff: Staff, agreement_id: str, *codes: str) -> str:
    """Take in a file with the signatures of societies elsewhere; returns the id of the agreement."""
    agreement, signatures = agreement_files.read(agreements.give(staff.administrator, agreement_id))
    more = {elsewhere(code).public.digest: sign(agreement, elsewhere(code)) for code in codes}
    return agreements.receive(staff.administrator, agreement_files.write(agreement, signatures | more))


def in_force(staff: Staff, **changed) -> str:
    """An agreement that all three have signed; returns its id."""
    agreement_id = drafted(staff, **changed)
    agreements.sign(staff.administrator, agreement_id)
    return countersigned(staff, agreement_id, "FAR", "HUB")
