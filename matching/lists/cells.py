"""Cells of one row, read field by field; what cannot be read becomes a problem and is left out."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from matching.lists import problems as say
from matching.lists.countries import country_code
from matching.lists.dates import read_age, read_interval, read_year
from matching.lists.folding import fold_words, tidy
from matching.lists.formula_guard import GUARD, unguard
from matching.lists.problems import Problem
from matching.lists.value_words import RELATION_WORDS, SEX_WORDS, STATELESS_WORDS, says_nothing
from matching.types import Interval, Relative

# A full name of many parts, or a place with its district and province, stays below; longer is another column's text.
_MAX_SHORT_TEXT = 300
_MAX_LONG_TEXT = 5_000
_LONG_TEXT = frozenset(("relatives", "alternate_names", "marks", "nickname", "married_name"))
# Households of registration lists have up to about thirty members.
_MAX_ENTRIES = 40
# So much of a cell is shown beside its problem.
_SHOWN_CHARS = 80
# NUL, halves of a pair that came alone, and the sign that programs put for letters they could not read.
_NOT_TEXT = re.compile("[\x00\ud800-\udfff\ufffd]")
_BETWEEN_ENTRIES = re.compile(r"[;؛\n]")
_BETWEEN_COUNTRIES = re.compile(r"[;؛\n,/]")

_says_nothing = lru_cache(maxsize=100_000)(says_nothing)
_fold = lru_cache(maxsize=20_000)(fold_words)
_country = lru_cache(maxsize=5_000)(country_code)


class Cells:
    """The filled cells of one row by field, and where its problems are reported."""

    __slots__ = ("_headers", "_line", "_report", "_side", "_values", "id")

    def __init__(
        self, side: str, line: int, ident: str, headers: Sequence[str], report: Callable[[Problem], None]
    ) -> None:
        self.id = ident
        self._side = side
        self._line = line
        self._headers = headers
        self._report = report
        self._values: dict[str, list[tuple[str, str]]] = {}

    def complain(self, column: str, value: str, problem: tuple[str, str]) -> None:
        """Report a problem of this row."""
        shown = tidy(value[: 2 * _SHOWN_CHARS])[:_SHOWN_CHARS]
        self._report(Problem(self._side, self._line, self.id, column, shown, *problem))

    def take(self, cells: Sequence[str], columns: Sequence[tuple[int, str]]) -> None:
        """Keep what the cells of `columns` (index, field) say; a row of another width than the header is reported."""
        width = len(self._headers)
        if len(cells) != width and (len(cells) < width or any(cells[width:])):
            self.complain("", "", say.WRONG_WIDTH)
        for index, field in columns:
            cell = cells[index] if index < len(cells) else ""
            if cell:
                self._take_one(field, self._headers[index], unguard(cell) if cell[0] == GUARD else cell)

    def _take_one(self, field: str, column: str, cell: str) -> None:
        if len(cell) > (_MAX_LONG_TEXT if field in _LONG_TEXT else _MAX_SHORT_TEXT):
            self.complain(column, cell, say.TOO_LONG)
            return
        if not cell.isascii() or "\x00" in cell:
            clean = _NOT_TEXT.sub("", cell)
            if clean != cell:
                self.complain(column, clean, say.NOT_TEXT)
            cell = clean
        text = cell if field in _LONG_TEXT else tidy(cell)
        if not _says_nothing(text):
            self._values.setdefault(field, []).append((column, text))

    def _first(self, field: str) -> tuple[str, str]:
        return self._values[field][0] if field in self._values else ("", "")

    def text(self, field: str) -> str:
        """Return the text of a field, empty when there is none."""
        found = self._values.get(field)
        if found is None:
            return ""
        return tidy(found[0][1]) if field in _LONG_TEXT else found[0][1]

    def entries(self, field: str) -> list[str]:
        """Return the entries of a field that lists several, apart by semicolons or lines."""
        return [entry for _, entry in self._split(field, _BETWEEN_ENTRIES)]

    def _split(self, field: str, between: re.Pattern[str]) -> list[tuple[str, str]]:
        if field not in self._values:
            return []
        found = [
            (column, text)
            for column, cell in self._values[field]
            for entry in between.split(cell)
            if (text := tidy(entry)) and not _says_nothing(text)
        ]
        if len(found) > _MAX_ENTRIES:
            self.complain(found[0][0], "", say.TOO_MANY)
        return found[:_MAX_ENTRIES]

    def sex(self, field: str) -> str:
        """Return female, male, other, or nothing."""
        column, text = self._first(field)
        known = SEX_WORDS.get(_fold(text), "") if text else ""
        if text and not known:
            self.complain(column, text, say.UNKNOWN_SEX)
        return known

    def interval(self, field: str) -> Interval | None:
        """Return the days a date may mean."""
        column, text = self._first(field)
        found = read_interval(text) if text else None
        if text and found is None:
            found = read_year(text)
            self.complain(column, text, say.IMPOSSIBLE_DAY if found else say.UNREADABLE_DATE)
        return found

    def age(self, field: str, as_of: Interval | None) -> Interval | None:
        """Return the days on which somebody of this age on the day `as_of` may be born."""
        column, text = self._first(field)
        if not text:
            return None
        if as_of is None:
            self.complain(column, text, say.AGE_WITHOUT_DAY)
            return None
        found = read_age(text, as_of)
        if found is None:
            self.complain(column, text, say.UNREADABLE_AGE)
        return found

    def country(self, field: str) -> str:
        """Return one country as alpha-2 code, empty when not known."""
        return next(iter(self._codes(self._values.get(field, ())[:1])), "")

    def countries(self, field: str) -> tuple[str, ...]:
        """Return the alpha-2 codes of a field of countries without doubles; "stateless" names none."""
        whole = self._values.get(field, ())
        apart = whole if all(_country(text) for _, text in whole) else self._split(field, _BETWEEN_COUNTRIES)
        return tuple(dict.fromkeys(self._codes(apart)))

    def _codes(self, written: Sequence[tuple[str, str]]) -> list[str]:
        codes = []
        for column, text in written:
            code = _country(text) if text else None
            if code:
                codes.append(code)
            elif text and _fold(text) not in STATELESS_WORDS:
                self.complain(column, text, say.UNKNOWN_COUNTRY)
        return codes

    def relatives(self, field: str) -> tuple[Relative, ...]:
        """Return the relatives written as relation:name; a name alone is another relative."""
        found = (self._relative(column, entry) for column, entry in self._split(field, _BETWEEN_ENTRIES))
        return tuple(one for one in found if one is not None)

    def _relative(self, column: str, entry: str) -> Relative | None:
        word, colon, name = entry.replace("：", ":").partition(":")
        if not colon:
            return Relative("other", entry)
        if not name.strip() or _says_nothing(name):
            self.complain(column, entry, say.RELATIVE_WITHOUT_NAME)
            return None
        relation = RELATION_WORDS.get(_fold(word))
        if relation is None:
            self.complain(column, entry, say.UNKNOWN_RELATION)
        return Relative(relation or "other", name.strip())
