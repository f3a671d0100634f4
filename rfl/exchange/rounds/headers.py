"""The two heads of a package: the label that anybody may read, and the sealed header of which it repeats a part.

The label tells whose file it is and in which order to take it. What kind of letter it is, of which round and
with how many values, is for the recipient alone: the kind of a letter would tell an onlooker that something was found.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from rfl.exchange.rounds import fields
from rfl.exchange.rounds.canonical import NotCanonical, decode, encode
from rfl.exchange.rounds.channels import Mark
from rfl.exchange.rounds.refusals import Malformed, UnknownVersion

FORMAT = "rfl-package"
VERSION = 1
MAX_HEAD = 2048  # bytes of JSON; a full header has about 900

MAX_COUNT = 2**31 - 1  # values in a body
MAX_BODY = 2**40
MAX_EPOCH = 10_000
KIND = re.compile(r"[a-z][a-z-]{0,31}")
ROUND = re.compile(r"[0-9a-f]{32}")

LABEL_FIELDS = frozenset({"format", "version", "sender", "recipient", "agreement", "sequence", "created", "expires"})
HEADER_FIELDS = LABEL_FIELDS | {
    *("kind", "round", "profile", "epoch", "previous", "seen_sequence", "seen", "count", "size")
}


@dataclass(frozen=True)
class Label:
    """What is written on the outside; it cannot be exchanged without breaking the seal."""

    sender: str  # digest of the public identity, hex
    recipient: str
    agreement: str  # hash of the agreement, hex
    sequence: int
    created: datetime
    expires: datetime

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a label; raises Malformed or UnknownVersion."""
        return cls(**_label_of(_read(data, LABEL_FIELDS)))

    def to_bytes(self) -> bytes:
        """The canonical text."""
        return encode(self.value())

    def value(self) -> dict[str, Any]:
        """The fields as they are written."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "sender": self.sender,
            "recipient": self.recipient,
            "agreement": self.agreement,
            "sequence": self.sequence,
            "created": fields.write_moment(self.created),
            "expires": fields.write_moment(self.expires),
        }


@dataclass(frozen=True)
class Header:
    """Everything that is signed besides the body."""

    label: Label
    kind: str
    round: str  # 16 random bytes, hex
    profile: str  # hash of the profile of encoding, hex
    epoch: int
    previous: str  # digest of the package before this one in the same direction
    seen: Mark  # the last package that the sender has taken from the recipient
    count: int  # values in the body, as the kind counts them
    size: int  # bytes of the body, without the filling after it

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a header; raises Malformed or UnknownVersion."""
        value = _read(data, HEADER_FIELDS)
        try:
            return cls(
                label=Label(**_label_of(value)),
                kind=fields.text(value, "kind", KIND),
                round=fields.text(value, "round", ROUND),
                profile=fields.text(value, "profile", fields.HEX_256),
                epoch=fields.number(value, "epoch", least=1, most=MAX_EPOCH),
                previous=fields.text(value, "previous", fields.HEX_256),
                seen=Mark(
                    fields.number(value, "seen_sequence", least=0, most=MAX_COUNT),
                    fields.text(value, "seen", fields.HEX_256),
                ),
                count=fields.number(value, "count", least=0, most=MAX_COUNT),
                size=fields.number(value, "size", least=0, most=MAX_BODY),
            )
        except ValueError:
            raise Malformed from None

    def to_bytes(self) -> bytes:
        """The canonical text."""
        return encode(
            {
                **self.label.value(),
                "kind": self.kind,
                "round": self.round,
                "profile": self.profile,
                "epoch": self.epoch,
                "previous": self.previous,
                "seen_sequence": self.seen.sequence,
                "seen": self.seen.digest,
                "count": self.count,
                "size": self.size,
            }
        )


def _read(data: bytes, names: frozenset[str]) -> dict[str, Any]:
    """The fields of a head in a version that is known here; raises Malformed or UnknownVersion."""
    try:
        value = decode(data, limit=MAX_HEAD)
    except NotCanonical:
        raise Malformed from None
    if value.get("format") != FORMAT:
        raise Malformed
    version = value.get("version")
    if type(version) is not int or version < 1:
        raise Malformed
    if version != VERSION:
        raise UnknownVersion(version=version)
    if set(value) != names:
        raise Malformed
    return value


def _label_of(value: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a label as values; raises Malformed."""
    try:
        return {
            "sender": fields.text(value, "sender", fields.HEX_256),
            "recipient": fields.text(value, "recipient", fields.HEX_256),
            "agreement": fields.text(value, "agreement", fields.HEX_256),
            "sequence": fields.number(value, "sequence", least=1, most=MAX_COUNT),
            "created": fields.moment(value, "created"),
            "expires": fields.moment(value, "expires"),
        }
    except ValueError:
        raise Malformed from None
