"""A list as a table, whatever file it came in: column names, and rows of text with their line numbers.

Invariant: a CSV or XLSX table that was returned can be read to its end, as often as wanted.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from matching.lists import delimited, parquet
from matching.lists.cell_text import cell_text
from matching.lists.failures import ListRefused
from matching.lists.workbook_limits import WorkbookLimits
from matching.lists.workbooks import read_sheet

Record = tuple[int, list[str]]

# First bytes of files that people send by mistake.
_NO_TABLES = {
    b"%pdf": "PDF", b"\x89png": "PNG", b"\xff\xd8\xff": "JPEG", b"gif8": "GIF", b"{\\rtf": "RTF", b"<!doctype": "HTML",
    b"<html": "HTML", b"<?xml": "XML", b"sqlite format 3": "SQLite", b"\x1f\x8b": "GZIP", b"rar!": "RAR",
    b"7z\xbc\xaf": "7z", b"\xd0\xcf\x11\xe0": "an Excel 97-2003 or locked workbook",
}  # fmt: skip
# The row of column names stands near the top: a title, a logo line, a date and a blank line may come before it.
_HEADER_SEARCH_ROWS = 10
# A row of column names has at least this many; a title has one.
_FEWEST_NAMES = 2


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds; `read` yields (line number, cells) of its `count` rows from the start each time.

    `digest` is the SHA-256 of the file; `notices` are sentences that a person should read but that stop nothing.
    """

    path: Path
    headers: list[str]
    count: int
    digest: str
    read: Callable[[], Iterator[Record]]
    notices: tuple[str, ...] = ()


def open_table(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """Open a CSV, XLSX or Parquet list; the content decides which it is. Raises ListRefused with the remedy."""
    try:
        with path.open("rb") as file:
            start = file.read(64)
            digest = hashlib.file_digest(file, lambda: hashlib.sha256(start)).hexdigest()
        if start.startswith(b"PK"):
            return _from_workbook(path, digest)
        if start.startswith(b"PAR1"):
            headers, count = parquet.read_shape(path)
            return Table(path, headers, count, digest, lambda: parquet.read_records(path))
        _refuse_other_formats(path, start)
        return _from_text(path, digest, encoding, delimiter)
    except OSError as failure:
        raise ListRefused(f"{path} cannot be read: {failure.strerror or failure}.") from None


def _refuse_other_formats(path: Path, start: bytes) -> None:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not text:
        raise ListRefused(f"{path} is empty. Check that the list was saved.")
    kind = next((kind for mark, kind in _NO_TABLES.items() if text.startswith(mark)), None)
    if kind:
        raise ListRefused(f"{path} is {kind}, not a list. Save it as CSV, XLSX or Parquet in its own program.")


def _from_text(path: Path, digest: str, encoding: str | None, delimiter: str | None) -> Table:
    text = delimited.open_text(path, encoding=encoding, delimiter=delimiter)
    notices = [f"The letters of {path.name} were read as {text.encoding}; if names look wrong, name the encoding."]
    skipped, headers = _header(path, delimited.read_records(text))
    count = delimited.count_records(text, len(headers)) - skipped - 1

    def read() -> Iterator[Record]:
        return islice(delimited.read_records(text), skipped + 1, None)

    return Table(path, headers, count, digest, read, tuple(notices if text.guessed else ()))


def _from_workbook(path: Path, digest: str) -> Table:
    with path.open("rb") as packed:
        sheet = read_sheet(packed, WorkbookLimits())
    if sheet is None:
        raise ListRefused(f"No visible sheet of {path} holds anything. Check that the list was saved.")
    notices = []
    if sheet.others:
        others = ", ".join(sheet.others)
        notices.append(f"Only the sheet {sheet.name} of {path.name} is read; these hold data too: {others}.")

    def records() -> Iterator[Record]:
        for line, row in enumerate(sheet.rows, start=sheet.first_line):
            cells = [value if isinstance(value, str) else cell_text(value) for value in row]
            if any(cell.strip() for cell in cells):
                yield line, cells

    skipped, headers = _header(path, records())
    count = sum(1 for _ in records()) - skipped - 1

    def read() -> Iterator[Record]:
        return islice(records(), skipped + 1, None)

    return Table(path, headers, count, digest, read, tuple(notices))


def _header(path: Path, records: Iterator[Record]) -> tuple[int, list[str]]:
    """Return how many rows stand above the column names (rows of one cell, when wider rows follow), and the names."""
    first = [cells for _, cells in islice(records, _HEADER_SEARCH_ROWS)]
    if not first:
        raise ListRefused(f"{path} holds no rows. Check that the list was saved.")
    filled = [sum(1 for cell in cells if cell.strip()) for cells in first]
    skipped = next((number for number, count in enumerate(filled) if count >= _FEWEST_NAMES), 0)
    return skipped, [name.strip() for name in first[skipped]]
