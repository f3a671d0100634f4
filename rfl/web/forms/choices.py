"""Choices of select boxes and radio buttons, from the tables of the domain."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext
from wtforms.fields.choices import SelectChoice


def translated(table: Mapping[Any, str], *, empty: str | None = None) -> list[SelectChoice]:
    """Return choices of a code -> N_ label table; `empty` is the label of a first choice without a code."""
    # The translation of an empty text is the header of the catalogue.
    first = [] if empty is None else [SelectChoice("", lazy_gettext(empty) if empty else "")]
    return first + [SelectChoice(str(code), lazy_gettext(label)) for code, label in table.items()]


def plain(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return choices of (code, label) pairs whose labels are shown as they are."""
    return [SelectChoice(code, label) for code, label in pairs]
