"""Details of one case as a letter shows them, one step at a time, and the commitment that goes ahead of them.

The text is canonical, so that what was committed to is what is read. Everything in it comes from outside.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from rfl.domain.cleaning import LINE_LENGTH, NAME_LENGTH, NOTE_LENGTH, clean_line, clean_text
from rfl.domain.consent import BASES, SPEAKERS
from rfl.domain.dates import CALENDARS, bounds
from rfl.domain.errors import FieldError
from rfl.domain.exchange_steps import ALWAYS, FIELDS, RECORDS, SECOND
from rfl.domain.persons import NAME_KINDS, SEXES
from rfl.exchange.rounds import fields
from rfl.exchange.rounds.canonical import NotCanonical, decode, encode

Details = Mapping[str, Any]

MOST_BYTES = 16 * 1024  # a dozen spellings of a name in six parts each, or two pages of circumstances
MOST_NAMES = 12
MOST_PARENTS = 4  # a father and a mother, each in two spellings
OLDEST_YEAR, LATEST_YEAR = 1800, 2200  # what a band of years may name
OLDEST_AGE = 130  # above the longest human life on record (122 years, INSEE 1997)
NONCE = re.compile(r"[0-9a-f]{64}")
COUNTRY = re.compile(r"[A-Z]{2}|")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LANGUAGE = re.compile(r"[A-Za-z-]{0,10}")
NAME_PARTS = ("given", "father", "grandfather", "family", "full")
PLACE_FIELDS = ("text", "country", "region")


class Unreadable(ValueError):
    """Not details of that step."""


def write(step: int, details: Details) -> str:
    """Return the text of the details of a step; raises Unreadable for what `read` would refuse."""
    try:
        text = encode(details).decode()
    except NotCanonical:
        raise Unreadable from None
    read(step, text)
    return text


def read(step: int, text: str) -> dict[str, Any]:
    """Return the fields that a text shows, each checked; raises Unreadable."""
    try:
        value = decode(text.encode(), limit=MOST_BYTES)
        needed = set(ALWAYS if step == SECOND else ())
        if not needed <= set(value) <= needed | set(FIELDS[step]):
            raise Unreadable
        for name, shown in value.items():
            CHECKS[name](shown)
    except (NotCanonical, ValueError, TypeError, KeyError, FieldError):
        raise Unreadable from None
    return value


def fits(field: str, value: object) -> bool:
    """Say whether a partner would accept this value of a field."""
    try:
        CHECKS[field](value)
    except (ValueError, TypeError, KeyError, FieldError):
        return False
    return True


def commitment(text: str, nonce: str, *, agreement: str, step: int, sender: str, mine: str, yours: str) -> str:
    """Return the SHA-256 hash (hex) that binds `sender` to a text for one step of one pair under one agreement.

    `nonce` is 32 random bytes in hex, which keep a partner from guessing the text; `mine` is the sender's handle.
    """
    whole = {
        "agreement": agreement,
        "details": text,
        "mine": mine,
        "nonce": nonce,
        "sender": sender,
        "step": step,
        "yours": yours,
    }
    return sha256(b"rfl shown details 1\0" + encode(whole)).hexdigest()


def _line(value: object, limit: int = LINE_LENGTH) -> None:
    """A text of one line, as a person could have typed it here."""
    if not isinstance(value, str) or clean_line(value, "text", limit=limit) != value:
        raise Unreadable


def _note(value: object) -> None:
    if not isinstance(value, str) or not value or clean_text(value, "text", limit=NOTE_LENGTH) != value:
        raise Unreadable


def _one_of(known: Mapping[Any, str]) -> Callable[[object], None]:
    def check(value: object) -> None:
        if not isinstance(value, str) or not value or value not in set(known):
            raise Unreadable

    return check


def _between(value: Mapping[str, Any], low: int, high: int) -> None:
    least = fields.number(value, "low", least=low, most=high)
    fields.number(value, "high", least=least, most=high)


def _years(value: Mapping[str, Any]) -> None:
    fields.only(value, frozenset({"low", "high"}))
    _between(value, OLDEST_YEAR, LATEST_YEAR)


def _age(value: Mapping[str, Any]) -> None:
    fields.only(value, frozenset({"low", "high", "as_of"}))
    _between(value, 0, OLDEST_AGE)
    date.fromisoformat(fields.text(value, "as_of", DAY))


def _agreed(value: Mapping[str, Any]) -> None:
    fields.only(value, frozenset({"on", "language", "speaker", "basis"}))
    date.fromisoformat(fields.text(value, "on", DAY))
    fields.text(value, "language", LANGUAGE)
    _one_of(BASES)(value["basis"])
    if value["speaker"] not in {"", *SPEAKERS}:
        raise Unreadable


def _names(value: object) -> None:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_NAMES:
        raise Unreadable
    for one in value:
        fields.only(one, frozenset({"kind", *NAME_PARTS}))
        if one["kind"] not in set(NAME_KINDS) or not any(one[part] for part in NAME_PARTS):
            raise Unreadable
        for part in NAME_PARTS:
            _line(one[part], NAME_LENGTH)


def _birth(value: Mapping[str, Any]) -> None:
    fields.only(value, frozenset({"edtf", "original", "calendar"}))
    _line(value["original"])
    if value["calendar"] not in set(CALENDARS):
        raise Unreadable
    if value["edtf"] and (not isinstance(value["edtf"], str) or bounds(value["edtf"]) is None):
        raise Unreadable


def _place(value: Mapping[str, Any]) -> None:
    fields.only(value, frozenset(PLACE_FIELDS))
    fields.text(value, "country", COUNTRY)
    _line(value["text"])
    _line(value["region"])


def _parents(value: object) -> None:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_PARENTS:
        raise Unreadable
    for one in value:
        fields.only(one, frozenset({"relation", "name"}))
        if one["relation"] not in ("father", "mother"):
            raise Unreadable
        _line(one["name"], NAME_LENGTH)


CHECKS: Mapping[str, Callable[[Any], None]] = {
    "record": _one_of(RECORDS),
    "agreed": _agreed,
    "sex": _one_of(SEXES),
    "years": _years,
    "region": _place,
    "names": _names,
    "birth": _birth,
    "age": _age,
    "parents": _parents,
    "birth_place": _place,
    "last_place": _place,
    "circumstances": _note,
    "contact": _note,
}
