"""Whole lists of tokens against each other; one thread each, and threads may share the arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.compiled import compiled
from matching.kernel.levels import INITIAL, LOOSE
from matching.kernel.masks import may_be_near
from matching.kernel.pairs import level_of
from matching.kernel.vocabulary import TokenArrays

Ids = npt.NDArray[np.int32]
Levels = npt.NDArray[np.uint8]


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


@compiled
def _mark_tabled(a: TokenArrays, i: int, names: Ids, holders: Ids, marks: Ids) -> None:
    """Mark with i + 1 every token that shares a tabled name with token i: tables know what no sound tells."""
    for p in range(a.name_at[i], a.name_at[i + 1]):
        name = a.names[p] >> 1
        place = np.searchsorted(names, name)
        while place < len(names) and names[place] == name:
            marks[holders[place]] = i + 1
            place += 1


@compiled
def _near_tokens(a: TokenArrays, i: int, b: TokenArrays, worst: int, marks: Ids, ids: Ids, levels: Levels) -> int:
    count, one, more = 0, a.masks[i, 0], a.masks[i, 1]
    for j in range(len(b.identity)):
        if marks[j] == i + 1 or may_be_near(one, more, b.masks[j, 0], b.masks[j, 1]):
            level = level_of(a, i, b, j)
            if level <= worst and level != INITIAL:
                ids[count], levels[count] = j, level
                count += 1
    return count


@compiled
def _row(
    a: TokenArrays, i: int, b: TokenArrays, worst: int, index: tuple[Ids, Ids, Ids], ids: Ids, levels: Levels
) -> int:
    names, holders, marks = index
    _mark_tabled(a, i, names, holders, marks)
    return _near_tokens(a, i, b, worst, marks, ids, levels)


def neighbours(a: TokenArrays, b: TokenArrays, worst: int = LOOSE) -> tuple[npt.NDArray[np.int64], Ids, Levels]:
    """Return (indptr int64[n+1], ids, levels): for each token of `a` the tokens of `b` at `worst` or better.

    Ids ascend within a row. A bare initial is no neighbour, and neither is a word whose consonants differ so much
    that no reading brings the two together (matching.kernel.masks).
    """
    size = len(b.identity)
    ids, levels = np.empty(size, np.int32), np.empty(size, np.uint8)
    index = (*_holders(b), np.zeros(size, np.int32))
    starts = np.zeros(len(a.identity) + 1, np.int64)
    rows = []
    for i in range(len(a.identity)):
        count = _row(a, i, b, worst, index, ids, levels)
        starts[i + 1] = starts[i] + count
        rows.append((ids[:count].copy(), levels[:count].copy()))
    rows.append((ids[:0], levels[:0]))
    return starts, np.concatenate([row for row, _ in rows]), np.concatenate([row for _, row in rows])


def _holders(b: TokenArrays) -> tuple[Ids, Ids]:
    """Return (names, tokens that hold them), ascending by name."""
    tokens = np.repeat(np.arange(len(b.identity), dtype=np.int32), np.diff(b.name_at))
    order = np.argsort(b.names >> 1, kind="stable")
    return (b.names >> 1)[order], tokens[order]
