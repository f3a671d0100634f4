"""The alphabets in which spellings are compared: letters and frequent pairs of letters, each with a code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

LATN, ARAB, CYRL, HEBR = range(4)
SCRIPTS = ("Latn", "Arab", "Cyrl", "Hebr")
# Stands behind the last letter where learned odds know it: endings are spelled in ways of their own.
END = "$"
# Codes fit one byte; code 0 is no letter, the last code stands where two letters are no known pair.
MOST_CHUNKS, NO_PAIR = 255, 255


@dataclass(frozen=True)
class Alphabet:
    """One script's letters, then its pairs of letters; a chunk's place is its code."""

    chunks: tuple[str, ...]

    @cached_property
    def codes(self) -> dict[str, int]:
        """Return the code of every chunk."""
        return {chunk: code for code, chunk in enumerate(self.chunks)}

    @cached_property
    def lengths(self) -> npt.NDArray[np.int64]:
        """Return how many letters each chunk has."""
        return np.array([len(chunk) for chunk in self.chunks])

    def encode(self, word: str) -> list[tuple[int, int]]:
        """Return for each known letter and the end (its code, code of the pair that ends with it or NO_PAIR)."""
        codes = self.codes
        known = [letter for letter in word + END if letter in codes]
        return [
            (codes[letter], codes.get(known[place - 1] + letter, NO_PAIR) if place else NO_PAIR)
            for place, letter in enumerate(known)
        ]
