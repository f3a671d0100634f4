"""The peer of encoded exchange: one keyed Bloom filter a record (CLK), compared by Dice, as published tools do it.

1,024 bits; bigrams of names, parents and places and the positions of a birth date, each set by several keyed hashes.
Written from Schnell, Bachteler and Reiher (2009 and 2011); it serves only to compare, and must not be used: section 7
of docs/exchange-encoding.md says what a register reads out of such lists.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

import matching
from matching.normalize import strip_marks, words

BITS, HASHES = 1_024, 15
KEY = b"benchmark"
AT_ONCE = 500  # left records compared at a time
KEPT = 20  # pairs kept of each left record


def filters(records: Sequence[matching.PersonRecord]) -> NDArray[np.float32]:
    """Return the filters of records, shape (records, BITS), as 0 and 1."""
    table = np.zeros((len(records), BITS), np.float32)
    for row, record in enumerate(records):
        for gram in _grams(record):
            digest = blake2b(gram.encode(), digest_size=2 * HASHES, key=KEY).digest()
            table[row, np.frombuffer(digest, "<u2") % BITS] = 1
    return table


def best(left: NDArray[np.float32], right: NDArray[np.float32]) -> Iterator[tuple[int, int, float]]:
    """Yield (left, right, Dice coefficient) of the KEPT nearest right filters of each left one."""
    ours, theirs = left.sum(axis=1), right.sum(axis=1)
    for start in range(0, len(left), AT_ONCE):
        some = left[start : start + AT_ONCE]
        dice = 2 * (some @ right.T) / np.maximum(ours[start : start + AT_ONCE, None] + theirs[None, :], 1)
        kept = np.argpartition(-dice, min(KEPT, dice.shape[1] - 1), axis=1)[:, :KEPT]
        for row, columns in enumerate(kept.tolist()):
            yield from ((start + row, column, float(dice[row, column])) for column in columns)


def _grams(record: matching.PersonRecord) -> Iterator[str]:
    names = [text for one in record.names for text in (one.given, one.father, one.grandfather, one.family, one.full)]
    fields = {"n": " ".join(names), "m": record.mother, "p": f"{record.last_place} {record.birth_place}"}
    for field, text in fields.items():
        for word in words(strip_marks(text)):
            padded = f" {word} "
            yield from (f"{field}{padded[at : at + 2]}" for at in range(len(padded) - 1))
    if record.birth and record.birth.earliest == record.birth.latest:
        yield from (f"d{at}{digit}" for at, digit in enumerate(record.birth.earliest.isoformat()))
    elif record.birth:
        yield from (f"d{at}{digit}" for at, digit in enumerate(str(record.birth.earliest.year)))
    if record.sex:
        yield f"s{record.sex}"
