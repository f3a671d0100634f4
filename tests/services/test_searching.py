"""Staff find their own society's files by number and by name in any script, and nobody else's."""

import caseload
import pytest
from sqlalchemy import select

from rfl.domain.errors import FieldError, NotAllowed
from rfl.models.audit import AuditEntry
from rfl.models.db import db
from rfl.models.persons import Person
from rfl.models.requests import Counter, TracingRequest
from rfl.services.searching import plain_number, search
from rfl.services.unit import SYSTEM, Chore


def names(results):
    return [found.identity.display_name() for found in results.found]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("nor-t-2026-0147", "NOR-T-2026-0147"),
        (" NOR-T-2026 – 0147 ", "NOR-T-2026-0147"),
        ("٠١٤٧", "0147"),
        ("Amina", ""),
        ("أمينة", ""),
    ],
)
def test_a_text_with_a_digit_is_a_number_as_people_type_it(typed, number):
    assert plain_number(typed) == number


@pytest.mark.parametrize("typed", ["NOR-R-2026-0147", "nor-r-2026", "147", "0147"])
def test_a_registered_person_is_found_by_number_or_a_part_of_it(north, typed):
    caseload.add_registered(north.officer, caseload.identity("Amina Yusuf"), number="NOR-R-2026-0147")
    with Chore(SYSTEM) as chore:
        chore.session.add(Counter(society_id=north.id, series="R", year=2026, last=147))
    assert names(search(north.officer, typed)) == ["Amina Yusuf"]


def test_a_running_number_is_not_found_inside_another(north):
    caseload.add_registered(north.officer, caseload.identity("Amina Yusuf"), number="NOR-R-2026-1470")
    assert search(north.officer, "147").found == ()


@pytest.mark.parametrize("typed", ["%2026", "_OR-R-2026", "N%1"])
def test_signs_of_the_query_language_are_plain_text(north, typed):
    caseload.add_registered(north.officer, caseload.identity("Amina Yusuf"), number="NOR-R-2026-0001")
    assert search(north.officer, typed).found == ()


def test_a_request_is_found_by_its_number(north):
    caseload.add_request(north.officer, caseload.identity("Fatima Alhalabi"))
    request = db.session.scalar(select(TracingRequest))
    request.number = "NOR-T-2026-0003"
    db.session.commit()
    (found,) = search(north.officer, "NOR-T-2026-0003").found
    assert (found.kind, found.request_id, found.identity.display_name()) == ("request", request.id, "Fatima Alhalabi")


@pytest.mark.parametrize("typed", ["Amina Yusuf", "yusuf amina", "أمينة يوسف", "Аміна Юсуф"])
def test_a_name_is_found_in_another_script_and_order(north, typed):
    caseload.add_registered(north.officer, caseload.identity("Amina Yusuf"))
    assert names(search(north.officer, typed)) == ["Amina Yusuf"]


def test_persons_of_requests_are_found_with_the_number_of_the_request(north):
    caseload.add_request(
        north.officer, caseload.identity("Fatima Alhalabi"), ("brother", caseload.identity("Omar Alhalabi"))
    )
    (found,) = [one for one in search(north.officer, "Omar Alhalabi").found if one.kind == "sought"]
    assert found.number == db.session.scalar(select(TracingRequest.number))


def test_another_societys_files_are_not_searched(north, south):
    caseload.add_registered(south.officer, caseload.identity("Amina Yusuf"), number="SOU-R-2026-0001")
    assert search(north.officer, "Amina Yusuf").found == ()
    assert search(north.officer, "SOU-R-2026-0001").found == ()


@pytest.mark.parametrize("typed", ["Amina Yusuf", "NOR-R-2026-0001"])
def test_a_child_is_found_only_by_cleared_staff(north, typed):
    caseload.add_registered(north.officer, caseload.identity("Amina Yusuf"), number="NOR-R-2026-0001", is_minor=True)
    assert len(search(north.officer, typed).found) == 1
    assert search(north.uncleared, typed).found == ()


def test_nobody_of_a_request_about_a_child_is_found_by_the_uncleared(north):
    caseload.add_request(north.officer, caseload.identity("Fatima Alhalabi"))
    db.session.scalar(select(TracingRequest)).has_minor = True
    db.session.commit()
    assert len(search(north.officer, "Fatima Alhalabi").found) == 1
    assert search(north.uncleared, "Fatima Alhalabi").found == ()


@pytest.mark.parametrize("role", ["volunteer", "administrator"])
def test_roles_without_casework_do_not_search(north, role):
    with pytest.raises(NotAllowed):
        search(north.actors[role], "Amina")


@pytest.mark.parametrize("typed", ["", "  ", "\u200f\u200f"])
def test_nothing_is_no_search(north, typed):
    with pytest.raises(FieldError):
        search(north.officer, typed)


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "'; DROP TABLE person; --", "🙂", "ـ", "x" * 300])
def test_odd_texts_find_nobody_and_break_nothing(north, typed):
    caseload.add_registered(north.officer, caseload.identity("Amina Yusuf"))
    assert search(north.officer, typed).found == ()
    assert db.session.scalar(select(Person.id)) is not None


@pytest.mark.parametrize("typed", ["x" * 301, "Amina\u202e"])
def test_texts_that_are_too_long_or_disguised_are_refused(north, typed):
    with pytest.raises(FieldError):
        search(north.officer, typed)


def test_the_trace_counts_and_does_not_quote(north):
    caseload.add_registered(north.officer, caseload.identity("Amina Yusuf"))
    search(north.officer, "Amina Yusuf")
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.event, entry.details) == ("search:run", {"found": 1, "by_number": False})


def test_a_running_number_finds_the_records_of_every_year(north):
    for year in (2025, 2026):
        caseload.add_registered(north.officer, caseload.identity(f"Amina {year}"), number=f"NOR-R-{year}-0012")
        with Chore(SYSTEM) as chore:
            chore.session.add(Counter(society_id=north.id, series="R", year=year, last=12))
    assert sorted(names(search(north.officer, "12"))) == ["Amina 2025", "Amina 2026"]
