"""Whole lists of tokens against each other; one thread each, and threads may share the arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.compiled import compiled
from matching.kernel.levels import INITIAL, LOOSE
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
def _near_tokens(a: TokenArrays, i: int, b: TokenArrays, worst: int, ids: Ids, levels: Levels) -> int:
    count = 0
    for j in range(len(b.identity)):
        level = level_of(a, i, b, j)
        if level <= worst and level != INITIAL:
            ids[count], levels[count] = j, level
            count += 1
    return count


def neighbours(a: TokenArrays, b: TokenArrays, worst: int = LOOSE) -> tuple[npt.NDArray[np.int64], Ids, Levels]:
    """Return (indptr int64[n+1], ids, levels): for each token of `a` the tokens of `b` at `worst` or better.

    Ids ascend within a row. A bare initial is no neighbour.
    """
    size = len(b.identity)
    ids, levels = np.empty(size, np.int32), np.empty(size, np.uint8)
    rows = []
    for i in range(len(a.identity)):
        count = _near_tokens(a, i, b, worst, ids, levels)
        rows.append((ids[:count].copy(), levels[:count].copy()))
    counts = np.cumsum([0] + [len(row) for row, _ in rows], dtype=np.int64)
    none = (np.empty(0, np.int32), np.empty(0, np.uint8))
    found, their = zip(*(rows or [none]), strict=True)
    return counts, np.concatenate(found), np.concatenate(their)
