"""Dates and ages of lists become intervals of days: EDTF first, and the plain ways in which spreadsheets write a day.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019; its rare forms are read by the `edtf` package.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from matching.types import Interval

# The longest human life on record is 122 years and 164 days (INSEE 1997), rounded up; it closes an open end.
LONGEST_LIFE_YEARS = 123
# Longest text given to the parser: "[1994-05-12,1994-12-05]" is 23 characters, and nobody tells four such sets.
_LONGEST_EDTF = 80
# Years to each side of "about 17": told ages gather on round numbers, and two years keeps both neighbours.
_ABOUT_YEARS = 2

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})", re.ASCII)
_YEAR_MONTH_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}", re.ASCII)
# Workbooks and databases add a time to every day.
_TIME = re.compile(r"[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$", re.ASCII)
_AGE = re.compile(r"(~?)\s*(\d{1,3})(?:\s*[-/–]\s*(\d{1,3}))?\s*([~?]?)", re.ASCII)
_ESTIMATE = re.compile(r"[?~%\[{]")
_OPEN = frozenset(("", ".."))


def plain_digits(text: str) -> str:
    """Return `text` with the digits of every script as 0 to 9."""
    return text if text.isascii() else "".join(str(int(ch)) if ch.isdecimal() else ch for ch in text)


@lru_cache(maxsize=100_000)
def read_interval(text: str) -> Interval | None:
    """Return the days `text` may mean, approximate where it says "about"; None when it is empty or not readable.

    Where day and month can be read in both orders (05/04/1994), the interval reaches from one to the other.
    """
    plain = _TIME.sub("", plain_digits(text).strip())
    if not plain or len(plain) > _LONGEST_EDTF:
        return None
    try:
        return _edtf(plain) or _written(plain)
    except (ValueError, OverflowError):
        return None


def read_year(text: str) -> Interval | None:
    """Return the year of a date such as 1850-86-18, whose month or day there is not; None for any other text."""
    return read_interval(text[:4]) if _YEAR_MONTH_DAY.fullmatch(text) else None


def _edtf(text: str) -> Interval | None:
    if part := _part(text):
        return part
    start, slash, end = text.partition("/")
    if slash and (start in _OPEN) != (end in _OPEN):
        return _half_open(start, end)
    if slash and (first := _part(start)) and (last := _part(end)):
        return Interval(first.earliest, last.latest, approximate=first.approximate or last.approximate)
    return None if _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text) else _parsed(text)


def _part(text: str) -> Interval | None:
    """A year, month or day with its mark, without the cost of the full parser."""
    found = _PART.fullmatch(text)
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    low = date(year, month or 1, day or 1)
    high = low if day else date(year, month or 12, monthrange(year, month or 12)[1])
    return Interval(low, high, approximate=bool(found[4]))


def _half_open(start: str, end: str) -> Interval | None:
    known = _part(end if start in _OPEN else start)
    if known is None:
        return None
    if start in _OPEN:
        return Interval(_years_away(known.latest, -LONGEST_LIFE_YEARS), known.latest, approximate=True)
    return Interval(known.earliest, _years_away(known.earliest, LONGEST_LIFE_YEARS), approximate=True)


def _years_away(day: date, years: int) -> date:
    """Return the same day of another year, kept inside what `date` can hold; 29 February becomes the 28th."""
    year = min(max(day.year + years, date.min.year), date.max.year)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _parsed(text: str) -> Interval | None:
    try:
        parsed = parse_edtf(text)
        first, last = date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])
    except (EDTFParseException, TypeError, AttributeError):
        return None
    return Interval(first, last, approximate=bool(_ESTIMATE.search(text)))


def _written(text: str) -> Interval | None:
    """A day as spreadsheets write it, with the year at either end."""
    if found := _YEAR_FIRST.fullmatch(text):
        day = date(int(found[1]), int(found[3]), int(found[4]))
        return Interval(day, day)
    if not (found := _DAY_FIRST.fullmatch(text)):
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    # Dots stand between day and month, in this order, wherever they are used.
    orders = ((first, second),) if found[2] == "." else ((first, second), (second, first))
    days = [date(year, month, day) for day, month in orders if month <= len("JFMAMJJASOND")]
    return Interval(min(days), max(days), approximate=len(set(days)) > 1) if days else None


def read_age(text: str, as_of: Interval) -> Interval | None:
    """Return the days on which somebody of this age (17, 15-18, ~17; whole years) on a day of `as_of` may be born.

    None when the age is not readable or beyond LONGEST_LIFE_YEARS.
    """
    found = _AGE.fullmatch(plain_digits(text).strip())
    if not found:
        return None
    low, high = int(found[2]), int(found[3] or found[2])
    if not low <= high <= LONGEST_LIFE_YEARS:
        return None
    slack = _ABOUT_YEARS if found[1] or found[4] else 0
    first = _years_away(as_of.earliest, -(high + slack + 1)) + timedelta(days=1)
    return Interval(first, _years_away(as_of.latest, -max(0, low - slack)), approximate=True)
