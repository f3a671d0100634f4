"""Lists of tracing requests: one number is one request, accepted by people as any other."""

from lists import AGREED, csv_file, load, no_pause, take  # noqa: F401 - a fixture
from sqlalchemy import select

from rfl.domain.imports import ListBasis
from rfl.jobs.worker import work_once
from rfl.models import db
from rfl.models.persons import Consent, Person
from rfl.models.requests import TracingRequest
from rfl.models.work import Task
from rfl.services import import_problems, import_runs
from rfl.services.request_case import read_case

HEADER = [
    "request_ref", "full_name", "date_of_birth", "relation", "enquirer_full_name", "enquirer_phone", "notes",
]  # fmt: skip
BROTHER = ["R1", "Yusuf Haddad", "1990-02-03", "brother", "Salma Haddad", "+963 11 1", "scar on the left hand"]
SON = ["R1", "Karim Haddad", "1985", "son", "Salma Haddad", "+963 11 1", ""]
OTHER = ["R2", "Oksana Koval", "1979", "sister", "Ivan Koval", "", ""]


def requests() -> list[TracingRequest]:
    db.session.rollback()
    return list(db.session.scalars(select(TracingRequest).order_by(TracingRequest.number)))


def people(kind: str) -> list[Person]:
    return list(db.session.scalars(select(Person).where(Person.kind == kind).order_by(Person.position)))


def take_requests(actor, *rows, **given) -> dict[str, int]:
    return take(actor, csv_file(rows, HEADER), target="request", **given)


def bad_rows(actor, *rows):
    import_id = load(actor, csv_file(rows, HEADER), target="request")
    import_runs.start_import(actor, import_id)
    work_once("test")
    return import_problems.read_problems(actor, import_id).rows


def test_rows_of_one_number_are_one_request_with_several_sought_persons(north):
    assert take_requests(north.officer, BROTHER, SON, OTHER) == {"good": 3}
    first, second = requests()
    assert [(one.relation, one.position) for one in people("sought") if one.request_id == first.id] == [
        ("brother", 1),
        ("son", 2),
    ]
    assert [one.state for one in (first, second)] == ["submitted", "submitted"]


def test_an_imported_request_waits_for_acceptance_and_is_not_matched_before(north):
    take_requests(north.officer, BROTHER)
    (task,) = db.session.scalars(select(Task)).all()
    assert task.kind == "accept_request"
    assert not any(one.searching for one in people("sought"))


def test_the_agreement_of_a_list_is_the_enquirers_and_not_that_of_somebody_sought(north):
    take_requests(north.officer, BROTHER)
    asked = {one.person_id for one in db.session.scalars(select(Consent))}
    assert asked == {people("enquirer")[0].id}


def test_another_legal_basis_holds_for_somebody_sought_too(north):
    basis = ListBasis(("register", "matching"), "vital_interest", "", "", "2026-01-02")
    take_requests(north.officer, BROTHER, basis=basis)
    assert {one.person_id for one in db.session.scalars(select(Consent))} == {
        people("enquirer")[0].id,
        people("sought")[0].id,
    }


def test_the_request_can_be_read_with_enquirer_and_note(north):
    take_requests(north.officer, BROTHER)
    case = read_case(north.officer, requests()[0].id)
    assert "scar on the left hand" in str(case)
    assert people("enquirer")[0].contact["phones"] == "+963 11 1"


def test_the_same_requests_twice_change_nothing(north):
    take_requests(north.officer, BROTHER, SON, OTHER)
    assert take_requests(north.officer, BROTHER, SON, OTHER) == {"unchanged": 3}
    assert len(requests()) == 2


def test_a_row_added_later_joins_its_request(north):
    take_requests(north.officer, BROTHER)
    assert take_requests(north.officer, BROTHER, SON) == {"good": 1, "unchanged": 1}
    assert len(requests()) == 1


def test_a_second_enquirer_under_one_number_is_reported(north):
    stranger = [*SON[:4], "Somebody Else", "", ""]
    (bad,) = bad_rows(north.officer, BROTHER, stranger)
    assert bad.problems[0].field == "enquirer_full_name"


def test_a_request_that_nobody_makes_is_reported(north):
    (bad,) = bad_rows(north.officer, [*BROTHER[:4], "", "", ""])
    assert bad.problems[0].field == "enquirer_full_name"
    assert requests() == []


def test_a_child_sought_makes_the_request_one_for_cleared_staff(north):
    take_requests(north.uncleared, ["R9", "Mina Rahimi", "2018-01-01", "daughter", "Zahra Rahimi", "", ""])
    (request,) = requests()
    assert request.has_minor
    assert request.caseworker_id is None
    assert db.session.scalars(select(Task)).one().has_minor


def test_an_ended_request_takes_no_more_rows(north):
    take_requests(north.officer, BROTHER)
    with import_runs.Unit(north.officer) as unit:
        unit.session.get_one(TracingRequest, requests()[0].id).state = "closed"
        unit.record("request:closed", "x")
    (bad,) = bad_rows(north.officer, SON)
    assert bad.problems[0].field == "request_ref"


def test_the_basis_of_the_list_is_kept_with_every_answer(north):
    take_requests(north.officer, BROTHER)
    answer = db.session.scalars(select(Consent)).first()
    assert (answer.evidence, answer.language, answer.on.isoformat()) == ("list", "ar", AGREED.on)
