"""Two intervals of birth are compared as evidence: overlap by width, and the known ways of being wrong."""

from __future__ import annotations

from typing import Final

from matching.compiled import borrowing
from matching.levels import code
from matching.people import APPROX, BORN_FROM, BORN_TO, DAY_FROM, DAY_TO, ETHIOPIAN, PeopleArrays

_MISSING: Final = 0
_SAME_DAY: Final = code("birth", "same_day")
_PLACEHOLDER: Final = code("birth", "placeholder_day")
_SAME_MONTH: Final = code("birth", "same_month")
_SAME_YEAR: Final = code("birth", "same_year")
_FEW: Final = code("birth", "overlap_few")
_WIDE: Final = code("birth", "overlap_wide")
_OPEN: Final = code("birth", "overlap_open")
_SWAPPED: Final = code("birth", "swapped")
_DIGIT: Final = code("birth", "one_digit")
_OTHER_DAY: Final = code("birth", "same_year_other_day")
_NEAR: Final = code("birth", "near")
_ONE_YEAR: Final = code("birth", "one_year")
_FEW_YEARS: Final = code("birth", "few_years")
_SOME_YEARS: Final = code("birth", "some_years")
_DECADE_SLIP: Final = code("birth", "decade_slip")
_HIJRI: Final = code("birth", "hijri")
_SOLAR: Final = code("birth", "solar_hijri")
_ETHIOPIAN: Final = code("birth", "ethiopian")
_MANY_YEARS: Final = code("birth", "many_years")
_FAR: Final = code("birth", "far")

_DAYS: Final = 365.2425
# Years below this in a birth field can only be of another calendar.
LAST_HIJRI_YEAR: Final = 1500
# Solar Hijri years run 621 behind (Persian new year in March); Hijri years are 354.37 days long since 622.
SOLAR_OFFSET: Final = 621
_HIJRI_START: Final = 622.54
_HIJRI_LENGTH: Final = 0.970229
# The Ethiopian year runs seven years behind, eight from January to September.
_ETHIOPIAN_GAPS: Final = (7, 8)
_DECADE: Final = 10
# Two stated years so far apart, at most: chosen by what errors of memory and entry do.
_ONE, _THREE, _SIX, _TWELVE = 1, 3, 6, 12
# Widths in years up to which an overlap counts as a month, a year, a few years, a wide span; the sums of
# two whole years exceed 2 by a leap day.
_W_MONTH, _W_YEAR, _W_TWO, _W_THREE, _W_FEW, _W_WIDE = 0.12, 1.1, 2.1, 3.1, 5.1, 13.0
# Stated ages slip by a year or two; exact dates do not.
_SOFT_GAP: Final = 2.0
_FIRM_GAP: Final = 0.2
_NEW_YEAR: Final = 101


@borrowing
def _placeholder(first: int, last: int, ymd: int) -> bool:
    return first == last and ymd % 10_000 == _NEW_YEAR


@borrowing
def _years_apart(years: int) -> int:
    if years == _DECADE:
        return _DECADE_SLIP
    if years in _ETHIOPIAN_GAPS:
        return _ETHIOPIAN
    if years <= _ONE:
        return _ONE_YEAR
    if years <= _THREE:
        return _FEW_YEARS
    if years <= _SIX:
        return _SOME_YEARS
    return _MANY_YEARS if years <= _TWELVE else _FAR


