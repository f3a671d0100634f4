"""The grammar of dates as people write them: what was told, before it is turned into days.

Invariant: any text gives a `Told`, or an `Unreadable` whose message says what can be written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rfl.domain.date_vocabulary import (
    ABOUT,
    AFTER,
    BEFORE,
    BETWEEN,
    CALENDAR_WORDS,
    JOINED_TO,
    NOISE,
    SINCE,
    TO,
    entries,
    fold,
    month_table,
)
from rfl.domain.text import N_

UNREADABLE = N_(
    "This date cannot be read. Write for example 1994, about 1994, May 1994, 12 May 1994, "
    "1994-05-12, 1990-1994 or before 1994."
)
OTHER_NAMED = N_("The words name another calendar than the one chosen beside them. Choose that calendar.")
FOUR_DIGITS = N_("Write the year with four digits, for example 1994.")


class Unreadable(ValueError):
    """The text is not a date; `message` is a template and `params` its values."""

    def __init__(self, message: str, **params: object) -> None:
        """Keep what the person must be told."""
        super().__init__(message)
        self.message = message
        self.params = params


@dataclass(frozen=True)
class Counted:
    """A year, a month or a day as counted in the calendar of the teller."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True)
class Told:
    """One date or period as told: `start` and `end` hold every reading of an ambiguous day and month.

    `opening` is "before", "after", "since" or empty; `mark` is the EDTF qualifier "~", "?", "%" or empty.
    """

    start: tuple[Counted, ...]
    end: tuple[Counted, ...] = ()
    opening: str = ""
    mark: str = ""


def _any_of(row: str) -> str:
    return "|".join(re.escape(entry) for entry in entries(row))


_ABOUT_BEFORE = re.compile(rf"(?:{_any_of(ABOUT)})\s+(?=\S)")
_ABOUT_AFTER = re.compile(rf"\s+(?:{_any_of(ABOUT)})")
_OPENINGS = {
    "before": re.compile(rf"(?:{_any_of(BEFORE)})\s+(?=\S)"),
    "after": re.compile(rf"(?:{_any_of(AFTER)})\s+(?=\S)"),
    "since": re.compile(rf"(?:{_any_of(SINCE)})\s+(?=\S)"),
}
_BETWEEN = re.compile(rf"(?:{_any_of(BETWEEN)})\s+(?=\S)")
_TO = re.compile(rf"\s*/\s*|\s+-\s+|\s+(?:{_any_of(TO)})\s+|\s+{JOINED_TO}(?=\S)")
_TWO_YEARS = re.compile(r"(\d{4})\s*-\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-./ ](\d{1,2})(?:[-./ ](\d{1,2}))?)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-./](\d{4})")
_MARKS = {"?": "?", "~": "~", "%": "%", "؟": "?"}


_NOISE = frozenset(entries(NOISE))
_NAMING = {calendar: frozenset(word.rstrip(".") for word in entries(row)) for calendar, row in CALENDAR_WORDS.items()}
# A word, or letters with dots or a stroke between them such as "E.C."; a digit may touch it, as in "1994م".
_WORD = re.compile(r"(?<![^\W\d])[^\W\d]+(?:[./][^\W\d]+)*(?![^\W\d])\.?")


def _without_calendar(text: str, calendar: str) -> str:
    """Take out the words that name `calendar`; refuse those that name another one.

    "1985 E.C." is 1992 or 1993: read as a Gregorian year it would be wrong, and nobody would see it.
    """

    def judge(found: re.Match[str]) -> str:
        word = found[0].rstrip(".")
        if word in _NAMING[calendar]:
            return " "
        if any(word in words for words in _NAMING.values()):
            raise Unreadable(OTHER_NAMED)
        return found[0]

    return " ".join(_WORD.sub(judge, text).split())


@cache
def _month_names(calendar: str) -> dict[str, int]:
    return month_table(calendar)


