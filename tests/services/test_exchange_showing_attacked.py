"""Showing details under attack: other details than committed to, none committed to, altered steps, foreign pairs."""

import pytest
from exchange_world import find
from forged_letters import NONCE, bound, commit, forged, handles, load, reveal
from pair_world import Side, carry_both
from show_world import card, opened_pair, partner_sees, pick, rows, send, show_step, states
from sqlalchemy import select

from rfl.exchange import pair_letters as letters
from rfl.exchange.pair_letters import COMMIT, Line, Reveal
from rfl.exchange.rounds.refusals import Malformed, Replayed
from rfl.models.audit import AuditEntry
from rfl.models.exchange_pairs import ExchangePair, ExchangeStep
from rfl.services import exchange_letters, exchange_post
from rfl.services.exchange_pairs import Found
from rfl.services.unit import SYSTEM, Chore, Look

# What is promised here does not depend on the kind of database; the services behind it are tried on both.
pytestmark = pytest.mark.sqlite

MALE, FEMALE = '{"sex":"male"}', '{"sex":"female"}'
BAD_TEXT = '{"sex":"<b>"}'


@pytest.fixture
def sides(begin, north, south):
    return begin(opened_pair, north, south)


def problems(side: Side) -> list[str]:
    return [row.problem for row in rows(side) if not row.own]


def newest_taken(side: Side) -> dict:
    with Look(SYSTEM) as look:
        mine = AuditEntry.event == "exchange:package_taken", AuditEntry.society_id == side.staff.id
        return look.session.scalars(select(AuditEntry).where(*mine).order_by(AuditEntry.seq.desc())).first().details


@pytest.fixture
def waiting(sides):
    """The first has committed and told so; the second can send what it likes."""
    pick(sides[0])
    send(*sides)
    return sides


def test_other_details_than_committed_to_are_not_kept_and_that_is_said_and_noted(waiting):
    first, second = waiting
    load(first, forged(second, [commit(second, MALE)], [reveal(second, FEMALE)]))
    assert problems(first) == ["other"]
    assert [row.details for row in rows(first) if not row.own] == [None]
    assert states(first)[0] == "broken"
    assert newest_taken(first)["refused"] == f"{first.pair}:1"
    assert card(first).showing.offer is None


def test_after_broken_word_the_own_details_do_not_go(waiting):
    first, second = waiting
    load(first, forged(second, [commit(second, MALE)], [reveal(second, FEMALE)]))
    send(first, second)
    assert all(row.state == "committed" for row in rows(first) if row.own)


def test_details_nobody_committed_to_are_not_kept(waiting):
    first, second = waiting
    load(first, forged(second, [], [reveal(second, MALE)]))
    assert problems(first) == ["uncommitted"]
    assert partner_sees(first, 1) == {}


def test_details_before_this_side_has_committed_are_not_kept(sides):
    first, second = sides
    load(first, forged(second, [commit(second, MALE)], [reveal(second, MALE)]))
    assert problems(first) == ["unasked"]
    assert [row.details for row in rows(first)] == [None]


def test_a_second_commitment_does_not_replace_the_first(waiting):
    first, second = waiting
    load(first, forged(second, [commit(second, MALE), commit(second, FEMALE)]))
    assert problems(first) == ["second"]
    load(first, forged(second, [], [reveal(second, FEMALE)]))
    assert problems(first) == ["other"]
    assert [row.details for row in rows(first) if not row.own] == [None]


def test_a_commitment_cannot_be_used_for_another_step(waiting):
    first, second = waiting
    load(
        first, forged(second, [Line(*handles(second), COMMIT[1], bound(second, MALE, step=2))], [reveal(second, MALE)])
    )
    assert problems(first) == ["other"]


def test_a_commitment_of_the_other_side_cannot_be_handed_back(waiting):
    first, second = waiting
    own = next(row for row in rows(first) if row.own)
    line = Line(*handles(second), COMMIT[1], own.commitment)
    load(first, forged(second, [line], [Reveal(*handles(second), 1, own_nonce(first), own_text(first))]))
    assert problems(first) == ["other"]


def own_nonce(side: Side) -> str:
    return own_details(side)["nonce"]


def own_text(side: Side) -> str:
    return own_details(side)["text"]


def own_details(side: Side) -> dict:
    with Look(SYSTEM) as look:
        mine = select(ExchangeStep).where(ExchangeStep.pair_id == side.pair, ExchangeStep.own)
        return look.session.scalars(mine).one().details


def test_no_step_is_begun_before_the_one_before_it_was_shown(waiting):
    first, second = waiting
    load(first, forged(second, [commit(second, MALE, step=2)]))
    assert [(row.step, row.problem) for row in rows(first) if not row.own] == [(2, "early")]


