"""Places by all their names, compiled from a public gazetteer into one small file: Aleppo, Halab and حلب are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib import resources
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.scripts import read
from matching.tokens import ARTICLES

SHIPPED = "places.npz"
# Bits of a hash that are kept: foreign words meet one of 500,000 tabled names once in 30 million.
KEPT_BITS = 44
COUNTRY = 0  # the number of a row that is a country
_DOUBLE = re.compile(r"(.)\1+")
# Silent, and written or not: Raqqah, Raqqa.
_FINAL_H = re.compile("(?<=...[aeo])h$")


@dataclass(frozen=True, slots=True)
class Place:
    """One meaning of a name.

    number: of the place at GeoNames, or of the project's own from 900,000,001; COUNTRY for a country.
    land: ISO 3166-1 alpha-2. size: eighths of the binary logarithm of its inhabitants, rounded.
    meant: whether the name means this place where no country is known.
    """

    number: int
    land: str
    size: int
    meant: bool


@dataclass(frozen=True)
class Gazetteer:
    """Names ascending by key, and the rows of the places that each may mean, the likeliest first."""

    keys: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int32]
    meant: npt.NDArray[np.uint8]  # how many of a name's places are meant where no country is known
    rows: npt.NDArray[np.int32]
    numbers: npt.NDArray[np.int32]
    lands: npt.NDArray[np.uint8]
    sizes: npt.NDArray[np.uint8]
    codes: tuple[str, ...]
    samples: tuple[str, ...]

    def find(self, names: Sequence[Sequence[str]]) -> list[tuple[Place, ...]]:
        """Return for each name, given as its words, the places that bear it; () for one that is not tabled."""
        asked = np.array([key_of(words) for words in names], np.int64)
        places = np.minimum(np.searchsorted(self.keys, asked), len(self.keys) - 1)
        known = self.keys[places] == asked
        return [self._places(place) if is_known else () for place, is_known in zip(places, known, strict=True)]

    def _places(self, name: int) -> tuple[Place, ...]:
        first, last, meant = int(self.starts[name]), int(self.starts[name + 1]), int(self.meant[name])
        return tuple(
            Place(int(self.numbers[row]), self.codes[self.lands[row]], int(self.sizes[row]), at < meant)
            for at, row in enumerate(self.rows[first:last])
        )


def folded(words: Sequence[str]) -> str:
    """Return the letters in which the spellings of a place's name in one script meet; its words are lower case.

    Spaces, hyphens, accents, articles before a word, doubled letters and a silent final h do not count.
    """
    kept = [word for word in words[:-1] if word not in ARTICLES] + list(words[-1:])
    readings = [read(word) for word in kept]
    letters = _DOUBLE.sub(r"\1", "".join(reading.folded for reading in readings))
    script = readings[0].script if readings else ""
    return f"{script}:{_FINAL_H.sub('', letters) if script == 'Latn' else letters}"


def key_of(words: Sequence[str]) -> int:
    """Return the key under which a name is tabled."""
    digest = blake2b(folded(words).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> (64 - KEPT_BITS)


@cache
def shipped_gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with the library."""
    data = (resources.files("matching") / "data" / SHIPPED).read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as file:
        return Gazetteer(
            keys=np.cumsum(file["gaps"].astype(np.int64)),
            starts=np.concatenate([[0], np.cumsum(file["counts"].astype(np.int64))]).astype(np.int32),
            meant=file["meant"],
            rows=file["rows"].astype(np.int32),
            numbers=np.cumsum(file["numbers"]).astype(np.int32),
            lands=file["lands"],
            sizes=file["sizes"],
            codes=tuple(str(file["codes"][()]).split(" ")),
            samples=tuple(str(file["samples"][()]).split("\n")),
        )


def save_gazetteer(path: Path, names: Mapping[int, Sequence[Place]], samples: Iterable[str]) -> None:
    """Write the places by key of name, the likeliest first; keys and numbers as gaps, which take less room.

    `samples` are names whose first place is a place, to be looked up in a test: a changed fold makes keys stale.
    """
    keys = sorted(names)
    places = sorted({(place.number, place.land, place.size) for found in names.values() for place in found})
    row_of = {(number, land): row for row, (number, land, _) in enumerate(places)}
    codes = sorted({land for _, land, _ in places})
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            gaps=np.diff(np.array([0, *keys], np.int64)).astype(np.uint32),
            counts=np.array([len(names[key]) for key in keys], np.uint8),
            meant=np.array([sum(place.meant for place in names[key]) for key in keys], np.uint8),
            rows=np.array([row_of[place.number, place.land] for key in keys for place in names[key]], np.uint32),
            numbers=np.diff(np.array([0, *(number for number, _, _ in places)], np.int64)).astype(np.uint32),
            lands=np.array([codes.index(land) for _, land, _ in places], np.uint8),
            sizes=np.array([size for _, _, size in places], np.uint8),
            codes=np.array(" ".join(codes)),
            samples=np.array("\n".join(samples)),
        )
