"""One row becomes one person; whatever cannot be read is named with line, field and remedy."""

from datetime import date

import pytest

from rfl.domain.persons import Age, PersonName, Relative
from rfl.exchange import row_problems as say
from rfl.exchange.drafts import PersonDraft, RowSettings
from rfl.exchange.problem_files import problem_text
from rfl.exchange.rows import read_row, row_fingerprint

SETTINGS = RowSettings(today=date(2026, 1, 1))


def read(settings=SETTINGS, line=7, **fields):
    mapping = dict(enumerate(fields))
    return read_row(line, list(fields.values()), mapping, settings=settings)


def draft(**fields):
    result = read(**fields)
    assert isinstance(result, PersonDraft), result
    return result


def person(**fields):
    return draft(**{"full_name": "Ali Hassan"} | fields).identity


def test_parts_of_a_name_stay_apart():
    assert draft(given_name="Hibak", father_name="Ahmed", grandfather_name="Cabdi").identity.names == (
        PersonName("original", "Hibak", "Ahmed", "Cabdi"),
    )


def test_a_full_name_of_the_same_parts_is_not_kept_twice():
    assert draft(given_name="Ali", family_name="Hassan", full_name="HASSAN, Ali").identity.names == (
        PersonName("original", given="Ali", family="Hassan"),
    )


def test_a_full_name_that_says_more_is_kept_beside_the_parts():
    assert [n.text() for n in draft(given_name="Ali", full_name="Ali Omar Hassan").identity.names] == [
        "Ali",
        "Ali Omar Hassan",
    ]


def test_every_spelling_has_its_kind():
    names = person(
        full_name="محمد",
        romanised_name="Mohamed",
        document_name="MOHAMMED",
        nickname="Abu Ali",
        alternate_names="Muhammad; Mohammad",
    ).names
    assert [(n.kind, n.full) for n in names] == [
        ("original", "محمد"),
        ("romanised", "Mohamed"),
        ("document", "MOHAMMED"),
        ("nickname", "Abu Ali"),
        ("other", "Muhammad"),
        ("other", "Mohammad"),
    ]


def test_an_uncertain_date_keeps_its_words():
    birth = person(date_of_birth="about 1994").birth
    assert (birth.edtf, birth.original) == ("1994~", "about 1994")


def test_a_calendar_column_holds_for_the_dates_of_its_row():
    assert person(date_of_birth="1372", calendar="شمسی").birth.calendar == "solar_hijri"


def test_midnight_after_a_date_says_nothing():
    assert person(date_of_birth="1984-05-12 00:00:00").birth.edtf == "1984-05-12"


def test_an_age_holds_on_its_own_day():
    assert person(age="36", age_as_of="2024-10-29").age == Age(36, 36, "2024-10-29")


def test_an_age_without_a_day_holds_on_the_day_of_registration():
    assert person(age="15-18", last_contact_date="2023-01-02").age == Age(15, 18, "2023-01-02")


def test_an_age_without_any_day_holds_on_the_day_of_the_list():
    settings = RowSettings(list_date=date(2022, 2, 3))
    assert read(settings, full_name="Ali", age="9").identity.age == Age(9, 9, "2022-02-03")


@pytest.mark.parametrize(
    ("written", "sex"),
    [("F", "female"), ("زن", "female"), ("ذكر", "male"), ("муж", "male"), ("X", "other"), ("unknown", ""), ("-", "")],
)
def test_sex_is_read_in_many_languages(written, sex):
    assert person(sex=written).sex == sex


def test_several_nationalities_become_codes_once_each():
    assert person(nationality="SYR; Palestinian/Syrian").nationalities == ("SY", "PS")


def test_stateless_is_no_country_and_is_not_lost():
    result = draft(full_name="Ali", nationality="Stateless")
    assert (result.identity.nationalities, result.note) == ((), "Nationality: stateless")


def test_relatives_are_read_with_their_relation():
    assert person(relatives="father:Espoir;mère:Neema Zongo;أخ:علي;Aunt Mary").relatives == (
        Relative("father", "Espoir"),
        Relative("mother", "Neema Zongo"),
        Relative("brother", "علي"),
        Relative("other", "Aunt Mary"),
    )


def test_ways_to_reach_a_person_are_no_part_of_the_identity():
    result = draft(full_name="Ali", phone="'+243 99", address="Goma, near the market")
    assert (dict(result.contact), "243" in str(result.identity)) == (
        {"phone": "+243 99", "address": "Goma, near the market"},
        False,
    )


def test_a_request_row_has_enquirer_and_sought_person():
    result = draft(request_ref="12", full_name="Ali", relation="frère", enquirer_full_name="Mona", enquirer_phone="1")
    assert (result.request_ref, result.relation, result.enquirer.display_name(), result.enquirer_contact) == (
        "12",
        "brother",
        "Mona",
        {"phone": "1"},
    )


def test_a_row_without_enquirer_cells_has_no_enquirer():
    assert draft(full_name="Ali", enquirer_full_name="", enquirer_phone="-").enquirer is None


def test_words_for_not_known_record_nothing():
    assert person(mother_name="غير معروف", place_of_birth="n/a", occupation="?").to_dict() == person().to_dict()


def test_na_is_a_surname():
    assert draft(family_name="Na").identity.display_name() == "Na"


def test_invisible_characters_do_not_hide_in_names():
    assert draft(full_name="\u202eAli\u200b \x07Hassan\u00a0").identity.display_name() == "Ali Hassan"


def test_joiners_that_shape_letters_stay():
    assert draft(full_name="علی\u200cرضا").identity.display_name() == "علی\u200cرضا"


