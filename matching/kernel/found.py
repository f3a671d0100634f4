"""What searches of whole lists share: which forms meet, what they must reach, and room for what is found."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.compiled import compiled
from matching.kernel.levels import INITIAL
from matching.kernel.odds import Columns
from matching.kernel.pairs import CLOSE_FROM, LOOSE_FROM, NEAR_FROM, SAME_FROM, level_of
from matching.kernel.vocabulary import TokenArrays

Ids = npt.NDArray[np.int32]
Levels = npt.NDArray[np.uint8]
Found = tuple[Ids, Ids, Levels]
# The likeness that spelling must reach for each level; short forms and initials are not found by spelling.
LEAST = tuple(pair[0] for pair in (*(SAME_FROM,) * 2, NEAR_FROM, *(CLOSE_FROM,) * 2, *(LOOSE_FROM,) * 3))


def floors(tokens: TokenArrays, forms: Ids | slice, other: int, worst: int) -> Ids:
    """Return what forms of a side ask for beside an alphabet; one less, for what rounding takes."""
    half = (LEAST[worst] * tokens.typical[forms, other]) // 2000
    return np.asarray(tokens.alone[forms, other] + half - 1, np.int32)


def forms_of(b: TokenArrays, tokens: Ids, *, own: bool) -> tuple[Ids, Ids]:
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


@compiled
def room_found() -> Found:
    """Return room for the first rows, ids and levels; it doubles when it is full."""
    return np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024, np.uint8)


@compiled
def keep(
    a: TokenArrays, i: int, b: TokenArrays, j: int, worst: int, chain: Columns, found: Found, total: int
) -> tuple[Found, int]:
    """Add the level of token i of `a` and token j of `b` to the first `total` that are found, if it is near enough."""
    level = level_of(a, i, b, j, chain)
    if level > worst or level == INITIAL:
        return found, total
    rows, ids, levels = found
    if total == len(rows):
        rows, ids = np.concatenate((rows, rows)), np.concatenate((ids, ids))
        levels = np.concatenate((levels, levels))
    rows[total], ids[total], levels[total] = i, j, level
    return (rows, ids, levels), total + 1
