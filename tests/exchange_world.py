"""Societies with keys, and partners elsewhere that exist as identity files only; shared by the tests of exchange."""

from datetime import timedelta
from functools import cache

from staff import Staff

from rfl.domain.clock import now
from rfl.domain.ids import new_id
from rfl.exchange import agreement_files
from rfl.exchange.rounds.agreement import sign
from rfl.exchange.rounds.identity import Identity, fingerprint
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_rounds import ExchangeRound
from rfl.services import exchange_agreements as agreements
from rfl.services import exchange_letters, exchange_post
from rfl.services import exchange_parties as parties
from rfl.services.exchange_agreements import Draft
from rfl.services.exchange_pairs import Found, store_found
from rfl.services.unit import SYSTEM, Chore, Look, Unit


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
        "repeats": 3,
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


def allied(north: Staff, south: Staff, **changed) -> tuple[str, str]:
    """Two societies of one instance with an agreement that both and HUB have signed; returns its id on either side."""
    own, other, hub = with_keys(north), with_keys(south), elsewhere("HUB")
    for staff, partner in ((north, other), (south, own)):
        confirmed_partner(staff, partner)
        confirmed_partner(staff, hub)
    return agreed(north, south, **changed)


def agreed(north: Staff, south: Staff, **changed) -> tuple[str, str]:
    """An agreement of two societies that have confirmed each other, and of HUB; returns its id on either side."""
    ids = {one.code: one.id for one in parties.list_partners(north.officer) if one.state != "ended"}
    drafted_here = draft_of(ids["SOU"], ids["HUB"], **{"number": "NOR-SOU/1"} | changed)
    first = agreements.draft(north.administrator, drafted_here)
    agreements.sign(north.administrator, first)
    countersigned(north, first, "HUB")
    second = agreements.receive(south.administrator, agreements.give(north.administrator, first))
    agreements.sign(south.administrator, second)
    agreements.receive(north.administrator, agreements.give(south.administrator, second))
    return first, second


ROUND = "0123456789abcdef" * 2


def finished_round(staff: Staff, agreement_id: str, number: str = ROUND) -> str:
    """A round whose pairs have arrived, without its earlier steps; returns its id."""
    with Chore(SYSTEM) as chore:
        row = ExchangeRound(
            id=new_id(),
            society_id=staff.id,
            agreement_id=agreement_id,
            round=number,
            role="first",
            state="done",
            started_by=staff.officer.id,
            started_at=chore.at,
            void_at=chore.at + timedelta(days=30),
        )
        chore.session.add(row)
    return row.id


def find(staff: Staff, round_id: str, *found: Found) -> list[str]:
    """Let the hub's pairs arrive; returns their ids."""
    with Unit(staff.officer) as unit:
        row = unit.session.get_one(ExchangeRound, round_id)
        agreement = agreements.opened(unit.session.get_one(ExchangeAgreement, row.agreement_id))
        own = parties.own_identity(unit.session, staff.id).public.digest
        stored = store_found(unit, row, agreement, agreement.partner_of(own).digest, found)
        ids = [one.id for one in stored]
        unit.record("exchange:pairs_listed", round_id)
    return ids


def carry(sender: Staff, round_id: str, receiver: Staff) -> None:
    """Write a letter about a round and let the other society take it."""
    data = exchange_post.give(sender.officer, exchange_letters.write_letter(sender.officer, round_id))
    with Unit(receiver.officer) as unit:
        exchange_letters.take_letter(unit, exchange_post.take(unit, data))
        unit.record("exchange:letter_taken", round_id)
