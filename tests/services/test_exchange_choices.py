"""A choice of what to show can be taken back as long as the letter with its commitment is still here, and no longer."""

from dataclasses import replace

import pytest
from exchange_world import find
from pair_world import opened
from show_world import card, opened_pair, partner_sees, pick, rows, send, states, to_hand_over
from sqlalchemy import select, update

from rfl.domain.errors import NotAllowed, NotFound
from rfl.models.audit import AuditEntry
from rfl.models.exchange_mail import ExchangePosting
from rfl.models.exchange_rounds import ExchangePackage
from rfl.services import exchange_expiry, exchange_letters, exchange_parcels, exchange_post
from rfl.services import exchange_pairs as pairs
from rfl.services.exchange_choices import ChoiceLeft, take_choice_back
from rfl.services.exchange_pairs import Found
from rfl.services.exchange_post import GOOD_FOR
from rfl.services.unit import SYSTEM, Chore, Look


@pytest.fixture
def sides(begin, north, south):
    return begin(opened_pair, north, south)


def take_back(side, step: int = 1) -> None:
    take_choice_back(side.staff.officer, side.pair, step)


def write(side) -> str:
    return exchange_letters.write_letter(side.staff.officer, side.round)


def hand_over(sender, receiver) -> int:
    """Everything that waits; returns how many packages."""
    waiting = to_hand_over(sender)
    for package_id in waiting:
        exchange_parcels.receive(receiver.staff.officer, exchange_post.give(sender.staff.officer, package_id))
    return len(waiting)


def show_each_other(first, second) -> None:
    for sender, receiver in ((first, second), (second, first), (first, second)):
        write(sender)
        hand_over(sender, receiver)


def test_before_a_letter_is_written_a_choice_is_taken_back_and_another_one_shown(sides):
    first, second = sides
    pick(first)
    assert card(first).showing.steps[0].held
    take_back(first)
    assert (rows(first), states(first)) == ([], ["choose", "ahead", "ahead"])
    send(first, second)
    assert states(second) == ["choose", "ahead", "ahead"]
    pick(first, leave_out=("sex",))
    pick(second)
    show_each_other(first, second)
    assert set(partner_sees(second, 1)) == {"years", "region"}
    assert set(partner_sees(first, 1)) == {"sex", "years", "region"}


def test_out_of_a_letter_that_is_still_here_it_is_taken_and_what_else_stood_there_is_told_again(sides):
    first, second = sides
    pick(first)
    pairs.judge_pair(first.staff.officer, first.pair, "unsure")
    write(first)
    take_back(first)
    pick(first, leave_out=("sex",))
    pick(second)
    write(first)
    assert hand_over(first, second) == 2  # the void, and the letter after it
    pairs.judge_pair(second.staff.officer, second.pair, "unsure")
    assert card(second).partner_verdict == "unsure"
    write(second)
    hand_over(second, first)
    write(first)
    hand_over(first, second)
    assert set(partner_sees(second, 1)) == {"years", "region"}


def test_two_choices_in_one_letter_are_taken_back_one_after_the_other(sides):
    others = [replace(side) for side in sides]
    for side, own, other in zip(others, ("cc" * 16, "dd" * 16), ("dd" * 16, "cc" * 16), strict=True):
        (side.pair,) = find(side.staff, side.round, Found(side.person, own, other, 4.5, 0b1011))
    opened(*others)
    first, second = sides[0], others[0]
    for side in (first, second):
        pick(side)
    write(first)
    take_back(first)
    assert card(second).showing.steps[0].held
    take_back(second)
    write(first)
    assert hand_over(first, sides[1]) == 2
    assert [states(side)[0] for side in (*sides, *others)] == ["choose"] * 4


def test_details_that_stand_in_the_same_letter_are_not_shown(sides):
    first, second = sides
    pick(first)
    pick(second)
    write(first)
    hand_over(first, second)
    write(second)  # commitment and details at once
    assert states(second) == ["sent", "ahead", "ahead"]
    take_back(second)
    assert states(second) == ["asked", "ahead", "ahead"]
    write(second)
    assert hand_over(second, first) == 2
    assert partner_sees(first, 1) == {}
    assert states(first) == ["waiting", "ahead", "ahead"]


def gone(side) -> None:
    exchange_post.give(side.staff.officer, write(side))


def out_of_date(side) -> None:
    """The letter left, nobody confirmed it, and its lines are queued again: the partner may have it all the same."""
    gone(side)
    with Chore(SYSTEM) as chore:
        chore.session.execute(update(ExchangePackage).values(created_at=chore.at - GOOD_FOR))
    exchange_expiry.forget_expired()


@pytest.mark.parametrize("left", [gone, out_of_date])
def test_a_choice_whose_letter_has_left_stays(sides, left):
    first, _ = sides
    pick(first)
    left(first)
    assert not card(first).showing.steps[0].held
    with pytest.raises(ChoiceLeft):
        take_back(first)
    assert len(rows(first)) == 1


def test_a_choice_whose_letter_is_being_posted_stays(sides):
    first, _ = sides
    pick(first)
    package_id = write(first)
    with Chore(SYSTEM) as chore:
        posting = {"society_id": first.staff.id, "tries": 0, "problem": "", "next_at": chore.at}
        chore.session.add(ExchangePosting(package_id=package_id, **posting))
    with pytest.raises(ChoiceLeft):
        take_back(first)


def test_what_was_not_chosen_and_what_was_shown_is_not_taken_back(sides):
    first, second = sides
    with pytest.raises(ChoiceLeft):
        take_back(first)
    for side in sides:
        pick(side)
    show_each_other(first, second)
    for side in sides:
        with pytest.raises(ChoiceLeft):
            take_back(side)
    assert states(first) == ["shown", "choose", "ahead"]


def test_it_is_in_the_trace_without_what_was_chosen(sides):
    first, _ = sides
    pick(first)
    commitment = rows(first)[0].commitment
    package_id = write(first)
    take_back(first)
    with Look(SYSTEM) as look:
        entries = select(AuditEntry).where(AuditEntry.event == "exchange:choice_taken_back")
        (entry,) = look.session.scalars(entries)
        assert (entry.subject, entry.actor_id) == (first.pair, first.staff.officer.id)
        assert entry.details == {"step": 1, "commitment": commitment, "package": package_id}


def test_another_society_and_other_roles_take_nothing_back(sides):
    first, second = sides
    pick(first)
    with pytest.raises(NotFound):
        take_choice_back(second.staff.officer, first.pair, 1)
    with pytest.raises(NotAllowed):
        take_choice_back(first.staff.volunteer, first.pair, 1)
