"""Two intervals of birth are compared as evidence: overlap by width, and the known ways of being wrong."""

from __future__ import annotations

from datetime import date

from matching.types import Interval

_DAYS = 365.2425
# Years below this in a birth field can only be of another calendar.
_LAST_HIJRI_YEAR = 1500
# Solar Hijri years run 621 behind (Persian new year in March); Hijri years are 354.37 days long since 622.
_SOLAR_OFFSET = 621
_HIJRI_START, _HIJRI_LENGTH = 622.54, 0.970229
# The Ethiopian year runs seven years behind, eight from January to September.
_ETHIOPIAN_GAPS = (7, 8)


# Two stated years so far apart: (at most, level); chosen by what errors of memory and entry do.
_YEAR_STEPS = ((1, "one_year"), (3, "few_years"), (6, "some_years"), (12, "many_years"))
_DECADE = 10
# Widths in years up to which an overlap counts as a month, a year, a few years, a wide span; the sums of
# two whole years exceed 2 by a leap day.
_MONTH, _ONE_YEAR, _TWO_YEARS, _THREE_YEARS, _FEW_YEARS, _WIDE = 0.12, 1.1, 2.1, 3.1, 5.1, 13.0
# Stated ages slip by a year or two; exact dates do not.
_SOFT_GAP, _FIRM_GAP = 2.0, 0.2
# Registration desks and families mix up days within a month.
_DAYS_OF_DOUBT = 31


def width(interval: Interval) -> int:
    """Return the number of days in `interval`, at least 1."""
    return (interval.latest - interval.earliest).days + 1


def gap_years(left: Interval, right: Interval) -> float:
    """Return the years between two intervals, 0.0 when they overlap."""
    days = max((right.earliest - left.latest).days, (left.earliest - right.latest).days, 0)
    return days / _DAYS


def compare_births(left: Interval | None, right: Interval | None) -> tuple[str, dict[str, int]]:
    """Return (level, params) of two births; `missing` when one is unknown."""
    if left is None or right is None:
        return "missing", {}
    calendar = _calendar(left, right)
    if calendar:
        return calendar, {}
    years = abs(left.earliest.year - right.earliest.year)
    if width(left) == 1 and width(right) == 1:
        return _compare_days(left.earliest, right.earliest), {"years": years}
    gap = gap_years(left, right)
    if gap == 0.0:
        return _overlap(left, right), {}
    if _placeholder(left) or _placeholder(right):
        gap = max(0, years - 1) if years else 0.0
    return _apart(gap, left, right), {"years": max(1, round(gap))}


def _placeholder(interval: Interval) -> bool:
    return width(interval) == 1 and interval.earliest.month == interval.earliest.day == 1


def _compare_days(left: date, right: date) -> str:
    if left == right:
        return "placeholder_day" if (left.month, left.day) == (1, 1) else "same_day"
    same_year = left.year == right.year
    if same_year and (left.month, left.day) == (right.day, right.month):
        return "swapped"
    if same_year and (1, 1) in ((left.month, left.day), (right.month, right.day)):
        return "placeholder_day"
    if _one_digit(left.isoformat(), right.isoformat()):
        return "one_digit"
    if same_year:
        return "same_year_other_day"
    return _years_apart(abs(left.year - right.year))


def _one_digit(left: str, right: str) -> bool:
    different = [place for place, (one, other) in enumerate(zip(left, right, strict=True)) if one != other]
    if len(different) == 1:
        return True
    first, last = different[0], different[-1]
    exchanged = left[first] == right[last] and left[last] == right[first]
    return exchanged and last == first + 1


def _years_apart(years: int) -> str:
    if years == _DECADE:
        return "decade_slip"
    if years in _ETHIOPIAN_GAPS:
        return "ethiopian"
    return next((level for most, level in _YEAR_STEPS if years <= most), "far")


def _overlap(left: Interval, right: Interval) -> str:
    wide = max(width(left), width(right)) / _DAYS
    both = (width(left) + width(right)) / _DAYS
    if wide <= _MONTH:
        return "same_month"
    if _placeholder(left) or _placeholder(right):
        return "placeholder_day" if wide <= _ONE_YEAR else "overlap_few" if wide <= _THREE_YEARS else "overlap_wide"
    steps = ((_TWO_YEARS, "same_year"), (_FEW_YEARS, "overlap_few"), (_WIDE, "overlap_wide"))
    return next((level for most, level in steps if both <= most), "overlap_open")


def _apart(gap: float, left: Interval, right: Interval) -> str:
    soft = left.approximate or right.approximate or max(width(left), width(right)) > _ONE_YEAR * _DAYS
    if gap <= (_SOFT_GAP if soft else _FIRM_GAP):
        return "near" if gap <= 1.0 else "one_year"
    return _years_apart(max(1, round(gap - (1.0 if soft else 0.0))))


def _calendar(left: Interval, right: Interval) -> str:
    old, new = sorted((left, right), key=lambda one: one.earliest)
    if old.latest.year >= _LAST_HIJRI_YEAR or new.earliest.year < _LAST_HIJRI_YEAR:
        return ""
    middle = new.earliest.year, new.latest.year
    solar = old.earliest.year + _SOLAR_OFFSET
    hijri = round(old.earliest.year * _HIJRI_LENGTH + _HIJRI_START)
    if middle[0] - 1 <= solar + 1 and solar - 1 <= middle[1]:
        return "solar_hijri"
    if middle[0] - 1 <= hijri and hijri - 1 <= middle[1]:
        return "hijri"
    return "far"


def compare_order(seen: Interval | None, registered: Interval | None) -> tuple[str, dict[str, int]]:
    """Return whether registration can follow the last contact; a month of doubt is left to either date."""
    if seen is None or registered is None:
        return "missing", {}
    if (seen.earliest - registered.latest).days > _DAYS_OF_DOUBT:
        return "before", {"days": (seen.earliest - registered.latest).days}
    return "plausible", {}


def years_of(interval: Interval) -> tuple[int, int]:
    """Return (first, last) Gregorian year an interval may mean; years before 1500 are read as Solar Hijri."""
    first, last = interval.earliest.year, interval.latest.year
    if last < _LAST_HIJRI_YEAR:
        return first + _SOLAR_OFFSET, last + _SOLAR_OFFSET
    return first, last
