"""One line of a comparison worded for the screen: the field, both values, the sentence, the length of the bar."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from rfl.domain.calendars import GREGORIAN
from rfl.domain.lookalikes import DOUBTS, Doubt
from rfl.domain.persons import NAME_KINDS, RELATIONS, SEXES, Age, UncertainDate
from rfl.domain.text import N_
from rfl.services.compared_values import Line, Piece, Pieces
from rfl.web.countries import country_name
from rfl.web.person_view import word_age, word_date

# A bar is full at these bits: a rare full name or an exact day of birth; more looks the same.
FULL_BAR_BITS = 12.0

# A year, month or day without any mark of doubt, in EDTF.
PLAIN_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")

FIELDS = {
    "name": N_("Full name"),
    "own_script_name": N_("Name in own script"),
    "given_name": N_("Given name"),
    "father_name": N_("Father's name"),
    "family_name": N_("Family name"),
    "sex": N_("Sex"),
    "birth": N_("Date of birth"),
    "mother": N_("Mother's name"),
    "relatives": N_("Relatives"),
    "birth_place": N_("Place of birth"),
    "last_place": N_("Last known place"),
    "nationality": N_("Nationality"),
    "time_order": N_("Last contact or registration"),
    "occupation": N_("Occupation"),
    "marks": N_("Distinguishing marks"),
    "household": N_("Family"),
}


@dataclass(frozen=True)
class Value:
    """One value as shown: `text`, a smaller `note`, whether somebody typed it, and why to look at it closely."""

    text: str
    note: str = ""
    typed: bool = False
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """One row of the side-by-side table; `share` is the bar, -1 to 1, None where nothing can be compared."""

    kind: str
    field: str
    left: tuple[Value, ...]
    right: tuple[Value, ...]
    sentence: str
    says: str
    share: float | None


def word_lines(lines: Iterable[Line]) -> list[Compared]:
    """Return the rows of the table in the language of the screen."""
    return [_word_line(line) for line in lines]


def word_fields(kinds: Iterable[str]) -> list[str]:
    """Return the names of fields."""
    return [gettext(FIELDS[kind]) for kind in kinds]


def _word_line(line: Line) -> Compared:
    template, params = line.sentence
    says = gettext(template) % params if params else gettext(template)
    if line.says == "missing":
        says = _word_gap(line)
    share = None if line.says == "missing" else max(-1.0, min(1.0, line.weight / FULL_BAR_BITS))
    return Compared(
        line.kind, gettext(FIELDS[line.kind]), word_side(line.left), word_side(line.right), says, line.says, share
    )


def _word_gap(line: Line) -> str:
    if bool(line.left) != bool(line.right):
        text: str = gettext("Recorded on one side only, so it says nothing.")
    else:
        text = gettext("Cannot be compared, so it says nothing.")
    return text


def word_side(pieces: Pieces) -> tuple[Value, ...]:
    """Return one side's values in the language of the screen; words that only repeat the date are left out."""
    dates = {piece.text for piece in pieces if piece.form == "date"}
    values = [(piece, FORMS[piece.form](piece)) for piece in pieces]
    readings = {value.text.casefold() for piece, value in values if piece.form == "date"}
    return tuple(value for piece, value in values if piece.form != "told" or _adds(piece, value, dates, readings))


def _adds(told: Piece, value: Value, dates: set[str], readings: set[str]) -> bool:
    """Words of another calendar or of an uncertain date say more than its reading; those of a plain date do not."""
    plain = told.note == GREGORIAN and all(PLAIN_DATE.fullmatch(edtf) for edtf in dates)
    return not plain and value.text.casefold() not in readings


def _typed(piece: Piece, note: str = "") -> Value:
    return Value(piece.text, note, typed=True, doubts=tuple(gettext(DOUBTS[Doubt(one)]) for one in piece.doubts))


def _told(piece: Piece) -> Value:
    view = word_date(UncertainDate(original=piece.text, calendar=piece.note))
    note = gettext("in the words of the record")
    return _typed(
        piece, gettext("%(note)s, %(calendar)s", note=note, calendar=view.calendar) if view.calendar else note
    )


def _age(piece: Piece) -> Value:
    low, _, high = piece.text.partition("-")
    return Value(word_age(Age(int(low), int(high or low), piece.note)))


def _withheld(piece: Piece) -> Value:
    text = ngettext(
        "%(num)d person named in the other society's request is compared but not shown.",
        "%(num)d persons named in the other society's request are compared but not shown.",
        int(piece.text),
    )
    return Value("", text)


_NAME_KINDS = {str(code): label for code, label in NAME_KINDS.items()}
_SEXES = {str(code): label for code, label in SEXES.items()}
FORMS: dict[str, Callable[[Piece], Value]] = {
    "text": _typed,
    "name": lambda piece: _typed(piece, gettext(_NAME_KINDS.get(piece.note, _NAME_KINDS["other"]))),
    "sex": lambda piece: Value(gettext(_SEXES[piece.text])),
    "date": lambda piece: Value(word_date(UncertainDate(piece.text)).reading),
    "told": _told,
    "age": _age,
    "country": lambda piece: Value(country_name(piece.text)),
    "relative": lambda piece: _typed(piece, gettext(RELATIONS.get(piece.note, RELATIONS["other"]))),
    "withheld": _withheld,
}
