"""Files for spreadsheets: CSV and XLSX that hold text and nothing else.

No cell can act as a formula, and no file says who made it, where, or from what.
"""

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from xml.sax.saxutils import escape

from matching.lists import guard, unguard
from rfl.exchange.limits import EXCEL_CELL_CHARS

__all__ = ["guard", "unguard", "write_csv", "write_xlsx"]

# Excel opens UTF-8 without this mark as the local 8-bit encoding, and names turn into signs.
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MARKUP = re.compile("[&<>\r]")
_PIECE_BYTES = 64 * 1024
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# What XML 1.0 (section 2.2) cannot hold at all.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield a CSV file in pieces: UTF-8 with its mark, commas, every cell quoted and guarded.

    Cells are quoted even without need, so that a program expecting semicolons cannot cut a cell in two and
    find a formula in the second half. Lone surrogates become U+FFFD.
    """
    yield _BYTE_ORDER_MARK
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in itertools.chain([headers], rows):
        writer.writerow([guard(cell) for cell in row])
        if buffer.tell() > _PIECE_BYTES:
            yield _take(buffer)
    yield _take(buffer)


def _take(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).encode()


_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Style 1 is the quote prefix: a cell edited by hand stays text, as if typed after an apostrophe.
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_CONTENT}worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_CONTENT}styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="list" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>",
}


def write_xlsx(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook of one visible sheet whose cells are all text; characters XML cannot hold are left out.

    Rows go straight into the compressed part: memory grows with the packed file only, and nothing touches the disk.
    Text beyond what Excel shows in a cell is cut and ends with an ellipsis.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in _PARTS.items():
            archive.writestr(zipfile.ZipInfo(name), _XML + xml, zipfile.ZIP_DEFLATED)
        sheet = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
        sheet.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(sheet, "w") as part:
            part.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            part.write(_row_xml(1, headers))
            for number, row in enumerate(rows, start=2):
                part.write(_row_xml(number, row))
            part.write(b"</sheetData></worksheet>")
    return packed.getvalue()


def _row_xml(number: int, row: Sequence[str]) -> bytes:
    cells = "".join([_cell_xml(f"{_column_name(index)}{number}", text) for index, text in enumerate(row)])
    return f'<row r="{number}">{cells}</row>'.encode()


def _cell_xml(reference: str, text: str) -> str:
    kept = text if text.isprintable() else _NOT_XML.sub("", text)
    if len(kept) > EXCEL_CELL_CHARS:
        kept = kept[: EXCEL_CELL_CHARS - 1] + "…"
    style = ' s="1"' if guard(kept) != kept else ""
    # A carriage return would be read as a line feed unless it is written as a reference.
    shown = escape(kept, {"\r": "&#13;"}) if _MARKUP.search(kept) else kept
    return f'<c r="{reference}" t="inlineStr"{style}><is><t xml:space="preserve">{shown}</t></is></c>'


@cache
def _column_name(index: int) -> str:
    """Return A for 0, AA for 26."""
    before, letter = divmod(index, 26)
    return (_column_name(before - 1) if before else "") + chr(ord("A") + letter)
