"""Delimited text (CSV and its relatives) read as a stream, however long the file is.

Invariant: a text that `count_records` read to its end can be read again without a failure.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matching.lists.encodings import CHOICES, SAMPLE_BYTES, likely_encodings, marked_encoding
from matching.lists.failures import ListRefused

DELIMITERS = (",", ";", "\t", "|")
Record = tuple[int, list[str]]
# Rows looked at to find the delimiter; beyond the header they only confirm.
_SAMPLE_ROWS = 50
# A line of a list has some hundred characters; one this long is no list, and would fill the memory.
_MAX_LINE_CHARS = 4 * 1024 * 1024
_CHUNK_BYTES = 1024 * 1024
# Written behind the last line: inside a quotation that never closes it becomes part of the last cell.
_END = "\x00end\x00"


@dataclass(frozen=True, slots=True)
class Text:
    """A text file, its encoding (`guessed` when it should be checked by eye), and its delimiter."""

    path: Path
    encoding: str
    guessed: bool = False
    delimiter: str = ","


def open_text(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Text:
    """Find encoding and delimiter of a file where they are not given; ListRefused when nothing fits."""
    text = _with_encoding(path, encoding)
    return Text(path, text.encoding, text.guessed, delimiter or _find_delimiter(text))


def _with_encoding(path: Path, chosen: str | None) -> Text:
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    if chosen is not None:
        marked = marked_encoding(sample)
        name = marked if marked and marked.startswith(chosen) else chosen
        if chosen not in CHOICES or not _decodes(path, name):
            raise ListRefused(f"{path} is not written in {chosen}; the encodings known are {', '.join(CHOICES)}.")
        return Text(path, name)
    for name, guessed in likely_encodings(sample):
        if _decodes(path, name):
            return Text(path, name, guessed)
    raise ListRefused(f"The letters of {path} cannot be read. Save it again as CSV with the encoding UTF-8.")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK_BYTES):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _lines(text: Text) -> Iterator[str]:
    with io.TextIOWrapper(text.path.open("rb"), text.encoding, "strict", newline="") as file:
        number = 0
        while line := file.readline(_MAX_LINE_CHARS):
            number += 1
            if len(line) >= _MAX_LINE_CHARS:
                raise ListRefused(f"Line {number} of {text.path} has more than {_MAX_LINE_CHARS:,} characters.")
            yield line
    yield _END


def _all_records(text: Text) -> Iterator[tuple[int, int, list[str]]]:
    """Yield (first line, last line, cells) of every record, blank ones included."""
    reader = csv.reader(_lines(text), delimiter=text.delimiter)
    begin = 1
    try:
        for cells in reader:
            if cells == [_END]:
                return
            if cells and cells[-1].endswith(_END):
                raise ListRefused(_unclosed(text, begin))
            yield begin, reader.line_num, cells
            begin = reader.line_num + 1
    except csv.Error:
        raise ListRefused(_unclosed(text, begin)) from None


def _unclosed(text: Text, line: int) -> str:
    return (
        f'A quotation mark (") opens in line {line} of {text.path} and does not close where it should. '
        "Close it, or remove it, and start again."
    )


def read_records(text: Text) -> Iterator[Record]:
    """Yield (line, cells) of every record, blank lines left out; a `sep=;` line of Excel is skipped.

    Raises ListRefused where a quotation mark makes rows disappear.
    """
    for begin, _, cells in _all_records(text):
        if any(cell.strip() for cell in cells) and not (begin == 1 and _named_separator(text, cells)):
            yield begin, cells


def count_records(text: Text, width: int) -> int:
    """Read everything once and return the number of records.

    Raises ListRefused, also for a record over several lines with fewer than `width` cells: the rows in between
    would be lost inside one cell.
    """
    count = 0
    for begin, end, cells in _all_records(text):
        if end > begin and len(cells) < width:
            raise ListRefused(_unclosed(text, begin))
        count += any(cell.strip() for cell in cells) and not (begin == 1 and bool(_named_separator(text, cells)))
    return count


def _named_separator(text: Text, cells: list[str]) -> str:
    """Excel writes `sep=;` above the header when asked to be clear."""
    line = text.delimiter.join(cells).strip().strip('"').lower()
    return line[4:] if line.startswith("sep=") and line[4:] in DELIMITERS else ""


def _find_delimiter(text: Text) -> str:
    """Return the delimiter that divides the first records most evenly; a comma when there is one column."""
    first = next(iter(_lines(text)))
    if named := _named_separator(text, [first]):
        return named
    scored = [(_regularity(Text(text.path, text.encoding, delimiter=sign)), sign) for sign in DELIMITERS]
    best, sign = max(scored, key=lambda pair: pair[0])
    return sign if best[1] > 1 else DELIMITERS[0]


def _regularity(text: Text) -> tuple[float, int]:
    """Return how many of the first records have the commonest width, and that width."""
    widths: list[int] = []
    try:
        for _, cells in read_records(text):
            widths.append(len(cells))
            if len(widths) >= _SAMPLE_ROWS:
                break
    except ListRefused:
        pass
    several = [width for width in widths if width > 1]
    if not several:
        return 0.0, 0
    width, count = Counter(several).most_common(1)[0]
    return count / len(widths), width
