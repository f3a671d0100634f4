"""Places by all their names, compiled from a public gazetteer into one small file: Aleppo, Halab and حلب are one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np

from matching.scripts.reading import fold
from matching.tokens import ARTICLES

SHIPPED = "places.npz"
# Bits of a hash that are kept: foreign words meet one of 500,000 tabled names once in 30 million.
KEPT_BITS = 44
# One name at a time is asked for, which a view of an array answers faster than the array.
Numbers = memoryview
COUNTRY = 0  # the number of a row that is a country
_DOUBLE = re.compile(r"(.)\1+")
# Silent, and written or not: Raqqah, Raqqa.
_FINAL_H = re.compile("(?<=...[aeo])h$")


class Place(NamedTuple):
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

    keys: Numbers
    starts: Numbers
    meant: Numbers  # how many of a name's places are meant where no country is known
    rows: Numbers
    numbers: Numbers  # of each row; so are the next two
    lands: Numbers
    sizes: Numbers
    codes: tuple[str, ...]
    samples: tuple[str, ...]

    def find(self, words: Sequence[str]) -> tuple[Place, ...]:
        """Return the places that bear a name, given as its words; () for one that is not tabled."""
        key = key_of(words)
        name = bisect_left(self.keys, key)
        if name == len(self.keys) or self.keys[name] != key:
            return ()
        first, last, meant = self.starts[name], self.starts[name + 1], self.meant[name]
        return tuple(
            Place(self.numbers[row], self.codes[self.lands[row]], self.sizes[row], at < meant)
            for at, row in enumerate(self.rows[first:last])
        )


def folded(words: Sequence[str]) -> str:
    """Return the letters in which the spellings of a place's name in one script meet; its words are lower case.

    Spaces, hyphens, accents, articles before a word, doubled letters and a silent final h do not count.
    """
    kept = [word for word in words[:-1] if word not in ARTICLES] + list(words[-1:])
    if not kept:
        return ""
    forms = [fold(word) for word in kept]
    script, letters = forms[0][0], _DOUBLE.sub(r"\1", "".join(form for _, form in forms))
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
            keys=np.cumsum(file["gaps"].astype(np.int64)).data,
            starts=np.concatenate([[0], np.cumsum(file["counts"].astype(np.int64))]).astype(np.int32).data,
            meant=file["meant"].data,
            rows=file["rows"].astype(np.int32).data,
            numbers=np.cumsum(file["numbers"]).astype(np.int32).data,
            lands=file["lands"].data,
            sizes=file["sizes"].data,
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
