"""One text for one value: the part of RFC 8785 (canonical JSON) that headers and agreements need.

Objects with short ASCII names, text, whole numbers, true, false, null and lists of these. There are no fractions, whose
spelling is the difficult part of the RFC. A text that is not spelled canonically is refused, so that what
was signed is what is read.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

EXACT = 2**53 - 1  # RFC 8785 section 3.2.2.3: whole numbers that every reader of JSON holds exactly
DEPTH = 6  # an agreement nests its parties two deep
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class NotCanonical(ValueError):
    """Not the one spelling of a value; the text says what is wrong."""


def encode(value: Mapping[str, Any]) -> bytes:
    """The canonical UTF-8 text of an object; raises NotCanonical for a value that has none."""
    _inspect(value, 0)
    # Python's spelling of text is the RFC's: the same short escapes, and everything else as it is.
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("half of a surrogate pair") from None


def decode(data: bytes, *, limit: int) -> dict[str, Any]:
    """The object that `data` spells, at most `limit` bytes; raises NotCanonical."""
    if len(data) > limit:
        raise NotCanonical("too long")
    try:
        value = json.loads(data.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise NotCanonical("not JSON, or with fractions") from None
    if not isinstance(value, dict):
        raise NotCanonical("not an object")
    if encode(value) != data:
        raise NotCanonical("another spelling of the same value")
    return value


def _refuse(word: str) -> NoReturn:
    raise NotCanonical(word[:20])


def _inspect(value: object, depth: int) -> None:
    """Raise NotCanonical where `value` holds anything but the kinds named above."""
    if depth > DEPTH:
        raise NotCanonical("too deep")
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if not isinstance(name, str) or not NAME.fullmatch(name):
                raise NotCanonical("a name")
            _inspect(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _inspect(inner, depth + 1)
    elif isinstance(value, int):
        if abs(value) > EXACT:
            raise NotCanonical("a number that is too large")
    elif value is not None and not isinstance(value, str):
        raise NotCanonical(type(value).__name__)
