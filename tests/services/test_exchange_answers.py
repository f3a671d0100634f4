"""What the person lets be told travels in a letter, is read after two officers confirmed, and can be taken back."""

from datetime import date

import pytest
from forged_letters import forged, handles, load
from pair_world import carry_both
from show_world import (
    card,
    confirm,
    entered,
    entered_and_confirmed,
    judged_same,
    pair_row,
    seeker,
    send,
    shown,
)
from sqlalchemy import select

from rfl.domain.consent import Purpose
from rfl.domain.disclosure import Choice
from rfl.domain.errors import FieldError, NotAllowed, NotFound
from rfl.exchange.pair_letters import Told
from rfl.models.aftercare import Disclosure, LocatedChoice
from rfl.models.exchange_pairs import ExchangeAnswer
from rfl.services import consents, disclosures, exchange_pair_upkeep
from rfl.services import exchange_pairs as pairs
from rfl.services.exchange_answers import NobodyToTell, take_over, tell_answer
from rfl.services.located import Answer, NotConfirmed
from rfl.services.unit import SYSTEM, Look

MESSAGE = Answer(Choice.MESSAGE, date(2026, 1, 5), "ar", "Amina, interpreter", "I am well, call me.")
REFUSED = Answer(Choice.NOTHING, date(2026, 1, 5), "ar", "Amina, interpreter")


@pytest.fixture
def sides(begin, north, south):
    """The first searches and has entered the record of the second, which is in contact with the person."""
    return begin(entered, north, south)


@pytest.fixture
def confirmed(begin, north, south):
    return begin(entered_and_confirmed, north, south)


def tell(side, answer: Answer = MESSAGE) -> None:
    tell_answer(side.staff.officer, side.pair, answer)


def choices(side) -> list[str]:
    with Look(SYSTEM) as look:
        mine = select(LocatedChoice.choice).where(LocatedChoice.society_id == side.staff.id)
        return list(look.session.scalars(mine.order_by(LocatedChoice.round)))


def news() -> int:
    with Look(SYSTEM) as look:
        return len(look.session.scalars(select(Disclosure)).all())


def test_the_answer_opens_the_gate_of_the_searching_society(confirmed):
    first, second = confirmed
    tell(second)
    send(second, first)
    assert card(first).answers.readable == MESSAGE
    proposal_id = take_over(first.staff.officer, first.pair)
    assert choices(first) == ["message"]
    disclosures.prepare(first.staff.officer, proposal_id, pair_row(first).copy_id)
    assert news() == 1


def test_the_answer_alone_tells_nobody_anything(confirmed):
    first, second = confirmed
    tell(second)
    send(second, first)
    assert (choices(first), news()) == ([], 0)


def test_the_answer_is_read_only_after_two_officers_have_confirmed(sides):
    first, second = sides
    tell(second)
    send(second, first)
    assert (card(first).answers.told, card(first).answers.readable) == (True, None)
    with pytest.raises(NotConfirmed):
        take_over(first.staff.officer, first.pair)
    confirm(first)
    assert card(first).answers.readable == MESSAGE


@pytest.mark.parametrize("choice", [Choice.NOTHING, Choice.ASK_AGAIN, Choice.FATE, "", "unknown"])
def test_a_refusal_is_told_to_nobody(confirmed, choice):
    first, second = confirmed
    with pytest.raises(FieldError):
        tell(second, Answer(choice, date(2026, 1, 5), "ar", "Amina"))
    send(second, first)
    assert card(first).answers.told is False


@pytest.mark.parametrize(
    "wrong",
    [
        Answer(Choice.MESSAGE, date(2026, 1, 5), "ar", "Amina", ""),
        Answer(Choice.ALIVE, date(2026, 1, 5), "ar", "Amina", "words"),
        Answer(Choice.ALIVE, date(2026, 1, 5), "ar", ""),
        Answer(Choice.ALIVE, date(2026, 1, 5), "", "Amina"),
        Answer(Choice.ALIVE, date(2100, 1, 5), "ar", "Amina"),
        Answer(Choice.MESSAGE, date(2026, 1, 5), "ar", "Amina", "a\u202eb"),
    ],
)
def test_an_answer_that_could_not_be_shown_to_anybody_later_is_not_recorded(confirmed, wrong):
    with pytest.raises(FieldError):
        tell(confirmed[1], wrong)