def test_details_that_fit_but_cannot_be_read_are_not_kept(waiting):
    first, second = waiting
    load(first, forged(second, [commit(second, BAD_TEXT)], [reveal(second, BAD_TEXT)]))
    assert problems(first) == ["unreadable"]
    assert [row.details for row in rows(first) if not row.own] == [None]


def test_the_same_details_said_again_change_nothing(waiting):
    first, second = waiting
    load(first, forged(second, [commit(second, MALE)], [reveal(second, MALE)]))
    send(first, second)
    load(first, forged(second, [commit(second, MALE)], [reveal(second, MALE)]))
    assert problems(first) == [""]
    assert partner_sees(first, 1) == {"sex": "male"}


def test_other_details_after_the_reveal_do_not_replace_it(waiting):
    first, second = waiting
    load(first, forged(second, [commit(second, MALE)], [reveal(second, MALE)]))
    send(first, second)
    load(first, forged(second, [], [reveal(second, FEMALE)]))
    assert problems(first) == ["other"]
    assert partner_sees(first, 1) == {"sex": "male"}


def test_details_of_a_pair_that_is_not_of_the_reader_are_dropped(waiting):
    first, second = waiting
    mine, yours = handles(second)
    foreign = [("ee" * 16, yours), (mine, "ee" * 16), (yours, mine)]
    lines = [Line(*one, COMMIT[1], bound(second, MALE)) for one in foreign]
    load(first, forged(second, lines, [Reveal(*one, 1, NONCE, MALE) for one in foreign]))
    assert [row for row in rows(first) if not row.own] == []


def test_a_pair_that_nobody_opened_takes_no_details(sides):
    first, second = sides
    (other,) = find(first.staff, first.round, Found(first.person, "cc" * 16, "dd" * 16, 4.5, 1))
    line = Line("dd" * 16, "cc" * 16, COMMIT[1], "1" * 64)
    load(first, forged(second, [line], [Reveal("dd" * 16, "cc" * 16, 1, NONCE, MALE)]))
    with Look(SYSTEM) as look:
        assert look.session.scalars(select(ExchangeStep).where(ExchangeStep.pair_id == other)).all() == []


def test_details_that_come_after_the_end_are_dropped(waiting):
    first, second = waiting
    lines = [Line(*handles(second), letters.DIFFERENT), commit(second, MALE)]
    load(first, forged(second, lines, [reveal(second, MALE)]))
    assert first.state == "different"
    assert [row for row in rows(first) if not row.own] == []


def test_a_letter_is_taken_once(waiting):
    first, second = waiting
    data = forged(second, [commit(second, MALE)], [reveal(second, MALE)])
    load(first, data)
    with pytest.raises(Replayed):
        load(first, data)
    assert problems(first) == [""]


def test_a_letter_with_too_many_details_has_no_effect_at_all(waiting):
    first, second = waiting
    many = [reveal(second, MALE)] * (letters.MOST_REVEALS + 1)
    data = forged(second, [commit(second, MALE)], many)
    with pytest.raises(Malformed):
        load(first, data)
    assert [row for row in rows(first) if not row.own] == []


def test_a_receipt_for_a_pair_that_goes_on_counts_for_nothing(sides):
    first, second = sides
    show_step(first, second)
    load(first, forged(second, [Line(*handles(second), letters.ERASED)]))
    with Look(SYSTEM) as look:
        assert look.session.get_one(ExchangePair, first.pair).partner_erased_at is None


def test_a_restored_backup_cannot_show_other_details_than_it_committed_to(sides):
    first, second = sides
    pick(second)
    send(second, first)
    restore_without_choice(second)
    pick(second, leave_out=("sex",))
    send(second, first)
    assert problems(first) == ["second"]
    pick(first)
    carry_both(first, second)
    carry_both(second, first)
    assert problems(first) == ["other"]
    assert partner_sees(first, 1) == {}


def restore_without_choice(side: Side) -> None:
    """The choice is forgotten, as in a backup made before it; the chain of packages is as it was."""
    with Chore(SYSTEM) as chore:
        for row in chore.session.scalars(select(ExchangeStep).where(ExchangeStep.pair_id == side.pair)):
            chore.session.delete(row)


def test_a_package_lost_on_its_way_is_given_again_with_the_same_details(sides):
    first, second = sides
    for side in sides:
        pick(side)
    carry_both(first, second)
    package = exchange_letters.write_letter(first.staff.officer, first.round)
    exchange_post.give(first.staff.officer, package)
    again = exchange_post.give(first.staff.officer, package)
    assert own_details(first)["text"]
    load(second, again)
    assert partner_sees(second, 1)["sex"] == "male"
    assert exchange_letters.write_letter(first.staff.officer, first.round) != package
