"""PFIF that leaves is valid, harmless and silent about what nobody may say."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfl.exchange.pfif import PfifNote, PfifPerson, read_pfif, write_pfif
from rfl.exchange.pfif.versions import NOTE_FIELDS, PERSON_FIELDS

NOW = datetime(2024, 6, 1, tzinfo=UTC)
TIME = "2024-05-01T10:00:00Z"
NS = "{http://zesty.ca/pfif/1.4}"


def person(record_id="ours.example/1", **fields):
    return PfifPerson(record_id, {"source_date": TIME, "full_name": "Amina Warsame"} | fields)


def note(record_id="ours.example/n1", about="ours.example/1", **fields):
    given = {"source_date": TIME, "author_name": "Registrar", "text": "Seen at the clinic."}
    return PfifNote(record_id, given | fields, person_record_id=about)


def written(persons, notes=(), **options):
    return b"".join(write_pfif(persons, notes, domain="ours.example", now=NOW, **options))


def elements(data, kind):
    return [
        [(field.tag.removeprefix(NS), field.text) for field in record]
        for record in ET.fromstring(data).findall(NS + kind)  # noqa: S314 - written by this test
    ]


def test_what_was_written_is_read_back():
    persons = [person(description="a < b & c\nsecond line", alternate_names="አሚና"), person("far.example/2")]
    results = list(read_pfif(written(persons, [note()]), now=NOW))
    assert [result.record_id for result in results] == ["ours.example/1", "far.example/2", "ours.example/n1"]
    assert results[0].get("description") == "a < b & c\nsecond line"


def test_fields_stand_in_the_order_of_the_standard():
    full = dict.fromkeys(reversed(PERSON_FIELDS), "x") | {"source_date": TIME, "entry_date": TIME, "expiry_date": ""}
    names = [name for name, _ in elements(written([person(**full)]), "person")[0]]
    assert names == [name for name in PERSON_FIELDS if name != "expiry_date"]


def test_note_fields_stand_in_the_order_of_the_standard():
    full = dict.fromkeys(reversed(NOTE_FIELDS), "x") | {"source_date": TIME, "entry_date": TIME}
    names = [name for name, _ in elements(written([person()], [note(**full)]), "note")[0]]
    assert names == list(NOTE_FIELDS)


def test_ids_without_a_domain_get_ours_and_foreign_ids_stay():
    data = written([person("7"), person("far.example/2")])
    assert [dict(record)["person_record_id"] for record in elements(data, "person")] == [
        "ours.example/7",
        "far.example/2",
    ]


def test_an_expired_person_leaves_only_the_order_to_remove():
    data = written([person(expiry_date="2024-05-31T00:00:00Z", photo_url="http://x.example")], [note()])
    times = [("entry_date", "2024-05-31T00:00:00Z"), ("expiry_date", "2024-05-31T00:00:00Z")]
    assert elements(data, "person") == [
        [("person_record_id", "ours.example/1"), *times, ("source_date", "2024-05-31T00:00:00Z")]
    ]
    assert elements(data, "note") == []


def test_death_is_never_sent_by_default():
    data = written([person()], [note(status="believed_dead", text="Buried on Monday")])
    assert b"dead" not in data
    assert b"Buried" not in data


def test_death_is_sent_only_when_allowed_expressly():
    assert b"believed_dead" in written([person()], [note(status="believed_dead")], may_say_dead=True)


def test_other_notes_are_sent():
    assert dict(elements(written([person()], [note(status="believed_alive")]), "note")[0])["status"] == "believed_alive"


def test_what_has_no_time_was_changed_now():
    record = dict(elements(written([PfifPerson("1", {"full_name": "Amina"})]), "person")[0])
    assert record["source_date"] == "2024-06-01T00:00:00Z"


@given(st.text(st.characters(), min_size=1))
def test_any_text_gives_a_document_that_can_be_read(text):
    list(read_pfif(written([person(description=text)]), now=NOW))


def test_characters_that_xml_forbids_are_left_out():
    data = written([person(description="a\x00b\x0bc\ud800d\uffffe")])
    assert dict(elements(data, "person")[0])["description"] == "abcde"


def test_a_nameless_person_is_not_written():
    with pytest.raises(ValueError, match="name"):
        written([PfifPerson("1", {})])


def test_records_are_written_one_by_one():
    pieces = write_pfif((person(str(number)) for number in range(3)), domain="ours.example", now=NOW)
    assert len(list(pieces)) == 5
