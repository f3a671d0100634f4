"""Workbooks (XLSX): the first visible sheet with content, as text, with the row numbers people see."""

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from matching.lists import UnsafeWorkbook, WorkbookLimits, check_workbook
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


def _records(sheet: CalamineSheet, *, first_line: int) -> list[Record]:
    """Return (row number in the sheet, cells as text), rows without content left out."""
    found = []
    for line, row in enumerate(sheet.to_python(skip_empty_area=True), start=first_line):
        texts = [value if isinstance(value, str) else cell_text(value) for value in row]
        if max(map(len, texts), default=0) > MAX_CELL_CHARS:
            raise CellTooLong(line=line, limit=MAX_CELL_CHARS)
        if any(text.strip() for text in texts):
            found.append((line, texts))
    return found


def cell_text(value: Any) -> str:
    """Return what a person reads in the cell: ISO dates, whole numbers without a decimal part."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else ""


def _load(data: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except CalamineError as failure:
        raise (OldWorkbook if "assword" in type(failure).__name__ else DamagedWorkbook) from None


def _visible_sheets(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def _read(data: bytes) -> Sheet:
    with _load(data) as book:
        filled: list[str] = []
        records: list[Record] = []
        for name in _visible_sheets(book):
            sheet = book.get_sheet_by_name(name)
            if sheet.start is None:
                continue
            if not filled:
                records = _records(sheet, first_line=sheet.start[0] + 1)
            filled.append(name)
        if not filled:
            raise EmptyFile
        return Sheet(filled[0], records, tuple(filled[1:]))


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

    Raises the failure of each reason of `check_workbook`, EmptyFile, or CellTooLong with the row.
    """
    try:
        check_workbook(io.BytesIO(data), _LIMITS)
    except UnsafeWorkbook as refused:
        raise _failure(refused.reason) from None
    try:
        sheet = _read(data)
    except CalamineError:
        raise DamagedWorkbook from None
    except BaseException as failure:
        # A panic of the reader, written in Rust, arrives as a BaseException that has no importable name.
        if type(failure).__name__ != "PanicException":
            raise
        raise DamagedWorkbook from None
    return sheet
