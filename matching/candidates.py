"""Who may be meant is looked up under keys and rare names, rarest first, within a budget; the sum of rarity ranks them.

Names are looked up in every spelling that is near, for which no key is needed: a list in memory knows them all.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import borrowing, compiled
from matching.kernel import SHORT
from matching.keys import MAX_KEYS, SINGLE_KINDS, Bones, Values, all_keys, person_keys
from matching.people import NAMES_AT, PeopleArrays
from matching.shares import Nearby

# Postings read for one query: this many, or this share of a long list, whichever is more.
BUDGET: Final = 3_000
BUDGET_SHARE: Final = 0.01
# A key of a single word is dropped when more persons than this, or this share of a list, have it.
MAX_SINGLE: Final = 200
SINGLE_SHARE: Final = 0.01
# Words of a person's names that are looked up so; more are other spellings of the same.
MAX_NAMED: Final = 16
Sums = NDArray[np.float32]
Found = NDArray[np.int32]
Numbers = NDArray[np.int64]


class Postings(NamedTuple):
    """Persons by key, and by word of a name.

    Those of the key `values[k]` are `persons[at[k]]` to `persons[at[k + 1]]`, ascending; those whose names have the
    word `t` are `named[named_at[t]]` to `named[named_at[t + 1]]`, ascending.
    """

    values: NDArray[np.uint64]  # ascending
    at: NDArray[np.int64]
    persons: NDArray[np.int32]
    single: NDArray[np.uint8]  # a key of one word, 1 or 0
    named_at: NDArray[np.int64]
    named: NDArray[np.int32]
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
        *_by_name(people, len(words)),
        n,
    )


@compiled
def _by_name(people: PeopleArrays, words: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return persons by word of their names, each once under each word."""
    at, last = np.zeros(words + 2, np.int64), np.full(words, -1, np.int32)
    named = np.empty(0, np.int32)
    for turn in range(2):  # first they are counted, then written
        last[:] = -1
        for p in range(len(people.facts)):
            form = people.facts[p, NAMES_AT] + 1
            for _ in range(people.flat[form - 1]):
                for place in range(people.flat[form + 1]):
                    token = people.flat[form + 2 + 2 * place]
                    if last[token] != p:
                        last[token] = p
                        if turn:
                            named[at[token + 1]] = p
                        at[token + 2 - turn] += 1
                form += 2 + 2 * people.flat[form + 1]
        if not turn:
            at = np.cumsum(at)
            named = np.empty(at[-1], np.int32)
    return at[:-1], named


@borrowing
def _add(person: int, weight: np.float32, sums: Sums, found: Found, touched: int) -> int:
    if sums[person] == 0:
        found[touched] = person
        touched += 1
    sums[person] += weight
    return touched


@borrowing
def _insert(key: int, count: int, keys: Numbers, counts: Numbers, held: int) -> int:
    """Insert a key where its count belongs, the smallest first."""
    place = held
    while place > 0 and counts[place - 1] > count:
        keys[place], counts[place] = keys[place - 1], counts[place - 1]
        place -= 1
    keys[place], counts[place] = key, count
    return held + 1


@borrowing
def _rare_names(
    people: PeopleArrays,
    p: int,
    near: Nearby,
    index: Postings,
    most: int,
    keys: Numbers,
    counts: Numbers,
    held: int,
) -> int:
    """Insert the words of the names of `p` that `most` persons or fewer have in any near spelling, as -1 - word."""
    form, room = people.facts[p, NAMES_AT] + 1, len(keys)
    for _ in range(people.flat[form - 1]):
        for place in range(people.flat[form + 1]):
            token, count = people.flat[form + 2 + 2 * place], 0
            for other in range(near.at[token], near.at[token + 1]):
                if near.levels[other] <= SHORT:
                    count += index.named_at[near.ids[other] + 1] - index.named_at[near.ids[other]]
            known = False
            for i in range(held):
                known = known or keys[i] == -1 - token
            if 0 < count <= most and not known and held < room:
                held = _insert(-1 - token, count, keys, counts, held)
        form += 2 + 2 * people.flat[form + 1]
    return held


@borrowing
def _shared_keys(values: Values, n: int, index: Postings, most: int, keys: Numbers, counts: Numbers) -> int:
    """Insert those of `n` keys that the list has, those of one word where `most` persons or fewer have it."""
    held = 0
    for i in range(n):
        k = np.searchsorted(index.values, values[i])
        if k < len(index.values) and index.values[k] == values[i]:
            count = index.at[k + 1] - index.at[k]
            if not (index.single[k] and count > most):
                held = _insert(k, count, keys, counts, held)
    return held


@borrowing
def _add_all(
    key: int, weight: np.float32, near: Nearby, index: Postings, sums: Sums, found: Found, touched: int
) -> int:
    """Add the weight of a key to all who have it; return how many persons have any sum."""
    if key >= 0:
        for at in range(index.at[key], index.at[key + 1]):
            touched = _add(index.persons[at], weight, sums, found, touched)
        return touched
    for other in range(near.at[-1 - key], near.at[-key]):
        if near.levels[other] <= SHORT:
            for at in range(index.named_at[near.ids[other]], index.named_at[near.ids[other] + 1]):
                touched = _add(index.named[at], weight, sums, found, touched)
    return touched


@compiled
def find(people: PeopleArrays, p: int, near: Nearby, index: Postings, sums: Sums, found: Found, most: int) -> int:
    """Write the best `most` candidates of person `p` to `found`, best first; return how many.

    `sums` has room for everybody and holds zeros before and after; `found` has room for everybody.
    """
    kinds, values = np.empty(MAX_KEYS, np.uint8), np.empty(MAX_KEYS, np.uint64)
    n = person_keys(people, p, near.left_words.bones, kinds, values)
    keys, counts = np.empty(MAX_KEYS + MAX_NAMED, np.int64), np.empty(MAX_KEYS + MAX_NAMED, np.int64)
    most_single = max(MAX_SINGLE, int(index.total * SINGLE_SHARE))
    held = _shared_keys(values, n, index, most_single, keys, counts)
    held = _rare_names(people, p, near, index, most_single, keys, counts, held)
    budget = max(BUDGET, int(index.total * BUDGET_SHARE))
    spent, touched = 0, 0
    for i in range(held):
        if spent and spent + counts[i] > budget:
            break
        spent += counts[i]
        weight = np.float32(math.log2(index.total / counts[i]) + 0.01)
        touched = _add_all(keys[i], weight, near, index, sums, found, touched)
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