@borrowing
def _one_digit(left: int, right: int) -> bool:
    """Tell whether two days differ in one digit, or by two neighbouring digits exchanged."""
    count, first, last, a, b = 0, -1, -1, left, right
    for place in range(8):
        if a % 10 != b % 10:
            count += 1
            first = place if first < 0 else first
            last = place
        a, b = a // 10, b // 10
    if count == 1:
        return True
    if count != 2 or last != first + 1:  # noqa: PLR2004 - two digits
        return False
    low, high = 10**first, 10**last
    return bool((left // low) % 10 == (right // high) % 10 and (left // high) % 10 == (right // low) % 10)


@borrowing
def _compare_days(left: int, right: int) -> int:
    """Compare two days written as year, month, day in eight digits."""
    if left == right:
        return _PLACEHOLDER if left % 10_000 == _NEW_YEAR else _SAME_DAY
    same_year = left // 10_000 == right // 10_000
    if same_year and (left // 100) % 100 == right % 100 and (right // 100) % 100 == left % 100:
        return _SWAPPED
    if same_year and (left % 10_000 == _NEW_YEAR or right % 10_000 == _NEW_YEAR):
        return _PLACEHOLDER
    # Where 1 January stands for an unknown day on both sides, one digit of a year is all that could agree.
    if _one_digit(left, right) and (left % 10_000 != _NEW_YEAR or right % 10_000 != _NEW_YEAR):
        return _DIGIT
    if same_year:
        return _OTHER_DAY
    return _years_apart(abs(left // 10_000 - right // 10_000))


@borrowing
def _calendar(lo: int, hi: int, lo2: int, hi2: int) -> int:
    """Compare the years of two births one of which is written in a Hijri calendar; 0 when neither is."""
    if lo > lo2:
        lo, hi, lo2, hi2 = lo2, hi2, lo, hi
    if hi >= LAST_HIJRI_YEAR or lo2 < LAST_HIJRI_YEAR:
        return _MISSING
    solar = lo + SOLAR_OFFSET
    hijri = round(lo * _HIJRI_LENGTH + _HIJRI_START)
    if lo2 - 1 <= solar + 1 and solar - 1 <= hi2:
        return _SOLAR
    return _HIJRI if lo2 - 1 <= hijri and hijri - 1 <= hi2 else _FAR


@borrowing
def _overlap(width: float, other: float, placeholder: bool) -> int:
    wide, both = max(width, other), width + other
    if wide <= _W_MONTH:
        return _SAME_MONTH
    if placeholder:
        return _PLACEHOLDER if wide <= _W_YEAR else _FEW if wide <= _W_THREE else _WIDE
    if both <= _W_TWO:
        return _SAME_YEAR
    return _FEW if both <= _W_FEW else _WIDE if both <= _W_WIDE else _OPEN


@borrowing
def compare_births(left: PeopleArrays, p: int, right: PeopleArrays, q: int) -> tuple[int, int]:
    """Return (level, years apart) of two births; the level is 0 when one is unknown."""
    ours, theirs = left.facts[p], right.facts[q]
    first, last, first2, last2 = ours[BORN_FROM], ours[BORN_TO], theirs[BORN_FROM], theirs[BORN_TO]
    if first == 0 or first2 == 0:
        return _MISSING, 0
    ymd, ymd_end, ymd2, ymd2_end = ours[DAY_FROM], ours[DAY_TO], theirs[DAY_FROM], theirs[DAY_TO]
    level = _calendar(ymd // 10_000, ymd_end // 10_000, ymd2 // 10_000, ymd2_end // 10_000)
    years = abs(ymd // 10_000 - ymd2 // 10_000)
    if level:
        return level, years
    if first == last and first2 == last2:
        level = _compare_days(ymd, ymd2)
    else:
        placeholder = _placeholder(first, last, ymd) or _placeholder(first2, last2, ymd2)
        width, other = (last - first + 1) / _DAYS, (last2 - first2 + 1) / _DAYS
        gap = max(first2 - last, first - last2, 0) / _DAYS
        if gap == 0.0:
            level = _overlap(width, other, placeholder)
        else:
            if placeholder:
                gap = float(max(0, years - 1))
            soft = ours[APPROX] or theirs[APPROX] or max(width, other) > _W_YEAR
            if gap <= (_SOFT_GAP if soft else _FIRM_GAP):
                level = _NEAR if gap <= 1.0 else _ONE_YEAR
            else:
                level = _years_apart(max(1, round(gap - (1.0 if soft else 0.0))))
            years = max(1, round(gap))
    if level == _ETHIOPIAN and not (ours[ETHIOPIAN] or theirs[ETHIOPIAN]):
        level = _MANY_YEARS
    return level, years
