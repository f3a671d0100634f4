"""A process that is killed while a list with names is sent, opened or recalled: each happens once, and goes on."""

import pytest
from clear_world import agreed_on_names, came, carry_back, letters_of, row_of, rows, run_import, send, take_in, willing
from killed import acts_done, killed_around
from lists import no_pause  # noqa: F401 - a fixture
from sqlalchemy import select

from rfl.exchange.rounds.refusals import Replayed
from rfl.models.clear_lists import ClearList
from rfl.services import clear_recalls, clear_receiving, clear_views, exchange_parcels, exchange_post
from rfl.services.unit import SYSTEM, Look

EDGES = pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
NAMES = {"Amal Haddad", "Bilal Okafor"}


def with_names(north, south):
    sides = agreed_on_names(north, south)
    for place, name in enumerate(sorted(NAMES)):
        willing(sides.north, name, place)
    return sides


@pytest.fixture
def sides(begin, north, south):
    return begin(with_names, north, south)


def lists_of(staff) -> list[str]:
    with Look(SYSTEM) as look:
        return list(look.session.scalars(select(ClearList.id).where(ClearList.society_id == staff.id)))


def receive(staff, data: bytes, *, after: bool) -> None:
    """A package is loaded by a process that dies, and then again by the person who finds the page gone."""
    killed_around(lambda: exchange_parcels.receive(staff.officer, data), after=after)
    if after:
        with pytest.raises(Replayed):
            exchange_parcels.receive(staff.officer, data)
    else:
        exchange_parcels.receive(staff.officer, data)


def left(staff) -> set[str]:
    return {one.identity["names"][0]["full"] for one in came(staff) if one.identity}


@EDGES
def test_a_list_is_written_opened_and_taken_once(sides, after):
    killed_around(lambda: send(sides), after=after)
    if not lists_of(sides.north):
        send(sides)
    (sent,) = lists_of(sides.north)
    (package,) = clear_views.read_list(sides.north.officer, sent).letters
    receive(sides.south, exchange_post.give(sides.north.officer, package.package_id), after=after)
    (list_id,) = lists_of(sides.south)
    killed_around(lambda: clear_receiving.open_as_import(sides.south.officer, list_id), after=after)
    import_id = clear_views.read_list(sides.south.officer, list_id).import_id
    counts = run_import(sides.south, import_id) if import_id else take_in(sides.south, list_id)
    assert (counts["good"], left(sides.south)) == (2, NAMES)
    receive(sides.north, letters_of(sides.south)[0], after=after)
    line = clear_views.read_list(sides.north.officer, sent).line
    assert (line.state, line.taken, line.refused) == ("answered", 2, 0)
    assert acts_done()


@pytest.fixture
def taken(sides) -> tuple[str, str]:
    """A list that was sent and taken; its id at the sender and at the recipient."""
    sent = send(sides)
    list_id = exchange_parcels.receive(sides.south.officer, sent.data)
    take_in(sides.south, list_id)
    carry_back(sides)
    return sent.id, list_id


def recalled(sides, sent: str, *, after: bool) -> bytes:
    """The recall, written by a process that dies; the person writes it again where nothing is there to hand over."""
    killed_around(lambda: clear_recalls.recall(sides.north.officer, sent), after=after)
    if after:
        with pytest.raises(clear_recalls.NothingToRecall):
            clear_recalls.recall(sides.north.officer, sent)
    else:
        clear_recalls.recall(sides.north.officer, sent)
    (data,) = letters_of(sides.north)
    return data


@EDGES
def test_a_recall_is_written_and_taken_once(sides, taken, after):
    receive(sides.south, recalled(sides, taken[0], after=after), after=after)
    clear_recalls.carry_out()  # as the worker does every few minutes
    gone_and_told(sides, taken)


@EDGES
def test_a_recall_that_dies_while_the_persons_go_is_carried_out_by_the_worker(sides, taken, after):
    data = recalled(sides, taken[0], after=True)
    killed_around(lambda: exchange_parcels.receive(sides.south.officer, data), after=after, commit=2)
    assert left(sides.south) == (set() if after else NAMES)
    clear_recalls.carry_out()
    gone_and_told(sides, taken)


def gone_and_told(sides, taken: tuple[str, str]) -> None:
    sent, list_id = taken
    assert (left(sides.south), {one.state for one in rows(list_id)}) == (set(), {"gone"})
    assert row_of(ClearList, list_id).state == "called_back"
    carry_back(sides)
    line = clear_views.read_list(sides.north.officer, sent).line
    assert (line.erased, line.kept, line.overdue) == (2, 0, False)
    assert [one.kind for one in clear_views.read_list(sides.south.officer, list_id).letters] == ["clear-receipt"] * 2
    assert acts_done()