def test_taking_it_back_withdraws_what_was_prepared_and_closes_the_gate_at_once(confirmed):
    first, second = confirmed
    tell(second)
    send(second, first)
    proposal_id = take_over(first.staff.officer, first.pair)
    disclosures.prepare(first.staff.officer, proposal_id, pair_row(first).copy_id)
    tell(second, REFUSED)
    send(second, first)
    assert (choices(first), news()) == (["message", "nothing"], 0)
    assert card(first).answers.told is False
    with pytest.raises(pairs.PairMovedOn):
        take_over(first.staff.officer, first.pair)


def test_a_newer_answer_replaces_an_older_one(confirmed):
    first, second = confirmed
    tell(second)
    tell(second, Answer(Choice.ALIVE, date(2026, 1, 6), "ar", "Amina"))
    send(second, first)
    assert card(first).answers.readable.choice == "alive_and_well"


def test_withdrawing_the_record_closes_the_gate_too(confirmed):
    first, second = confirmed
    tell(second)
    send(second, first)
    proposal_id = take_over(first.staff.officer, first.pair)
    disclosures.prepare(first.staff.officer, proposal_id, pair_row(first).copy_id)
    consents.withdraw(second.staff.officer, second.person, Purpose.SHARE_SOCIETIES)
    exchange_pair_upkeep.withdraw_all_unfit()
    send(second, first)
    assert (choices(first), news()) == (["message", "nothing"], 0)
    with Look(SYSTEM) as look:
        assert {one.words is None for one in look.session.scalars(select(ExchangeAnswer))} == {True}


def test_only_the_society_in_contact_tells_only_one_that_is_looking(sides, north, south):
    first, _ = sides
    with pytest.raises(NobodyToTell):
        tell(first)


def test_nobody_is_told_before_both_said_the_same(begin, north, south):
    _, second = begin(shown, north, south)
    with pytest.raises(NobodyToTell):
        tell(second)


def test_two_searches_tell_each_other_no_answers(begin, north, south):
    first, second = begin(shown, north, south, second=seeker)
    judged_same(first, second)
    with pytest.raises(NobodyToTell):
        tell(second)
    load(first, forged(second, answers=[Told(*handles(second), 1, "message", "2026-01-05", "ar", "x", "y")]))
    assert card(first).answers.told is False


def forge(side, number: int = 1, choice: str = "message") -> Told:
    return Told(*handles(side), number, choice, "2026-01-05", "ar", "words", "witness")


def test_an_older_answer_sent_again_changes_nothing(confirmed):
    first, second = confirmed
    load(first, forged(second, answers=[forge(second, 2, "nothing")]))
    load(first, forged(second, answers=[forge(second, 1), forge(second, 2)]))
    assert card(first).answers.told is False


def test_an_answer_about_a_pair_that_is_not_the_readers_is_dropped(confirmed):
    first, second = confirmed
    one = forge(second)
    load(first, forged(second, answers=[Told("ee" * 16, one.yours, 1, "message", one.on, "ar", "x", "y")]))
    assert card(first).answers.told is False


def test_the_society_in_contact_takes_no_answer_from_the_searching_one(confirmed):
    first, second = confirmed
    load(second, forged(first, answers=[forge(first)]))
    assert card(second).answers.told is False


def test_an_answer_is_carried_once(confirmed):
    first, second = confirmed
    tell(second)
    carry_both(second, first)
    take_over(first.staff.officer, first.pair)
    carry_both(second, first)
    assert card(second).answers.own[0].sent
    assert card(first).answers.taken
    with pytest.raises(pairs.PairMovedOn):
        take_over(first.staff.officer, first.pair)
    assert choices(first) == ["message"]


def test_another_society_and_other_roles_neither_tell_nor_take_over(confirmed):
    first, second = confirmed
    with pytest.raises(NotFound):
        tell_answer(first.staff.officer, second.pair, MESSAGE)
    for key in ("caseworker", "administrator", "protection", "volunteer"):
        with pytest.raises(NotAllowed):
            tell_answer(second.staff.actors[key], second.pair, MESSAGE)
        with pytest.raises(NotAllowed):
            take_over(first.staff.actors[key], first.pair)
