"""How far the cells of one part of a workbook reach, found in its bytes while they stream past.

The reader of cells holds the whole rectangle from the first to the last filled cell; a file of 500 bytes can ask for
17 thousand million cells. Everything that looks like a cell reference counts, in every part, so that no renaming helps.
"""

import re

from matching.lists.failures import UnsafeWorkbook
from matching.lists.workbook_limits import WorkbookLimits

# One tag with all its attributes; written by hand or machine it stays below a few hundred bytes.
MAX_TAG_BYTES = 1024 * 1024

# Formatted cells without content, and rows without cells, may reach to the last row of the sheet and take no room.
_EMPTY_CELL = re.compile(rb"<c(?:\s+\w+=\"[^\"<>&]*\")*\s*/>")
_EMPTY_ROW = re.compile(rb"<row(?:\s+[\w:.-]+=\"[^\"<>&]*\")*\s*(?:/>|>\s*</row>)")
# A cell that does not begin with its name stands right of the one before; office programs always write the name.
_CELL = re.compile(rb"[<:]c[\s/>]")
_NAMED_CELL = re.compile(rb"[<:]c\s+r\s*=")
# The look back comes second, so that the search can jump from one r to the next.
_REFERENCE = re.compile(rb"r(?<![\w:.-]r)\s*=\s*[\"']([^\"'<]*)")
_REFERENCES = re.compile(rb"(?:[A-Za-z]{0,3}[0-9]{1,7} )*")
_CELL_NAME = re.compile(rb"([A-Za-z]{0,3})([0-9]{1,7})")
_LETTERS = re.compile(rb"[A-Za-z]+")
_DIGITS = re.compile(rb"[0-9]+")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
_ALPHABET = 26


def column_number(letters: bytes) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * _ALPHABET + letter - ord("A") + 1
    return number


class Extent:
    """The last row and column mentioned so far; `feed` raises as soon as they are too far away."""

    def __init__(self, limits: WorkbookLimits) -> None:
        self.begun = False
        self._limits = limits
        self._rest = b""
        self._last_row = self._last_column = self._unnamed_cells = 0

    def feed(self, piece: bytes) -> None:
        """Look at the next bytes. Raises UnsafeWorkbook."""
        if not self.begun:
            self.begun = True
            _check_start(piece)
        text = self._rest + piece
        cut = text.rfind(b"<row")
        if cut < 0 or len(text) - cut > MAX_TAG_BYTES:
            cut = text.rfind(b"<")
        if len(text) - cut > MAX_TAG_BYTES:
            raise UnsafeWorkbook("damaged")
        self._measure(text[: max(cut, 0)])
        self._rest = text[max(cut, 0) :]

    def close(self) -> None:
        """Look at what is left when the part ends."""
        self._measure(self._rest)
        self._rest = b""

    def _measure(self, text: bytes) -> None:
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise UnsafeWorkbook("damaged")
        filled = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", text))
        self._unnamed_cells += _unnamed_cells(filled)
        references = b" ".join([*_REFERENCE.findall(filled), b""])
        if not _REFERENCES.fullmatch(references):
            references = b" ".join(_only_names(references.split(b" ")))
        rows, columns = set(_DIGITS.findall(references)), set(_LETTERS.findall(references))
        self._last_row = max([self._last_row, *map(int, rows)])
        self._last_column = max([self._last_column, *map(column_number, columns)])
        self._check()

    def _check(self) -> None:
        if self._last_row > self._limits.rows:
            raise UnsafeWorkbook("rows")
        if self._last_column > self._limits.columns:
            raise UnsafeWorkbook("columns")
        # Where unnamed cells stand is not followed; all of them in one row is the worst they can do.
        if max(1, self._last_row) * (self._last_column + self._unnamed_cells) > self._limits.cells:
            raise UnsafeWorkbook("area")


def _unnamed_cells(text: bytes) -> int:
    """Count the cells without a name; counting plain words first is much faster, and enough for nearly every file."""
    if text.count(b"<c") == text.count(b'<c r="') and b":c" not in text:
        return 0
    return len(_CELL.findall(text)) - len(_NAMED_CELL.findall(text))


def _only_names(values: list[bytes]) -> list[bytes]:
    """Other parts have attributes called r too; one written so that it is not recognised is refused."""
    if any(b"&" in value for value in values):
        raise UnsafeWorkbook("damaged")
    return [value for value in values if _CELL_NAME.fullmatch(value)]


def _check_start(piece: bytes) -> None:
    """The bytes are searched as they are, so they must be in an encoding that keeps ASCII as it is."""
    if b"\x00" in piece[:64]:
        raise UnsafeWorkbook("damaged")
    named = _ENCODING.search(piece[:256])
    if named and named[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}:
        raise UnsafeWorkbook("damaged")
