"""Workbooks made to fill the memory, reach out of the archive, run programs or call out are refused by name."""

import io
import struct
import zipfile

import pytest

from rfl.exchange import failures
from rfl.exchange.spreadsheets import write_xlsx
from rfl.exchange.tables import read_table

SHEET = "xl/worksheets/sheet1.xml"
RELS = "xl/_rels/workbook.xml.rels"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def rebuilt(changes=None, extra=()):
    """Return a sound workbook with some parts replaced by a function of their content, and parts added."""
    source = zipfile.ZipFile(io.BytesIO(write_xlsx(["name", "age"], [["Ali", "7"]])))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            change = (changes or {}).get(name, lambda content: content)
            archive.writestr(name, change(source.read(name)))
        for name, content in extra:
            archive.writestr(name, content)
    return packed.getvalue()


def sheet(cells, *, declaration='<?xml version="1.0"?>', encoding="utf-8"):
    xml = f"{declaration}<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"
    return rebuilt({SHEET: lambda _: xml.encode(encoding)})


def relation(kind, target):
    added = f'<Relationship Id="rId9" Type="http://x/relationships/{kind}" Target="{target}" TargetMode="External"/>'
    return lambda content: content.replace(b"</Relationships>", added.encode() + b"</Relationships>")


def refused(data, failure):
    with pytest.raises(failure):
        read_table(data, "list.xlsx")


def test_the_workbook_these_tests_change_is_sound():
    assert list(read_table(rebuilt()).rows) == [(2, ["Ali", "7"])]


def test_a_zip_bomb_is_refused():
    refused(rebuilt(extra=[("xl/media/a.bin", bytes(64 * 1024 * 1024))]), failures.WorkbookBomb)


def test_a_bomb_inside_the_sheet_is_refused():
    refused(sheet("<row r='1'>" + "<x/>" * 16 * 1024 * 1024 + "</row>"), failures.WorkbookBomb)


@pytest.mark.parametrize("said", [0, 10, 0xFFFFFFF])
def test_a_lying_size_is_refused(said):
    data = bytearray(rebuilt(extra=[("xl/media/a.txt", b"y" * 5_000)]))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        position, name = -1, b"xl/media/a.txt"
        while (position := data.find(mark, position + 1)) >= 0:
            if name in data[position : position + 80]:
                struct.pack_into("<I", data, position + offset, said)
    with pytest.raises((failures.WorkbookBomb, failures.DamagedWorkbook)):
        read_table(bytes(data))


def test_ten_thousand_sheets_are_refused():
    refused(rebuilt(extra=[(f"xl/worksheets/s{n}.xml", b"<x/>") for n in range(10_000)]), failures.TooManyParts)


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/passwd", "xl/../../evil", "C:/evil", "xl\\..\\evil", "XL/WORKBOOK.XML"]
)
def test_a_part_that_points_elsewhere_or_stands_twice_is_refused(name):
    refused(rebuilt(extra=[(name, b"x")]), failures.UnsafePart)


def test_a_part_that_is_a_link_to_a_file_is_refused():
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = 0o120777 << 16
    refused(rebuilt(extra=[(link, b"/etc/passwd")]), failures.UnsafePart)


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/activeX/a.xml"])
def test_macros_are_refused(name):
    refused(rebuilt(extra=[(name, b"x")]), failures.WorkbookWithMacros)


