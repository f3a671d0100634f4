"""Lists become records once; nothing that people did by hand is written over; a killed import goes on."""

from dataclasses import replace

import pytest
from caseload import identity
from lists import AGREED, HEADER, csv_file, load, no_pause, people, row, take  # noqa: F401 - a fixture
from sqlalchemy import func, select

from rfl.domain.errors import FieldError, NotFound
from rfl.domain.imports import ListBasis
from rfl.jobs.worker import work_once
from rfl.models import db
from rfl.models.accounts import User
from rfl.models.audit import AuditEntry
from rfl.models.imports import ImportFile, ImportProblem
from rfl.models.persons import Consent, Person
from rfl.services import consents, import_problems, import_runs, imports, registration_reading, registrations, runs
from rfl.services.audit import verify
from rfl.services.registration_reading import stamp_of


def persons() -> list[Person]:
    db.session.rollback()
    return list(db.session.scalars(select(Person).where(Person.kind == "registered").order_by(Person.number)))


def named(text: str) -> Person:
    return next(one for one in persons() if text in str(one.identity))


def rename(actor, person: Person, name: str) -> None:
    view = registration_reading.read(actor, person.id)
    draft = registrations.Draft(
        replace(view.identity, names=identity(name).names), view.registration, view.contact, None, view.expires_on
    )
    registrations.amend(actor, person.id, draft, seen=stamp_of(db.session.get_one(Person, person.id)))


def test_every_row_becomes_one_person_with_number_contact_and_basis(north):
    assert take(north.officer, csv_file(people(3))) == {"good": 3}
    first = persons()[0]
    assert first.number.endswith("0001")
    assert first.contact["phones"] == "+962 7 0000000"
    assert first.searching
    assert consents.allows(db.session, first.id, "matching")


def test_the_same_file_twice_changes_nothing(north):
    data = csv_file(people(250))
    take(north.officer, data)
    before = {one.id: (one.version, one._identity) for one in persons()}
    assert take(north.officer, data) == {"unchanged": 250}
    assert {one.id: (one.version, one._identity) for one in persons()} == before


def test_the_same_rows_in_other_columns_and_spacing_are_known_again(north):
    take(north.officer, csv_file(people(5)))
    turned = csv_file([[f" {cell} " for cell in reversed(one)] for one in people(5)], HEADER[::-1])
    assert take(north.officer, turned, keeper="  camp   ZAATARI") == {"unchanged": 5}


def test_a_newer_list_changes_a_record_that_nobody_edited(north):
    take(north.officer, csv_file([row(1)]))
    assert take(north.officer, csv_file([row(1, last_known_place="Amman")])) == {"changed": 1}
    (person,) = persons()
    assert person.identity["last_place"]["text"] == "Amman"
    events = [one.text for one in registration_reading.read(north.officer, person.id).timeline]
    assert events == ["Changed by a newer list", "Imported from a list"]


def test_a_record_edited_by_hand_is_left_alone_and_the_row_is_reported(north):
    take(north.officer, csv_file([row(1)]))
    rename(north.officer, persons()[0], "Corrected by the person")
    assert take(north.officer, csv_file([row(1, last_known_place="Amman")])) == {"bad": 1}
    assert persons()[0].identity["names"][0]["full"] == "Corrected by the person"


def test_the_same_number_of_another_keeper_is_another_person(north):
    take(north.officer, csv_file([row(1)]), keeper="Camp A")
    assert take(north.officer, csv_file([row(1, full_name="Somebody Else")]), keeper="Camp B") == {"good": 1}
    assert len(persons()) == 2


def test_a_number_given_anew_to_somebody_else_writes_over_nobody(north):
    take(north.officer, csv_file([row(1)]))
    other = row(1, full_name="Pavlo Shevchenko", date_of_birth="1961-03-04")
    assert take(north.officer, csv_file([other])) == {"bad": 1}
    assert "Shevchenko" not in str(persons()[0].identity)


def test_two_rows_with_one_number_in_one_file_are_told_apart(north):
    import_id = load(north.officer, csv_file([row(1), row(1, last_known_place="Amman")]))
    import_runs.start_import(north.officer, import_id)
    work_once("test")
    (bad,) = import_problems.read_problems(north.officer, import_id).rows
    assert bad.line == 3
    assert bad.problems[0].params == {"first": 2}


def test_without_a_basis_people_are_stored_but_not_matched(north):
    take(north.officer, csv_file(people(2)), basis=ListBasis())
    assert [one.searching for one in persons()] == [False, False]


def test_the_same_list_with_its_basis_makes_them_take_part(north):
    take(north.officer, csv_file(people(2)), basis=ListBasis())
    assert take(north.officer, csv_file(people(2))) == {"changed": 2}
    assert [one.searching for one in persons()] == [True, True]


