"""Distinct tokens as numbers: what comparison and keys ask of a token is worked out once, however many bear it."""

from __future__ import annotations

import hashlib
import zlib
from array import array
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.kernel import Vocabulary
from matching.kernel.tables import Tables
from matching.names import is_patronymic
from matching.scripts import Reading, read
from matching.scripts.reading import joining_bones
from matching.skeletons import token_values
from matching.tokens import halves, is_generic

# Values under which one token is found; further readings are dropped.
VALUES = 2
_SCRIPTS = 64


class WordArrays(NamedTuple):
    """For each token hashes of its key values and of a compound's complement (0: none), what it may be, its joints."""

    bones: NDArray[np.uint64]  # (tokens, VALUES + 1): the key values, then the complement
    marks: NDArray[np.uint8]  # (tokens, MARKS)
    joints: NDArray[np.uint64]  # (tokens, JOINTS)


# Columns of `marks`: an East Slavic patronymic; a number of the script, below 64 and seldom shared by two; the first
# sound of a token that is a single letter, else 0; the first sound of any token; a word that many names carry and leave
# out again (matching.tokens.is_generic).
PATRONYMIC, SCRIPT, INITIAL, FIRST, GENERIC = range(5)
MARKS = 5
# Columns of `joints`, numbers for the consonants of a token as polynomials of a base: as a word of two names (0: too
# few for that), as the first of two words, as the second, and the base to the power of the second's length. A word is
# two others where its WHOLE is HEAD x POWER + TAIL, as 64-bit numbers that run over.
WHOLE, HEAD, TAIL, POWER = range(4)
JOINTS = 4
LEAST_JOINED = 4  # consonants; of ten classes, so that two words give those of a third once in 10,000
_BASE = 0x9E3779B97F4A7C15  # odd; the golden ratio, as hash functions use it
_OVER = (1 << 64) - 1


def joints(reading: Reading) -> tuple[int, int, int, int]:
    """Return the columns of `WordArrays.joints` of a token; zeros for one that is no part of a word."""
    head, tail = joining_bones(reading.sounds[0]) if not reading.initial else ("", "")
    if not tail:
        return 0, 0, 0, 0
    whole = reading.skeletons[0]
    return (
        _number(whole) if len(whole) >= LEAST_JOINED else 0,
        _number(head),
        _number(tail),
        pow(_BASE, len(tail), 1 << 64),
    )


class _Description(NamedTuple):
    """What is known of one token: key values, their hashes and the complement's, and the rows of `WordArrays`."""

    values: tuple[str, ...]
    hashes: tuple[int, ...]
    halved: str
    marks: tuple[int, ...]
    joints: tuple[int, int, int, int]


@lru_cache(maxsize=65_536)
def _described(token: str) -> _Description:
    values = token_values(token)[:VALUES]
    halved = next((value for half in halves(token) for value in token_values(half)[:1]), "")
    reading = read(token)
    first = ord(reading.sounds[0][0]) & 0x7F if reading.sounds[0] else 0
    script = zlib.crc32(reading.script.encode()) % _SCRIPTS
    hashes = [hash_of(value) for value in values] + [0] * (VALUES - len(values))
    return _Description(
        values,
        (*hashes, hash_of(halved) if halved else 0),
        halved,
        (is_patronymic(token), script, first if reading.initial else 0, first, is_generic(token)),
        joints(reading),
    )


def _number(bones: str) -> int:
    made = 0
    for bone in bones:
        made = (made * _BASE + ord(bone)) & _OVER
    return made


def hash_of(value: str) -> int:
    """Return a 63-bit hash of a key value, never 0; the same on every machine."""
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=8).digest(), "big") >> 1 or 1


class Words:
    """A growing set of tokens; the number of a token never changes."""

    def __init__(self, *, described: bool = True, tables: Tables | None = None) -> None:
        """Start empty; words that are only numbered are not `described`. `tables` stand in for those that ship."""
        self.vocabulary = Vocabulary(tables)
        self._described = described
        self.values: list[str] = []  # the main key value of each token, by which its rarity is asked
        self.texts: dict[int, str] = {}  # the key values behind their hashes
        self._bones, self._marks, self._joints = array("Q"), array("B"), array("Q")
        self._arrays: WordArrays | None = None

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.vocabulary)

    def add(self, token: str) -> int:
        """Return the number of `token`, a new one when it was not met before."""
        number = self.vocabulary.add(token)
        if self._described and number == len(self.values):
            self._describe(token)
        return number

    def _describe(self, token: str) -> None:
        known = _described(token)
        self.values.append(known.values[0] if known.values else "")
        self.texts.update(zip(known.hashes, known.values, strict=False))
        if known.halved:
            self.texts[known.hashes[-1]] = known.halved
        self._bones.extend(known.hashes)
        self._marks.extend(known.marks)
        self._joints.extend(known.joints)
        self._arrays = None

    def arrays(self) -> WordArrays:
        """Return the facts of all tokens met so far."""
        if self._arrays is None:
            bones = np.array(self._bones, np.uint64).reshape(-1, VALUES + 1)
            marks = np.array(self._marks, np.uint8).reshape(-1, MARKS)
            self._arrays = WordArrays(bones, marks, np.array(self._joints, np.uint64).reshape(-1, JOINTS))
        return self._arrays