def test_a_workbook_that_calls_itself_macro_enabled_is_refused():
    change = {"[Content_Types].xml": lambda content: content.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")}
    refused(rebuilt(change), failures.WorkbookWithMacros)


@pytest.mark.parametrize("name", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml"])
def test_parts_that_fetch_from_elsewhere_are_refused(name):
    refused(rebuilt(extra=[(name, b"<x/>")]), failures.WorkbookWithLinks)


@pytest.mark.parametrize("kind", ["externalLinkPath", "oleObject", "image", "attachedTemplate"])
def test_relations_to_the_outside_are_refused(kind):
    refused(rebuilt({RELS: relation(kind, "http://127.0.0.1:1/x")}), failures.WorkbookWithLinks)


def test_a_mail_address_in_a_cell_is_no_reason_to_refuse():
    assert read_table(rebuilt({RELS: relation("hyperlink", "mailto:a@x.example")})).headers == ["name", "age"]


FAR = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'


@pytest.mark.parametrize(
    ("cells", "failure"),
    [
        (FAR + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>', failures.TooManyRows),
        (FAR + "<row r='1048576'><c><v>1</v></c></row>", failures.TooManyRows),
        (FAR + '<row r="1048576" x="/>"><c><v>1</v></c></row>', failures.TooManyRows),
        (FAR + '<row r="9"><c r="XFD9"><v>1</v></c></row>', failures.TooManyColumns),
        (FAR + '<row r="9"><c s="/>" r="XFD9"><v>1</v></c></row>', failures.TooManyColumns),
        (FAR + "<row r='9'><x:c xmlns:x='y' r = 'xfd9'><v>1</v></x:c></row>", failures.TooManyColumns),
        (FAR + '<row r="9"><c r="&#88;FD9"><v>1</v></c></row>', failures.DamagedWorkbook),
        (FAR + '<row r="200000"><c r="GA200000"><v>1</v></c></row>', failures.SheetTooLarge),
        (
            '<row r="1">' + "<c><v>1</v></c>" * 16_000 + '</row><row r="190000"><c r="A190000"><v>1</v></c></row>',
            failures.SheetTooLarge,
        ),
        ("<!DOCTYPE x>" + FAR, failures.DamagedWorkbook),
        ('<row r="1"><c r="A1"><v>' + "9" * 2_000_000 + "</v></c></row>", failures.DamagedWorkbook),
        ("<row", failures.DamagedWorkbook),
    ],
)
def test_cells_far_apart_are_refused_before_the_space_between_is_filled(cells, failure):
    refused(sheet(cells), failure)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_sheet_in_wide_letters_cannot_hide_its_extent(encoding):
    refused(sheet(FAR, encoding=encoding), failures.DamagedWorkbook)


def test_a_sheet_that_claims_another_encoding_is_refused():
    refused(sheet(FAR, declaration='<?xml version="1.0" encoding="UTF-7"?>'), failures.DamagedWorkbook)


def test_a_row_with_height_at_the_end_of_the_sheet_is_common_and_harmless():
    table = read_table(sheet(FAR + '<row r="1048576" ht="12.8" customHeight="false"></row>'))
    assert table.headers == ["a"]


def test_a_formula_without_a_value_is_never_computed():
    cells = FAR + '<row r="2"><c r="A2"><f>1+1</f></c><c r="B2" t="str"><f>HYPERLINK("x")</f><v>shown</v></c></row>'
    assert [row for _, row in read_table(sheet(cells)).rows] == [["", "shown"]]


def test_a_cell_too_long_names_its_row():
    with pytest.raises(failures.CellTooLong) as failure:
        read_table(write_xlsx(["a"], [["x"], ["y" * 10_001]]))
    assert failure.value.params["line"] == 3


@pytest.mark.parametrize("keep", [4, 30, 200, 1_000, -40, -1])
def test_half_an_upload_is_refused(keep):
    refused(rebuilt()[:keep], failures.DamagedWorkbook)


def test_another_archive_is_no_workbook():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("hello.txt", "hello")
    refused(packed.getvalue(), failures.DamagedWorkbook)


@pytest.mark.parametrize("place", range(40, 2_000, 97))
def test_flipped_bytes_are_read_or_refused_by_name(place):
    data = bytearray(rebuilt())
    data[place % len(data)] ^= 0xFF
    try:
        assert read_table(bytes(data)).headers
    except failures.FileRefused:
        return  # a failure with a name is an answer; any other exception fails this test
