"""Spellings of one name over many scripts, learned from public name lists; compiled into one small file."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.kernel.identity import identity
from matching.scripts import Reading

SHIPPED = "name_clusters.npz"
# Bits of an identity that are kept: a foreign word meets one of 200,000 tabled ones once in 80 million.
KEPT_BITS = 44
# Numbers below are names of the project's own table (matching.equivalents).
FIRST_NUMBER = 1_000_000


@dataclass(frozen=True)
class NameClusters:
    """Tabled words, ascending by key, and the numbers of the names that each may be."""

    keys: array[int]  # 64 bits each; one is looked up in it faster than in an array of numpy
    starts: npt.NDArray[np.int32]
    names: npt.NDArray[np.int32]
    values: tuple[str, ...]
    samples: tuple[str, ...]  # some of the tabled words, for a test: after a change of folding they are found no more

    def values_of(self, reading: Reading) -> tuple[str, ...]:
        """Return the values (matching.skeletons) that most spellings of the word's names have."""
        return tuple(self.values[number // 2 - FIRST_NUMBER] for number in self.names_of(reading))

    def names_of(self, reading: Reading) -> tuple[int, ...]:
        """Return 2 x the number of every name that the word is a spelling of, ascending; () when it is not tabled."""
        key = key_of(reading)
        place = bisect_left(self.keys, key)
        if place == len(self.keys) or self.keys[place] != key:
            return ()
        numbers = self.names[self.starts[place] : self.starts[place + 1]]
        return tuple(2 * (FIRST_NUMBER + int(number)) for number in numbers)


def key_of(reading: Reading) -> int:
    """Return the key under which a word is tabled."""
    return identity(reading) >> (64 - KEPT_BITS)


def load_clusters() -> NameClusters:
    """Return the clusters that ship with the library."""
    data = (resources.files("matching") / "data" / SHIPPED).read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as file:
        keys = array("q", np.cumsum(file["gaps"].astype(np.int64)).tobytes())
        starts = np.concatenate([[0], np.cumsum(file["counts"].astype(np.int64))]).astype(np.int32)
        values, samples = (tuple(str(file[part][()]).split(" ")) for part in ("values", "samples"))
        return NameClusters(keys, starts, file["names"].astype(np.int32), values, samples)


def save_clusters(path: Path, rows: Mapping[int, Sequence[int]], values: Sequence[str], samples: Sequence[str]) -> None:
    """Write the numbers of names by key, the value of each name, and some words; keys as gaps, which take less room."""
    keys = sorted(rows)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            gaps=np.diff(np.array([0, *keys], np.int64)).astype(np.uint32),
            counts=np.array([len(rows[key]) for key in keys], np.uint8),
            names=np.array([name for key in keys for name in sorted(rows[key])], np.uint32),
            values=np.array(" ".join(values)),
            samples=np.array(" ".join(samples)),
        )
