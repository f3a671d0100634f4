"""A found pair is opened by both or by none; nobody learns of the other's wish first; "different" is remembered."""

import pytest
from caseload import add_registered, identity
from exchange_world import agreed, carry, confirmed_partner, elsewhere, find, finished_round, with_keys
from pair_world import NORTHERN, SOUTHERN, TALK, carry_both, make_old, opened, paired, play
from sqlalchemy import delete, select

from rfl.domain.consent import Purpose
from rfl.domain.errors import NotAllowed, NotFound
from rfl.exchange.rounds.refusals import Replayed
from rfl.models.exchange import ExchangeIdentity
from rfl.models.exchange_pairs import ExchangeAct, ExchangeNotSame, ExchangePair
from rfl.models.exchange_rounds import ExchangePackage
from rfl.services import consents, exchange_letters, exchange_pair_upkeep, exchange_post
from rfl.services import exchange_agreements as agreements
from rfl.services import exchange_pairs as pairs
from rfl.services import exchange_parties as parties
from rfl.services.exchange_pair_views import read_pair, strength_of
from rfl.services.exchange_pairs import Found
from rfl.services.unit import SYSTEM, Chore, Look, Unit


@pytest.fixture
def sides(begin, north, south):
    return begin(paired, north, south)


def test_a_pair_is_open_once_both_have_opened_it(sides):
    first, second = sides
    pairs.open_pair(first.staff.officer, first.pair)
    carry(first.staff, first.round, second.staff)
    assert (first.state, second.state) == ("asked", "new")
    pairs.open_pair(second.staff.officer, second.pair)
    assert second.state == "opened"
    carry(second.staff, second.round, first.staff)
    assert first.state == "opened"


def test_two_wishes_that_cross_on_their_way_open_the_pair(sides):
    first, second = sides
    opened(first, second)
    assert (first.state, second.state) == ("opened", "opened")


def test_what_is_not_opened_is_never_told(sides):
    first, second = sides
    pairs.close_pair(first.staff.officer, first.pair)
    carry_both(first, second)
    assert (first.state, second.state) == ("not_opened", "new")


def test_both_must_say_the_same(sides):
    first, second = sides
    opened(first, second)
    pairs.judge_pair(first.staff.officer, first.pair, "same")
    carry(first.staff, first.round, second.staff)
    assert (first.state, second.state) == ("opened", "opened")
    pairs.judge_pair(second.staff.officer, second.pair, "same")
    carry(second.staff, second.round, first.staff)
    assert (first.state, second.state) == ("same", "same")


def test_one_different_decides_on_both_sides(sides):
    first, second = sides
    opened(first, second)
    pairs.judge_pair(first.staff.officer, first.pair, "different")
    carry(first.staff, first.round, second.staff)
    assert (first.state, second.state) == ("different", "different")


def test_unsure_leaves_the_pair_open(sides):
    first, second = sides
    opened(first, second)
    pairs.judge_pair(first.staff.officer, first.pair, "unsure")
    carry(first.staff, first.round, second.staff)
    assert (first.state, second.state) == ("opened", "opened")


def test_no_verdict_without_opening(sides):
    first, second = sides
    with pytest.raises(pairs.PairMovedOn):
        pairs.judge_pair(first.staff.officer, first.pair, "same")
    assert second.state == "new"


@pytest.fixture
def judged_different(sides):
    first, second = sides
    opened(first, second)
    pairs.judge_pair(second.staff.officer, second.pair, "different")
    carry(second.staff, second.round, first.staff)
    return sides


def test_a_pair_judged_different_is_not_proposed_again_under_new_handles(judged_different):
    first, second = judged_different
    play(judged_different, "2" * 32, handles=("cc" * 16, "dd" * 16))
    assert (first.state, second.state) == ("held", "held")
    carry_both(first, second)
    assert (first.state, second.state) == ("different", "different")


