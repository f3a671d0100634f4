"""Voids: what takes the place of a package that its sender no longer sends, so that the chain goes on after it.

A void stands under the number of the package that it replaces and names the digest of it. Whoever takes the void goes
on from that digest, as if the package had come: packages that were sealed after it still fit.
"""

import re
from dataclasses import dataclass
from typing import Self

from rfl.exchange.rounds import fields
from rfl.exchange.rounds.canonical import NotCanonical, decode, encode
from rfl.exchange.rounds.refusals import Malformed

KIND = "void"
MAX_BYTES = 256
NAME = re.compile(r"[a-z][a-z-]{0,31}")  # as the header of a package holds a kind


@dataclass(frozen=True)
class Void:
    """The package that does not come: its kind and its digest (hex)."""

    kind: str
    digest: str

    def to_bytes(self) -> bytes:
        """The body of the letter."""
        return encode({"digest": self.digest, "kind": self.kind})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a body; raises Malformed."""
        try:
            value = decode(data, limit=MAX_BYTES)
            fields.only(value, frozenset({"digest", "kind"}))
            return cls(fields.text(value, "kind", NAME), fields.text(value, "digest", fields.HEX_256))
        except (NotCanonical, ValueError):
            raise Malformed from None
