"""What a list must keep on its way from a file of any kind into rows."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest

from rfl.exchange import failures, tables
from rfl.exchange.encodings import find_encoding
from rfl.exchange.tables import read_table

ARABIC = "الاسم,اسم الأب,العائلة\nمحمد,أحمد,الحسن\nفاطمة,علي,الخطيب\nيوسف,إبراهيم,السيد\n"
RUSSIAN = "Имя,Отчество,Фамилия\nГалина,Артёмовна,Бойченко\nИван,Сергеевич,Петренко\n"
FRENCH = "Nom,Prénom,Lieu\nDubé,Éloïse,Orléans\nLefèvre,Françoise,Besançon\n"
POLISH = "Imię,Nazwisko,Miasto\nŁukasz,Żółkiewski,Łódź\nGrażyna,Wąs,Kraków\n"

SEEN = datetime(2024, 1, 2, 3, 4)  # noqa: DTZ001 - workbooks know no time zones


def workbook(rows, **sheets):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, others in sheets.items():
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "utf-8"),
        (ARABIC, "utf-8-sig"),
        (ARABIC, "utf-16"),
        (ARABIC, "utf-16-le"),
        (ARABIC, "utf-32"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859_6"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "iso8859_5"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-16-be"),
        (POLISH, "cp1250"),
    ],
)
def test_names_survive_every_common_encoding(text, encoding):
    data = text.encode(encoding)
    if encoding in {"utf-16-le", "utf-16-be"}:
        data = "\ufeff".encode(encoding) + data
    table = read_table(data)
    assert [table.headers, *(cells for _, cells in table.rows)] == list(csv.reader(io.StringIO(text)))


def test_utf_16_without_its_mark_is_recognised_by_its_zeros():
    assert read_table("name;age\nAli;7\n".encode("utf-16-be")).headers == ["name", "age"]


def test_a_guessed_encoding_is_said():
    table = read_table(ARABIC.encode("cp1256"))
    assert [notice.params for notice in table.notices] == [{"encoding": "cp1256"}]


def test_utf_8_is_no_guess():
    assert read_table(ARABIC.encode()).notices == ()


def test_a_chosen_encoding_overrides_the_guess():
    table = read_table("Adı,Soyadı\nAyşe,Yıldız\n".encode("cp1254"), encoding="cp1254")
    assert table.headers == ["Adı", "Soyadı"]


def test_a_chosen_encoding_that_does_not_fit_is_refused():
    with pytest.raises(failures.WrongEncoding):
        read_table(FRENCH.encode("cp1252"), encoding="utf-8")


def test_only_ascii_counts_as_utf_8():
    assert find_encoding(b"name,age\nAli,7\n").name == "utf-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_common_delimiter_is_found(delimiter):
    text = "name,place,note\nAli,Goma,one\nMona,Bunia,two\n".replace(",", delimiter)
    assert read_table(text.encode()).headers == ["name", "place", "note"]


def test_commas_inside_cells_do_not_outvote_the_semicolon():
    data = b'name;relatives\nAli;"father:A, b"\nMona;"x, y, z"\nSara;q\n'
    assert read_table(data).delimiter == ";"


def test_the_separator_line_of_excel_is_obeyed_and_left_out():
    table = read_table(b"sep=|\nname|place\nAli|Goma, DRC\n")
    assert (table.headers, list(table.rows)) == (["name", "place"], [(3, ["Ali", "Goma, DRC"])])


def test_lines_are_counted_as_an_editor_counts_them():
    data = b'name,note\n\nAli,"two\nlines"\nMona,x\n'
    assert list(read_table(data).rows) == [(3, ["Ali", "two\nlines"]), (5, ["Mona", "x"])]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_divides_rows(ending):
    assert [cells for _, cells in read_table(ending.join(["a,b", "1,2", "3,4"]).encode()).rows] == [
        ["1", "2"],
        ["3", "4"],
    ]


def test_a_row_with_too_few_cells_stays_for_the_row_reader():
    assert [cells for _, cells in read_table(b"a,b,c\n1,2\n3,4,5\n").rows] == [["1", "2"], ["3", "4", "5"]]


def test_a_carelessly_quoted_word_keeps_its_column():
    assert list(read_table(b'name,year\n"Ali" Hassan,1984\n').rows) == [(2, ["Ali Hassan", "1984"])]


def test_double_and_empty_column_names_become_distinct_and_are_said():
    table = read_table(b"name,name,,Name\nA,B,C,D\n")
    assert (table.headers, len(table.notices)) == (["name", "name (2)", "column 3", "Name (3)"], 3)


def test_a_title_above_the_column_names_is_left_out_and_said():
    table = read_table(b"Camp list,,\n\nname,age,place\nAli,7,Goma\n")
    assert (table.headers, table.header_line, table.notices[0].message) == (
        ["name", "age", "place"],
        3,
        tables.SKIPPED_LINES,
    )


def test_a_list_of_one_column_is_a_list():
    assert [cells for _, cells in read_table(b"name\nAli\nMona\n").rows] == [["Ali"], ["Mona"]]


def test_the_content_decides_and_not_the_extension():
    assert read_table(workbook([["name"], ["Ali"]]), "list.csv").format == "xlsx"


def test_workbook_dates_and_numbers_read_as_people_see_them():
    data = workbook([["name", "born", "seen", "age", "share"], ["Ali", date(1984, 5, 12), SEEN, 36, 0.5]])
    assert list(read_table(data).rows) == [(2, ["Ali", "1984-05-12", "2024-01-02 03:04:00", "36", "0.5"])]


def test_workbook_rows_keep_the_numbers_of_the_sheet():
    data = workbook([[], ["name", "age"], [], ["Ali", 7]])
    assert [line for line, _ in read_table(data).rows] == [4]


def test_other_sheets_with_data_are_named():
    table = read_table(workbook([["name"], ["Ali"]], second=[["name"], ["Mona"]]))
    assert table.notices[0].params == {"sheet": "Sheet", "others": "second"}


def test_a_hidden_sheet_is_not_taken_for_the_list():
    book = openpyxl.Workbook()
    book.active.append(["old", "list"])
    book.active.sheet_state = "hidden"
    book.create_sheet("new").append(["name", "age"])
    packed = io.BytesIO()
    book.save(packed)
    assert read_table(packed.getvalue()).headers == ["name", "age"]


def test_rows_can_be_read_again_from_the_start():
    table = read_table(b"a,b\n1,2\n")
    assert list(table.rows) == list(table.reopen())


def test_empty_formatted_cells_far_down_take_no_room():
    book = openpyxl.Workbook()
    book.active.append(["name", "age"])
    book.active.append(["Ali", 7])
    book.active.cell(1_048_576, 2).number_format = "0.00"
    packed = io.BytesIO()
    book.save(packed)
    assert len(list(read_table(packed.getvalue()).rows)) == 1


@pytest.mark.parametrize(
    ("data", "failure"),
    [
        (b"", failures.EmptyFile),
        (b" \n\n", failures.EmptyFile),
        (b"\xef\xbb\xbf", failures.EmptyFile),
        (b"%PDF-1.7 ...", failures.NotATable),
        (b"\x89PNG\r\n\x1a\n", failures.NotATable),
        (b"<!DOCTYPE html><table>", failures.NotATable),
        (b'<?xml version="1.0"?><a/>', failures.NotATable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), failures.OldWorkbook),
    ],
)
def test_what_is_no_list_is_refused_by_name(data, failure):
    with pytest.raises(failure):
        read_table(data, "list.csv")


def test_an_empty_workbook_is_refused():
    with pytest.raises(failures.EmptyFile):
        read_table(workbook([]))


def test_empty_columns_and_rows_before_a_list_are_no_part_of_it():
    table = read_table(workbook([[], [None, None, "name", "age"], [None, None, "Ali", 7]]))
    assert (table.headers, list(table.rows)) == (["name", "age"], [(3, ["Ali", "7"])])
