"""Reading the fields of a decoded object: each has one kind, nothing is missing and nothing is left over."""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

HEX_256 = re.compile(r"[0-9a-f]{64}")
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
MOMENT_SHAPE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")  # strptime alone would take 1-1-1


def only(value: Mapping[str, Any], names: frozenset[str]) -> None:
    """Raise ValueError unless exactly the fields `names` are there."""
    if set(value) != names:
        raise ValueError("fields")


def text(value: Mapping[str, Any], name: str, shape: re.Pattern[str]) -> str:
    """A text that `shape` fits in full; raises ValueError."""
    found = value[name]
    if not isinstance(found, str) or not shape.fullmatch(found):
        raise ValueError(name)
    return found


def number(value: Mapping[str, Any], name: str, *, least: int, most: int) -> int:
    """A whole number within bounds, both included; raises ValueError."""
    found = value[name]
    if type(found) is not int or not least <= found <= most:
        raise ValueError(name)
    return found


def moment(value: Mapping[str, Any], name: str) -> datetime:
    """A moment in UTC, to the second; raises ValueError."""
    return datetime.strptime(text(value, name, MOMENT_SHAPE), MOMENT).replace(tzinfo=UTC)


def octets(value: Mapping[str, Any], name: str, *, size: int) -> bytes:
    """`size` bytes, written in base64; raises ValueError."""
    found = value[name]
    if not isinstance(found, str):
        raise ValueError(name)  # noqa: TRY004 - a wrong kind in a foreign text is a wrong value
    try:
        data = base64.b64decode(found, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(name) from None
    if len(data) != size or write_octets(data) != found:
        raise ValueError(name)
    return data


def write_octets(data: bytes) -> str:
    """Bytes in base64."""
    return base64.b64encode(data).decode("ascii")


def write_moment(when: datetime) -> str:
    """A moment as text; fractions of a second are cut off. Raises ValueError without a time zone."""
    if when.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return when.astimezone(UTC).strftime(MOMENT)