def _numeric(text: str) -> tuple[Counted, ...]:
    """Read digits only; between slashes or dashes the day and the month may have changed places."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) if part else None for part in found.groups())
        return (Counted(year or 0, month, day),)
    if found := _MONTH_YEAR.fullmatch(text):
        return (Counted(int(found[2]), int(found[1])),)
    if not (found := _YEAR_LAST.fullmatch(text)):
        return ()
    first, sign, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
    day_first, month_first = Counted(year, second, first), Counted(year, first, second)
    return (day_first,) if sign in ". " or first == second else (day_first, month_first)


def _worded(text: str, names: Mapping[str, int]) -> tuple[Counted, ...]:
    """Read a month by name with a year of four digits and perhaps a day, in any order."""
    padded = f" {re.sub(r'[,،;]', ' ', text)} "
    padded = re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)|(?<=[^\W\d])[.-](?=\s|\d)", " ", padded)
    months = [(name, number) for name, number in names.items() if f" {name} " in padded]
    longest = max(months, key=lambda item: len(item[0]), default=None)
    if longest is not None:
        padded = padded.replace(f" {longest[0]} ", " ", 1)
    tokens = [token for token in padded.split() if token not in _NOISE]
    numbers = [token.strip(".-/") for token in tokens]
    years = [n for n in numbers if re.fullmatch(r"\d{4}", n)]
    days = [n for n in numbers if re.fullmatch(r"\d{1,2}", n)]
    if len(years) != 1 or len(years) + len(days) != len(numbers) or len(days) > (longest is not None):
        return ()
    return (Counted(int(years[0]), longest[1] if longest else None, int(days[0]) if days else None),)


def _single(text: str, names: Mapping[str, int]) -> tuple[Counted, ...]:
    return _numeric(text) or _numeric(_without_noise(text)) or _worded(text, names)


def _without_noise(text: str) -> str:
    return " ".join(token for token in text.split() if token not in _NOISE)


def _period(text: str, names: Mapping[str, int]) -> tuple[tuple[Counted, ...], tuple[Counted, ...]] | None:
    """Read two dates with a sign or a word for "to" between them."""
    if found := _TWO_YEARS.fullmatch(_without_noise(text)):
        return (Counted(int(found[1])),), (Counted(int(found[2])),)
    begun = _BETWEEN.match(text)
    body = text[begun.end() :] if begun else text
    for sign in _TO.finditer(body):
        start, end = _single(body[: sign.start()], names), _single(body[sign.end() :], names)
        if start and end:
            return start, end
    return None


def _take_mark(text: str) -> tuple[str, str]:
    """Split off "about" and a question mark; both together are EDTF's "%"."""
    mark = ""
    while text and (text[-1] in _MARKS or text[0] in "~?"):
        sign, text = (text[-1], text[:-1]) if text[-1] in _MARKS else (text[0], text[1:])
        mark = _joined(mark, _MARKS[sign])
    text = text.strip()
    if found := _ABOUT_BEFORE.match(text):
        return text[found.end() :], _joined(mark, "~")
    for found in _ABOUT_AFTER.finditer(text):
        if found.end() == len(text):
            return text[: found.start()], _joined(mark, "~")
    return text, mark


def _joined(mark: str, sign: str) -> str:
    return sign if mark in ("", sign) else "%"


def _take_opening(text: str) -> tuple[str, str]:
    for opening, pattern in _OPENINGS.items():
        if found := pattern.match(text):
            return text[found.end() :], opening
    return text, ""


def read_told(text: str, calendar: str, month_names: Mapping[str, int] | None = None) -> Told:
    """Return what a text says, in the counting of `calendar` (a key of CALENDARS).

    `month_names` adds names (any case) to the tables of `date_vocabulary`. Raises Unreadable.
    """
    names = {**_month_names(calendar), **{fold(name): number for name, number in (month_names or {}).items()}}
    body, mark = _take_mark(_without_calendar(fold(text), calendar))
    if single := _single(body, names):
        return Told(single, mark=mark)
    if period := _period(body, names):
        return Told(*period, mark=mark)
    rest, opening = _take_opening(body)
    rest, inner = _take_mark(rest)
    if opening and (single := _single(rest, names)):
        return Told(single, opening=opening, mark=_joined(mark, inner) if inner else mark)
    has_short_year = re.search(r"\d", body) and not re.search(r"\d{3}", body)
    raise Unreadable(FOUR_DIGITS if has_short_year else UNREADABLE)
