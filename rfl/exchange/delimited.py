"""Delimited text (CSV and its relatives): records with their line numbers.

Invariant: after `check_records` returned, the same records can be read again to the end without a failure.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rfl.exchange.failures import BinaryInText, CellTooLong, TooManyColumns, TooManyRows, UnclosedQuote
from rfl.exchange.limits import HEADER_SEARCH_ROWS, MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS

DELIMITERS = (",", ";", "\t", "|")
# Rows looked at to find the delimiter; beyond the header they only confirm.
_SAMPLE_ROWS = 50
# Written behind the last line: inside a quotation that never closes it becomes part of the last cell.
_END = "\x00end\x00"

Record = tuple[int, list[str]]


@dataclass(frozen=True)
class TextSource:
    """The bytes of a text file, its encoding, and the delimiter once it is known."""

    data: bytes
    encoding: str
    delimiter: str = ","


class _Lines:
    """Physical lines, counted, with the end marked; a NUL character is refused with its line."""

    def __init__(self, source: TextSource) -> None:
        self._text = io.TextIOWrapper(io.BytesIO(source.data), source.encoding, "strict", newline="")
        self.number = 0
        self.last = ""
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline()
        if line:
            self.number += 1
            if "\x00" in line:
                raise BinaryInText(line=self.number)
            self.last = line
            return line
        if self.ended:
            raise StopIteration
        self.ended = True
        return _END


def _reread(line: str, delimiter: str, number: int) -> list[str]:
    """Read a line whose inner quotation marks are not doubled as the rules ask: "Ali" Hassan becomes Ali Hassan."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # only a cell beyond the limit of the csv module itself
        raise CellTooLong(line=number, limit=MAX_CELL_CHARS) from None


def _records(source: TextSource) -> Iterator[tuple[int, int, list[str]]]:
    """Yield (first line, last line, cells) of every record, the header and blank lines included."""
    lines = _Lines(source)
    reader = csv.reader(lines, delimiter=source.delimiter, strict=True)
    while True:
        begin = lines.number + 1
        try:
            cells = next(reader)
        except csv.Error:
            # A quotation over several lines that ends in the middle of a word began with a mark nobody closed.
            if lines.ended or lines.number > begin:
                raise UnclosedQuote(line=begin) from None
            cells = _reread(lines.last, source.delimiter, begin)
        if cells == [_END]:
            return
        yield begin, lines.number, cells


def read_records(source: TextSource) -> Iterator[Record]:
    """Yield (line, cells) of every record, blank lines left out; a `sep=;` line of Excel is skipped.

    Raises UnclosedQuote, CellTooLong and BinaryInText where the text stops making sense.
    """
    for begin, _, cells in _records(source):
        if any(cell.strip() for cell in cells) and not (begin == 1 and _is_separator_line(cells, source)):
            yield begin, cells


def _is_separator_line(cells: list[str], source: TextSource) -> bool:
    return _named_separator(source.delimiter.join(cells)) == source.delimiter


def _named_separator(line: str) -> str | None:
    """Excel writes `sep=;` above the header when asked to be clear."""
    text = line.strip().strip('"').lower()
    return text[4:] if text.startswith("sep=") and text[4:] in DELIMITERS else None


def _regularity(source: TextSource) -> tuple[float, int]:
    """Return how many of the first records have the commonest width, and that width."""
    widths: list[int] = []
    try:
        for _, cells in read_records(source):
            widths.append(len(cells))
            if len(widths) >= _SAMPLE_ROWS:
                break
    except (UnclosedQuote, CellTooLong):
        pass
    width, count = Counter(w for w in widths if w > 1).most_common(1)[0] if max(widths, default=0) > 1 else (0, 0)
    return (count / len(widths) if widths else 0.0), width


def find_delimiter(data: bytes, encoding: str) -> str:
    """Return the delimiter that divides the first records most evenly; a comma when there is one column."""
    first = io.TextIOWrapper(io.BytesIO(data), encoding, newline="").readline(len("sep=;") + 4)
    named = _named_separator(first)
    if named:
        return named
    scored = [(_regularity(TextSource(data, encoding, sign)), sign) for sign in DELIMITERS]
    best, sign = max(scored, key=lambda pair: pair[0])
    return sign if best[1] > 1 else DELIMITERS[0]


def check_records(source: TextSource) -> None:
    """Read everything once, so that reading again cannot fail half-way.

    Raises UnclosedQuote, BinaryInText, CellTooLong, TooManyColumns or TooManyRows with the line.
    """
    widest = 0
    for count, (begin, end, cells) in enumerate(_records(source)):
        if count > MAX_ROWS + HEADER_SEARCH_ROWS:
            raise TooManyRows(limit=MAX_ROWS)
        if len(cells) > MAX_COLUMNS:
            raise TooManyColumns(line=begin, limit=MAX_COLUMNS)
        if end > begin and len(cells) < widest:
            # Too few cells over several lines: the rows in between would be lost inside one cell.
            raise UnclosedQuote(line=begin)
        if any(len(cell) > MAX_CELL_CHARS for cell in cells):
            raise (UnclosedQuote(line=begin) if end > begin + 1 else CellTooLong(line=begin, limit=MAX_CELL_CHARS))
        widest = max(widest, len(cells)) if count < HEADER_SEARCH_ROWS else widest