def with_new_keys(first, second) -> None:
    """The second society has lost its keys and makes new ones; all that were agreed are agreed again."""
    with Chore(SYSTEM) as chore:
        chore.session.execute(delete(ExchangeIdentity).where(ExchangeIdentity.society_id == second.staff.id))
    (old,) = [one for one in parties.list_partners(first.staff.officer) if one.code == second.staff.code]
    parties.end_partner(first.staff.administrator, old.id)
    confirmed_partner(first.staff, with_keys(second.staff))
    first.agreement, second.agreement = agreed(first.staff, second.staff, number="NOR-SOU/2")


def test_new_keys_of_a_society_do_not_make_a_judgement_forgotten(judged_different):
    first, second = judged_different
    with_new_keys(first, second)
    play(judged_different, "4" * 32, handles=("cc" * 16, "dd" * 16))
    assert (first.state, second.state) == ("held", "held")
    carry_both(first, second)
    assert (first.state, second.state) == ("different", "different")


def test_a_page_says_that_the_person_was_judged_different_before_where_the_partner_does_not_remember(judged_different):
    first, second = judged_different
    with Chore(SYSTEM) as chore:
        chore.session.execute(delete(ExchangeNotSame).where(ExchangeNotSame.society_id == second.staff.id))
    play(judged_different, "5" * 32, handles=("cc" * 16, "dd" * 16))
    assert read_pair(first.staff.officer, first.pair).judged_before
    carry_both(first, second)
    assert (first.state, second.state) == ("new", "new")
    assert [read_pair(one.staff.officer, one.pair).judged_before for one in (first, second)] == [True, False]


def test_another_person_of_the_partner_is_proposed_all_the_same(judged_different):
    first, second = judged_different
    second.person = person_of_another(second.staff)
    play(judged_different, "3" * 32, handles=("ee" * 16, "ff" * 16))
    assert (first.state, second.state) == ("held", "new")
    carry_both(first, second)
    assert (first.state, second.state) == ("new", "new")


def person_of_another(staff) -> str:
    person_id = add_registered(staff.officer, identity("Omar Haddad"), number=f"{staff.code}-2")
    consents.record_answers(staff.officer, person_id, {Purpose.SHARE_ENCODED: True}, TALK)
    return person_id


def test_a_withdrawal_for_one_society_ends_only_the_pairs_with_that_one(sides):
    first, second = sides
    confirmed_partner(first.staff, elsewhere("FAR"))
    consents.withdraw(first.staff.officer, first.person, Purpose.SHARE_ENCODED, "FAR")
    assert exchange_pair_upkeep.withdraw_all_unfit() == 0
    consents.withdraw(first.staff.officer, first.person, Purpose.SHARE_ENCODED, "SOU")
    assert exchange_pair_upkeep.withdraw_all_unfit() == 1
    assert (first.state, second.state) == ("withdrawn", "new")


def test_withdrawal_ends_the_pair_on_both_sides(sides):
    first, second = sides
    consents.withdraw(first.staff.officer, first.person, Purpose.SHARE_ENCODED)
    assert exchange_pair_upkeep.withdraw_all_unfit() == 1
    carry(first.staff, first.round, second.staff)
    assert (first.state, second.state) == ("withdrawn", "withdrawn")


def test_a_pair_of_somebody_who_withdrew_is_not_opened_even_before_the_sweep(sides):
    first, _ = sides
    consents.withdraw(first.staff.officer, first.person, Purpose.SHARE_ENCODED)
    with pytest.raises(pairs.NoLongerTakesPart):
        pairs.open_pair(first.staff.officer, first.pair)
    assert first.state == "withdrawn"


def test_a_letter_takes_the_withdrawals_of_its_moment_along(sides):
    first, second = sides
    pairs.open_pair(first.staff.officer, first.pair)
    consents.withdraw(first.staff.officer, first.person, Purpose.SHARE_ENCODED)
    carry(first.staff, first.round, second.staff)
    assert (first.state, second.state) == ("withdrawn", "withdrawn")


