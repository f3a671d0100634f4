"""How a date of birth is written down: EDTF of many kinds, an age, and the usual errors."""

import random
from datetime import date, timedelta

DAYS_OF_A_YEAR = 365.2425
# Shares by judgement: an enquirer often knows the year only, a clerk often has papers. The rest of 1 is no date at all.
PRECISIONS = {
    "left": (("day", 0.42), ("month", 0.05), ("year", 0.22), ("about", 0.12), ("span", 0.05), ("age", 0.08)),
    "right": (("day", 0.62), ("month", 0.02), ("year", 0.1), ("about", 0.05), ("span", 0.02), ("age", 0.14)),
}
# Errors of days and years, tried in this order.
FIRST_OF_JANUARY, SWAPPED, WRONG_CALENDAR, DIGIT, OFF = 0.07, 0.03, 0.03, 0.03, 0.06
ETHIOPIAN_YEARS, SOLAR_HIJRI_YEARS = 8, 621
DAY_IN_DOUBT, ROUNDED_AGE = 0.03, 0.25
DECADE, SPAN = 0.25, 0.55  # shares of the forms of a span: 198X, 1981/1986; the rest is [1981..1985]
LATE_MONTH, LATE_DAY = 12, 28


def write_birth(birth: date, day: date, side: str, calendar: str, chance: random.Random) -> tuple[str, str, set[str]]:
    """Return (date of birth as EDTF, age in years on `day`, kinds of loss and error); at most one of the first two."""
    precision = _draw(side, chance)
    if precision == "none":
        return "", "", {"date_missing"}
    if precision == "age":
        return "", str(_told_age(birth, day, chance)), {"date_age"}
    seen, kinds = _with_errors(birth, calendar, chance)
    if precision == "day":
        return (seen.isoformat() + ("~" if chance.random() < DAY_IN_DOUBT else "")), "", kinds
    return _coarse(seen, precision, chance), "", kinds | {"date_coarse"}


def _draw(side: str, chance: random.Random) -> str:
    drawn = chance.random()
    for precision, share in PRECISIONS[side]:
        drawn -= share
        if drawn < 0:
            return precision
    return "none"


def _told_age(birth: date, day: date, chance: random.Random) -> int:
    age = max(0, int((day - birth).days / DAYS_OF_A_YEAR))
    if chance.random() < ROUNDED_AGE:
        return 5 * round(age / 5)
    return max(0, age + chance.choice((0, 0, 0, 0, -1, 1, 2)))


def _with_errors(birth: date, calendar: str, chance: random.Random) -> tuple[date, set[str]]:
    if chance.random() < FIRST_OF_JANUARY:
        return date(birth.year, 1, 1), {"date_jan1"}
    if birth.day <= LATE_MONTH and chance.random() < SWAPPED:
        return date(birth.year, birth.day, birth.month), {"date_day_month_swap"}
    if calendar and chance.random() < WRONG_CALENDAR * 3:
        years = ETHIOPIAN_YEARS if calendar == "ethiopian" else SOLAR_HIJRI_YEARS
        return birth.replace(year=birth.year - years, day=min(birth.day, LATE_DAY)), {"date_calendar"}
    if chance.random() < DIGIT:
        return birth.replace(year=birth.year - birth.year % 10 + chance.randrange(10), day=min(birth.day, LATE_DAY)), {
            "date_digit"
        }
    if chance.random() < OFF:
        return birth + timedelta(chance.choice((-2, -1, 1, 2)) * 365 + chance.randrange(-40, 40)), {"date_off"}
    return birth, set()


def _coarse(seen: date, precision: str, chance: random.Random) -> str:
    year = f"{seen.year:04}"
    if precision == "month":
        return f"{year}-{seen.month:02}"
    if precision == "year":
        return year
    if precision == "about":
        shifted = seen.year + chance.choice((-3, -2, -1, 0, 0, 0, 1, 2, 3))
        return f"{shifted:04}" + chance.choice("~~~?")
    kind, first = chance.random(), seen.year - chance.randrange(5)
    if kind < DECADE:
        return year[:3] + "X"
    return f"{first:04}/{first + 5:04}" if kind < DECADE + SPAN else f"[{first:04}..{first + 4:04}]"
