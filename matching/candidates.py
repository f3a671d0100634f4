"""Who may be meant is looked up under keys, rarest first, within a budget; the sum of rarity ranks them."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import compiled
from matching.keys import MAX_KEYS, SINGLE_KINDS, Bones, all_keys, person_keys
from matching.people import PeopleArrays

# Postings read for one query: this many, or this share of a long list, whichever is more.
BUDGET: Final = 3_000
BUDGET_SHARE: Final = 0.01
# A key of a single word is dropped when more persons than this, or this share of a list, have it.
MAX_SINGLE: Final = 200
SINGLE_SHARE: Final = 0.01
Sums = NDArray[np.float32]
Found = NDArray[np.int32]


class Postings(NamedTuple):
    """Persons by key: those of the key `values[k]` are `persons[at[k]]` to `persons[at[k + 1]]`, ascending."""

    values: NDArray[np.uint64]  # ascending
    at: NDArray[np.int64]
    persons: NDArray[np.int32]
    single: NDArray[np.uint8]  # a key of one word, 1 or 0
    total: int


def build_postings(people: PeopleArrays, words: Bones) -> Postings:
    """Return the postings of a list of persons."""
    n = len(people.facts)
    kinds, values = np.empty(n * MAX_KEYS + MAX_KEYS, np.uint8), np.empty(n * MAX_KEYS + MAX_KEYS, np.uint64)
    at = np.zeros(n + 1, np.int64)
    all_keys(people, words, kinds, values, at)
    kinds, values = kinds[: at[n]], values[: at[n]]
    order = np.argsort(values, kind="stable")
    persons = np.repeat(np.arange(n, dtype=np.int32), np.diff(at))[order]
    values = values[order]
    first = (
        np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))) if len(values) else np.empty(0, np.int64)
    )
    return Postings(
        values[first],
        np.concatenate((first, [len(values)])).astype(np.int64),
        persons,
        np.isin(kinds[order][first], SINGLE_KINDS).astype(np.uint8),
        n,
    )


@compiled
def find(people: PeopleArrays, p: int, words: Bones, index: Postings, sums: Sums, found: Found, most: int) -> int:
    """Write the best `most` candidates of person `p` to `found`, best first; return how many.

    `sums` has room for everybody and holds zeros before and after; `found` has room for everybody.
    """
    kinds, values = np.empty(MAX_KEYS, np.uint8), np.empty(MAX_KEYS, np.uint64)
    n = person_keys(people, p, words, kinds, values)
    keys, counts = np.empty(MAX_KEYS, np.int64), np.empty(MAX_KEYS, np.int64)
    held = 0
    most_single = max(MAX_SINGLE, int(index.total * SINGLE_SHARE))
    for i in range(n):
        k = np.searchsorted(index.values, values[i])
        if k < len(index.values) and index.values[k] == values[i]:
            count = index.at[k + 1] - index.at[k]
            if not (index.single[k] and count > most_single):
                place = held
                while place > 0 and counts[place - 1] > count:
                    keys[place], counts[place] = keys[place - 1], counts[place - 1]
                    place -= 1
                keys[place], counts[place] = k, count
                held += 1
    budget = max(BUDGET, int(index.total * BUDGET_SHARE))
    spent, touched = 0, 0
    for i in range(held):
        if spent and spent + counts[i] > budget:
            break
        spent += counts[i]
        weight = np.float32(math.log2(index.total / counts[i]) + 0.01)
        for at in range(index.at[keys[i]], index.at[keys[i] + 1]):
            person = index.persons[at]
            if sums[person] == 0:
                found[touched] = person
                touched += 1
            sums[person] += weight
    return _best(found, touched, sums, most)


@compiled
def _best(found: Found, touched: int, sums: Sums, most: int) -> int:
    """Keep the `most` best of `found`, best first and by number where equal, and clear their sums."""
    scores, chosen = np.empty(touched, np.float32), np.empty(touched, np.int32)
    for i in range(touched):
        scores[i], chosen[i] = -sums[found[i]], found[i]
        sums[found[i]] = 0
    if touched > most:
        bar = np.partition(scores, most)[most]
        kept = 0
        for i in range(touched):
            if scores[i] <= bar:
                scores[kept], chosen[kept] = scores[i], chosen[i]
                kept += 1
        touched = kept
    chosen, scores = chosen[:touched], scores[:touched]
    by_number = np.argsort(chosen)
    chosen, scores = chosen[by_number], scores[by_number]
    order = np.argsort(scores, kind="mergesort")
    kept = min(touched, most)
    for i in range(kept):
        found[i] = chosen[order[i]]
    return kept
