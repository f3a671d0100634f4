"""A list as a table, whatever file it came in: column names, and rows of text with their line numbers.

Invariant: a table that was returned can be read to its end; what is wrong with the file as a whole was raised before.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from rfl.domain.text import N_
from rfl.exchange.delimited import TextSource, check_records, find_delimiter, read_records
from rfl.exchange.encodings import find_encoding
from rfl.exchange.failures import EmptyFile, FileTooLarge, NotATable, OldWorkbook, TooManyRows
from rfl.exchange.limits import HEADER_SEARCH_ROWS, MAX_FILE_BYTES, MAX_ROWS, MEBIBYTE
from rfl.exchange.workbooks import read_sheet

Record = tuple[int, list[str]]

GUESSED_ENCODING = N_("The letters were read as %(encoding)s. If names look wrong, choose another encoding.")
OTHER_SHEETS = N_("Only the sheet %(sheet)s was read. These sheets also hold data: %(others)s.")
RENAMED_COLUMN = N_("Several columns are called %(name)s. Column %(number)d is shown here as %(new)s.")
NAMED_COLUMN = N_("Column %(number)d has no name. It is shown here as %(new)s.")
SKIPPED_LINES = N_("The lines before line %(line)d were taken as a title and left out.")

# First bytes of files that people send by mistake.
_NO_TABLES = {
    b"%pdf": "PDF", b"\x89png": "PNG", b"\xff\xd8\xff": "JPEG", b"gif8": "GIF", b"{\\rtf": "RTF", b"<!doctype": "HTML",
    b"<html": "HTML", b"<?xml": "XML", b"<pfif": "PFIF", b"par1": "Parquet", b"sqlite format 3": "SQLite",
    b"\x1f\x8b": "GZIP", b"rar!": "RAR", b"7z\xbc\xaf": "7z",
}  # fmt: skip
_OLE_CONTAINER = b"\xd0\xcf\x11\xe0"  # Excel 97-2003, and every workbook locked with a password
_ZIP = b"PK"
# A row of column names has at least this many; a title has one.
_FEWEST_NAMES = 2


@dataclass(frozen=True)
class Notice:
    """Something about the file that a person should know but that stops nothing; `message` is a template."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """What a file holds. `rows` yields (line number, cells) once; `reopen` gives them again from the start."""

    headers: list[str]
    rows: Iterator[Record]
    format: str
    reopen: Callable[[], Iterator[Record]]
    header_line: int = 1
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns that every row must have."""
        return len(self.headers)


def read_table(data: bytes, filename: str = "", *, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """Read a CSV or XLSX list; the content decides which it is, `filename` is never believed.

    `encoding` (one of `encodings.CHOICES`) and `delimiter` override what would be found. Raises the subclasses of
    `FileRefused` in `rfl.exchange.failures`, all of them before the first row is handed out.
    """
    del filename  # an extension says what somebody believed, not what the file is
    if len(data) > MAX_FILE_BYTES:
        raise FileTooLarge(limit=MAX_FILE_BYTES // MEBIBYTE)
    if data.startswith(_OLE_CONTAINER):
        raise OldWorkbook
    if data.startswith(_ZIP):
        return _from_workbook(data)
    _refuse_other_formats(data)
    return _from_text(data, encoding, delimiter)


def _refuse_other_formats(data: bytes) -> None:
    if not data.strip():
        raise EmptyFile
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:32].lower()
    kind = next((kind for mark, kind in _NO_TABLES.items() if start.startswith(mark)), None)
    if kind:
        raise NotATable(kind=kind)


def _from_text(data: bytes, chosen_encoding: str | None, chosen_delimiter: str | None) -> Table:
    encoding = find_encoding(data, chosen=chosen_encoding)
    source = TextSource(data, encoding.name, chosen_delimiter or find_delimiter(data, encoding.name))
    check_records(source)
    notices = [Notice(GUESSED_ENCODING, {"encoding": encoding.name})] if encoding.guessed else []
    return _table(
        lambda: read_records(source),
        notices,
        format="csv",
        encoding=encoding.name,
        delimiter=source.delimiter,
    )


def _from_workbook(data: bytes) -> Table:
    sheet = read_sheet(data)
    others = {"sheet": sheet.name, "others": ", ".join(sheet.others)}
    return _table(
        lambda: iter(sheet.records),
        [Notice(OTHER_SHEETS, others)] if sheet.others else [],
        format="xlsx",
        sheet=sheet.name,
    )


def _table(records: Callable[[], Iterator[Record]], notices: list[Notice], **facts: str) -> Table:
    skipped = _title_rows(list(islice(records(), HEADER_SEARCH_ROWS)))
    header_line, names = next(islice(records(), skipped, None), (0, []))
    if not names:
        raise EmptyFile
    headers, renamed = _distinct([name.strip() for name in names])
    if skipped:
        notices = [*notices, Notice(SKIPPED_LINES, {"line": header_line})]

    def rows() -> Iterator[Record]:
        return islice(records(), skipped + 1, None)

    if next(islice(rows(), MAX_ROWS, None), None) is not None:
        raise TooManyRows(limit=MAX_ROWS)
    return Table(headers, rows(), reopen=rows, header_line=header_line, notices=(*notices, *renamed), **facts)


def _title_rows(first: list[Record]) -> int:
    """Return how many rows stand above the column names: rows of one cell, when wider rows follow."""
    filled = [sum(1 for cell in cells if cell.strip()) for _, cells in first]
    if max(filled, default=0) < _FEWEST_NAMES:
        return 0
    return next(number for number, count in enumerate(filled) if count >= _FEWEST_NAMES)


def _distinct(names: list[str]) -> tuple[list[str], list[Notice]]:
    """Give every column a name of its own, so that a choice of columns means one column."""
    headers: list[str] = []
    notices: list[Notice] = []
    taken = {name.casefold() for name in names if name}
    seen: set[str] = set()
    for number, name in enumerate(names, start=1):
        new = name
        if not name or name.casefold() in seen:
            new = _free_name(name or f"column {number}", taken, keep_plain=not name)
            template = RENAMED_COLUMN if name else NAMED_COLUMN
            facts = {"name": name, "number": number, "new": new} if name else {"number": number, "new": new}
            notices.append(Notice(template, facts))
        taken.add(new.casefold())
        seen.add(new.casefold())
        headers.append(new)
    return headers, notices


def _free_name(name: str, taken: set[str], *, keep_plain: bool) -> str:
    if keep_plain and name.casefold() not in taken:
        return name
    return next(free for count in range(2, 10_000) if (free := f"{name} ({count})").casefold() not in taken)
