"""Whole lists of tokens against each other; one thread each, and threads may share the arrays."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from matching.compiled import compiled
from matching.kernel.alphabets import SCRIPTS
from matching.kernel.levels import INITIAL, LOOSE
from matching.kernel.pairs import CLOSE_FROM, LOOSE_FROM, NEAR_FROM, OWN, SAME_FROM, level_of
from matching.kernel.trie import Tree, Trie, grown, needs, walk
from matching.kernel.vocabulary import MODEL_OF, NO_MODEL, TokenArrays

_Value = TypeVar("_Value", bound=np.generic)
Ids = npt.NDArray[np.int32]
Levels = npt.NDArray[np.uint8]
Found = tuple[Ids, Ids, Levels]
# The likeness that spelling must reach for each level; short forms and initials are not found by spelling.
_LEAST = tuple(pair[0] for pair in (*(SAME_FROM,) * 2, NEAR_FROM, *(CLOSE_FROM,) * 2, *(LOOSE_FROM,) * 3))


@compiled
def _fill_matrix(a: TokenArrays, ids_a: Ids, b: TokenArrays, ids_b: Ids, found: Levels) -> None:
    for p in range(len(ids_a)):
        for q in range(len(ids_b)):
            found[p, q] = level_of(a, ids_a[p], b, ids_b[q])


def level_matrix(a: TokenArrays, ids_a: npt.ArrayLike, b: TokenArrays, ids_b: npt.ArrayLike) -> Levels:
    """Return the levels [n, m] of tokens `ids_a` of `a` and `ids_b` of `b`."""
    rows, columns = np.asarray(ids_a, np.int32), np.asarray(ids_b, np.int32)
    found = np.empty((len(rows), len(columns)), np.uint8)
    _fill_matrix(a, rows, b, columns, found)
    return found


def neighbours(a: TokenArrays, b: TokenArrays, worst: int = LOOSE) -> tuple[npt.NDArray[np.int64], Ids, Levels]:
    """Return (indptr int64[n+1], ids, levels): for each token of `a` the tokens of `b` at `worst` or better.

    Ids ascend within a row. A bare initial is no neighbour; else the levels are those of comparing every pair.
    """
    names, holders = _index(b.names >> 1, b.name_at)
    identities, bearers = _index(b.identity, np.arange(len(b.identity) + 1))
    parts = [_by_table(a, b, names, holders, identities, bearers, worst)]
    for theirs in range(len(SCRIPTS)):
        for own in (False, True):
            parts += _by_spelling(a, b, theirs, worst, own=own)
    rows, ids, levels = (np.concatenate([part[place] for part in parts]) for place in range(3))
    _, first = np.unique(rows.astype(np.int64) * max(1, len(b.identity)) + ids, return_index=True)
    starts = np.searchsorted(rows[first], np.arange(len(a.identity) + 1))
    return starts.astype(np.int64), ids[first], levels[first]


def _index(values: npt.NDArray[_Value], at: npt.NDArray[np.integer]) -> tuple[npt.NDArray[_Value], Ids]:
    """Return (values, tokens that hold them), ascending by value."""
    tokens = np.repeat(np.arange(len(at) - 1, dtype=np.int32), np.diff(at))
    order = np.argsort(values, kind="stable")
    return values[order], tokens[order]


def _by_spelling(a: TokenArrays, b: TokenArrays, theirs: int, worst: int, *, own: bool) -> list[Found]:
    """Return what spelling finds among the tokens of `b` in one alphabet, taken in it (`own`) or in a-z."""
    wanted = [ours for ours in range(len(SCRIPTS)) if bool(OWN[ours, theirs] & 2) == own and (a.alphabet == ours).any()]
    tokens = np.flatnonzero(b.alphabet == theirs).astype(np.int32)
    if not wanted or not len(tokens):
        return []
    forms, holders = _forms_of(b, tokens, own=own)
    trie = grown(b.letters, b.letter_at, forms, holders)
    found = []
    for ours in wanted:
        meets = (ours if OWN[ours, theirs] & 1 else 0, theirs if own else 0)
        model = int(MODEL_OF[meets])
        rows = np.flatnonzero(a.alphabet == ours).astype(np.int32)
        if model != NO_MODEL and len(trie.depth):
            found.append(_block(a, b, rows, trie, meets, model, worst))
    return found


def _forms_of(b: TokenArrays, tokens: Ids, *, own: bool) -> tuple[Ids, Ids]:
    """Return (forms, their tokens): the first of each where the alphabet is its own, else all in a-z."""
    first, last = b.form_at[tokens], b.form_at[tokens + 1]
    if own:
        last = first + 1
    else:
        first = first + (b.alphabet[tokens] > 0)
    counts = last - first
    holders = np.repeat(tokens, counts)
    places = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return (np.repeat(first, counts) + places).astype(np.int32), holders


def _block(
    a: TokenArrays, b: TokenArrays, rows: Ids, trie: Trie, meets: tuple[int, int], model: int, worst: int
) -> Found:
    """Return what the words of one tree are to `rows` of `a`, which meet them in the alphabets `meets`."""
    least, (ours, theirs), side = _LEAST[worst], meets, model & 1
    floors = (b.alone[trie.forms, ours] + (least * b.typical[trie.forms, ours]) // 2000 - 1).astype(np.int32)
    odds = a.odds[model >> 1] if side else np.ascontiguousarray(a.odds[model >> 1].T)
    limits = np.ascontiguousarray(a.limits[model >> 1][::-1]) if side else a.limits[model >> 1]
    floors_of_a = (a.alone[:, theirs] + (least * a.typical[:, theirs]) // 2000 - 1).astype(np.int32)
    tree = Tree(odds, limits, needs(trie, floors, limits[1]), floors)
    return _search(a, b, rows, ours > 0, floors_of_a, trie, tree, worst)


@compiled
def _search(
    a: TokenArrays, b: TokenArrays, rows: Ids, own: bool, floors_of_a: Ids, trie: Trie, tree: Tree, worst: int
) -> Found:
    marks, hits = np.zeros(len(b.identity), np.int32), np.empty(len(trie.forms), np.int32)
    found, total = _room(), 0
    for k in range(len(rows)):
        i = rows[k]
        first, last = a.form_at[i], a.form_at[i + 1]
        if own:
            last = first + 1
        elif a.alphabet[i]:
            first += 1
        for p in range(first, last):
            word = a.letters[a.letter_at[p] : a.letter_at[p + 1]]
            for q in range(walk(word, trie, tree, np.float32(floors_of_a[p]), hits)):
                token = trie.tokens[hits[q]]
                if marks[token] != k + 1:
                    marks[token] = k + 1
                    found, total = _keep(a, i, b, token, worst, found, total)
    return found[0][:total], found[1][:total], found[2][:total]


@compiled
def _room() -> Found:
    """Return room for the first rows, ids and levels; it doubles when it is full."""
    return np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024, np.uint8)


@compiled
def _keep(a: TokenArrays, i: int, b: TokenArrays, j: int, worst: int, found: Found, total: int) -> tuple[Found, int]:
    level = level_of(a, i, b, j)
    if level > worst or level == INITIAL:
        return found, total
    rows, ids, levels = found
    if total == len(rows):
        rows, ids = np.concatenate((rows, rows)), np.concatenate((ids, ids))
        levels = np.concatenate((levels, levels))
    rows[total], ids[total], levels[total] = i, j, level
    return (rows, ids, levels), total + 1


@compiled
def _by_table(
    a: TokenArrays,
    b: TokenArrays,
    names: Ids,
    holders: Ids,
    identities: npt.NDArray[np.uint64],
    equals: Ids,
    worst: int,
) -> Found:
    found, total = _room(), 0
    for i in range(len(a.identity)):
        place = np.searchsorted(identities, a.identity[i])
        while place < len(identities) and identities[place] == a.identity[i]:
            found, total = _keep(a, i, b, equals[place], worst, found, total)
            place += 1
        for p in range(a.name_at[i], a.name_at[i + 1]):
            name = a.names[p] >> 1
            place = np.searchsorted(names, name)
            while place < len(names) and names[place] == name:
                found, total = _keep(a, i, b, holders[place], worst, found, total)
                place += 1
    return found[0][:total], found[1][:total], found[2][:total]
