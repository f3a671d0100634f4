"""Rounds under attack and in accidents: what a partner, a hub, a crash or an ended agreement must not bring about."""

import pytest
import round_world as world_of
from exchange_world import draft_of
from round_world import confirm, deliver, start, state, waiting, work
from sqlalchemy import select

from rfl.domain.consent import Purpose
from rfl.exchange.rounds import receipts, steps
from rfl.exchange.rounds.package import Letter
from rfl.exchange.rounds.refusals import Altered, WrongRound
from rfl.models.audit import AuditEntry
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_rounds import ExchangePackage, ExchangeRound
from rfl.models.sealed import keyring
from rfl.services import consents, exchange_handover, exchange_parcels, exchange_post, exchange_work
from rfl.services import exchange_agreements as agreements
from rfl.services import exchange_parties as parties
from rfl.services import exchange_rounds as rounds
from rfl.services.unit import SYSTEM, Chore, Look, Unit

# What is promised here does not depend on the kind of database; the services behind it are tried on both.
pytestmark = pytest.mark.sqlite


def digest_of(world, code: str) -> str:
    with Look(SYSTEM) as look:
        return parties.own_identity(look.session, world.staff[code].id).public.digest


def row_of(world, code: str) -> ExchangeRound:
    with Look(SYSTEM) as look:
        mine = select(ExchangeRound).where(ExchangeRound.society_id == world.staff[code].id)
        return look.session.scalars(mine.order_by(ExchangeRound.started_at.desc()).limit(1)).one()


def write(world, code: str, to: str, letter: Letter, agreement_id: str = "") -> bytes:
    """A package with any letter: what a society with another program could send."""
    with Unit(world.officer(code)) as unit:
        row = unit.session.get_one(ExchangeAgreement, agreement_id or world.agreement[code])
        package_id = exchange_post.post(unit, row, digest_of_own(unit, world, to), letter)
        unit.record("exchange:letter_written", package_id)
    return exchange_post.give(world.officer(code), package_id)


def digest_of_own(unit: Unit, world, code: str) -> str:
    return parties.own_identity(unit.session, world.staff[code].id).public.digest


def round_keys() -> list[str]:
    return [path.name for path in keyring().folder.glob("round-*")]


def until_raised(world) -> None:
    """Both lists have gone to the hub; nothing was compared."""
    start(world, "NOR")
    work()
    (invited,) = deliver(world, "NOR", "SOU")
    confirm(world, "SOU", invited)
    work()
    deliver(world, "SOU", "NOR")
    work()


def test_the_secrets_of_a_round_do_not_outlive_its_agreement(world, begun):
    agreements.revoke(world.staff["NOR"].protection, world.agreement["NOR"])
    assert rounds.void_overdue() == 1
    assert (state(world, "NOR"), round_keys()) == ("void", [])


def test_a_round_that_was_given_up_does_not_block_the_partners_next_packages(world, begun):
    (invited,) = deliver(world, "NOR", "SOU")
    rounds.void(world.officer("NOR"), begun)
    confirm(world, "SOU", invited)
    work()
    assert deliver(world, "SOU", "NOR") == [begun]
    assert (state(world, "NOR"), round_keys() != []) == ("void", True)
    start(world, "SOU")
    work()
    deliver(world, "SOU", "NOR")
    assert state(world, "NOR") == "invited"


def another_agreement(world, number: str) -> dict[str, str]:
    """A second agreement of the same three; returns its id by code."""
    ids = {one.code: one.id for one in parties.list_partners(world.officer("NOR"))}
    administrators = {code: one.administrator for code, one in world.staff.items()}
    made = {"NOR": agreements.draft(administrators["NOR"], draft_of(ids["SOU"], ids["HUB"], number=number))}
    agreements.sign(administrators["NOR"], made["NOR"])
    for code in ("SOU", "HUB"):
        made[code] = agreements.receive(administrators[code], agreements.give(administrators["NOR"], made["NOR"]))
        agreements.sign(administrators[code], made[code])
        agreements.receive(administrators["NOR"], agreements.give(administrators[code], made[code]))
    agreements.receive(administrators["HUB"], agreements.give(administrators["NOR"], made["NOR"]))
    return made


def test_the_hub_of_another_agreement_cannot_answer_a_round(world):
    other = another_agreement(world, "THREE/2")
    until_raised(world)
    empty = Letter(steps.PAIRS, row_of(world, "NOR").round, 0, b"")
    with pytest.raises(WrongRound):
        exchange_parcels.receive(world.officer("NOR"), write(world, "HUB", "NOR", empty, other["HUB"]))
    assert state(world, "NOR") == "raised"


