"""Reads the columns of the labelled lists into the records that the matching library takes."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import edtf
from babel.core import get_global

import matching

DAYS_OF_A_YEAR = 365.2425
PARTS = ("given", "father", "grandfather", "family")
Row = dict[str, str]


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a UTF-8 CSV file; OSError when it cannot be read."""
    with path.open(newline="", encoding="utf-8-sig") as handle:
        yield from csv.DictReader(handle)


@cache
def to_interval(text: str) -> matching.Interval | None:
    """Return the days an EDTF text may mean, None when it is empty, open on one side or not EDTF."""
    if not text:
        return None
    if len(text) == len("2001-01-01") and text.replace("-", "").isdigit():
        return _whole_day(text)
    try:
        parsed = edtf.parse_edtf(text)
        first, last = parsed.lower_strict(), parsed.upper_strict()
        return matching.Interval(date(*first[:3]), date(*last[:3]), approximate=any(sign in text for sign in "~?%"))
    except (edtf.EDTFParseException, ValueError, TypeError, AttributeError):
        return None


def _whole_day(text: str) -> matching.Interval | None:
    """Spare the grammar for plain days: it takes milliseconds a date."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return matching.Interval(day, day)


@cache
def age_interval(age: str, as_of: str) -> matching.Interval | None:
    """Return the days on which a person of `age` years on the day `as_of` may be born; None when either is missing."""
    known = to_interval(as_of)
    if not age.isdigit() or known is None:
        return None
    first = known.earliest - timedelta(days=DAYS_OF_A_YEAR * (int(age) + 1))
    return matching.Interval(first, known.latest - timedelta(days=DAYS_OF_A_YEAR * int(age)), approximate=True)


@cache
def two_letters(alpha3: str) -> tuple[str, ...]:
    """Return the ISO 3166-1 alpha-2 code of an alpha-3 code, nothing when it is unknown."""
    return tuple(get_global("territory_aliases").get(alpha3, ())[:1])


def to_record(row: Row, role: str) -> matching.PersonRecord:
    """Return the person of one row."""
    parts = {part: row[f"{part}_name"] for part in PARTS}
    names = [matching.Name("original", full=row["full_name"], **parts)]
    names += [matching.Name("other", full=other) for other in row["alternate_names"].split(";") if other]
    relatives = (item.split(":", 1) for item in row["relatives"].split(";") if ":" in item)
    return matching.PersonRecord(
        id=row["id"],
        role=role,
        names=tuple(names),
        sex=row["sex"] if row["sex"] in ("female", "male") else "",
        birth=to_interval(row["date_of_birth"]) or age_interval(row["age"], row["age_as_of"]),
        mother=row["mother_name"],
        birth_place=row["place_of_birth"],
        nationalities=two_letters(row["nationality"]),
        last_place=row["last_known_place"],
        last_seen=to_interval(row["last_contact_date"]),
        relatives=tuple(
            matching.Relative(relation if relation in matching.RELATIONS else "other", name)
            for relation, name in relatives
        ),
    )


def read_people(path: Path, role: str) -> Iterator[matching.PersonRecord]:
    """Yield the persons of a list in the role of `sought` or `registered`."""
    return (to_record(row, role) for row in read_rows(path))
