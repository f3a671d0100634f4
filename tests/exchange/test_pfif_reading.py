"""PFIF of every version is read record by record, and nothing of it is believed more than it says."""

from datetime import UTC, datetime

import pytest

from rfl.exchange.drafts import RowProblem
from rfl.exchange.pfif import PfifNote, PfifPerson, read_pfif, reader

NOW = datetime(2024, 6, 1, tzinfo=UTC)


def document(version, *records):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/{version}">\n'
        + "\n".join(records)
        + "\n</pfif:pfif>\n"
    ).encode()


def element(kind, *inner, **fields):
    body = "".join(f"<pfif:{name}>{text}</pfif:{name}>" for name, text in fields.items())
    return f"<pfif:{kind}>{body}{''.join(inner)}</pfif:{kind}>"


def person(*notes, **fields):
    given = {"person_record_id": "camp.example/1", "source_date": "2024-05-01T10:00:00Z", "full_name": "Amina Warsame"}
    return element("person", *notes, **{name: text for name, text in (given | fields).items() if text is not None})


def note(**fields):
    given = {
        "note_record_id": "camp.example/n1",
        "source_date": "2024-05-02T10:00:00Z",
        "author_name": "Registrar",
        "text": "Seen at the clinic.",
    }
    return element("note", **{name: text for name, text in (given | fields).items() if text is not None})


def read(*records, version="1.4", now=NOW, **options):
    return list(read_pfif(document(version, *records), now=now, **options))


PFIF_1_1 = element(
    "person",
    element(
        "note",
        note_record_id="old.example/n1",
        author_name="Neighbour",
        source_date="2005-09-03T09:21:12Z",
        found="true",
        text="Alive",
    ),
    person_record_id="old.example/1",
    entry_date="2005-09-03T09:21:12Z",
    first_name="KATHERINE",
    last_name="DOE",
    home_city="NEW ORLEANS",
    home_state="LA",
    home_zip="70122",
    other="description:\n    Blue coat\n    carries a lamp\nkeyword: x",
)
PFIF_1_2 = element(
    "person",
    person_record_id="two.example/1",
    first_name="Jean",
    last_name="Baptiste",
    sex="male",
    date_of_birth="1984-05",
    home_postal_code="HT6110",
    home_country="HT",
)
PFIF_1_3 = element(
    "person",
    person_record_id="three.example/1",
    source_date="2011-03-12T00:00:00Z",
    expiry_date="2031-03-12T00:00:00Z",
    full_name="Sato Hanako",
    first_name="Hanako",
    last_name="Sato",
)
PFIF_1_4 = element(
    "person",
    person_record_id="four.example/1",
    source_date="2012-06-01T00:00:00Z",
    full_name="Amina Warsame\nአሚና",
    given_name="Amina",
    family_name="Warsame",
    alternate_names="Aamina\nAminah",
    description="Tall",
    age="30-35",
    profile_urls="http://x.example/1",
)


@pytest.mark.parametrize(
    ("version", "record", "expected"),
    [
        (
            "1.1",
            PFIF_1_1,
            {
                "given_name": "KATHERINE",
                "family_name": "DOE",
                "full_name": "KATHERINE DOE",
                "home_postal_code": "70122",
                "description": "Blue coat\ncarries a lamp\nkeyword: x",
            },
        ),
        ("1.2", PFIF_1_2, {"full_name": "Jean Baptiste", "date_of_birth": "1984-05", "home_postal_code": "HT6110"}),
        ("1.3", PFIF_1_3, {"full_name": "Sato Hanako", "given_name": "Hanako", "family_name": "Sato"}),
        ("1.4", PFIF_1_4, {"full_name": "Amina Warsame\nአሚና", "alternate_names": "Aamina\nAminah", "age": "30-35"}),
    ],
)
def test_every_version_arrives_under_the_names_of_the_newest(version, record, expected):
    first = read(record, version=version)[0]
    assert isinstance(first, PfifPerson)
    assert {name: first.get(name) for name in expected} == expected


def test_old_notes_arrive_with_their_person_and_new_field_names():
    found = read(PFIF_1_1, version="1.1")[1]
    assert (found.person_record_id, found.get("author_made_contact")) == ("old.example/1", "true")


def test_names_of_the_newest_version_mean_nothing_in_an_old_document():
    results = read(element("person", person_record_id="a.example/1", home_zip="1", full_name="X"), version="1.4")
    assert [result.field for result in results] == ["source_date"]


def test_a_foreign_id_stays_as_it_is():
    assert (read(person())[0].record_id, read(person())[0].domain) == ("camp.example/1", "camp.example")


def test_a_note_at_the_top_names_its_person():
    assert read(note(person_record_id="camp.example/9"))[0].person_record_id == "camp.example/9"


def test_a_claim_that_two_records_are_one_stays_a_claim():
    results = read(person(note(linked_person_record_id="other.example/7")))
    assert [type(result) for result in results] == [PfifPerson, PfifNote]
    assert results[1].linked_person_record_id == "other.example/7"