def test_one_society_cannot_end_the_hubs_round_for_the_other(world):
    until_raised(world)
    for code in ("NOR", "SOU"):
        deliver(world, code, "HUB")
    work()
    taken = receipts.taken([b"\0" * 32]).letter(row_of(world, "HUB").round)
    for _ in range(2):
        exchange_parcels.receive(world.officer("HUB"), write(world, "NOR", "HUB", taken))
    assert state(world, "HUB") == "answered"


def test_the_hub_keeps_no_answer_once_both_have_it(world, played):
    for code in ("NOR", "SOU"):
        deliver(world, code, "HUB")
    with Look(SYSTEM) as look:
        answers = select(ExchangePackage.data).where(ExchangePackage.kind == steps.PAIRS)
        assert look.session.scalars(answers).all() == [None, None]


def test_work_that_is_asked_for_while_a_run_ends_is_done(world, monkeypatch):
    start(world, "NOR")
    find_next, asked = exchange_work._next, []

    def next_and_then_somebody_asks(society_id: str, *session) -> str | None:
        waiting_round = find_next(society_id, *session)
        if waiting_round is None and not asked:
            asked.append(start(world, "NOR"))
        return waiting_round

    monkeypatch.setattr(exchange_work, "_next", next_and_then_somebody_asks)
    work()
    assert asked
    assert state(world, "NOR") == "blinded"


def test_a_restored_round_whose_key_was_deleted_ends_and_others_go_on(world):
    lost = start(world, "NOR")
    with Chore(SYSTEM) as chore:  # so that a second round may begin beside it
        chore.session.get_one(ExchangeRound, lost).state = "blinded"
    keyring().forget(f"round-{lost}")
    second = start(world, "NOR")
    with Chore(SYSTEM) as chore:
        chore.session.get_one(ExchangeRound, lost).state = "preparing"
    work()
    assert state(world, "NOR") == "blinded"
    with Look(SYSTEM) as look:
        states = {one.id: one.state for one in look.session.scalars(select(ExchangeRound))}
    assert sorted(states.values()) == ["blinded", "failed"]
    assert states[second] == "blinded"


def test_a_refused_package_leaves_an_entry_in_the_trace(world, begun):
    (data,) = waiting(world, "NOR", to="SOU")
    with pytest.raises(Altered):
        exchange_parcels.receive(world.officer("SOU"), data[:-1] + bytes([data[-1] ^ 1]))
    with Look(SYSTEM) as look:
        entry = look.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
    assert (entry.event, entry.society_id) == ("exchange:package_refused", world.staff["SOU"].id)


def test_a_round_that_ends_before_its_packages_left_does_not_block_the_next_one(world, begun):
    rounds.void(world.officer("NOR"), begun)
    start_and_work(world)
    deliver(world, "NOR", "SOU")
    deliver(world, "NOR", "HUB")
    assert state(world, "SOU") == "invited"


def start_and_work(world) -> str:
    round_id = start(world, "NOR")
    work()
    return round_id


def test_a_button_that_is_pressed_twice_begins_one_round(world):
    seal = world_of.seal_of(world, "NOR")
    rounds.start(world.officer("NOR"), world.agreement["NOR"], seal=seal)
    with pytest.raises(rounds.AlreadyPreparing):
        rounds.start(world.officer("NOR"), world.agreement["NOR"], seal=seal)


def test_a_round_that_ends_by_itself_stands_in_the_trace_of_its_society(world):
    start(world, "NOR")
    agreements.revoke(world.staff["NOR"].protection, world.agreement["NOR"])
    rounds.void_overdue()
    with Look(SYSTEM) as look:
        entry = look.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
    assert (entry.event, entry.society_id) == ("exchange:rounds_voided", world.staff["NOR"].id)


def test_a_list_with_somebody_who_withdrew_after_it_was_encoded_is_not_handed_over(world, begun):
    consents.withdraw(world.officer("NOR"), world.persons["NOR"][3], Purpose.SHARE_ENCODED)
    with pytest.raises(exchange_handover.SomebodyWithdrew):
        waiting(world, "NOR", to="SOU")
    rounds.void(world.officer("NOR"), begun)
    (data,) = waiting(world, "NOR", to="SOU")
    assert len(data) < 20_000  # a void: nothing of the list leaves


def test_a_list_that_has_left_can_be_downloaded_again_also_after_a_withdrawal(world, begun):
    (data,) = waiting(world, "NOR", to="SOU")
    consents.withdraw(world.officer("NOR"), world.persons["NOR"][3], Purpose.SHARE_ENCODED)
    with Look(SYSTEM) as look:
        given = select(ExchangePackage.id).where(ExchangePackage.given_at.is_not(None))
        package_id = look.session.scalars(given).one()
    assert exchange_post.give(world.officer("NOR"), package_id) == data
