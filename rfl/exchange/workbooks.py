"""Workbooks (XLSX): the first visible sheet with content, as text, with the row numbers people see."""

import io
from dataclasses import dataclass

from matching.lists import UnsafeWorkbook, WorkbookLimits, cell_text, read_first_sheet
from rfl.exchange import failures
from rfl.exchange.failures import CellTooLong, DamagedWorkbook, EmptyFile, FileRefused, OldWorkbook
from rfl.exchange.limits import HEADER_SEARCH_ROWS, MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, MAX_WORKBOOK_PARTS

Record = tuple[int, list[str]]

_LIMITS = WorkbookLimits(rows=MAX_ROWS + HEADER_SEARCH_ROWS, columns=MAX_COLUMNS, parts=MAX_WORKBOOK_PARTS)


@dataclass(frozen=True)
class Sheet:
    """One sheet read completely: its name, its rows, and the names of other sheets that hold something."""

    name: str
    records: list[Record]
    others: tuple[str, ...]


def _failure(reason: str) -> FileRefused:
    """Return what the office is told for a reason of the guard."""
    named: dict[str, FileRefused] = {
        "old": OldWorkbook(),
        "bomb": failures.WorkbookBomb(),
        "parts": failures.TooManyParts(limit=MAX_WORKBOOK_PARTS),
        "unsafe_part": failures.UnsafePart(),
        "macros": failures.WorkbookWithMacros(),
        "links": failures.WorkbookWithLinks(),
        "area": failures.SheetTooLarge(),
        "rows": failures.TooManyRows(limit=MAX_ROWS),
        "columns": failures.TooManyColumns(line=1, limit=MAX_COLUMNS),
    }
    return named.get(reason, DamagedWorkbook())


def read_sheet(data: bytes) -> Sheet:
    """Check a workbook and read its first visible sheet that has content.

    Raises the failure of each reason to refuse a workbook, EmptyFile, or CellTooLong with the row.
    """
    try:
        sheet = read_first_sheet(io.BytesIO(data), _LIMITS)
    except UnsafeWorkbook as refused:
        raise _failure(refused.reason) from None
    if sheet is None:
        raise EmptyFile
    records = []
    for line, row in enumerate(sheet.rows, start=sheet.first_line):
        texts = [value if isinstance(value, str) else cell_text(value) for value in row]
        if max(map(len, texts), default=0) > MAX_CELL_CHARS:
            raise CellTooLong(line=line, limit=MAX_CELL_CHARS)
        if any(text.strip() for text in texts):
            records.append((line, texts))
    return Sheet(sheet.name, records, sheet.others)
