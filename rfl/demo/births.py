"""Dates of birth as families remember them: exact, by year, by a guess, by another calendar, or as an age."""

from datetime import date
from random import Random

from rfl.domain.calendars import ETHIOPIAN, GREGORIAN, HIJRI, SOLAR_HIJRI, from_gregorian
from rfl.domain.dates import read_age, read_date
from rfl.domain.persons import Age, UncertainDate

# The calendar beside the Gregorian one in which people of a tradition tell years.
OTHER_CALENDARS = {
    "afghan": SOLAR_HIJRI,
    "pashtun": SOLAR_HIJRI,
    "eritrean": ETHIOPIAN,
    "ethiopian": ETHIOPIAN,
    "sudanese": HIJRI,
}
_ARABIC_DIGITS = {"syrian", "iraqi", "sudanese"}
_PERSIAN_DIGITS = {"afghan", "pashtun"}
# How often each way of telling is met; intake forms of people on the move hold far more years than days.
_WAYS = {"exact": 30, "year": 20, "about": 15, "calendar": 15, "first_january": 8, "age": 12}


def _digits(number: int, tradition: str, rng: Random) -> str:
    zero = "٠" if tradition in _ARABIC_DIGITS else "۰" if tradition in _PERSIAN_DIGITS else ""
    if not zero or rng.random() < 1 / 2:
        return str(number)
    return "".join(chr(ord(zero) + int(digit)) for digit in str(number))


def _told(way: str, born: date, tradition: str, rng: Random) -> UncertainDate:
    year = _digits(born.year, tradition, rng)
    if way == "exact":
        return read_date(rng.choice((born.isoformat(), f"{born.day}.{born.month}.{born.year}")))
    if way == "first_january":
        return read_date(f"{born.year}-01-01")
    if way == "calendar" and tradition in OTHER_CALENDARS:
        calendar = OTHER_CALENDARS[tradition]
        return read_date(_digits(from_gregorian(calendar, born)[0], tradition, rng), calendar)
    if way == "about":
        return read_date(f"حوالي {year}" if tradition in _ARABIC_DIGITS else f"about {year}")
    return read_date(year, GREGORIAN)


def remember(year: int, tradition: str, rng: Random, *, on: date) -> tuple[UncertainDate, Age | None]:
    """Return the date of birth and the age as told on the day `on` by somebody born in `year`."""
    born = date(year, rng.randint(1, 12), rng.randint(1, 28))
    (way,) = rng.choices(list(_WAYS), weights=list(_WAYS.values()))
    if way != "age":
        return _told(way, born, tradition, rng), None
    years = max(on.year - year - ((on.month, on.day) < (born.month, born.day)), 0)
    return UncertainDate(), read_age(rng.choice((f"{years}", f"about {years}")), on)
