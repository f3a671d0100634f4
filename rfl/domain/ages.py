"""Ages and births reckoned into days, read protectively: whoever may be under 18 is treated as a child."""

import re
from datetime import date, timedelta

from rfl.domain.date_vocabulary import ABOUT, AFTER, BEFORE, entries, fold
from rfl.domain.edtf_bounds import LONGEST_LIFE_YEARS, Bounds, bounds
from rfl.domain.errors import FieldError
from rfl.domain.persons import Age, UncertainDate
from rfl.domain.text import N_

# Convention on the Rights of the Child (1989), article 1: a child is every human being below eighteen years.
ADULT_AGE = 18
# Years to each side of "about 17": told ages gather on round numbers, and two years keeps both neighbours.
ABOUT_YEARS = 2
LONGEST_AGE_TEXT = 40

UNREADABLE_AGE = N_("This age cannot be read. Write whole years, for example 17, about 17, or 15-18.")
AGE_TOO_HIGH = N_("An age lies between 0 and %(limit)d years. Write whole years, for example 17.")
AGE_ORDER = N_("Write the lower age first, for example 15-18.")


def years_before(day: date, years: int) -> date:
    """Return the day `years` earlier; from 29 February to a common year it is the 28th."""
    year = max(day.year - years, date.min.year)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _birthday(birth: date, years: int) -> date:
    """Return the day somebody completes `years`; born on 29 February that is 1 March of a common year."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(min(birth.year + years, date.max.year), 3, 1)


def _from_age(age: Age) -> Bounds | None:
    """Return the days on which somebody of that age can have been born; None if `as_of` is no ISO day."""
    try:
        as_of = date.fromisoformat(age.as_of)
    except ValueError:
        return None
    earliest = years_before(as_of, age.high + 1) + timedelta(days=1)
    return earliest, years_before(as_of, age.low), age.low != age.high


def birth_bounds(birth: UncertainDate, age: Age | None) -> Bounds | None:
    """Return (earliest, latest, approximate) day of birth from the date and the age told; None for neither.

    Where both were told and agree, the days both allow; the flag is that of the narrower source. Where they
    contradict each other, all days either allows, marked approximate: nobody knows which was the slip.
    """
    told = bounds(birth.edtf)
    reckoned = _from_age(age) if age else None
    if told is None or reckoned is None:
        return told or reckoned
    earliest, latest = max(told[0], reckoned[0]), min(told[1], reckoned[1])
    if earliest > latest:
        return min(told[0], reckoned[0]), max(told[1], reckoned[1]), True
    narrower = min(told, reckoned, key=lambda found: found[1] - found[0])
    return earliest, latest, narrower[2]


def is_minor(birth: UncertainDate, age: Age | None, on: date) -> bool:
    """Say whether the person may still be under 18 on the day `on`.

    The protective reading: the latest possible day of birth counts, so "about 2006" or an age of 17 to 20 is
    a child until no reading is left in which they are. Nothing recorded, or only words that could not be
    reckoned, says nothing: the answer is then False, and intake asks.
    """
    found = birth_bounds(birth, age)
    return found is not None and on < _birthday(found[1], ADULT_AGE)


def _any_of(row: str) -> str:
    return "|".join(re.escape(entry) for entry in entries(row))


_AGE = re.compile(
    rf"(?P<about>(?:{_any_of(ABOUT)})\s*|~\s*)?(?P<low>\d{{1,3}})(?:\s*(?:-|/|to|à|a|до|الى|و|تا)\s*(?P<high>\d{{1,3}}))?"
    rf"(?P<mark>\s*[?~؟]|\s+(?:{_any_of(ABOUT)}))?"
)
_LIMIT = re.compile(rf"(?:(?P<under>under|{_any_of(BEFORE)})|(?P<over>over|{_any_of(AFTER)}))\s+(?P<limit>\d{{1,3}})")
# Words for "years old" that people add; "m" for months is not among them, since ages are whole years.
_YEARS = re.compile(
    r"\s*\b(?:years?(?:\s+old)?|yrs?|ans|anos|лет|года?|рок(?:ів|и)|سنه|سنوات|عاما|عام|سال(?:ه)?|ዓመት|ዕድሜ)\b\.?"
)


def _limits(text: str) -> tuple[int, int] | None:
    if found := _LIMIT.fullmatch(text):
        limit = int(found["limit"])
        return (0, limit - 1) if found["under"] else (limit + 1, LONGEST_LIFE_YEARS)
    if not (found := _AGE.fullmatch(text)):
        return None
    low = int(found["low"])
    high = int(found["high"] or low)
    if found["high"] and high < low:
        return low, high
    slack = ABOUT_YEARS if found["about"] or found["mark"] else 0
    return max(low - slack, 0), high + slack


def read_age(text: str, as_of: date, *, field: str = "age") -> Age:
    """Read an age in whole years as told on the day `as_of`: "17", "about 17", "15-18", "under 18".

    Digits of any script count; "about" allows two years to each side. Raises FieldError for `field`, also for
    an empty text: no age is no Age.
    """
    limits = _limits(_YEARS.sub("", fold(text)).strip()) if len(text) <= LONGEST_AGE_TEXT else None
    if limits is None:
        raise FieldError(field, UNREADABLE_AGE)
    low, high = limits
    if high > LONGEST_LIFE_YEARS + ABOUT_YEARS or low > LONGEST_LIFE_YEARS:
        raise FieldError(field, AGE_TOO_HIGH, limit=LONGEST_LIFE_YEARS)
    if high < low:
        raise FieldError(field, AGE_ORDER)
    return Age(low, min(high, LONGEST_LIFE_YEARS), as_of.isoformat())
