"""What days a date written in EDTF can mean: earliest, latest, and whether it was only an estimate.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019; the `edtf` library checks and widens it.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

Bounds = tuple[date, date, bool]
"""Earliest day, latest day, and true for an estimate, an open end, or one of several days."""

# An open end is closed after the longest human life on record (122 years and 164 days, INSEE 1997), rounded
# up.
LONGEST_LIFE_YEARS = 123
# Longest text given to the parser: "[1994-05-12,1994-12-05]" is 23 characters, and nobody tells four such
# sets.
LONGEST_EDTF = 80
_ESTIMATE = re.compile(r"[?~%\[{]")
_OPEN = ("", "..")
_DATE = r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?"
_PART = re.compile(_DATE + r"([?~%]?)")
_SET = re.compile(r"\[[0-9,-]+\]")
# How often the padding counts for each mark: MULTIPLIER_IF_* in the settings of the `edtf` library.
_WIDENINGS = {"": 0, "?": 1, "~": 1, "%": 2}


def _years_away(day: date, years: int) -> date:
    """Return the same day of another year, kept inside what `date` can hold; 29 February becomes the 28th."""
    year = min(max(day.year + years, date.min.year), date.max.year)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _moved(day: date, months: int, days: int) -> date:
    """Return `day` moved by calendar months, kept within the month reached, and then by days."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length)) + timedelta(days=days)


def _part(edtf: str, *, fuzzy: bool) -> tuple[date, date] | None:
    """Return the bounds of "1994", "1994-05" or "1994-05-12" with a mark, without the cost of the full parser.

    The widening repeats the library's settings: one year, with a month known one month more, with a day one
    day more.
    """
    found = _PART.fullmatch(edtf)
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    low = date(year, month or 1, day or 1)
    high = low if day else date(year, month or 12, monthrange(year, month or 12)[1])
    times = _WIDENINGS[found[4]] if fuzzy else 0
    if not times:
        return low, high
    months, days = times * (13 if month else 12), times if day else 0
    return _moved(low, -months, -days), _moved(high, months, days)


def _common(edtf: str, *, fuzzy: bool) -> tuple[date, date] | None:
    """Return the bounds of the forms `dates` writes: a part, an interval of two, or a set of unmarked parts."""
    if "/" in edtf:
        start, _, end = edtf.partition("/")
        first, last = _part(start, fuzzy=fuzzy), _part(end, fuzzy=fuzzy)
        return (first[0], last[1]) if first and last else None
    if not edtf.startswith("["):
        return _part(edtf, fuzzy=fuzzy)
    parts = [_part(part, fuzzy=False) for part in edtf[1:-1].split(",")] if _SET.fullmatch(edtf) else []
    days = [found for found in parts if found]
    return (min(low for low, _ in days), max(high for _, high in days)) if days else None


def _closed(edtf: str, *, fuzzy: bool) -> tuple[date, date] | None:
    """Return the bounds of an expression without open ends; None when it names no real days."""
    try:
        if found := _common(edtf, fuzzy=fuzzy):
            return found
        parsed = parse_edtf(edtf)
        low = parsed.lower_fuzzy() if fuzzy else parsed.lower_strict()
        high = parsed.upper_fuzzy() if fuzzy else parsed.upper_strict()
        return date(*low[:3]), date(*high[:3])
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
        return None


def _half_open(start: str, end: str, *, fuzzy: bool) -> tuple[date, date] | None:
    known = _closed(start if end in _OPEN else end, fuzzy=fuzzy)
    if known is None:
        return None
    if end in _OPEN:
        return known[0], _years_away(known[0], LONGEST_LIFE_YEARS)
    return _years_away(known[1], -LONGEST_LIFE_YEARS), known[1]


@lru_cache(maxsize=20_000)
def _days(edtf: str, *, fuzzy: bool) -> tuple[date, date] | None:
    if not edtf or len(edtf) > LONGEST_EDTF:
        return None
    start, slash, end = edtf.partition("/")
    if slash and (start in _OPEN) != (end in _OPEN):
        found = _half_open(start, end, fuzzy=fuzzy)
    else:
        found = _closed(edtf, fuzzy=fuzzy)
    return found if found and found[0] <= found[1] else None


def bounds(edtf: str) -> Bounds | None:
    """Return (earliest, latest, approximate) of an EDTF text, with what "about" allows already included.

    The widening is that of the `edtf` library: one unit of the precision given on each side ("1994~" is 1993
    to 1995), two for "%". A side left open is closed one longest human life away. None when the text is empty
    or not readable.
    """
    found = _days(edtf, fuzzy=True)
    if found is None:
        return None
    is_open = edtf.startswith(("/", "..")) or edtf.endswith(("/", ".."))
    return found[0], found[1], is_open or bool(_ESTIMATE.search(edtf))


def strict_bounds(edtf: str) -> tuple[date, date] | None:
    """Return (earliest, latest) as literally written, without widening "about"; None as for `bounds`."""
    return _days(edtf, fuzzy=False)


def spell(first: date, last: date) -> str:
    """Return the shortest EDTF for all days from `first` to `last`: a day, a month, a year or an interval."""
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year:04}" if first.year == last.year else f"{first.year:04}/{last.year:04}"
    same_month = (first.year, first.month) == (last.year, last.month)
    if same_month and first.day == 1 and (last + timedelta(days=1)).day == 1:
        return f"{first.year:04}-{first.month:02}"
    return f"{first.isoformat()}/{last.isoformat()}"