def test_empty_cells_beyond_the_last_column_are_no_problem():
    assert isinstance(read_row(2, ["Ali", "", ""], {0: "full_name"}, settings=RowSettings(width=1)), PersonDraft)


MALFORMED = [
    ("no name", {"full_name": "", "sex": "F"}, "full_name", say.ADD_NAME),
    ("only not known", {"full_name": "unknown"}, "full_name", say.ADD_NAME),
    ("no such month", {"date_of_birth": "1984-13-45"}, "date_of_birth", None),
    ("no such day", {"date_of_birth": "30 February 1990"}, "date_of_birth", None),
    ("words, not a date", {"date_of_birth": "when the river flooded"}, "date_of_birth", None),
    ("birth in the future", {"date_of_birth": "2090"}, "date_of_birth", None),
    ("year of another calendar", {"date_of_birth": "1372-05-01"}, "date_of_birth", None),
    ("unknown calendar", {"calendar": "mayan"}, "calendar", say.USE_CALENDAR),
    ("registration unreadable", {"last_contact_date": "yesterday-ish"}, "last_contact_date", None),
    ("age in words", {"age": "young", "age_as_of": "2024-01-01"}, "age", None),
    ("age too high", {"age": "470", "age_as_of": "2024-01-01"}, "age", None),
    ("age backwards", {"age": "18-15", "age_as_of": "2024-01-01"}, "age", None),
    ("age without a day", {"age": "17"}, "age", say.ADD_DAY),
    ("age on an inexact day", {"age": "17", "age_as_of": "2024"}, "age", say.WRITE_DAY),
    ("unknown sex", {"sex": "Q"}, "sex", say.USE_SEX),
    ("unknown country", {"nationality": "Atlantis"}, "nationality", say.USE_COUNTRY),
    ("two Congos", {"last_country": "Congo"}, "last_country", say.USE_COUNTRY),
    ("unknown relation", {"relatives": "bestie:Ali"}, "relatives", say.USE_RELATION),
    ("relative without a name", {"relatives": "brother:"}, "relatives", say.WRITE_RELATIVE),
    ("a text in the wrong column", {"place_of_birth": "x" * 301}, "place_of_birth", say.SHORTEN),
    ("letters lost by a program", {"mother_name": "F\ufffdtima"}, "mother_name", say.RETYPE),
    ("half a character", {"mother_name": "F\ud83dtima"}, "mother_name", say.RETYPE),
    ("a household beyond belief", {"relatives": "son:A;" * 41}, "relatives", say.FEWER),
    ("enquirer without a name", {"enquirer_phone": "1"}, "enquirer_full_name", say.ADD_ENQUIRER_NAME),
]


@pytest.mark.parametrize(("fields", "field", "remedy"), [case[1:] for case in MALFORMED], ids=[c[0] for c in MALFORMED])
def test_a_malformed_row_names_line_field_and_remedy(fields, field, remedy):
    problems = read(**{"full_name": "Ali Hassan"} | fields)
    assert isinstance(problems, list)
    assert [(p.line, p.field) for p in problems] == [(7, field)]
    assert problems[0].remedy == remedy if remedy else problems[0].remedy
    assert problem_text(problems[0]).startswith("Line 7, ")


@pytest.mark.parametrize("cells", [["Ali"], ["Ali", "F", "surplus"], []])
def test_a_wrong_number_of_cells_is_a_problem_of_the_row(cells):
    problems = read_row(3, cells, {0: "full_name", 1: "sex"}, settings=RowSettings(width=2))
    assert [(p.line, p.field, p.remedy) for p in problems] == [(3, "row", say.MEND_WIDTH)]


def test_all_problems_of_a_row_are_told_at_once():
    problems = read(full_name="", sex="Q", date_of_birth="never")
    assert {p.field for p in problems} == {"full_name", "sex", "date_of_birth"}


@pytest.mark.parametrize("name", ["x" * 301, "Yusuf \ufffd\ufffd"])
def test_a_name_that_cannot_be_taken_is_not_called_missing_too(name):
    assert [problem.field for problem in read(full_name=name)] == ["full_name"]
    assert say.NO_NAME not in {problem.message for problem in read(full_name=name)}


def test_problems_repeat_nothing_personal():
    problems = read(full_name="Ali", sex="Secretword", date_of_birth="Secretword", nationality="Secretword")
    assert "Secretword" not in " ".join(problem_text(p) for p in problems)


KEY = bytes(range(32))


def test_the_same_row_has_the_same_fingerprint_in_another_column_order():
    first = row_fingerprint(["Ali  Hassan ", "F"], {0: "full_name", 1: "sex"}, key=KEY)
    assert row_fingerprint(["F", "Ali Hassan", ""], {1: "full_name", 0: "sex", 2: "notes"}, key=KEY) == first


def test_a_changed_cell_changes_the_fingerprint():
    mapping = {0: "full_name"}
    assert row_fingerprint(["Ali"], mapping, key=KEY) != row_fingerprint(["Alo"], mapping, key=KEY)


def test_fingerprints_say_nothing_without_the_key():
    mapping = {0: "full_name"}
    assert row_fingerprint(["Ali"], mapping, key=KEY) != row_fingerprint(["Ali"], mapping, key=bytes(32))


def test_a_guard_against_formulas_does_not_change_the_fingerprint():
    mapping = {0: "phone"}
    assert row_fingerprint(["'+243"], mapping, key=KEY) == row_fingerprint(["+243"], mapping, key=KEY)
