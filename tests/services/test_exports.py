"""What leaves the program: the own caseload only, with reason and trace, without answers, contacts or formulas."""

import csv
import io
from dataclasses import replace

import pytest
from caseload import add_registered, add_request, identity
from lists import no_pause, take  # noqa: F401 - a fixture
from review_world import confirmed, read_row
from sqlalchemy import select

from rfl.domain.clock import now
from rfl.domain.errors import FieldError, NotAllowed
from rfl.domain.intake import Contact
from rfl.domain.persons import Age
from rfl.exchange.columns import guess_mapping
from rfl.exchange.tables import read_table
from rfl.models import db
from rfl.models.audit import AuditEntry
from rfl.models.persons import Consent, Person
from rfl.models.requests import TracingRequest
from rfl.services import exports, located
from rfl.services.export_rows import headers_of
from rfl.services.exports import Wanted
from rfl.services.located import Answer
from rfl.services.unit import Unit

OWN = Wanted("registered", "csv", "own", "check")
SOUGHT = replace(OWN, subject="sought")
PFIF = Wanted("registered", "pfif", "network", "exchange")


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def names(actor, wanted) -> list[str]:
    return [one["full_name"] for one in rows(exports.export(actor, wanted).data)]


def agree(actor, person_id: str, purpose: str = "share_network", *, given: bool = True) -> None:
    with Unit(actor) as unit:
        known = unit.session.scalars(select(Consent).where(Consent.person_id == person_id)).first()
        unit.session.add(
            Consent(
                id=f"{purpose[-8:]}{given}{person_id[:3]}",
                society_id=actor.society_id,
                person_id=person_id,
                purpose=purpose,
                given=given,
                notice_version="1",
                on=known.on,
                recorded_by=actor.id,
                recorded_at=unit.at,
            )
        )
        unit.record("consent:recorded", person_id)


def set_person(actor, person_id: str, **columns) -> None:
    with Unit(actor) as unit:
        person = unit.session.get_one(Person, person_id)
        for name, value in columns.items():
            setattr(person, name, value)
        unit.record("person:saved", person_id)


def test_only_the_own_caseload_leaves(north, south):
    add_registered(north.officer, identity("Yusuf Haddad"))
    add_registered(south.officer, identity("Foreign Person"))
    assert names(north.officer, OWN) == ["Yusuf Haddad"]


def test_children_leave_only_with_cleared_staff(north):
    add_registered(north.officer, identity("Grown Up"))
    add_registered(north.officer, identity("Little One"), is_minor=True)
    assert names(north.uncleared, OWN) == ["Grown Up"]
    assert len(names(north.officer, OWN)) == 2


def test_a_request_about_a_child_closes_all_its_persons_to_others(north):
    add_request(north.officer, identity("Asker"), ("brother", identity("Big Brother")))
    with Unit(north.officer) as unit:
        unit.session.scalars(select(TracingRequest)).one().has_minor = True
        unit.record("test:child", "x")
    assert names(north.uncleared, SOUGHT) == []


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "＝1"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_is_a_formula_and_the_text_survives(north, text, form):
    add_registered(north.officer, identity(text))
    table = read_table(exports.export(north.officer, replace(OWN, format=form)).data)
    ((_, cells),) = table.rows
    assert not cells[1].strip().startswith(("=", "+", "-", "@", "＝")) if form == "csv" else True
    assert text.strip() in cells[1]


def test_contacts_need_a_tick_a_confirmation_and_stay_inside(north):
    person_id = add_registered(north.officer, identity("Yusuf"))
    set_person(north.officer, person_id, contact=Contact(phones="+963 1").to_dict())
    assert "phone" not in rows(exports.export(north.officer, OWN).data)[0]
    with pytest.raises(FieldError) as unconfirmed:
        exports.export(north.officer, replace(OWN, contacts=True))
    with pytest.raises(FieldError) as outside:
        exports.export(north.officer, replace(OWN, contacts=True, contacts_confirmed=True, recipient="society"))
    assert (unconfirmed.value.field, outside.value.field) == ("contacts_confirmed", "contacts")
    made = exports.export(north.officer, replace(OWN, contacts=True, contacts_confirmed=True))
    assert rows(made.data)[0]["phone"] == "'+963 1"


def test_whoever_did_not_agree_is_left_out_for_others(north):
    agree(north.officer, add_registered(north.officer, identity("Agreed")))
    refused = add_registered(north.officer, identity("Refused"))
    agree(north.officer, refused, given=True)
    agree(north.officer, refused, given=False)
    add_registered(north.officer, identity("Never Asked"))
    made = exports.export(north.officer, replace(OWN, recipient="network"))
    assert [one["full_name"] for one in rows(made.data)] == ["Agreed"]
    assert (made.persons, made.left_out) == (1, 2)


