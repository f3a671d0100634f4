"""Workbooks (XLSX): the first visible sheet with content, checked before anything reads its cells."""

import io
from dataclasses import dataclass
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from matching.lists.failures import UnsafeWorkbook
from matching.lists.workbook_limits import WorkbookLimits
from matching.lists.workbook_safety import check_workbook


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet read completely: its name, the row its cells begin in, the cells, other sheets that hold something."""

    name: str
    first_line: int
    rows: list[list[Any]]
    others: tuple[str, ...]


def read_sheet(packed: BinaryIO, limits: WorkbookLimits) -> Sheet | None:
    """Check a workbook and read its first visible sheet that has content; None when there is none.

    Raises UnsafeWorkbook.
    """
    check_workbook(packed, limits)
    packed.seek(0, io.SEEK_SET)
    try:
        return _read(packed)
    except CalamineError as failure:
        raise UnsafeWorkbook("old" if "assword" in type(failure).__name__ else "damaged") from None
    except BaseException as failure:
        # A panic of the reader, written in Rust, arrives as a BaseException that has no importable name.
        if type(failure).__name__ != "PanicException":
            raise
        raise UnsafeWorkbook("damaged") from None


def _read(packed: BinaryIO) -> Sheet | None:
    with CalamineWorkbook.from_filelike(packed) as book:
        filled: list[str] = []
        first_line, rows = 0, list[list[Any]]()
        for name in _visible_sheets(book):
            sheet = book.get_sheet_by_name(name)
            if sheet.start is None:
                continue
            if not filled:
                first_line, rows = sheet.start[0] + 1, sheet.to_python(skip_empty_area=True)
            filled.append(name)
        return Sheet(filled[0], first_line, rows, tuple(filled[1:])) if filled else None


def _visible_sheets(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
