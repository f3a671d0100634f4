"""What leaves as a spreadsheet is the same text, and no cell of it can act."""

import csv
import io
import re
import unicodedata
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfl.exchange.spreadsheets import guard, unguard, write_csv, write_xlsx
from rfl.exchange.tables import read_table

# Everything UTF-8 can hold.
texts = st.text() | st.builds(
    lambda lead, text: lead + text,
    st.sampled_from(["=", "+", "-", "@", "|", "%", "\t", "'", "＝", " =", "\ufeff="]),
    st.text(),
)
rows = st.lists(st.lists(texts, min_size=3, max_size=3), max_size=5)

FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "|cmd", "%0A=1", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1", "\u200b=1",
    "＝1+1", "＋1", "－1", "＠x", "﹦1", "−1", "\u202e=1", "'=1", "\x00=1", '=HYPERLINK("http://x")',
]  # fmt: skip


def parsed(headers, body):
    data = b"".join(write_csv(headers, body))
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_like_text_is_guarded(text):
    assert guard(text).startswith("'")


@pytest.mark.parametrize("text", ["Ali", "'Abd al-Rahman", "1984-05-12", "a=b", "", " ", "٣", "O'Neil"])
def test_plain_text_is_left_alone(text):
    assert guard(text) == text


@given(texts)
def test_removing_the_guard_gives_the_same_text(text):
    assert unguard(guard(text)) == text


@given(texts)
def test_guarded_text_never_begins_like_a_formula(text):
    seen = re.sub(r"^\s+", "", guard(text).replace("\ufeff", "").replace("\u200b", ""))
    assert unicodedata.normalize("NFKC", seen[:1]) not in set("=+-@|%")
    assert not guard(text).startswith(("\t", "\r", "\n"))


@given(rows)
def test_csv_gives_back_every_text(body):
    assert [[unguard(cell) for cell in row] for row in parsed(["a", "b", "c"], body)[1:]] == body


@given(rows)
def test_no_cell_of_a_csv_begins_like_a_formula(body):
    assert not any(cell[:1] in set("=+-@|%\t\r\n") for row in parsed(["=h", "-h", "h"], body) for cell in row if cell)


def test_csv_begins_with_the_mark_that_excel_needs():
    assert next(write_csv(["a"], [])) == b"\xef\xbb\xbf"


def test_a_lone_surrogate_does_not_stop_an_export():
    assert parsed(["a"], [["x\ud800y"]])[1] == ["x\ufffdy"]


def test_csv_comes_in_pieces():
    assert len(list(write_csv(["a"], (["x" * 1000] for _ in range(1000))))) > 5


XML_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff", min_codepoint=32))


@given(st.lists(XML_TEXT, min_size=1, max_size=4))
def test_a_workbook_gives_back_every_text(cells):
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(["h"] * len(cells), [cells])))
    assert [cell.value or "" for cell in list(book.active.rows)[1]] == cells


def test_a_workbook_holds_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(["text"], [[text] for text in FORMULAS])))
    assert {cell.data_type for row in book.active.rows for cell in row} == {"s"}


def test_formula_like_cells_of_a_workbook_stay_text_when_edited():
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(["text"], [["=1+1"], ["Ali"]])))
    assert [row[0].quotePrefix for row in book.active.rows][1:] == [True, False]


def test_a_workbook_names_no_author_and_hides_nothing():
    data = write_xlsx(["name"], [["Ali"]])
    assert not [n for n in zipfile.ZipFile(io.BytesIO(data)).namelist() if "docProps" in n]
    assert [sheet.sheet_state for sheet in openpyxl.load_workbook(io.BytesIO(data))] == ["visible"]


def test_a_workbook_written_here_can_be_read_here():
    body = [["محمد", "=1+1"], ["Галина", "x\ny"]]
    table = read_table(write_xlsx(["name", "note"], body))
    assert (table.headers, [cells for _, cells in table.rows]) == (["name", "note"], body)


def test_characters_that_xml_forbids_are_left_out_of_a_workbook():
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(["a"], [["x\x00\x0b\ud800\ufffey"]])))
    assert book.active["A2"].value == "xy"


def test_more_than_a_cell_can_show_ends_with_an_ellipsis():
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(["a"], [["x" * 40_000]])))
    assert book.active["A2"].value == "x" * 32_766 + "…"