def test_an_expired_record_comes_as_an_order_to_remove_it():
    results = read(person(note(), expiry_date="2024-05-31T00:00:00Z", photo_url="http://x.example/p.jpg"))
    assert [(result.placeholder, "full_name" in result.fields, result.get("text")) for result in results] == [
        (True, False, ""),
        (True, False, ""),
    ]


def test_a_note_before_its_expired_person_is_removed_too():
    results = read(note(person_record_id="camp.example/1"), person(expiry_date="2024-05-31T00:00:00Z"))
    assert [result.placeholder for result in results] == [True, True]


def test_a_bare_placeholder_needs_no_name():
    results = read(person(full_name=None, expiry_date="2024-05-01T10:00:00Z"))
    assert [result.placeholder for result in results] == [True]


def test_a_record_that_expires_later_is_kept():
    assert not read(person(expiry_date="2024-06-02T00:00:00Z"))[0].placeholder


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"full_name": None}, "full_name", reader.MISSING_FIELD),
        ({"source_date": None}, "source_date", reader.MISSING_FIELD),
        ({"person_record_id": None}, "person_record_id", reader.MISSING_FIELD),
        ({"person_record_id": "12345"}, "person_record_id", reader.BAD_ID),
        ({"person_record_id": "x/" + "9" * 600}, "person_record_id", reader.BAD_ID),
        ({"person_record_id": "Ours.example/1"}, "person_record_id", reader.OUR_ID),
        ({"source_date": "yesterday"}, "source_date", reader.BAD_TIME),
        ({"source_date": "2024-05-01 10:00"}, "source_date", reader.BAD_TIME),
        ({"source_date": "2024-13-01T10:00:00Z"}, "source_date", reader.BAD_TIME),
        ({"expiry_date": "soon"}, "expiry_date", reader.BAD_TIME),
        ({"source_date": "2094-05-01T10:00:00Z"}, "source_date", reader.FUTURE_TIME),
        ({"description": "x" * 10_001}, "description", reader.OVERLONG_FIELD),
    ],
)
def test_one_bad_record_is_named_and_harms_no_other(fields, field, message):
    results = read(person(**fields), person(person_record_id="camp.example/2"), own_domain="ours.example")
    assert [type(result) for result in results] == [RowProblem, PfifPerson]
    assert (results[0].line, results[0].field, results[0].message) == (3, field, message)
    assert results[0].remedy


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"author_name": None}, "author_name"),
        ({"text": None}, "text"),
        ({"note_record_id": None}, "note_record_id"),
        ({"person_record_id": "camp.example/other"}, "person_record_id"),
        ({"note_record_id": "ours.example/n"}, "note_record_id"),
    ],
)
def test_a_bad_note_does_not_take_its_person_along(fields, field):
    results = read(person(note(**fields), note(note_record_id="camp.example/n2")), own_domain="ours.example")
    assert [type(result) for result in results] == [PfifPerson, RowProblem, PfifNote]
    assert results[1].field == field


def test_a_note_without_a_person_is_a_problem():
    assert [result.field for result in read(note())] == ["person_record_id"]


def test_a_field_given_twice_is_not_chosen_by_chance():
    twice = person().replace("</pfif:person>", "<pfif:full_name>Another</pfif:full_name></pfif:person>")
    assert [result.message for result in read(twice)] == [reader.REPEATED_FIELD]


def test_fractions_of_seconds_are_accepted():
    assert read(person(source_date="2024-05-01T10:00:00.123Z"))[0].source_date == datetime(2024, 5, 1, 10, tzinfo=UTC)


def test_fields_of_other_namespaces_are_passed_over():
    extended = person().replace(
        "</pfif:person>", '<x:full_name xmlns:x="http://x.example">Y</x:full_name></pfif:person>'
    )
    assert [result.get("full_name") for result in read(extended)] == ["Amina Warsame"]


def test_markup_inside_a_field_adds_nothing_to_it():
    assert read(person(full_name="Amina<pfif:b>evil</pfif:b> Warsame"))[0].get("full_name") == "Amina Warsame"


def test_a_thousand_notes_are_enough():
    results = read(person(*(note(note_record_id=f"camp.example/n{number}") for number in range(1_002))))
    assert (sum(isinstance(r, PfifNote) for r in results), results[-1].params["count"]) == (1_000, 2)


def test_any_prefix_of_the_namespace_will_do():
    data = document("1.4", person()).replace(b"xmlns:pfif", b"xmlns").replace(b"pfif:", b"")
    assert [result.get("full_name") for result in read_pfif(data, now=NOW)] == ["Amina Warsame"]


def test_records_come_while_the_rest_is_still_unread():
    results = read_pfif(document("1.4", *[person()] * 5_000), now=NOW)
    assert next(results).record_id == "camp.example/1"