def test_a_refusal_is_not_undone_by_a_newer_list(north):
    take(north.officer, csv_file([row(1)]))
    consents.withdraw(north.officer, persons()[0].id, "matching")
    take(north.officer, csv_file([row(1, last_known_place="Amman")]))
    assert not persons()[0].searching


def test_what_the_people_agreed_to_must_be_shown_like_any_consent(north):
    with pytest.raises(FieldError) as refused:
        load(north.officer, csv_file([row(1)]), basis=replace(AGREED, evidence=""))
    assert refused.value.field == "evidence"


def test_each_slice_is_one_act_in_the_trace_with_its_figures(north):
    take(north.officer, csv_file(people(250)))
    slices = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "import:slice")).all()
    assert [one.details["good"] for one in slices] == [50] * 5
    assert verify(db.session).first_bad is None


def test_a_crash_between_two_slices_costs_nothing_and_doubles_nothing(north, monkeypatch):
    import_id = load(north.officer, csv_file(people(250)))
    import_runs.start_import(north.officer, import_id)
    held = runs.claim("first", ["import"])
    job = import_runs._Job(held)
    job.store(next(job.slices()))
    assert len(persons()) == 50
    runs.release(held)  # what the end of the lease does to a killed worker
    assert work_once("second")
    run = imports.read_import(north.officer, import_id).line.run
    assert (run.state, run.done, run.counts["good"], len(persons())) == ("done", 250, 250, 250)


def test_a_crash_inside_a_slice_leaves_nothing_of_it(north, monkeypatch):
    import_id = load(north.officer, csv_file(people(5)))
    import_runs.start_import(north.officer, import_id)
    held = runs.claim("first", ["import"])
    monkeypatch.setattr(import_runs, "index_persons", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_runs.run_import(held)
    db.session.rollback()
    assert persons() == []
    assert imports.read_import(north.officer, import_id).line.run.done == 0


def test_a_stopped_import_goes_on_when_started_again(north):
    import_id = load(north.officer, csv_file(people(150)))
    run_id = import_runs.start_import(north.officer, import_id)
    held = runs.claim("first", ["import"])
    job = import_runs._Job(held)
    job.store(next(job.slices()))
    runs.cancel(north.officer, run_id)
    with pytest.raises(runs.LeaseLost):
        job.store(next(job.slices()))
    import_runs.start_import(north.officer, import_id)
    assert work_once("second")
    counts = imports.read_import(north.officer, import_id).line.run.counts
    assert (counts["good"], counts["unchanged"], len(persons())) == (100, 50, 150)


def test_an_import_ends_when_its_starter_lost_the_role(north):
    import_id = load(north.officer, csv_file(people(2)))
    import_runs.start_import(north.officer, import_id)
    with import_runs.Unit(north.administrator) as unit:
        unit.session.get_one(User, north.officer.id).active = False
        unit.record("user:changed", north.officer.id)
    work_once("test")
    run = imports.read_import(north.second_officer, import_id).line.run
    assert (run.state, persons()) == ("failed", [])
    assert "may no longer import" in run.problem


def test_file_and_bad_rows_are_sealed(north):
    import_id = load(north.officer, csv_file([row(1, full_name="Very Secret Name", sex="wombat")]))
    import_runs.start_import(north.officer, import_id)
    work_once("test")
    content = db.session.scalar(select(ImportFile.content).where(ImportFile.id == import_id))
    problem = db.session.scalars(select(ImportProblem)).one()
    assert b"Secret" not in content
    assert b"Secret" not in problem._content
    assert "Secret" in str(problem.content)


def test_mended_rows_are_loaded_from_the_problem_file_itself(north):
    import_id = load(north.officer, csv_file([row(1), row(2, sex="wombat"), row(3)]))
    import_runs.start_import(north.officer, import_id)
    work_once("test")
    file = import_problems.write_problem_file(north.officer, import_id, translate=str)
    assert take(north.officer, file.replace(b"wombat", b"female")) == {"good": 1}
    assert len(persons()) == 3


def test_an_import_of_another_society_is_not_there(north, south):
    import_id = load(south.officer, csv_file([row(1)]))
    for act in (imports.read_import, import_runs.start_import, imports.remove_import, import_problems.read_problems):
        with pytest.raises(NotFound):
            act(north.officer, import_id)


def test_a_list_of_a_colleague_may_hold_children_and_is_for_cleared_staff(north):
    import_id = load(north.officer, csv_file([row(1)]))
    with pytest.raises(NotFound):
        imports.read_import(north.uncleared, import_id)
    assert imports.list_imports(north.uncleared) == []


def test_the_same_list_in_two_societies_is_two_records(north, south):
    take(north.officer, csv_file([row(1)]))
    assert take(south.officer, csv_file([row(1)])) == {"good": 1}
    assert db.session.scalar(select(func.count()).select_from(Consent)) == 4
