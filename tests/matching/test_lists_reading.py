"""What a list must keep on its way from a file of any kind into persons."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from matching import Interval, Name, PersonRecord, Relative
from matching.lists.dates import read_age, read_interval
from matching.lists.failures import ListRefused
from matching.lists.fields import choose_columns
from matching.lists.people import People
from matching.lists.tables import open_table

HEADER = ["id", "full_name", "sex", "date_of_birth", "nationality", "relatives"]
ROWS = [
    ["A-1", "محمد أحمد الحسن", "male", "1994-05", "SYR", "brother:Ali;wife:Mona"],
    ["A-2", "Галина Бойченко", "f", "1979/1984", "UA", ""],
]
PERSONS = [
    PersonRecord(
        "A-1",
        "sought",
        (Name("original", full="محمد أحمد الحسن"),),
        sex="male",
        birth=Interval(date(1994, 5, 1), date(1994, 5, 31)),
        nationalities=("SY",),
        relatives=(Relative("brother", "Ali"), Relative("wife", "Mona")),
    ),
    PersonRecord(
        "A-2",
        "sought",
        (Name("original", full="Галина Бойченко"),),
        sex="female",
        birth=Interval(date(1979, 1, 1), date(1984, 12, 31)),
        nationalities=("UA",),
    ),
]


def csv_text(rows, delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def saved(folder: Path, content: bytes | str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, said=None, **how):
    """The persons of a file, and the problems of its rows."""
    table = open_table(path, **how)
    columns = choose_columns(table.headers, [cells for _, cells in table.read()][:50], said or {})
    people = People(table, columns, role="sought", side="left")
    problems = [problem for piece in people.laid_out(1, packed=False) for problem in piece.notes]
    return list(people), problems


def one(folder: Path, header, row):
    (person,), problems = read(saved(folder, csv_text([header, row])))
    return person, problems


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_persons_are_the_same_in_every_delimiter_and_wide_encoding(tmp_path, delimiter, encoding):
    path = saved(tmp_path, csv_text([HEADER, *ROWS], delimiter).encode(encoding))
    assert read(path) == (PERSONS, [])


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("الرقم,الاسم الأول,العائلة\n1,محمد,الحسن\n2,فاطمة,الخطيب\n3,يوسف,السيد\n4,إبراهيم,حداد\n", "cp1256", "محمد"),
        ("Номер,Имя,Фамилия\n1,Галина,Бойченко\n2,Иван,Петренко\n3,Артём,Сергеев\n", "cp1251", "Галина"),
        ("Номер,Имя,Фамилия\n1,Галина,Бойченко\n2,Иван,Петренко\n3,Артём,Сергеев\n", "koi8_r", "Галина"),
        ("ФИО,Имя,Пол\nИван Петров,Иван,м\n", "koi8_r", "Иван"),
        ("Adı;Soyadı;Doğum Tarihi\nAyşe;Yılmaz;1990\n", "cp1254", "Ayşe"),
        ("Numéro,Prénom,Nom\n1,Éloïse,Dubé\n2,Françoise,Lefèvre\n", "cp1252", "Éloïse"),
    ],
)
def test_letters_of_one_byte_are_recognised(tmp_path, text, encoding, name):
    persons, _ = read(saved(tmp_path, text.encode(encoding)))
    assert persons[0].names[0].given == name


def test_encoding_can_be_named_and_is_checked(tmp_path):
    path = saved(tmp_path, csv_text([HEADER, ROWS[1]]).encode("cp1251"))
    assert read(path, encoding="cp1251")[0] == [PERSONS[1]]
    with pytest.raises(ListRefused, match="is not written in utf-8"):
        open_table(path, encoding="utf-8")


def test_workbook_gives_the_same_persons_with_real_dates_and_numbers(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["List of the camp"])
    for row in ([*HEADER, "age", "last contact"], [*ROWS[0], 30, date(2024, 5, 1)], [*ROWS[1], None, None]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    persons, problems = read(tmp_path / "list.xlsx")
    assert [person.names for person in persons] == [person.names for person in PERSONS]
    assert persons[0].last_seen == Interval(date(2024, 5, 1), date(2024, 5, 1))
    assert not problems


def test_parquet_gives_the_same_persons_with_typed_columns(tmp_path):
    columns = dict(zip(HEADER, zip(*ROWS, strict=True), strict=True))
    columns["relatives"] = pa.array([["brother:Ali", "wife:Mona"], None])
    columns["last_contact_date"] = pa.array([date(2024, 5, 1), None])
    pq.write_table(pa.table({name: pa.array(values) for name, values in columns.items()}), tmp_path / "list.parquet")
    persons, problems = read(tmp_path / "list.parquet")
    assert [person.relatives for person in persons] == [person.relatives for person in PERSONS]
    assert persons[0].last_seen == Interval(date(2024, 5, 1), date(2024, 5, 1))
    assert not problems


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ("ID;Given Name;Family Name;Date of Birth", "id;given_name;family_name;date_of_birth"),
        ("recordId;givenName;familyName;dateOfBirth", "id;given_name;family_name;date_of_birth"),
        ("Numéro;Prénom;Nom;Date de naissance", "id;given_name;family_name;date_of_birth"),
        ("Número;Nombres;Apellidos;Fecha de nacimiento", "id;given_name;family_name;date_of_birth"),
        ("الرقم;الاسم الأول;اسم الأب;تاريخ الميلاد", "id;given_name;father_name;date_of_birth"),
        ("Номер;Имя;Отчество;Дата рождения", "id;given_name;father_name;date_of_birth"),
        ("номер;Ім'я;Прізвище;Дата народження", "id;given_name;family_name;date_of_birth"),
        ("unique_id;first_name;surname;dob", "id;given_name;family_name;date_of_birth"),
    ],
)
def test_columns_are_recognised_in_the_languages_of_the_lists(headers, fields):
    assert list(choose_columns(headers.split(";"), [], {}).values()) == fields.split(";")


@pytest.mark.parametrize(
    "header",
    [
        *("household", "Household ID", "HH No.", "Family number", "Registration Group", "group", "Case group no"),
        *("Request number", "request", "Case number", "N° ménage", "Numéro de famille", "Numéro de dossier"),
        *(
            "Número de hogar",
            "Grupo familiar",
            "Número de caso",
            "رقم الأسرة",
            "رقم العائلة",
            "رقم الطلب",
            "Номер семьи",
        ),
        *("Домохозяйство", "Номер родини", "номер сім'ї", "Haushalt", "Aktenzeichen", "Aile No", "شماره خانوار"),
    ],
)
def test_households_and_requests_are_recognised(header):
    assert choose_columns(["id", "name", header], [], {}) == {0: "id", 1: "full_name", 2: "household"}


def test_a_column_of_households_goes_before_one_of_requests_and_both_can_be_left_out():
    assert choose_columns(["name", "request no", "family no"], [], {}) == {0: "full_name", 2: "household"}
    assert choose_columns(["name", "request no", "Group"], [["Ali", "7", "m"]], {}) == {
        0: "full_name", 1: "household", 2: "sex",
    }  # fmt: skip
    assert choose_columns(["name", "request no"], [], {"household": ""}) == {0: "full_name"}
    assert choose_columns(["name", "case id", "relation"], [], {}) == {0: "full_name", 1: "id"}


def test_what_is_said_about_columns_goes_before_the_guess():
    columns = choose_columns(["No", "Name", "X7"], [], {"family_name": "x7", "id": "", "given_name": "Name"})
    assert columns == {1: "given_name", 2: "family_name"}


@pytest.mark.parametrize(
    ("headers", "said", "match"),
    [
        (["a", "b"], {}, "No column of names"),
        (["name"], {"nam": "name"}, "no field 'nam'"),
        (["name"], {"full_name": "nome"}, "no column 'nome'"),
    ],
)
def test_columns_that_cannot_be_used_are_named(headers, said, match):
    with pytest.raises(ListRefused, match=match):
        choose_columns(headers, [], said)


def test_parts_whole_name_and_other_spellings_become_names(tmp_path):
    header = ["id", "given_name", "family_name", "full_name", "alternate_names", "name latin"]
    person, _ = one(tmp_path, header, ["1", "محمد", "حداد", "محمد حداد", "Moh Haddad; M. Haddad", "Mohamed Haddad"])
    assert person.names == (
        Name("original", given="محمد", family="حداد", full="محمد حداد"),
        Name("romanised", full="Mohamed Haddad"),
        Name("other", full="Moh Haddad"),
        Name("other", full="M. Haddad"),
    )


@pytest.mark.parametrize(
    ("text", "first", "last", "approximate"),
    [
        ("1994", "1994-01-01", "1994-12-31", False),
        ("1994-05-31", "1994-05-31", "1994-05-31", False),
        ("١٩٩٤-٠٥-٣١", "1994-05-31", "1994-05-31", False),
        ("1994-05-31 00:00:00", "1994-05-31", "1994-05-31", False),
        ("1994~", "1994-01-01", "1994-12-31", True),
        ("1979/1984", "1979-01-01", "1984-12-31", False),
        ("199X", "1990-01-01", "1999-12-31", False),
        ("[1994-05-12,1994-12-05]", "1994-05-12", "1994-12-05", True),
        ("31.12.1990", "1990-12-31", "1990-12-31", False),
        ("12/31/1990", "1990-12-31", "1990-12-31", False),
        ("05/04/1994", "1994-04-05", "1994-05-04", True),
        ("1994/5/31", "1994-05-31", "1994-05-31", False),
    ],
)
def test_dates_are_read_as_they_are_written(text, first, last, approximate):
    assert read_interval(text) == Interval(date.fromisoformat(first), date.fromisoformat(last), approximate)


@pytest.mark.parametrize("text", ["", "soon", "1994-13-01", "1994-02-30", "99/99/1994", "1984/1979", "9" * 500, "0000"])
def test_what_is_no_date_is_nothing(text):
    assert read_interval(text) is None


def test_open_ends_are_closed_a_lifetime_away():
    assert read_interval("1990/..").latest.year == 2113
    assert read_interval("../1990").earliest.year == 1867


def test_age_on_a_day_becomes_the_days_of_birth():
    told = read_interval("2020-06-15")
    assert read_age("20", told) == Interval(date(1999, 6, 16), date(2000, 6, 15), approximate=True)
    assert read_age("15-18", told).earliest.year == 2001
    assert read_age("~20", told).latest.year == 2002
    assert read_age("٢٠", told) == read_age("20", told)
    assert read_age("300", told) is read_age("18-15", told) is read_age("young", told) is None


def test_age_counts_from_the_last_contact_where_its_own_day_is_missing(tmp_path):
    person, problems = one(
        tmp_path, ["id", "name", "age", "last contact date"], ["1", "Ali Hassan", "20", "2020-06-15"]
    )
    assert person.birth == read_age("20", read_interval("2020-06-15"))
    assert not problems


BAD = {
    "date_of_birth": ("soon", "The date cannot be read."),
    "sex": ("perhaps", "The word for sex is not known."),
    "nationality": ("Atlantis", "The country is not known"),
    "relatives": ("pal:Ali", "The relation is not known"),
    "age": ("12 moons", "The age does not say on which day"),
    "place_of_birth": ("x" * 400, "The text is too long"),
    "last_known_place": ("Ho\x00ms", "characters that are no text"),
}


@pytest.mark.parametrize("field", BAD)
def test_unreadable_cell_is_reported_and_its_row_goes_in(tmp_path, field):
    value, sentence = BAD[field]
    person, (problem,) = one(tmp_path, ["id", "name", field], ["7", "Ali Hassan", value])
    assert person.id == "7"
    assert (problem.line, problem.id, problem.column) == (2, "7", field)
    assert problem.problem.startswith(sentence) or sentence in problem.problem
    assert problem.remedy


def test_year_of_an_impossible_day_is_kept(tmp_path):
    person, (problem,) = one(tmp_path, ["id", "name", "dob"], ["7", "Ali Hassan", "1994-31-12"])
    assert person.birth == read_interval("1994")
    assert "only the year is used" in problem.problem


def test_rows_without_id_or_name_are_left_out_and_reported(tmp_path):
    rows = [["id", "name", "sex"], ["", "Ali", "m"], ["2", " - ", "m"], ["3", "Mona", "f"], ["3", "Sara", "f"]]
    persons, problems = read(saved(tmp_path, csv_text(rows)))
    assert [person.names[0].full for person in persons] == ["Mona", "Sara"]
    assert [(problem.line, problem.column) for problem in problems] == [(2, "id"), (3, "full_name"), (5, "id")]


def test_rows_of_another_width_go_in_and_are_reported(tmp_path):
    persons, problems = read(saved(tmp_path, "id,name,sex\n1,Ali\n2,Mona,f,extra\n3,Sara,f,\n"))
    assert len(persons) == 3
    assert [problem.line for problem in problems] == [2, 3]


def test_list_without_ids_is_known_by_its_lines(tmp_path):
    persons, _ = read(saved(tmp_path, "name,sex\nAli,m\n\nMona,f\n"))
    assert [person.id for person in persons] == ["2", "4"]


def test_rows_already_done_still_count_for_ids_that_come_twice(tmp_path):
    table = open_table(saved(tmp_path, "id,name\n1,Ali\n1,Mona\n"))
    people = People(table, {0: "id", 1: "full_name"}, role="sought", side="left")
    (piece,) = people.laid_out(1, packed=False, skip=1)
    assert (piece.ids, piece.rows) == (["1"], 1)
    assert len(piece.notes) == 1


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7 x", "is PDF"),
        (b"\xd0\xcf\x11\xe0 old", "97-2003"),
        (b'id,name\n1,"Ali\n2,Mona\n', "line 2"),
        (b'id,name\n"1,Ali\n2,Mona\n3,"Sara"\n', "line 2"),
        (b'id,name\n1,"' + b"x" * 200_000 + b'"\n', "line 2"),
        (b"PAR1 and then nothing", "damaged or no Parquet"),
        (b"PK\x03\x04 and then nothing", "damaged"),
    ],
)
def test_files_that_are_no_whole_list_are_refused_in_one_line(tmp_path, content, match):
    with pytest.raises(ListRefused, match=match) as refused:
        open_table(saved(tmp_path, content))
    assert "\n" not in str(refused.value)


def test_line_without_end_is_refused_before_it_fills_the_memory(tmp_path):
    with pytest.raises(ListRefused, match="more than"):
        open_table(saved(tmp_path, b"id,name\n1," + b"x" * 5_000_000))


def test_workbook_that_unpacks_without_end_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["id", "name"])
    book.save(tmp_path / "bomb.xlsx")
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", bytes(64 * 1024 * 1024))
    with pytest.raises(ListRefused, match="unpacks to far more"):
        open_table(tmp_path / "bomb.xlsx")


def test_truncated_parquet_is_refused(tmp_path):
    pq.write_table(pa.table({"id": ["1"] * 1000, "name": ["Ali"] * 1000}), tmp_path / "whole.parquet")
    path = saved(tmp_path, (tmp_path / "whole.parquet").read_bytes()[:-20], "cut.parquet")
    with pytest.raises(ListRefused, match="damaged"):
        open_table(path)


def test_missing_file_and_folder_are_named(tmp_path):
    with pytest.raises(ListRefused, match="cannot be read"):
        open_table(tmp_path / "nothing.csv")
    with pytest.raises(ListRefused, match="cannot be read"):
        open_table(tmp_path)
