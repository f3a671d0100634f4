"""What was sent with names can be called back: at the recipient it leaves the matching at once, and then is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from caseload import add_request, identity
from clear_world import (
    answer,
    arrive,
    came,
    carry_back,
    carry_on,
    letters_of,
    listed,
    listed_and_taken,
    row_of,
    rows,
    send,
    take_in,
    unlisted,
)
from lists import no_pause  # noqa: F401 - a fixture
from sqlalchemy import select

from rfl.domain.clock import now
from rfl.domain.errors import NotAllowed
from rfl.exchange.rounds.refusals import UnknownSender
from rfl.models import db
from rfl.models.clear_lists import ClearList
from rfl.models.imports import ImportFile
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.services import (
    clear_recalls,
    clear_receiving,
    clear_views,
    exchange_parties,
    import_columns,
    import_runs,
    registration_reading,
    registrations,
)
from rfl.services.clear_recalls import NothingToRecall, erase_due, recall, recall_withdrawn
from rfl.services.import_lists import FileGone
from rfl.services.proposing import propose_waiting
from rfl.services.registration_reading import stamp_of
from rfl.services.unit import SYSTEM, Chore

AMAL, BILAL = "Amal Haddad", "Bilal Okafor"


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
    """The list at the recipient, imported and acknowledged."""
    carry_back(list_of_two.sides)
    return list_of_two.taken


def left(staff) -> list[str]:
    return [one.identity["names"][0]["full"] for one in came(staff) if one.identity]


def rename(staff, person: Person, name: str) -> None:
    view = registration_reading.read(staff.officer, person.id)
    draft = registrations.Draft(
        replace(view.identity, names=identity(name).names), view.registration, view.contact, None, view.expires_on
    )
    registrations.amend(staff.officer, person.id, draft, seen=stamp_of(db.session.get_one(Person, person.id)))


def later(monkeypatch, days: int) -> None:
    """Let all services believe that days have passed."""
    moment = now() + timedelta(days=days)
    for module in ("unit", "eligibility"):
        monkeypatch.setattr(f"rfl.services.{module}.now", lambda: moment)


def test_a_whole_list_is_erased_and_both_sides_know(sides, sent, taken):
    recall(sides.north.officer, sent.id)
    carry_on(sides)
    assert left(sides.south) == []
    assert not any(one.searching for one in came(sides.south))
    carry_back(sides)
    line = clear_views.read_list(sides.north.officer, sent.id).line
    assert (line.state, line.erased, line.kept) == ("called_back", 2, 0)
    assert line.recall_answered_at
    assert row_of(ClearList, taken).state == "called_back"


def test_a_recall_that_was_interrupted_goes_on(sides, sent, taken, monkeypatch):
    monkeypatch.setattr(clear_recalls, "SLICE", 1)
    monkeypatch.setattr("rfl.services.exchange_parcels.carry_out", lambda **_more: 0)
    recall(sides.north.officer, sent.id)
    carry_on(sides)
    assert {one.state for one in rows(taken)} == {"leaving"}
    assert letters_of(sides.south) == []
    assert (clear_recalls.carry_out(), clear_recalls.carry_out()) == (2, 0)
    assert left(sides.south) == []
    carry_back(sides)
    assert clear_views.read_list(sides.north.officer, sent.id).line.erased == 2


def test_single_rows_are_recalled_and_the_others_stay(sides, sent, taken, people):
    (row,) = [one for one in rows(sent.id) if one.person_id == people[0]]
    recall(sides.north.officer, sent.id, [row.id])
    carry_on(sides)
    assert left(sides.south) == [BILAL]
    with pytest.raises(NothingToRecall):
        recall(sides.north.officer, sent.id, [row.id])


def test_who_withdraws_is_recalled_without_anybody_asking(sides, sent, taken, people):
    assert recall_withdrawn() == 0
    answer(sides.north, people[1], given=False)
    assert (recall_withdrawn(), recall_withdrawn()) == (1, 0)
    carry_on(sides)
    assert left(sides.south) == [AMAL]


def test_open_proposals_end_with_the_recall(sides, sent, taken):
    add_request(sides.south.officer, identity("Nadia Haddad"), ("brother", identity(AMAL, "1990-01-02")))
    propose_waiting(since=now(), limit=10)
    recall(sides.north.officer, sent.id)
    carry_on(sides)
    db.session.rollback()
    assert db.session.scalars(select(Proposal.state).where(Proposal.right_society_id == sides.south.id)).all() == [
        "withdrawn"
    ]


def test_a_record_that_somebody_has_changed_is_looked_at_first(sides, sent, taken, monkeypatch):
    changed = came(sides.south)[0]
    rename(sides.south, changed, "Amal Haddad-Saleh")
    recall(sides.north.officer, sent.id)
    carry_on(sides)
    assert left(sides.south) == ["Amal Haddad-Saleh"]
    assert not row_of(Person, changed.id).searching
    carry_back(sides)
    line = clear_views.read_list(sides.north.officer, sent.id).line
    assert (line.erased, line.kept) == (1, 1)
    assert erase_due() == 0
    later(monkeypatch, 15)
    assert erase_due() == 1
    assert left(sides.south) == []
    carry_back(sides)
    line = clear_views.read_list(sides.north.officer, sent.id).line
    assert (line.erased, line.kept) == (2, 0)


def test_a_person_on_a_newer_list_stays(sides, sent, taken):
    take_in(sides.south, arrive(sides, send(sides).data))
    recall(sides.north.officer, sent.id)
    carry_on(sides)
    assert left(sides.south) == [AMAL, BILAL]


def test_a_row_recalled_before_the_import_is_not_taken(sides, sent, people):
    list_id = arrive(sides, sent.data)
    (row,) = [one for one in rows(sent.id) if one.person_id == people[0]]
    recall(sides.north.officer, sent.id, [row.id])
    carry_on(sides)
    assert take_in(sides.south, list_id) == {"good": 1, "bad": 1}
    assert left(sides.south) == [BILAL]
    db.session.rollback()
    imported = row_of(ClearList, list_id).import_id
    assert db.session.scalar(select(ImportFile.content).where(ImportFile.id == imported)) == b""


def test_a_list_recalled_before_anybody_opened_it_cannot_be_opened(sides, sent):
    list_id = arrive(sides, sent.data)
    recall(sides.north.officer, sent.id)
    carry_on(sides)
    assert row_of(ClearList, list_id).file == b""
    with pytest.raises(clear_receiving.ListDecided):
        clear_receiving.open_as_import(sides.south.officer, list_id)


def test_a_list_recalled_while_it_was_open_cannot_be_started(sides, sent):
    opened = clear_receiving.open_as_import(sides.south.officer, arrive(sides, sent.data))
    recall(sides.north.officer, sent.id)
    carry_on(sides)

    with pytest.raises(FileGone):
        import_columns.read_columns(sides.south.officer, opened.id)
    assert left(sides.south) == []


def test_a_recall_in_the_middle_of_an_import_comes_before_or_after_each_slice(sides, sent, monkeypatch):
    monkeypatch.setattr("rfl.services.import_runs.SLICE", 1)
    list_id = arrive(sides, sent.data)
    stored = import_runs._Job.store
    letters = []

    def store(job, batch):
        stored(job, batch)
        if not letters:
            recall(sides.north.officer, sent.id)
            letters.extend(letters_of(sides.north))
            carry = [arrive(sides, one) for one in letters]
            assert carry == [list_id]

    monkeypatch.setattr(import_runs._Job, "store", store)
    assert take_in(sides.south, list_id) == {"good": 1, "bad": 1}
    assert left(sides.south) == []


def test_what_came_ends_on_the_day_sent_with_it(sides, people, monkeypatch):
    with Chore(SYSTEM) as chore:
        chore.session.get_one(Person, people[0]).expires_on = now().date() + timedelta(days=3)
    take_in(sides.south, arrive(sides, send(sides).data))
    later(monkeypatch, 4)
    assert erase_due() == 1
    assert left(sides.south) == [BILAL]


def test_nothing_is_sent_to_a_partner_that_is_no_longer_trusted(sides, sent, taken, people):
    answer(sides.north, people[0], given=False)
    (partner,) = [one for one in exchange_parties.list_partners(sides.north.officer) if one.code == "SOU"]
    exchange_parties.end_partner(sides.north.officer, partner.id)
    assert recall_withdrawn() == 0
    assert letters_of(sides.north) == []


def test_a_receipt_that_could_not_be_written_is_written_later(sides, sent, taken, monkeypatch):
    def refuse(*_args):
        raise UnknownSender

    recall(sides.north.officer, sent.id)
    with monkeypatch.context() as broken:
        broken.setattr("rfl.services.clear_recalls.answer_recall", refuse)
        carry_on(sides)
    assert left(sides.south) == []
    assert letters_of(sides.south) == []
    assert clear_views.read_list(sides.south.officer, taken).can_answer
    clear_receiving.answer_again(sides.south.officer, taken)
    carry_back(sides)
    assert clear_views.read_list(sides.north.officer, sent.id).line.erased == 2
    with pytest.raises(clear_receiving.ListDecided):
        clear_receiving.answer_again(sides.south.officer, taken)


def test_an_overdue_receipt_of_a_recall_is_shown(sides, sent, taken):
    recall(sides.north.officer, sent.id)
    with Chore(SYSTEM) as chore:
        chore.session.get_one(ClearList, sent.id).recalled_at -= timedelta(days=8)
    assert clear_views.list_lists(sides.north.protection)[0].overdue


@pytest.mark.parametrize("key", ["caseworker", "administrator", "volunteer", "protection"])
def test_only_officers_recall(sides, sent, key):
    with pytest.raises(NotAllowed):
        clear_recalls.recall(sides.north.actors[key], sent.id)


def test_a_recipient_cannot_recall_what_came(sides, sent, taken):
    with pytest.raises(NothingToRecall):
        recall(sides.south.officer, taken)