def test_a_withdrawal_reaches_the_partner_also_after_the_agreement_was_revoked(sides):
    first, second = sides
    agreements.revoke(first.staff.protection, first.agreement)
    consents.withdraw(first.staff.officer, first.person, Purpose.SHARE_ENCODED)
    carry(first.staff, first.round, second.staff)
    assert (first.state, second.state) == ("withdrawn", "withdrawn")


def test_what_nobody_opened_in_time_is_deleted_with_what_was_queued_about_it(sides):
    make_old(*sides)
    assert exchange_pair_upkeep.delete_old_pairs() == 2
    with Look(SYSTEM) as look:
        assert look.session.scalars(select(ExchangePair)).all() == []
        assert look.session.scalars(select(ExchangeAct)).all() == []


def test_an_opened_pair_outlives_the_days_of_the_unopened(sides):
    opened(*sides)
    make_old(*sides)
    assert exchange_pair_upkeep.delete_old_pairs() == 0


def test_a_letter_about_a_deleted_pair_changes_nothing(sides):
    first, second = sides
    make_old(first)
    exchange_pair_upkeep.delete_old_pairs()
    pairs.open_pair(second.staff.officer, second.pair)
    carry(second.staff, second.round, first.staff)
    assert second.state == "asked"


def test_a_letter_before_the_hubs_package_is_refused_and_can_come_again(sides):
    first, second = sides
    second_round = finished_round(second.staff, second.agreement, "4" * 32)
    find(second.staff, second_round, Found(second.person, "ab" * 16, "cd" * 16, 1.0, 1))
    data = exchange_post.give(second.staff.officer, exchange_letters.write_letter(second.staff.officer, second_round))
    with pytest.raises(exchange_letters.HubFirst):
        take(first.staff, data)
    first_round = finished_round(first.staff, first.agreement, "4" * 32)
    find(first.staff, first_round, Found(first.person, "cd" * 16, "ab" * 16, 1.0, 1))
    take(first.staff, data)


def take(staff, data: bytes) -> None:
    with Unit(staff.officer) as unit:
        row = exchange_letters.take_letter(unit, exchange_post.take(unit, data))
        unit.record("exchange:letter_taken", row.id)


def test_a_letter_taken_twice_has_one_effect_and_says_so(sides):
    first, second = sides
    pairs.open_pair(first.staff.officer, first.pair)
    package = exchange_letters.write_letter(first.staff.officer, first.round)
    data = exchange_post.give(first.staff.officer, package)
    take(second.staff, data)
    with pytest.raises(Replayed):
        take(second.staff, data)


def test_a_letter_names_nothing_but_handles(sides):
    first, _ = sides
    exchange_letters.write_letter(first.staff.officer, first.round)
    with Look(SYSTEM) as look:
        acts = look.session.scalars(select(ExchangeAct)).all()
        package = look.session.scalars(select(ExchangePackage)).one()
    assert {(one.own_handle, one.partner_handle, one.act, one.tag) for one in acts} == {
        (NORTHERN, SOUTHERN, "found", ""),
        (SOUTHERN, NORTHERN, "found", ""),
    }
    assert not any(word in package.data for word in (b"Amal", first.person.encode(), bytes.fromhex(NORTHERN)))


def test_another_society_and_other_roles_reach_no_pair(sides):
    first, second = sides
    with pytest.raises(NotFound):
        pairs.open_pair(second.staff.officer, first.pair)
    for key in ("caseworker", "administrator", "protection", "volunteer"):
        with pytest.raises(NotAllowed):
            pairs.open_pair(first.staff.actors[key], first.pair)


@pytest.mark.parametrize(("score", "word"), [(9.0, "strong"), (2.0, "likely"), (-1.0, "weak")])
def test_strength_is_told_in_words_that_were_counted(score, word):
    assert strength_of(score) == word
