"""Cells of one row, read field by field; everything that cannot be read becomes a problem with its remedy."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from matching.lists import (
    CALENDAR_WORDS,
    RELATION_WORDS,
    SEX_WORDS,
    STATELESS_WORDS,
    country_code,
    fold_words,
    says_nothing,
    tidy,
    tidy_lines,
)
from rfl.domain.dates import read_age, read_date
from rfl.domain.errors import FieldError
from rfl.domain.persons import RELATIONS, Age, Relative, UncertainDate
from rfl.exchange import row_problems as say
from rfl.exchange.drafts import RowProblem, RowSettings

# A full name of many parts, or a place with its district and province, stays below; longer is another column's text.
MAX_SHORT_TEXT = 300
MAX_NOTE_TEXT = 5_000
# Households of registration lists have up to about thirty members.
MAX_ENTRIES = 40

# Halves of a pair that came alone, and the sign that programs put for letters they could not read.
_NOT_TEXT = re.compile("[\ud800-\udfff\ufffd]")
_BETWEEN_ENTRIES = re.compile(r"[;؛\n]")
_LONG_TEXT = frozenset({"notes", "marks", "address", "enquirer_address", "relatives", "alternate_names"})


class Cells:
    """The mapped cells of one row, and the problems found while they are read."""

    def __init__(self, line: int, values: Mapping[str, Sequence[str]], settings: RowSettings) -> None:
        self._line = line
        self._values = values
        self._settings = settings
        self.problems: list[RowProblem] = []

    def complain(self, field: str, message: str, remedy: str, **params: object) -> None:
        """Add a problem of this row."""
        self.problems.append(RowProblem(self._line, field, message, remedy, params))

    def problems_with_names(self) -> bool:
        """Say whether a name was given that could not be taken: then the row names somebody, only not well."""
        return any(problem.field.endswith("_name") for problem in self.problems)

    def filled(self, prefix: str) -> bool:
        """Say whether any column whose key begins with `prefix` holds something."""
        return any(key.startswith(prefix) and not says_nothing("".join(cells)) for key, cells in self._values.items())

    def parts(self, field: str) -> list[str]:
        """Return what the columns of `field` say, in their order, without empty ones."""
        found = []
        for cell in self._values.get(field, ()):
            if not cell:
                continue
            text = tidy_lines(cell) if field in _LONG_TEXT else tidy(cell)
            if self._fits(field, cell, text) and not says_nothing(text):
                found.append(text)
        return found

    def _fits(self, field: str, cell: str, text: str) -> bool:
        limit = MAX_NOTE_TEXT if field in _LONG_TEXT else MAX_SHORT_TEXT
        if len(text) > limit:
            self.complain(field, say.TOO_LONG, say.SHORTEN, found=len(text), limit=limit)
            return False
        if _NOT_TEXT.search(cell):
            self.complain(field, say.NOT_TEXT, say.RETYPE)
            return False
        return True

    def text(self, field: str, joint: str = " ") -> str:
        """Return the text of a field; several columns are joined."""
        return joint.join(self.parts(field))

    def entries(self, field: str) -> list[str]:
        """Return the entries of a field that lists several, apart by semicolons or lines."""
        cells = _BETWEEN_ENTRIES.split(";".join(self.parts(field)))
        found = [entry.strip() for entry in cells if not says_nothing(entry)]
        if len(found) > MAX_ENTRIES:
            self.complain(field, say.TOO_MANY, say.FEWER, found=len(found), limit=MAX_ENTRIES)
        return found

    def sex(self, field: str) -> str:
        """Return the sex as this program writes it, empty when not recorded."""
        text = self.text(field)
        if text and fold_words(text) not in SEX_WORDS:
            self.complain(field, say.UNKNOWN_SEX, say.USE_SEX)
        return str(SEX_WORDS.get(fold_words(text), ""))

    def calendar(self) -> str:
        """Return the calendar of the row, else that of the list."""
        text = self.text("calendar")
        if not text:
            return self._settings.calendar
        found = CALENDAR_WORDS.get(fold_words(text))
        if found is None:
            self.complain("calendar", say.UNKNOWN_CALENDAR, say.USE_CALENDAR)
        return found or self._settings.calendar

    def day(self, field: str, calendar: str) -> UncertainDate:
        """Return a date as uncertain as it was written; none lies after today."""
        text = self.text(field)
        # Workbooks and databases add a time to every day; midnight says nothing.
        text = text.removesuffix(" 00:00:00").removesuffix("T00:00:00")
        try:
            return read_date(text, calendar, field=field, latest=self._settings.today)
        except FieldError as refused:
            self.complain(field, say.UNREADABLE_DATE, refused.message, **refused.params)
            return UncertainDate()

    def age(self, field: str, as_of: UncertainDate, fallback: UncertainDate) -> Age | None:
        """Return the age on the day it was told: that of its own column, the registration, or the whole list."""
        text = self.text(field)
        if not text:
            return None
        told_on = as_of or fallback
        day = _single_day(told_on) or (None if as_of else self._settings.list_date)
        if day is None:
            problem = (say.INEXACT_DAY, say.WRITE_DAY) if as_of else (say.AGE_WITHOUT_DAY, say.ADD_DAY)
            self.complain(field, *problem)
            return None
        try:
            return read_age(text, day, field=field)
        except FieldError as refused:
            self.complain(field, say.UNREADABLE_AGE, refused.message, **refused.params)
            return None

    def country(self, field: str) -> str:
        """Return one country as alpha-2 code, empty when not recorded."""
        text = self.text(field)
        return self._code(field, text) if text else ""

    def _code(self, field: str, text: str) -> str:
        code = country_code(text)
        if code is None:
            self.complain(field, say.UNKNOWN_COUNTRY, say.USE_COUNTRY)
        return code or ""

    def nationalities(self, field: str) -> tuple[str, ...]:
        """Return the countries of a nationality field without doubles; "stateless" names none."""
        found: list[str] = []
        for entry in self.entries(field):
            if fold_words(entry) in STATELESS_WORDS:
                continue
            if country_code(entry) is None and any(sign in entry for sign in ",/"):
                found += [self._code(field, part) for part in entry.replace("/", ",").split(",") if part.strip()]
            else:
                found.append(self._code(field, entry))
        return tuple(dict.fromkeys(code for code in found if code))

    def is_stateless(self, field: str) -> bool:
        """Say whether the row says that the person has no nationality."""
        return any(fold_words(entry) in STATELESS_WORDS for entry in self.entries(field))

    def relation(self, field: str) -> str:
        """Return the key of a relation word, empty when not recorded."""
        text = self.text(field)
        return self._relation_of(field, text) if text else ""

    def _relation_of(self, field: str, word: str) -> str:
        key = RELATION_WORDS.get(fold_words(word))
        if key is None:
            self.complain(field, say.UNKNOWN_RELATION, say.USE_RELATION, allowed=", ".join(RELATIONS))
        return key or ""

    def relatives(self, field: str) -> tuple[Relative, ...]:
        """Return the relatives written as relation:name; a name alone is another relative or close person."""
        return tuple(one for entry in self.entries(field) if (one := self._relative(field, entry)) is not None)

    def _relative(self, field: str, entry: str) -> Relative | None:
        word, colon, name = entry.replace("：", ":").partition(":")
        if not colon:
            return Relative("other", entry)
        if says_nothing(name):
            self.complain(field, say.RELATIVE_WITHOUT_NAME, say.WRITE_RELATIVE)
            return None
        return Relative(relation, tidy(name)) if (relation := self._relation_of(field, word)) else None


def _single_day(told: UncertainDate) -> date | None:
    try:
        return date.fromisoformat(told.edtf)
    except ValueError:
        return None
