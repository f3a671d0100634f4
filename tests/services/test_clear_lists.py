"""Lists with names go only where that was agreed, with everybody's consent beside them, and can be called back."""

from datetime import timedelta

import pytest
from caseload import add_registered, add_request, identity
from clear_world import agreed_on_names, answer, arrive, came, carry_back, row_of, rows, send, take_in, willing
from exchange_world import allied
from lists import csv_file, no_pause, take  # noqa: F401 - a fixture
from sqlalchemy import select

from rfl.domain.clear_lists import NOT_LISTED
from rfl.domain.clock import now
from rfl.domain.errors import FieldError, NotAllowed, NotFound
from rfl.models import db
from rfl.models.audit import AuditEntry
from rfl.models.clear_lists import ClearList, ClearRow
from rfl.models.imports import PersonSource
from rfl.models.persons import Consent, Person
from rfl.models.proposals import Proposal
from rfl.services import clear_receiving, clear_selection, clear_sending, clear_views, exchange_agreements, imports
from rfl.services.clear_receiving import ListDecided
from rfl.services.clear_selection import NamesNotAgreed
from rfl.services.clear_sending import NobodyGoes
from rfl.services.exchange_agreement_views import read_agreement
from rfl.services.exchange_agreements import AgreementEnded
from rfl.services.exchange_rounds import ListChanged
from rfl.services.proposing import propose_waiting
from rfl.services.unit import SYSTEM, Chore

AMAL, FATUMA = "Amal Haddad", "فاطمة الحسن"


def agreed_with_people(north, south):
    sides = agreed_on_names(north, south)
    return sides, [willing(north, AMAL, 1), willing(north, FATUMA, 2, "1985")]


@pytest.fixture
def sides(request, begin, north, south):
    if "people" in request.fixturenames:
        return request.getfixturevalue("sides_and_people")[0]
    return begin(agreed_on_names, north, south)


@pytest.fixture
def sides_and_people(begin, north, south):
    return begin(agreed_with_people, north, south)


@pytest.fixture
def people(sides_and_people):
    return sides_and_people[1]


def names(staff) -> set[str]:
    return {one.identity["names"][0]["full"] for one in came(staff) if one.identity}


@pytest.mark.parametrize("form", ["csv", "xlsx", "pfif"])
def test_a_list_becomes_persons_with_their_origin_and_their_own_consent(sides, people, form):
    list_id = arrive(sides, send(sides, form).data)
    assert take_in(sides.south, list_id)["good"] == 2
    assert names(sides.south) == {AMAL, FATUMA}
    for person in came(sides.south):
        origin = row_of(PersonSource, person.id).origin
        assert (origin["source_name"], origin["list"]) == ("Society NOR", row_of(ClearList, list_id).number[:8])
        told = db.session.scalars(select(Consent).where(Consent.person_id == person.id)).all()
        assert {one.purpose for one in told} == {"register", "matching"}
        assert {(one.evidence, one.language, one.on.isoformat()) for one in told} == {("witnessed", "ar", "2026-01-02")}
        assert person.searching
        assert person.expires_on == read_agreement(sides.south.officer, sides.there).last_day


def test_the_sender_learns_how_many_rows_were_taken(sides, people):
    sent = send(sides)
    take_in(sides.south, arrive(sides, sent.data))
    carry_back(sides)
    line = clear_views.read_list(sides.north.officer, sent.id).line
    assert (line.state, line.taken, line.refused) == ("answered", 2, 0)


def test_what_came_is_compared_with_the_own_searches(sides, people):
    add_request(sides.south.officer, identity("Nadia Haddad"), ("brother", identity(AMAL, "1990-01-02")))
    take_in(sides.south, arrive(sides, send(sides).data))
    propose_waiting(since=now(), limit=10)
    db.session.rollback()
    (proposal,) = db.session.scalars(select(Proposal).where(Proposal.right_society_id == sides.south.id)).all()
    assert proposal.right_id in {one.id for one in came(sides.south)}


def test_an_agreement_without_the_clause_means_no(north, south):
    here, _ = allied(north, south)
    willing(north, AMAL, 1)
    for act in (
        lambda: clear_selection.read_names(north.officer, here),
        lambda: clear_sending.send(north.officer, here, form="csv", reason="exchange", seal=""),
    ):
        with pytest.raises(NamesNotAgreed):
            act()


def test_a_revoked_agreement_means_no(sides, people):
    page = clear_selection.read_names(sides.north.officer, sides.here)
    exchange_agreements.revoke(sides.north.administrator, sides.here)
    with pytest.raises(AgreementEnded):
        clear_sending.send(sides.north.officer, sides.here, form="csv", reason="exchange", seal=page.seal)


def reason_of(sides, person_id: str) -> str | None:
    for reason in ("", *NOT_LISTED):
        page = clear_selection.read_names(sides.north.officer, sides.here, reason=reason)
        if person_id in {line.person_id for line in page.lines}:
            return reason
    return None


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({}, ""),
        ({"condition": "detained"}, "detained"),
        ({"condition": "deceased"}, "deceased"),
        ({"is_minor": True}, "child"),
        ({"condition": "injured"}, ""),
    ],
)
def test_protection_holds_a_person_back_whatever_was_agreed_to(sides, columns, reason):
    assert reason_of(sides, willing(sides.north, AMAL, 1, **columns)) == reason


