"""One pair of persons, each in a JSON file with the fields of PersonRecord, and the table of what was compared."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from matching.explain import sentence
from matching.lists.dates import read_interval
from matching.lists.failures import ListRefused
from matching.lists.folding import tidy
from matching.types import Evidence, Interval, Name, PersonRecord, Relative
from matching.wording import Comparison

# Longer values are cut in the table; the sentence beside them says what was found.
_WIDEST_VALUE = 32
_MAX_FILE_BYTES = 1024 * 1024
_T = TypeVar("_T", Name, Relative)
_COLUMNS = ("kind", "level", "weight", "left", "right", "sentence")
_FIELDS = tuple(one.name for one in fields(PersonRecord))


def read_person(path: Path, *, role: str) -> PersonRecord:
    """Return the person in a JSON file; `role` is taken where the file names none.

    A name is an object with kind (original if left out), given, father, grandfather, family and full, or a text: the
    full name. A date is EDTF text or an object with earliest, latest and approximate. Raises ListRefused with file,
    field and remedy.
    """
    try:
        with path.open("rb") as file:
            content = json.loads(file.read(_MAX_FILE_BYTES))
    except OSError as failure:
        raise ListRefused(f"{path} cannot be read: {failure.strerror or failure}.") from None
    except (ValueError, RecursionError):
        raise ListRefused(f'{path} is no JSON. Write one object: {{"names": ["Ali Hassan"]}}.') from None
    try:
        return _person(content, {"id": path.stem, "role": role})
    except ListRefused as refused:
        raise ListRefused(f"{path}: {refused}") from None


def _person(content: Any, defaults: Mapping[str, str]) -> PersonRecord:
    if not isinstance(content, dict):
        raise ListRefused('the file must hold one object, such as {"names": ["Ali Hassan"]}.')
    for key in content:
        if key not in _FIELDS:
            raise ListRefused(f"there is no field {key!r}; the fields are {', '.join(_FIELDS)}.")
    read: dict[str, Any] = {
        key: _READERS.get(key, _text)(key, value) for key, value in content.items() if value is not None
    }
    if not read.get("names"):
        raise ListRefused('names: name the person, for example {"names": ["Ali Hassan"]}.')
    try:
        return PersonRecord(**{**defaults, **read})
    except ValueError as refused:
        raise ListRefused(f"role: {refused} Write sought, registered or enquirer.") from None


def _text(field: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ListRefused(f"{field}: write a text between quotation marks.")
    return value


def _texts(field: str, value: Any) -> tuple[str, ...]:
    return tuple(_text(field, one) for one in _several(field, value))


def _several(field: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ListRefused(f"{field}: write a list between square brackets.")
    return value


def _names(field: str, value: Any) -> tuple[Name, ...]:
    return tuple(
        Name("original", full=one) if isinstance(one, str) else _made(Name, {"kind": "original"}, field, one)
        for one in _several(field, value)
    )


def _relatives(field: str, value: Any) -> tuple[Relative, ...]:
    return tuple(_made(Relative, {}, field, one) for one in _several(field, value))


def _made(kind: type[_T], defaults: Mapping[str, str], field: str, value: Any) -> _T:
    known = [one.name for one in fields(kind)]
    if not isinstance(value, dict) or set(value) - set(known):
        raise ListRefused(f"{field}: write an object with {', '.join(known)}.")
    try:
        return kind(**{**defaults, **{key: _text(f"{field}.{key}", text) for key, text in value.items()}})
    except (TypeError, ValueError) as refused:
        raise ListRefused(f"{field}: {refused}") from None


def _interval(field: str, value: Any) -> Interval | None:
    if value == "":
        return None
    found = read_interval(value) if isinstance(value, str) else _ends(value) if isinstance(value, dict) else None
    if found is None:
        raise ListRefused(f'{field}: write an EDTF date such as "1994-05-31", "1994~" or "1990/1994".')
    return found


def _ends(value: Mapping[str, Any]) -> Interval | None:
    first, last = (read_interval(str(value.get(end, ""))) for end in ("earliest", "latest"))
    if not first or not last or last.latest < first.earliest:
        return None
    return Interval(first.earliest, last.latest, approximate=value.get("approximate") is True)


_READERS = {
    "names": _names,
    "birth": _interval,
    "last_seen": _interval,
    "nationalities": _texts,
    "relatives": _relatives,
}


def table(comparison: Comparison) -> str:
    """Return score and evidence as a table of plain text with aligned columns."""
    rows = [_COLUMNS, *((*_row(item),) for item in comparison.evidence)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(_COLUMNS) - 1)]
    lines = [f"score {comparison.score:.6f}   sum of weights {comparison.weight:+.2f} bits", ""]
    for row in rows:
        padded = [text + " " * (wide - _width(text)) for text, wide in zip(row, widths, strict=False)]
        lines.append("  ".join([*padded, row[-1]]))
    return "\n".join(lines) + "\n"


def _row(item: Evidence) -> tuple[str, ...]:
    template, values = sentence(item)
    return item.kind, item.level, f"{item.weight:+.2f}", _cut(item.left), _cut(item.right), template % values


def _cut(text: str) -> str:
    shown = tidy(text)
    return shown if len(shown) <= _WIDEST_VALUE else shown[: _WIDEST_VALUE - 1] + "…"


def _width(text: str) -> int:
    """Return the columns of a terminal that `text` takes: none for marks, two for wide letters."""
    return sum(
        0 if unicodedata.combining(ch) or unicodedata.category(ch) == "Cf"
        else 2 if unicodedata.east_asian_width(ch) in "WF" else 1
        for ch in text
    )  # fmt: skip
