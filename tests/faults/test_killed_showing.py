"""A process that is killed at any act of showing a pair: the page says how far it came; everything is shown once."""

from datetime import date, timedelta

import pytest
from killed import acts_done, killed_around
from show_world import (
    card,
    confirm,
    judged_same,
    opened_pair,
    pair_row,
    partner_sees,
    pick,
    rows,
    show_step,
    states,
    to_hand_over,
)
from sqlalchemy import func, select

from rfl.domain.disclosure import Choice
from rfl.domain.exchange_steps import REVEALED
from rfl.exchange.rounds.refusals import Replayed
from rfl.models.aftercare import LocatedChoice
from rfl.models.exchange_pairs import ExchangeAct, ExchangeAnswer
from rfl.services import exchange_answers, exchange_letters, exchange_parcels, exchange_post, proposing
from rfl.services.exchange_same import enter_copy
from rfl.services.located import Answer
from rfl.services.unit import SYSTEM, Look

MESSAGE = Answer(Choice.MESSAGE, date(2026, 1, 5), "ar", "Amina, interpreter", "I am well, call me.")
EDGES = pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])


@pytest.fixture
def sides(begin, north, south):
    return begin(opened_pair, north, south)


def choose(side, *, after: bool) -> None:
    killed_around(lambda: pick(side), after=after)
    if card(side).showing.offer is not None:
        pick(side)


def carry(sender, receiver, *, after: bool) -> None:
    """A letter is written, handed over and taken, and each of the three dies once; people do what is left to do."""

    def write() -> str:
        return exchange_letters.write_letter(sender.staff.officer, sender.round)

    killed_around(write, after=after)
    (package_id,) = to_hand_over(sender) or [write()]
    killed_around(lambda: exchange_post.give(sender.staff.officer, package_id), after=after)
    data = exchange_post.give(sender.staff.officer, package_id)
    killed_around(lambda: exchange_parcels.receive(receiver.staff.officer, data), after=after)
    if after:
        with pytest.raises(Replayed):
            exchange_parcels.receive(receiver.staff.officer, data)
    else:
        exchange_parcels.receive(receiver.staff.officer, data)


def count(table, *wanted) -> int:
    with Look(SYSTEM) as look:
        return look.session.scalar(select(func.count()).select_from(table).where(*wanted))


def sweep() -> None:
    """What the worker does every few minutes: persons who were entered and not compared yet."""
    with Look(SYSTEM) as look:
        later = look.at + timedelta(minutes=1)
    proposing.propose_waiting(since=later)


@EDGES
def test_a_step_is_shown_once_by_both_although_every_act_of_both_dies_once(sides, after):
    first, second = sides
    for side in sides:
        choose(side, after=after)
    for sender, receiver in ((first, second), (second, first)):
        carry(sender, receiver, after=after)  # the commitments; the second one's letter shows already
    assert (states(first)[0], states(second)[0]) == ("ready", "sent")
    carry(first, second, after=after)
    for side, other in ((first, second), (second, first)):
        assert states(side) == ["shown", "choose", "ahead"]
        assert [(one.own, one.step, one.state) for one in rows(side)] == [(False, 1, REVEALED), (True, 1, REVEALED)]
        assert partner_sees(side, 1) == card(other).showing.steps[0].own
        assert count(ExchangeAct, ExchangeAct.society_id == side.staff.id, ExchangeAct.act == "commit1") == 1
    assert acts_done()


@EDGES
def test_an_answer_is_told_and_taken_over_once_although_every_act_of_both_dies_once(sides, after):
    first, second = sides
    for _ in range(2):
        show_step(first, second)
    judged_same(first, second)
    killed_around(lambda: enter_copy(first.staff.officer, first.pair), after=after)
    if pair_row(first).copy_id is None:
        enter_copy(first.staff.officer, first.pair)
    sweep()
    confirm(first)

    def tell() -> None:
        exchange_answers.tell_answer(second.staff.officer, second.pair, MESSAGE)

    killed_around(tell, after=after)
    if not card(second).answers.own:
        tell()
    carry(second, first, after=after)

    def take_over() -> None:
        exchange_answers.take_over(first.staff.officer, first.pair)

    killed_around(take_over, after=after)
    if not card(first).answers.taken:
        take_over()
    told = count(ExchangeAnswer, ExchangeAnswer.own), count(ExchangeAnswer, ~ExchangeAnswer.own)
    assert (told, count(LocatedChoice, LocatedChoice.society_id == first.staff.id)) == ((1, 1), 1)
    assert acts_done()
