"""Two lists as the hub of an encoded exchange sees them, without the blinding, which changes no equality."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import matching
from benchmarks.rows import read_people
from matching.encoding import PLACES, REPEATS, TOKEN, Encoded, encode, placed

# Odd numbers of 64 bits that spread the running numbers of repeated tokens; any would do.
_SPREAD_LEFT, _SPREAD_RIGHT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True)
class Seen:
    """A list at the hub (`matching.encoding.Values`); `token` is what stands behind each value, which the hub lacks."""

    case: NDArray[np.int32]
    rule: NDArray[np.uint8]
    value: NDArray[np.uint8]
    presence: NDArray[np.uint32]
    token: NDArray[np.uint64]


def read_lists(folder: Path) -> tuple[list[matching.PersonRecord], list[matching.PersonRecord]]:
    """Return the records of left.csv and right.csv."""
    left, right = read_people(folder / "left.csv", "sought"), read_people(folder / "right.csv", "registered")
    return list(left), list(right)


def seen(
    records: Sequence[matching.PersonRecord], *, first: bool, repeats: int = REPEATS, places: int = PLACES
) -> Seen:
    """Return the list of the first or the second society, every value once, as a round makes it."""
    return seen_cases([encode(record) for record in records], first=first, repeats=repeats, places=places)


def seen_cases(cases: Sequence[Encoded], *, first: bool, repeats: int = REPEATS, places: int = PLACES) -> Seen:
    """Return `seen` of persons that are encoded already."""
    rows = placed(cases, repeats, places)
    tokens = np.frombuffer(b"".join(token for _, _, token in rows), np.uint8).reshape(-1, TOKEN)
    token = np.ascontiguousarray(tokens[:, :8]).view("<u8").reshape(-1).astype(np.uint64)
    own = _running_number(token)
    values = [_value(token, own, theirs, first=first) for theirs in range(repeats)]
    return Seen(
        case=np.tile(np.array([case for case, _, _ in rows], np.int32), repeats),
        rule=np.tile(np.array([rule for _, rule, _ in rows], np.uint8), repeats),
        value=np.concatenate(values).view(np.uint8).reshape(-1, 8),
        presence=np.array([case.presence for case in cases], np.uint32),
        token=np.tile(token, repeats),
    )


def _running_number(token: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return for each token how many equal ones stand before it."""
    order = np.argsort(token, kind="stable")
    ranked = token[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])
    lengths = np.diff(np.r_[starts, len(ranked)])
    number = np.empty(len(token), np.uint64)
    number[order] = np.arange(len(ranked)) - np.repeat(starts, lengths)
    return number


def _value(token: NDArray[np.uint64], own: NDArray[np.uint64], theirs: int, *, first: bool) -> NDArray[np.uint64]:
    other = np.full(len(token), theirs, np.uint64)
    left, right = (own, other) if first else (other, own)
    return token + _SPREAD_LEFT * left + _SPREAD_RIGHT * right
