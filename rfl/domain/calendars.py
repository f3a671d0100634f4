"""Four calendars people date their lives by, each turned into Gregorian days and back.

Day numbers are proleptic Gregorian ordinals (`date.toordinal`), called "fixed dates" or R.D. in
Reingold & Dershowitz, "Calendrical Calculations" (4th edition, Cambridge University Press 2018).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hijridate import Gregorian as UmmAlQuraGregorian
from hijridate import Hijri as UmmAlQura
from persiantools.jdatetime import JalaliDate

from rfl.domain.text import N_

Civil = tuple[int, int, int]
"""Year, month and day as counted in some calendar."""

GREGORIAN = "gregorian"
SOLAR_HIJRI = "solar_hijri"
HIJRI = "hijri"
ETHIOPIAN = "ethiopian"

# R.D. of 1 Meskerem of year 1 (29 August 8 CE, Julian): Calendrical Calculations, section 4.3.
ETHIOPIAN_EPOCH = 2796
# R.D. of 1 Muharram of year 1 (16 July 622 CE, Julian), civil reckoning: the same book, section 7.1.
HIJRI_EPOCH = 227015
# Years for which hijridate has the Umm al-Qura month lengths; outside them the arithmetic calendar is used.
UMM_AL_QURA_YEARS = range(1343, 1501)
UMM_AL_QURA_DAYS = (date(1924, 8, 1), date(2077, 11, 16))


def _ethiopian_to_ordinal(year: int, month: int, day: int) -> int:
    """Twelve months of 30 days and Pagume of 5, or 6 in the year before a year divisible by four."""
    return ETHIOPIAN_EPOCH - 1 + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day


def _gregorian_to_ethiopian(day: date) -> Civil:
    """Calendrical Calculations, section 4.3 (the Coptic reckoning with the Ethiopian epoch)."""
    fixed = day.toordinal()
    year = (4 * (fixed - ETHIOPIAN_EPOCH) + 1463) // 1461
    month = (fixed - _ethiopian_to_ordinal(year, 1, 1)) // 30 + 1
    return year, month, fixed + 1 - _ethiopian_to_ordinal(year, month, 1)


def _tabular_hijri_to_ordinal(year: int, month: int, day: int) -> int:
    """Eleven leap years in a cycle of thirty: Calendrical Calculations, section 7.1."""
    months = 29 * (month - 1) + (6 * month - 1) // 11
    return HIJRI_EPOCH - 1 + 354 * (year - 1) + (3 + 11 * year) // 30 + months + day


def _tabular_hijri(day: date) -> Civil:
    """Calendrical Calculations, section 7.1."""
    fixed = day.toordinal()
    year = (30 * (fixed - HIJRI_EPOCH) + 10646) // 10631
    month = (11 * (fixed - _tabular_hijri_to_ordinal(year, 1, 1)) + 330) // 325
    return year, month, fixed - _tabular_hijri_to_ordinal(year, month, 1) + 1


def _hijri_to_ordinal(year: int, month: int, day: int) -> int:
    if year in UMM_AL_QURA_YEARS:
        return UmmAlQura(year, month, 1, validate=False).to_gregorian().toordinal() + day - 1
    return _tabular_hijri_to_ordinal(year, month, day)


def _gregorian_to_hijri(day: date) -> Civil:
    if UMM_AL_QURA_DAYS[0] <= day <= UMM_AL_QURA_DAYS[1]:
        return UmmAlQuraGregorian(day.year, day.month, day.day).to_hijri().datetuple()
    return _tabular_hijri(day)


def _solar_hijri_to_ordinal(year: int, month: int, day: int) -> int:
    first: date = JalaliDate(year, month, 1).to_gregorian()  # type: ignore[no-untyped-call]
    return first.toordinal() + day - 1


def _gregorian_to_solar_hijri(day: date) -> Civil:
    jalali = JalaliDate.to_jalali(day.year, day.month, day.day)  # type: ignore[no-untyped-call]
    return jalali.year, jalali.month, jalali.day


def _gregorian_to_ordinal(year: int, month: int, day: int) -> int:
    return date(year, month, 1).toordinal() + day - 1


@dataclass(frozen=True)
class Calendar:
    """One way of counting: its label, its months, and the years that a living memory can mean."""

    label: str
    months: int
    first_year: int
    last_year: int
    to_ordinal: Callable[[int, int, int], int]
    from_day: Callable[[date], Civil]


# First and last years all lie within Gregorian 1800 to 2200: archive enquiries reach back to people born in
# the nineteenth century, and a year outside this range is nearly always a year of another calendar.
CALENDARS = {
    GREGORIAN: Calendar(
        N_("Gregorian"), 12, 1800, 2199, _gregorian_to_ordinal, lambda day: (day.year, day.month, day.day)
    ),
    SOLAR_HIJRI: Calendar(
        N_("Solar Hijri (Afghanistan, Iran)"),
        12,
        1180,
        1577,
        _solar_hijri_to_ordinal,
        _gregorian_to_solar_hijri,
    ),
    HIJRI: Calendar(N_("Hijri (Islamic, lunar)"), 12, 1216, 1619, _hijri_to_ordinal, _gregorian_to_hijri),
    ETHIOPIAN: Calendar(
        N_("Ethiopian (also Eritrean Orthodox)"),
        13,
        1793,
        2191,
        _ethiopian_to_ordinal,
        _gregorian_to_ethiopian,
    ),
}


def month_length(calendar: str, year: int, month: int) -> int:
    """Return the number of days of a month; `calendar` is a key of CALENDARS, `month` counts from 1."""
    rules = CALENDARS[calendar]
    following = (year, month + 1) if month < rules.months else (year + 1, 1)
    if calendar == HIJRI and following == (UMM_AL_QURA_YEARS.start, 1):
        # The two Hijri reckonings overlap by one day here; the month keeps the length its own reckoning gives
        # it.
        following_start = _tabular_hijri_to_ordinal(*following, 1)
        return following_start - _tabular_hijri_to_ordinal(year, month, 1)
    return rules.to_ordinal(*following, 1) - rules.to_ordinal(year, month, 1)


def to_gregorian(calendar: str, year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a date in `calendar` (a key of CALENDARS).

    Hijri days follow the Umm al-Qura calendar from 1343 to 1500 and the arithmetic calendar outside those
    years; the month somebody lived by was set by sighting the moon, so either can differ from memory by a day
    or two. Raises ValueError when the year is outside the calendar's range or there is no such month or day.
    """
    rules = CALENDARS[calendar]
    if not rules.first_year <= year <= rules.last_year:
        raise ValueError("year outside the calendar's range")
    if not 1 <= month <= rules.months:
        raise ValueError("no such month")
    if not 1 <= day <= month_length(calendar, year, month):
        raise ValueError("no such day")
    return date.fromordinal(rules.to_ordinal(year, month, day))


def from_gregorian(calendar: str, day: date) -> Civil:
    """Return year, month and day of a Gregorian day as counted in `calendar` (a key of CALENDARS)."""
    return CALENDARS[calendar].from_day(day)


def span(calendar: str, year: int, month: int | None = None, day: int | None = None) -> tuple[date, date]:
    """Return the first and last Gregorian day of a year, of a month, or of one day (both the same).

    Raises ValueError as `to_gregorian` does.
    """
    if month is None:
        last = CALENDARS[calendar].months
        end = to_gregorian(calendar, year, last, month_length(calendar, year, last))
        return to_gregorian(calendar, year, 1, 1), end
    if day is None:
        end = to_gregorian(calendar, year, month, month_length(calendar, year, month))
        return to_gregorian(calendar, year, month, 1), end
    exact = to_gregorian(calendar, year, month, day)
    return exact, exact
