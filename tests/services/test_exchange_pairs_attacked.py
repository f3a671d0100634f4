"""Found pairs under attack: an ended agreement, consent withdrawn late, handles that the hub swapped, what stays."""

from datetime import timedelta

import pytest
from exchange_world import carry, find, finished_round
from pair_world import NORTHERN, Side, carry_both, make_old, opened, paired
from sqlalchemy import select

from rfl.domain.consent import Purpose
from rfl.exchange.pair_letters import SAME, Line
from rfl.models.audit import AuditEntry
from rfl.models.exchange_pairs import ExchangeAct, ExchangePair
from rfl.models.exchange_rounds import ExchangeRound
from rfl.services import consents, exchange_pair_upkeep
from rfl.services import exchange_agreements as agreements
from rfl.services import exchange_pairs as pairs
from rfl.services.exchange_pairs import Found
from rfl.services.unit import SYSTEM, Chore, Look, Unit


@pytest.fixture
def sides(begin, north, south):
    return begin(paired, north, south)


def newest_entry() -> AuditEntry:
    with Look(SYSTEM) as look:
        return look.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()


def agreed_same(first: Side, second: Side) -> None:
    opened(first, second)
    for side in (first, second):
        pairs.judge_pair(side.staff.officer, side.pair, "same")
    carry_both(first, second)


def test_no_pair_is_opened_under_an_agreement_that_was_revoked(sides):
    first, second = sides
    pairs.open_pair(first.staff.officer, first.pair)
    carry(first.staff, first.round, second.staff)
    agreements.revoke(second.staff.protection, second.agreement)
    with pytest.raises(agreements.AgreementEnded):
        pairs.open_pair(second.staff.officer, second.pair)
    assert second.state == "new"


def test_consent_withdrawn_after_both_said_the_same_reaches_the_partner(sides):
    first, second = sides
    agreed_same(first, second)
    assert (first.state, second.state) == ("same", "same")
    consents.withdraw(first.staff.officer, first.person, Purpose.SHARE_ENCODED)
    assert exchange_pair_upkeep.withdraw_all_unfit() == 1
    carry(first.staff, first.round, second.staff)
    assert (first.state, second.state) == ("withdrawn", "withdrawn")


def test_a_pair_that_is_closed_goes_after_the_agreed_days_but_what_must_be_told_is_told_first(sides):
    first, second = sides
    consents.withdraw(first.staff.officer, first.person, Purpose.SHARE_ENCODED)
    exchange_pair_upkeep.withdraw_all_unfit()
    make_old(first)
    assert exchange_pair_upkeep.delete_old_pairs() == 0
    carry(first.staff, first.round, second.staff)
    make_old(second)
    assert exchange_pair_upkeep.delete_old_pairs() == 2
    with Look(SYSTEM) as look:
        assert look.session.scalars(select(ExchangePair)).all() == []


def test_a_pair_that_was_judged_different_goes_after_the_agreed_days(sides):
    first, second = sides
    opened(first, second)
    pairs.judge_pair(first.staff.officer, first.pair, "different")
    carry(first.staff, first.round, second.staff)
    make_old(first, second)
    assert exchange_pair_upkeep.delete_old_pairs() == 2
    with Look(SYSTEM) as look:
        assert look.session.scalars(select(ExchangeAct)).all() == []


def test_the_trace_says_that_a_pair_was_withdrawn_when_it_could_not_be_opened(sides):
    first, _ = sides
    consents.withdraw(first.staff.officer, first.person, Purpose.SHARE_ENCODED)
    with pytest.raises(pairs.NoLongerTakesPart):
        pairs.open_pair(first.staff.officer, first.pair)
    assert newest_entry().event == "exchange:pairs_withdrawn"


def test_nothing_is_written_to_the_trace_when_everybody_still_takes_part(sides):
    before = newest_entry().seq
    assert exchange_pair_upkeep.withdraw_all_unfit() == 0
    assert newest_entry().seq == before


@pytest.mark.parametrize("work", [exchange_pair_upkeep.withdraw_all_unfit, exchange_pair_upkeep.delete_old_pairs])
def test_what_the_program_ends_by_itself_stands_in_the_trace_of_the_society(sides, work):
    first, second = sides
    consents.withdraw(first.staff.officer, first.person, Purpose.SHARE_ENCODED)
    if work is exchange_pair_upkeep.delete_old_pairs:
        make_old(first)
    assert work() == 1
    assert newest_entry().society_id == first.staff.id
    assert second.state == "new"


def test_handles_that_the_hub_gave_to_the_two_sides_crosswise_never_open(sides):
    first, second = sides
    first.round, second.round = (finished_round(one.staff, one.agreement, "7" * 32) for one in (first, second))
    (first.pair,) = find(first.staff, first.round, Found(first.person, "a1" * 16, "b1" * 16, 4.5, 1))
    (second.pair,) = find(second.staff, second.round, Found(second.person, "b2" * 16, "a1" * 16, 4.5, 1))
    opened(first, second)
    assert (first.state, second.state) == ("asked", "asked")


def test_a_partner_that_says_same_before_anybody_opened_has_said_nothing(sides):
    first, _ = sides
    with Unit(first.staff.officer) as unit:
        pair = unit.session.get_one(ExchangePair, first.pair)
        row = unit.session.get_one(ExchangeRound, first.round)
        pairs.take_lines(unit, row, [Line(pair.partner_handle, pair.own_handle, SAME)])
        unit.record("exchange:letter_taken", row.id)
    with Look(SYSTEM) as look:
        pair = look.session.get_one(ExchangePair, first.pair)
        assert (pair.state, pair.partner_verdict, pair.partner_opened) == ("new", "", False)


def test_what_is_queued_about_another_pair_of_the_same_person_is_not_deleted(sides):
    first, second = sides
    opened(first, second)
    (other,) = find(first.staff, first.round, Found(first.person, NORTHERN, "cc" * 16, 4.5, 1))
    pairs.judge_pair(first.staff.officer, first.pair, "unsure")
    with Chore(SYSTEM) as chore:
        chore.session.get_one(ExchangePair, other).void_at = chore.at - timedelta(days=1)
    exchange_pair_upkeep.delete_old_pairs()
    carry(first.staff, first.round, second.staff)
    with Look(SYSTEM) as look:
        assert look.session.get_one(ExchangePair, second.pair).partner_verdict == "unsure"