@pytest.mark.parametrize(("given", "reason"), [(False, "refused"), (None, "not_asked")])
def test_only_who_agreed_to_be_passed_on_goes(sides, given, reason):
    person_id = add_registered(sides.north.officer, identity(AMAL), number="N-1")
    if given is not None:
        answer(sides.north, person_id, given=given)
    assert reason_of(sides, person_id) == reason
    with pytest.raises(NobodyGoes):
        send(sides)


def test_who_came_with_a_list_is_not_passed_on(sides, people, south):
    take_in(south, arrive(sides, send(sides).data))
    (first, _) = came(south)
    answer(south, first.id)
    page = clear_selection.read_names(south.officer, sides.there, reason="received")
    assert first.id in {line.person_id for line in page.lines}


def test_a_confirmation_is_for_exactly_who_was_looked_at(sides, people):
    page = clear_selection.read_names(sides.north.officer, sides.here)
    willing(sides.north, "Bilal Okafor", 3)
    with pytest.raises(ListChanged):
        clear_sending.send(sides.north.officer, sides.here, form="csv", reason="exchange", seal=page.seal)


@pytest.mark.parametrize("field", ["form", "reason"])
def test_a_list_needs_a_format_and_a_reason(sides, people, field):
    words = {"form": "csv", "reason": "exchange"} | {field: "pdf"}
    with pytest.raises(FieldError) as wrong:
        clear_sending.send(sides.north.officer, sides.here, seal="", **words)
    assert wrong.value.field == field


def test_the_same_people_again_are_known_and_a_later_last_day_is_a_newer_word(sides, people):
    take_in(sides.south, arrive(sides, send(sides).data))
    second = arrive(sides, send(sides).data)
    assert take_in(sides.south, second)["unchanged"] == 2
    assert {one.state for one in rows(second)} == {"stored"}
    assert len(came(sides.south)) == 2


def test_a_list_of_an_own_keeper_never_meets_a_list_of_a_society_of_that_name(sides, people):
    mine = csv_file([["NOR-R-1", "Another Person"]], ["id", "full_name"])
    take(sides.south.officer, mine, keeper="Society NOR")
    assert take_in(sides.south, arrive(sides, send(sides).data))["good"] == 2
    assert names(sides.south) == {"Another Person", AMAL, FATUMA}


def test_a_list_that_is_refused_goes_and_the_sender_learns_of_it(sides, people):
    sent = send(sides)
    list_id = arrive(sides, sent.data)
    clear_receiving.decline(sides.south.officer, list_id)
    assert row_of(ClearList, list_id).file == b""
    with pytest.raises(ListDecided):
        clear_receiving.open_as_import(sides.south.officer, list_id)
    carry_back(sides)
    line = clear_views.read_list(sides.north.officer, sent.id).line
    assert (line.state, line.taken, line.refused) == ("declined", 0, 2)


def test_the_import_of_a_partners_list_is_refused_on_its_own_page_only(sides, people):
    opened = clear_receiving.open_as_import(sides.south.officer, arrive(sides, send(sides).data))
    with pytest.raises(imports.SentByPartner):
        imports.remove_import(sides.south.officer, opened.id)


def test_an_answer_is_overdue_after_a_week(sides, people):
    sent = send(sides)
    assert not clear_views.read_list(sides.north.officer, sent.id).line.overdue
    with Chore(SYSTEM) as chore:
        chore.session.get_one(ClearList, sent.id).made_at -= timedelta(days=8)
    assert clear_views.list_lists(sides.north.protection)[0].overdue


def test_both_sides_keep_a_trace_without_names(sides, people):
    sent = send(sides)
    list_id = arrive(sides, sent.data)
    take_in(sides.south, list_id)
    carry_back(sides)
    db.session.rollback()
    entries = db.session.scalars(select(AuditEntry)).all()
    events = {(one.society_id, one.event) for one in entries}
    assert {(sides.north.id, "exchange:names_sent"), (sides.south.id, "exchange:package_taken")} <= events
    assert (sides.south.id, "exchange:names_opened") in events
    assert not any("Haddad" in str(vars(one)) for one in entries)


def test_what_is_kept_of_a_list_is_sealed(sides, people):
    list_id = arrive(sides, send(sides).data)
    with db.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT file FROM clear_list").fetchall()
        told = connection.exec_driver_sql("SELECT snapshot FROM clear_row").fetchall()
    assert b"Haddad" not in b"".join(bytes(one[0]) for one in kept)
    assert b"NOR-R" not in b"".join(bytes(one[0]) for one in told)
    assert {one.snapshot["ref"] for one in rows(list_id)} == {"NOR-R-1", "NOR-R-2"}


@pytest.mark.parametrize("key", ["caseworker", "administrator", "volunteer", "protection"])
def test_only_officers_send_open_and_refuse(sides, people, key):
    list_id = arrive(sides, send(sides).data)
    actor = sides.south.actors[key]
    for act in (clear_receiving.open_as_import, clear_receiving.decline, clear_receiving.answer_again):
        with pytest.raises(NotAllowed):
            act(actor, list_id)


def test_the_list_of_another_society_is_not_there(sides, people):
    sent = send(sides)
    arrive(sides, sent.data)
    with pytest.raises(NotFound):
        clear_views.read_list(sides.south.officer, sent.id)
    assert row_of(ClearList, sent.id).society_id == sides.north.id
    assert db.session.scalar(select(ClearRow.society_id).where(ClearRow.list_id == sent.id)) == sides.north.id
    assert db.session.scalar(select(Person.id).where(Person.society_id == sides.south.id)) is None
