"""Letters about lists with names: the list with the consent behind every row, its receipt, and its recall.

A list is a file as the export writes it. Beside it stands, for each row by its record number, who agreed to what, when,
by which route and until which day: a row without such a snapshot is nothing that a recipient may take.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from rfl.domain.consent import BASES, EVIDENCES, SPEAKERS, Purpose
from rfl.domain.exports import FORMATS, REASONS
from rfl.exchange.limits import MAX_FILE_BYTES
from rfl.exchange.rounds import fields
from rfl.exchange.rounds.canonical import NotCanonical, decode, encode
from rfl.exchange.rounds.package import Letter
from rfl.exchange.rounds.refusals import ListMalformed

LIST, RECALL, RECEIPT = "clear-list", "clear-recall", "clear-receipt"
KINDS = frozenset({LIST, RECALL, RECEIPT})
LENGTH = 4  # bytes that say how long the snapshots are
MOST_ROWS = 20_000  # the largest cap of an agreement
MOST_HEAD = 16 * 1024 * 1024  # 20,000 snapshots of 400 bytes, and as much again
MOST_RECALL = 8 * 1024 * 1024
REF = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,200}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?|")
NOTICE = re.compile(r"[A-Za-z0-9.-]{0,20}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
PURPOSE = Purpose.SHARE_SOCIETIES  # what everybody on such a list has agreed to
TAKEN, REFUSED, RECALLED, MISSED = "taken", "refused", "recalled", "missed"


def _one_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(str(word)) for word in words))


# What a field of a snapshot may hold.
SHAPES: Mapping[str, re.Pattern[str]] = {
    "ref": REF,
    "purpose": _one_of([PURPOSE]),
    "basis": _one_of(BASES),
    "evidence": _one_of([*EVIDENCES, ""]),
    "speaker": _one_of([*SPEAKERS, ""]),
    "notice": NOTICE,
    "language": LANGUAGE,
    "on": DAY,
    "until": DAY,
}


@dataclass(frozen=True)
class Snapshot:
    """The consent behind one row at the moment at which the list was written; days are ISO dates, `until` included."""

    ref: str  # record number, as the file has it
    purpose: str
    basis: str
    evidence: str
    speaker: str
    notice: str
    language: str
    on: str
    until: str

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Self:
        """Read one; raises ValueError."""
        if not isinstance(value, dict):
            raise ValueError("a snapshot")  # noqa: TRY004 - a wrong kind in a foreign text is a wrong value
        fields.only(value, frozenset(SHAPES))
        read = cls(**{name: fields.text(value, name, shape) for name, shape in SHAPES.items()})
        date.fromisoformat(read.on), date.fromisoformat(read.until)
        return read


@dataclass(frozen=True)
class ClearList:
    """One list: `format` and `reason` are keys of `rfl.domain.exports`, `file` is what the export wrote."""

    format: str
    reason: str
    snapshots: tuple[Snapshot, ...]
    file: bytes = field(repr=False)

    def letter(self, number: str) -> Letter:
        """The letter to send; `number` names the list, 32 hexadecimal digits."""
        head = encode({"format": self.format, "reason": self.reason, "rows": [asdict(one) for one in self.snapshots]})
        return Letter(LIST, number, len(self.snapshots), len(head).to_bytes(LENGTH) + head + self.file)

    @classmethod
    def of(cls, letter: Letter) -> Self:
        """Read one; raises ListMalformed."""
        end = LENGTH + int.from_bytes(letter.body[:LENGTH])
        file = letter.body[end:]
        try:
            if len(letter.body) < end or not file or len(file) > MAX_FILE_BYTES:
                raise ListMalformed
            value = decode(letter.body[LENGTH:end], limit=MOST_HEAD)
            fields.only(value, frozenset({"format", "reason", "rows"}))
            words = {
                "format": fields.text(value, "format", _one_of(FORMATS)),
                "reason": fields.text(value, "reason", _one_of(REASONS)),
            }
            snapshots = tuple(Snapshot.of(one) for one in _some(value["rows"], MOST_ROWS))
        except (NotCanonical, ValueError):
            raise ListMalformed from None
        if len(snapshots) != letter.count or len({one.ref for one in snapshots}) != len(snapshots):
            raise ListMalformed
        return cls(**words, snapshots=snapshots, file=file)


@dataclass(frozen=True)
class Recall:
    """The rows that must go, by their record numbers; none named means the whole list."""

    refs: tuple[str, ...] = ()

    def letter(self, number: str) -> Letter:
        """The letter to send."""
        return Letter(RECALL, number, len(self.refs), encode({"refs": sorted(self.refs)}))

    @classmethod
    def of(cls, letter: Letter) -> Self:
        """Read one; raises ListMalformed."""
        try:
            value = decode(letter.body, limit=MOST_RECALL)
            fields.only(value, frozenset({"refs"}))
            refs = tuple(_some(value["refs"], MOST_ROWS, least=0))
            if len(refs) != letter.count or not all(isinstance(one, str) and REF.fullmatch(one) for one in refs):
                raise ListMalformed
        except (NotCanonical, ValueError):
            raise ListMalformed from None
        return cls(refs)


@dataclass(frozen=True)
class Receipt:
    """What became of a list at its recipient, as four numbers of rows.

    `act` is TAKEN or REFUSED (with `taken` and `refused`), or RECALLED (with `erased`, and `kept` until a person has
    looked at them because something was added there). MISSED says that a void came in place of the list.
    """

    act: str
    taken: int = 0
    refused: int = 0
    erased: int = 0
    kept: int = 0

    def letter(self, number: str) -> Letter:
        """The letter to send."""
        return Letter(RECEIPT, number, self.taken + self.erased, encode(asdict(self)))

    @classmethod
    def of(cls, letter: Letter) -> Self:
        """Read one; raises ListMalformed."""
        numbers = ("taken", "refused", "erased", "kept")
        try:
            value = decode(letter.body, limit=MOST_RECALL)
            fields.only(value, frozenset({"act", *numbers}))
            return cls(
                fields.text(value, "act", _one_of((TAKEN, REFUSED, RECALLED, MISSED))),
                *(fields.number(value, name, least=0, most=MOST_ROWS) for name in numbers),
            )
        except (NotCanonical, ValueError):
            raise ListMalformed from None


def _some(value: object, most: int, *, least: int = 1) -> list[Any]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise ValueError("a list")
    return value
