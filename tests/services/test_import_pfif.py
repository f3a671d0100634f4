"""Records of other registries: their ids, their notes as claims, and their right to be gone on the day they set."""

from datetime import timedelta

import pytest
from lists import csv_file, load, no_pause, row, take  # noqa: F401 - a fixture
from sqlalchemy import select

from rfl.domain.clock import now
from rfl.jobs.worker import work_once
from rfl.models import db
from rfl.models.index import MatchProfile
from rfl.models.persons import Person, PersonNote
from rfl.services import expiry, import_problems, import_runs, person_notes, registration_reading
from rfl.services.import_lists import FileGone


def document(*records: str, version: str = "1.4") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><pfif:pfif xmlns:pfif="http://zesty.ca/pfif/{version}">'
        f"{''.join(records)}</pfif:pfif>"
    ).encode()


def element(kind: str, **fields: str) -> str:
    inside = "".join(f"<pfif:{name}>{text}</pfif:{name}>" for name, text in fields.items())
    return f"<pfif:{kind}>{inside}</pfif:{kind}>"


def person(record_id: str = "registry.example/1", **fields: str) -> str:
    known = {"person_record_id": record_id, "source_date": "2026-01-05T00:00:00Z", "full_name": "Omar Keita"}
    return element("person", **(known | fields))


def note(record_id: str = "registry.example/n1", **fields: str) -> str:
    known = {
        "note_record_id": record_id,
        "person_record_id": "registry.example/1",
        "author_name": "A neighbour",
        "source_date": "2026-01-06T00:00:00Z",
        "text": "Seen at the school",
    }
    return element("note", **(known | fields))


def soon(days: int) -> str:
    return (now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def stored() -> Person:
    db.session.rollback()
    return db.session.scalars(select(Person)).one()


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3", "1.4"])
def test_every_version_is_taken(north, version):
    old = element(
        "person",
        person_record_id="registry.example/1",
        source_date="2026-01-05T00:00:00Z",
        **({"first_name": "Omar", "last_name": "Keita"} if version != "1.4" else {}),
        **({"full_name": "Omar Keita"} if version in {"1.3", "1.4"} else {}),
    )
    assert take(north.officer, document(old, version=version)) == {"good": 1}
    assert "Keita" in str(stored().identity)


def test_where_a_record_came_from_is_kept_and_its_photo_is_only_text(north):
    take(north.officer, document(person(photo_url="https://registry.example/1.jpg", author_name="Desk 4")))
    origin = person_notes.read_origin(north.officer, stored().id)
    assert (origin.record_id, origin.author) == ("registry.example/1", "Desk 4")
    assert origin.links == ("https://registry.example/1.jpg",)


def test_notes_are_kept_as_claims_and_link_nothing(north):
    linked = note(linked_person_record_id="registry.example/2", status="believed_dead")
    data = document(person(), person("registry.example/2", full_name="Omar Keyta"), linked)
    assert take(north.officer, data) == {"good": 2, "notes": 1}
    people = db.session.scalars(select(Person)).all()
    assert len(people) == 2
    assert {one.condition for one in people} == {""}
    told = [person_notes.read_origin(north.officer, one.id).notes for one in people]
    (claim,) = next(notes for notes in told if notes)
    assert claim.linked == "registry.example/2"
    assert "has heard" in claim.status


def test_the_same_document_twice_changes_nothing(north):
    take(north.officer, document(person(), note()))
    assert take(north.officer, document(person(), note())) == {"unchanged": 2}


def test_an_older_state_of_a_record_does_not_undo_a_newer_one(north):
    take(north.officer, document(person()))
    older = person(full_name="Omar Old", source_date="2025-12-01T00:00:00Z")
    assert take(north.officer, document(older)) == {"unchanged": 1}


def test_a_note_about_nobody_known_is_reported(north):
    import_id = load(north.officer, document(note()))
    import_runs.start_import(north.officer, import_id)
    work_once("test")
    (bad,) = import_problems.read_problems(north.officer, import_id).rows
    assert bad.cells == ("registry.example/n1",)


def test_an_id_that_claims_to_be_ours_is_refused(north):
    assert take(north.officer, document(person("nor.rfl.invalid/7"))) == {"bad": 1}


def test_an_expired_record_removes_what_was_kept_of_it(north):
    take(north.officer, document(person(), note()))
    gone = element("person", person_record_id="registry.example/1", source_date=soon(-2), expiry_date=soon(-1))
    assert take(north.officer, document(gone)) == {"removed": 1}
    person_row = stored()
    assert (person_row.identity, person_row.contact, person_row.private) == (None, None, None)
    assert db.session.scalars(select(PersonNote)).all() == []
    assert db.session.scalars(select(MatchProfile)).all() == []
    told = registration_reading.read(north.officer, person_row.id).timeline[0].text
    assert told.startswith("Removed")


def test_the_day_a_registry_set_is_kept_by_the_sweep(north):
    take(north.officer, document(person(expiry_date=soon(3)), note()))
    assert expiry.expire_due() == 0
    with import_runs.Unit(north.officer) as unit:
        unit.session.get_one(Person, stored().id).expires_on = unit.at.date() - timedelta(days=1)
        unit.record("test:aged", "x")
    assert expiry.expire_due() == 1
    assert stored().identity is None
    assert expiry.expire_due() == 0


def test_a_record_registered_here_is_never_emptied_by_the_sweep(north):
    take(north.officer, csv_file([row(1)]))
    with import_runs.Unit(north.officer) as unit:
        unit.session.get_one(Person, stored().id).expires_on = unit.at.date() - timedelta(days=1)
        unit.record("test:aged", "x")
    assert expiry.expire_due() == 0


def test_old_files_are_removed_and_the_records_stay(north, monkeypatch):
    import_id = load(north.officer, document(person(), person("no id")))
    import_runs.start_import(north.officer, import_id)
    work_once("test")
    monkeypatch.setattr(expiry, "KEEP_FILES", timedelta(0))
    assert expiry.forget_old_files() == 1
    assert import_problems.read_problems(north.officer, import_id).total == 0
    with pytest.raises(FileGone):
        import_runs.start_import(north.officer, import_id)
    assert "Keita" in str(stored().identity)


def test_the_page_of_the_person_shows_the_claims_and_opens_no_address(signed_in, north):
    evil = note(text="&lt;script&gt;alert(1)&lt;/script&gt;", status="believed_alive")
    take(north.officer, document(person(photo_url="https://registry.example/1.jpg"), evil))
    shown = signed_in(north, "officer").get(f"/registered-persons/{stored().id}").get_data(as_text=True)
    assert "The author has heard that the person is alive" in shown
    assert "<script>alert" not in shown
    assert 'src="https://registry' not in shown
    assert 'href="https://registry' not in shown
