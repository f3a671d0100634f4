"""Packages about lists with names that nobody took in time: recalls and receipts are told again, lists are not."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from clear_world import answer, came, carry_back, letters_of, listed, listed_and_taken, unlisted
from lists import no_pause  # noqa: F401 - a fixture
from sqlalchemy import select

from rfl.exchange.rounds.refusals import Replayed, Stale
from rfl.models.audit import AuditEntry
from rfl.models.exchange_rounds import ExchangeRound
from rfl.services import clear_recalls, clear_receiving, clear_views, exchange_parcels, exchange_parties
from rfl.services.exchange_expiry import forget_expired
from rfl.services.unit import SYSTEM, Look


@pytest.fixture
def list_of_two(request, begin, north, south):
    """Two persons, on a list that was sent or taken in where the test asks for that."""
    asked = set(request.fixturenames)
    build = listed_and_taken if "taken" in asked else listed if "sent" in asked else unlisted
    return begin(build, north, south)


@pytest.fixture
def sides(list_of_two):
    return list_of_two.sides


@pytest.fixture
def people(list_of_two) -> list[str]:
    return list_of_two.people


@pytest.fixture
def sent(list_of_two):
    return list_of_two.sent


@pytest.fixture
def taken(list_of_two) -> str:
    """The list at the recipient, imported; its receipt waits to be handed over."""
    return list_of_two.taken


@pytest.fixture
def later(monkeypatch):
    """Set the clock of every unit of work some days ahead."""

    def move(days: int) -> None:
        moment = datetime.now(UTC) + timedelta(days=days)
        monkeypatch.setattr("rfl.services.unit.now", lambda: moment)

    return move


def carry(sender, receiver) -> None:
    """Load everything that is to be handed over; of what was taken before, people are told that it was."""
    for data in letters_of(sender):
        with suppress(Replayed):
            exchange_parcels.receive(receiver.officer, data)


def kinds(staff, list_id: str) -> list[tuple[str, bool]]:
    """The packages about a list in their order, and whether a void stands in the place of each."""
    return [(one.kind, one.taken_back) for one in clear_views.read_list(staff.officer, list_id).letters]


def line(staff, list_id: str) -> clear_views.ListLine:
    return clear_views.read_list(staff.officer, list_id).line


def names(staff) -> set[str]:
    return {one.identity["names"][0]["full"] for one in came(staff) if one.identity}


def test_a_receipt_that_nobody_took_in_time_is_written_again(sides, sent, taken, later):
    later(days=14)
    forget_expired()
    assert kinds(sides.south, taken) == [("clear-receipt", True), ("clear-receipt", False)]
    carry_back(sides)
    assert (line(sides.north, sent.id).state, line(sides.north, sent.id).taken) == ("answered", 2)
    assert forget_expired() == 0


def test_a_recall_that_nobody_took_in_time_is_written_again_and_has_its_effect_once(sides, sent, taken, people, later):
    carry_back(sides)
    answer(sides.north, people[0], given=False)
    clear_recalls.recall_withdrawn()
    (lost,) = letters_of(sides.north)
    later(days=14)
    forget_expired()
    assert kinds(sides.north, sent.id) == [("clear-list", False), ("clear-recall", True), ("clear-recall", False)]
    carry(sides.north, sides.south)
    with pytest.raises(Stale):  # what was lost is found after all
        exchange_parcels.receive(sides.south.officer, lost)
    assert names(sides.south) == {"Bilal Okafor"}
    carry(sides.south, sides.north)
    found = line(sides.north, sent.id)
    assert (found.state, found.erased, found.kept, found.overdue) == ("answered", 1, 0, False)


def test_two_recalls_out_of_date_become_one_that_names_the_rows_of_both(sides, sent, taken, people, later):
    carry_back(sides)
    for person in people:
        answer(sides.north, person, given=False)
        clear_recalls.recall_withdrawn()
    later(days=14)
    forget_expired()
    assert [one for one in kinds(sides.north, sent.id) if not one[1]] == [
        ("clear-list", False),
        ("clear-recall", False),
    ]
    with Look(SYSTEM) as look:
        entries = select(AuditEntry).where(AuditEntry.event == "exchange:package_taken_back").order_by(AuditEntry.seq)
        again = [one.details["again"] for one in look.session.scalars(entries) if one.details["kind"] == "clear-recall"]
    assert [bool(one) for one in again] == [False, True]
    carry(sides.north, sides.south)
    assert names(sides.south) == set()
    carry(sides.south, sides.north)
    assert line(sides.north, sent.id).erased == 2


def test_what_was_written_again_is_written_again_until_it_is_taken(sides, sent, taken, later):
    for days in (14, 28):
        later(days=days)
        forget_expired()
    assert kinds(sides.south, taken) == [("clear-receipt", True)] * 2 + [("clear-receipt", False)]
    carry_back(sides)
    assert line(sides.north, sent.id).taken == 2


def test_nothing_is_written_again_to_keys_that_are_trusted_no_more(sides, sent, taken, later):
    partner = next(one.id for one in exchange_parties.list_partners(sides.south.officer) if one.code == "NOR")
    exchange_parties.end_partner(sides.south.administrator, partner)
    later(days=14)
    forget_expired()
    assert len(kinds(sides.south, taken)) == 1


def test_a_list_nobody_took_in_time_is_shown_as_that_and_its_sender_learns_of_it(sides, sent, people, later):
    later(days=14)
    forget_expired()
    assert kinds(sides.north, sent.id) == [("clear-list", True)]
    (void,) = letters_of(sides.north)
    arrived = exchange_parcels.arrive(sides.south.officer, void)
    assert arrived.names
    assert (line(sides.south, arrived.id).state, line(sides.south, arrived.id).overdue) == ("missed", False)
    with pytest.raises(clear_receiving.ListDecided):
        clear_receiving.open_as_import(sides.south.officer, arrived.id)
    with Look(SYSTEM) as look:
        assert look.session.scalars(select(ExchangeRound.id)).all() == []
    carry_back(sides)
    assert (line(sides.north, sent.id).state, line(sides.north, sent.id).overdue) == ("missed", False)
    answer(sides.north, people[0], given=False)
    assert clear_recalls.recall_withdrawn() == 0


def test_a_recall_of_a_list_that_never_came_holds_up_nothing(sides, sent, people, later):
    answer(sides.north, people[0], given=False)
    later(days=14)
    forget_expired()
    clear_recalls.recall_withdrawn()
    void, recall = letters_of(sides.north)
    list_id = exchange_parcels.receive(sides.south.officer, void)
    exchange_parcels.receive(sides.south.officer, recall)
    assert line(sides.south, list_id).state == "missed"
    carry_back(sides)
    assert (line(sides.north, sent.id).state, line(sides.north, sent.id).erased) == ("missed", 0)


def test_a_list_that_was_loaded_before_it_was_taken_back_stays(sides, sent, taken, later):
    later(days=14)
    forget_expired()
    (void,) = letters_of(sides.north)
    with pytest.raises(Replayed):
        exchange_parcels.receive(sides.south.officer, void)
    assert line(sides.south, taken).state == "taken"
    carry_back(sides)
    assert line(sides.north, sent.id).state == "answered"
