"""Pairs above the threshold as the hub reports them: to each society its own handle first."""

import math
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from rfl.exchange.rounds.lists import HANDLE
from rfl.exchange.rounds.plans import padded
from rfl.exchange.rounds.refusals import ListMalformed, TooManyPairs, UnknownHandle

# An agreement allows at most one false pair a case, and a person has few records: more is a threshold set wrong, or a
# hub that invents them.
MAX_PAIRS_A_CASE = 4
RECORD = struct.Struct(f">{HANDLE}s{HANDLE}sdI")  # own handle, partner's handle, strength, rule classes


@dataclass(frozen=True, order=True)
class Pair:
    """One case of one's own that may concern the same person as a case of the partner."""

    case: str  # the app's reference
    handle: bytes  # of the own case, in this round
    partner: bytes  # the partner's handle, which only the partner can resolve
    strength: float  # as the comparison scores it
    classes: int  # bit r: a token of rule class r was equal

    def value(self) -> dict[str, Any]:
        """As a part of a stored state."""
        record = RECORD.pack(self.handle, self.partner, self.strength, self.classes)
        return {"case": self.case, "record": record.hex()}

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Self:
        """Read what `value` gave; raises ValueError or KeyError."""
        try:
            return cls(value["case"], *RECORD.unpack(bytes.fromhex(value["record"])))
        except struct.error:
            raise ValueError("record") from None


def write_pairs(records: Iterable[tuple[bytes, bytes, float, int]]) -> bytes:
    """The body for one side, in the order of its own random handles, which tells nothing."""
    return b"".join(RECORD.pack(*record) for record in sorted(records))


def read_pairs(body: bytes, *, count: int, handles: Mapping[bytes, str]) -> tuple[Pair, ...]:
    """The pairs in a body; raises TooManyPairs, ListMalformed, or UnknownHandle for a case that was not sent."""
    if count > MAX_PAIRS_A_CASE * padded(len(handles)):
        raise TooManyPairs
    if len(body) != count * RECORD.size:
        raise ListMalformed
    pairs = []
    for handle, partner, strength, classes in RECORD.iter_unpack(body):
        if handle not in handles:
            raise UnknownHandle
        if not math.isfinite(strength):
            raise ListMalformed
        pairs.append(Pair(handles[handle], handle, partner, strength, classes))
    if len({(pair.handle, pair.partner) for pair in pairs}) != count:
        raise ListMalformed
    return tuple(pairs)