def test_outside_nobody_reads_who_is_detained_or_dead(north):
    person_id = add_registered(north.officer, identity("Held"), condition="detained")
    agree(north.officer, person_id)
    assert rows(exports.export(north.officer, OWN).data)[0]["condition"] == "detained"
    assert rows(exports.export(north.officer, replace(OWN, recipient="network")).data)[0]["condition"] == ""


def test_a_sought_person_has_the_status_the_enquirer_may_know(north):
    add_request(north.officer, identity("Asker"), ("brother", identity("Wanted One")))
    (line,) = rows(exports.export(north.officer, SOUGHT).data)
    assert set(line) >= {"status", "outcome", "relation"}
    assert line["relation"] == "brother"
    assert not {"answer", "located", "proposal"} & set(line)


def test_a_person_whose_answer_is_known_looks_as_before(north, south):
    proposal_id = confirmed(north, south)
    before = [exports.export(north.officer, replace(SOUGHT, format=form)).data for form in ("csv", "xlsx")]
    given = Answer("nothing", now().date(), "ar", "Signed form")
    located.record_answer(south.officer, proposal_id, read_row(proposal_id).right_id, answer=given)
    assert [exports.export(north.officer, replace(SOUGHT, format=form)).data for form in ("csv", "xlsx")] == before


def test_an_export_is_in_the_trace_with_reason_and_figures(north):
    add_registered(north.officer, identity("Yusuf"))
    exports.export(north.officer, OWN)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "export:written")).one()
    assert (entry.details["reason"], entry.details["persons"], entry.details["contacts"]) == ("check", 1, False)


def test_no_reason_no_file(north):
    with pytest.raises(FieldError) as refused:
        exports.export(north.officer, replace(OWN, reason=""))
    assert refused.value.field == "reason"


def test_caseworkers_do_not_export(north):
    with pytest.raises(NotAllowed):
        exports.export(north.caseworker, OWN)


def test_another_instance_recognises_every_column_about_a_person():
    headers = headers_of("registered", contacts=True)
    mapping = guess_mapping(headers)
    assert [headers[i] for i in mapping] == [
        one for one in headers if one not in {"condition", "registered_on", "safe_way", "safe_time"}
    ]
    assert all(headers[i] == key for i, key in mapping.items())


def test_an_export_is_read_again_as_the_same_person(north, south):
    told = identity("يوسف حداد", "1990-05", mother_name="Salma", sex="male", age=Age(20, 25, "2020-01-01"))
    add_registered(north.officer, told)
    assert take(south.officer, exports.export(north.officer, OWN).data) == {"good": 1}
    copy = db.session.scalars(select(Person).where(Person.society_id == south.id)).one()
    assert copy.identity["names"][0]["full"] == "يوسف حداد"
    assert (copy.identity["birth"]["edtf"], copy.identity["mother_name"]) == ("1990-05", "Salma")
    assert copy.identity["age"] == {"low": 20, "high": 25, "as_of": "2020-01-01"}


def test_pfif_calls_nobody_dead_unless_that_was_asked_for(north):
    person_id = add_registered(north.officer, identity("Gone Person"), condition="deceased", number="NOR-R-1")
    agree(north.officer, person_id)
    silent = exports.export(north.officer, PFIF).data
    assert b"Gone Person" in silent
    assert b"dead" not in silent
    assert b"deceased" not in silent
    assert b"believed_dead" in exports.export(north.officer, replace(PFIF, may_say_dead=True)).data


def test_pfif_is_only_for_those_who_agreed_and_has_no_contacts(north):
    add_registered(north.officer, identity("Not Asked"), number="NOR-R-1")
    assert b"Not Asked" not in exports.export(north.officer, PFIF).data
    with pytest.raises(FieldError):
        exports.export(north.officer, replace(PFIF, recipient="own"))


def test_detained_people_are_only_alive_in_pfif(north):
    agree(north.officer, add_registered(north.officer, identity("Held"), condition="detained", number="NOR-R-1"))
    data = exports.export(north.officer, PFIF).data
    assert b"believed_alive" in data
    assert b"detained" not in data


def test_pfif_of_sought_persons_asks_for_news_and_says_nothing_else(north):
    asker, (sought,) = add_request(north.officer, identity("Asker Person"), ("brother", identity("Wanted One")))
    agree(north.officer, asker)
    data = exports.export(north.officer, replace(PFIF, subject="sought")).data
    assert b"Wanted One" not in data  # a draft or a told search asks for nothing: only those searched for leave
    set_person(north.officer, sought, status="searching")
    data = exports.export(north.officer, replace(PFIF, subject="sought")).data
    assert b"information_sought" in data
    assert b"Wanted One" in data
    assert b"Asker Person" not in data
