"""Details that were shown of a pair, worded for the screen: one list of lines for each field."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from rfl.domain.exchange_steps import FIELD_WORDS, RECORDS
from rfl.domain.persons import RELATIONS, SEXES, Age, PersonName, Place, UncertainDate
from rfl.web.person_view import word_age, word_date, word_place


def field_word(field: str) -> str:
    """Return the name of a field in the language of the screen."""
    word: str = gettext(FIELD_WORDS[field])
    return word


def in_words(field: str, value: Any) -> list[str]:
    """Return the lines that say the value of one field (`pair_details`); nothing for nothing."""
    return WORDED[field](value) if value else []


def _years(value: Mapping[str, int]) -> list[str]:
    return [gettext("%(low)s to %(high)s", low=value["low"], high=value["high"])]


def _names(value: list[dict[str, str]]) -> list[str]:
    return [PersonName(**one).text() for one in value]


def _date(value: Mapping[str, str]) -> list[str]:
    view = word_date(UncertainDate(**value))
    return [part for part in (view.reading, view.told) if part]


def _parents(value: list[dict[str, str]]) -> list[str]:
    # The name stands apart, so that it does not turn the line round.
    return [
        f"{gettext(RELATIONS[one['relation']])}: \N{FIRST STRONG ISOLATE}{one['name']}\N{POP DIRECTIONAL ISOLATE}"
        for one in value
    ]


def _agreed(value: Mapping[str, str]) -> list[str]:
    return [word_date(UncertainDate(value["on"])).reading]


WORDED: Mapping[str, Any] = {
    "record": lambda value: [gettext(RECORDS[value])],
    "agreed": _agreed,
    "sex": lambda value: [gettext(SEXES[value])],
    "years": _years,
    "region": lambda value: [word_place(Place(**value)).line],
    "names": _names,
    "birth": _date,
    "age": lambda value: [word_age(Age(**value))],
    "parents": _parents,
    "birth_place": lambda value: [word_place(Place(**value)).line],
    "last_place": lambda value: [word_place(Place(**value)).line],
    "circumstances": lambda value: value.split("\n"),
    "contact": lambda value: value.split("\n"),
}
