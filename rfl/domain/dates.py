"""Dates as people tell them, kept in their own words and reckoned as Gregorian EDTF: the door to date rules.

Invariant: every `edtf` made here is accepted by the `edtf` library and has `bounds`.

How a text is understood:
- Between slashes or dashes, "12/05/1994" can be 12 May or 5 December: both are kept, as the EDTF set
  "[1994-05-12,1994-12-05]". With dots or spaces the day comes first, as in the countries that write so. With
  a four-digit year first it is ISO order.
- "about" becomes "~", a question mark "?", both "%". "before 1994" ends in 1993; "since 1994" includes 1994.
- A year or a month of another calendar covers parts of two Gregorian ones, so it becomes an interval of days.
- Month names of English, French, Spanish, Arabic, Russian, Ukrainian, Persian, Pashto and Amharic are known;
  a caller can pass in more.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from rfl.domain.ages import birth_bounds, is_minor, read_age
from rfl.domain.calendars import CALENDARS, GREGORIAN, span
from rfl.domain.date_reading import FOUR_DIGITS, UNREADABLE, Counted, Told, Unreadable, read_told
from rfl.domain.date_vocabulary import clean, fold
from rfl.domain.date_words import PartialDate, date_words
from rfl.domain.edtf_bounds import bounds, spell, strict_bounds
from rfl.domain.errors import FieldError
from rfl.domain.persons import UncertainDate
from rfl.domain.text import N_

__all__ = [
    "CALENDARS",
    "PartialDate",
    "birth_bounds",
    "bounds",
    "date_words",
    "from_parts",
    "is_minor",
    "read_age",
    "read_date",
    "strict_bounds",
]

# Longest date text read: the longest wording of a period with two month names stays well below it.
LONGEST_TEXT = 120
# Below this a year was written with two digits: every calendar here counts in four.
SHORTEST_YEAR = 100
UNKNOWN_CALENDAR = N_("Choose one of the calendars offered.")
TOO_LONG = N_("Write only the date here, in at most %(limit)d characters. Put the explanation into the notes.")
NO_SUCH_DAY = N_(
    "There is no such day or month in the calendar chosen. Check the day and the month, or write only the "
    "year, for example 1994."
)
OTHER_CALENDAR = N_(
    "The year does not fit the calendar chosen, whose years run from %(first)d to %(last)d here. Check the "
    "year, or choose the calendar in which the date was told."
)
END_FIRST = N_("The period ends before it begins. Write the earlier date first, for example 1990-1994.")
FUTURE = N_("This date has not come yet. Check the year.")
MONTH_MISSING = N_("A day needs its month. Write the month too, or leave the day empty.")
YEAR_MISSING = N_("A day or a month needs a year. Write the year too, for example 1994, or leave all three empty.")
NOT_A_NUMBER = N_("Write only digits in the boxes for day, month and year, for example 12, 5 and 1994.")

_EDTF_ONLY = re.compile(r"[\[\]{}]|\.\.|\dX|X\d|XX|^/|/$|[?~%].|^\d{4}-(?:2\d|3\d|4[01])$")
_EDTF_LETTERS = re.compile(r"[0-9X?~%/.,\[\]{}\-]+")

Span = tuple[date, date]


def _span(counted: Counted, calendar: str) -> Span:
    """Turn what was counted into Gregorian days, or say what is wrong with it."""
    rules = CALENDARS[calendar]
    if not rules.first_year <= counted.year <= rules.last_year:
        raise Unreadable(OTHER_CALENDAR, first=rules.first_year, last=rules.last_year)
    try:
        return span(calendar, counted.year, counted.month, counted.day)
    except ValueError:
        raise Unreadable(NO_SUCH_DAY) from None


def _possible(readings: tuple[Counted, ...], calendar: str) -> list[Span]:
    """Return the days of every reading that names a real day; raise the first complaint when none does."""
    spans, complaint = [], None
    for counted in readings:
        try:
            spans.append(_span(counted, calendar))
        except Unreadable as refused:
            complaint = complaint or refused
    if not spans and complaint is not None:
        raise complaint
    return sorted(spans)


def _marked(edtf: str, mark: str) -> str:
    return "/".join(part + mark for part in edtf.split("/")) if mark else edtf


def _spell_single(spans: list[Span], mark: str) -> str:
    if len(spans) == 1:
        return _marked(spell(*spans[0]), mark)
    days = [first.isoformat() for first, _ in spans]
    return f"[{','.join(days)}]" if not mark else _marked("/".join((days[0], days[-1])), mark)


def _edge(day: date, counted: Counted, calendar: str) -> str:
    """Write one end of a period as exactly as told: a foreign year or month ends within a Gregorian one."""
    length = 10 if calendar != GREGORIAN or counted.day else 7 if counted.month else 4
    return day.isoformat()[:length]


def _spell_open(told: Told, calendar: str) -> str:
    spans, counted = _possible(told.start, calendar), told.start[0]
    if told.opening == "before":
        return f"../{_edge(spans[0][0] - timedelta(days=1), counted, calendar)}{told.mark}"
    if told.opening == "since":
        return f"{_edge(spans[0][0], counted, calendar)}{told.mark}/.."
    return f"{_edge(spans[-1][1] + timedelta(days=1), counted, calendar)}{told.mark}/.."


def _spell_period(told: Told, calendar: str) -> str:
    start, end = _possible(told.start, calendar)[0][0], _possible(told.end, calendar)[-1][1]
    if end < start:
        raise Unreadable(END_FIRST)
    edges = _edge(start, told.start[0], calendar), _edge(end, told.end[0], calendar)
    return _marked("/".join(edges), told.mark)


def _spell(told: Told, calendar: str) -> str:
    if told.opening:
        return _spell_open(told, calendar)
    return _spell_period(told, calendar) if told.end else _spell_single(_possible(told.start, calendar), told.mark)


def _read_edtf(text: str) -> str | None:
    """Return `text` when it is an expression only EDTF has, "199X" for a decade as spoken, else None."""
    candidate = re.sub(r"^(?:the )?(\d{3})0s$", r"\1x", text).replace(" ", "").upper()
    if not _EDTF_LETTERS.fullmatch(candidate) or not _EDTF_ONLY.search(candidate):
        return None
    return candidate if strict_bounds(candidate) else None


def _checked(edtf: str, latest: date | None) -> str:
    """Refuse what lies outside the range of the calendars, or begins after `latest`."""
    found, rules = bounds(edtf), CALENDARS[GREGORIAN]
    if found is None:
        raise Unreadable(UNREADABLE)
    low, high = strict_bounds(edtf) or found[:2]
    known_ends = [day for day, side in ((low, "start"), (high, "end")) if not _is_open(edtf, side)]
    if not all(rules.first_year <= day.year <= rules.last_year + 1 for day in known_ends):
        raise Unreadable(OTHER_CALENDAR, first=rules.first_year, last=rules.last_year)
    if latest is not None and not _is_open(edtf, "start") and low > latest:
        raise Unreadable(FUTURE)
    return edtf


def _is_open(edtf: str, side: str) -> bool:
    return edtf.startswith(("/", "..")) if side == "start" else edtf.endswith(("/", ".."))


def _reckon(text: str, calendar: str, month_names: Mapping[str, int] | None) -> str:
    _rules_named(calendar)
    if len(text) > LONGEST_TEXT:
        raise Unreadable(TOO_LONG, limit=LONGEST_TEXT)
    if calendar == GREGORIAN and (edtf := _read_edtf(fold(text))):
        return edtf
    return _spell(read_told(text, calendar, month_names), calendar)


def read_date(
    text: str,
    calendar: str = GREGORIAN,
    *,
    field: str = "date",
    latest: date | None = None,
    month_names: Mapping[str, int] | None = None,
) -> UncertainDate:
    """Read a date as somebody wrote it; empty text gives an empty UncertainDate.

    `calendar` is a key of CALENDARS; `latest` refuses what begins after that day (a birth cannot lie in the
    future); `month_names` adds names of other languages (name -> 1 to 13). Raises FieldError for `field`.
    """
    if len(text) > 100 * LONGEST_TEXT:
        raise FieldError(field, TOO_LONG, limit=LONGEST_TEXT)
    original = clean(text)
    if not original:
        return UncertainDate(calendar=calendar if calendar in CALENDARS else GREGORIAN)
    try:
        return UncertainDate(_checked(_reckon(original, calendar, month_names), latest), original, calendar)
    except Unreadable as refused:
        raise FieldError(field, refused.message, **refused.params) from None


def _whole_number(part: int | str | None, digits: int) -> int | None:
    """Return the number in one box, None when it is empty; any decimal digits count."""
    if part is None or isinstance(part, int):
        return part
    text = fold(part)
    if not text:
        return None
    if not re.fullmatch(rf"[0-9]{{1,{digits}}}", text):
        raise Unreadable(NOT_A_NUMBER)
    return int(text)


def _told_parts(parts: tuple[int | None, int | None, int | None], mark: str) -> Told | None:
    year, month, day = parts
    if parts == (None, None, None):
        return None
    if year is None:
        raise Unreadable(YEAR_MISSING)
    if month is None and day is not None:
        raise Unreadable(MONTH_MISSING)
    if year < SHORTEST_YEAR:
        raise Unreadable(FOUR_DIGITS)
    return Told((Counted(year, month, day),), mark=mark)


def _rules_named(calendar: str) -> None:
    """Refuse a calendar that is not one of CALENDARS."""
    if calendar not in CALENDARS:
        raise Unreadable(UNKNOWN_CALENDAR)


def from_parts(
    year: int | str | None,
    month: int | str | None = None,
    day: int | str | None = None,
    *,
    about: bool = False,
    calendar: str = GREGORIAN,
    original: str = "",
    field: str = "date",
    latest: date | None = None,
) -> UncertainDate:
    """Build a date from three boxes (numbers or their digits in any script; None or "" for an empty box).

    Keeps `original`, or else writes the parts down as "1994-05-12" in the calendar given. All boxes empty
    gives a date with only `original`. Raises FieldError for `field`.
    """
    try:
        _rules_named(calendar)
        parts = _whole_number(year, 4), _whole_number(month, 2), _whole_number(day, 2)
        told = _told_parts(parts, "~" if about else "")
        if told is None:
            return UncertainDate("", clean(original), calendar)
        edtf = _checked(_spell(told, calendar), latest)
    except Unreadable as refused:
        raise FieldError(field, refused.message, **refused.params) from None
    counted = told.start[0]
    written = "-".join(f"{n:02}" for n in (counted.year, counted.month, counted.day) if n is not None)
    return UncertainDate(edtf, clean(original) or written + told.mark, calendar)
