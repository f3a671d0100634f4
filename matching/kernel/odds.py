"""The best chain of letter operations that turns one spelling into another: whole numbers, so symmetric to the bit.

Odds are logarithms of learned probabilities in hundredths. The best chain is taken, not the sum over all chains:
it costs one or two in a hundred of accuracy, and needs no logarithms and no rounding. The whole numbers are kept as
floats, which hold them exactly, because a processor takes the larger of two floats without a branch.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from matching.compiled import borrowing, compiled

# An operation that was never seen and that nothing excuses.
NEVER = -20_000
IMPOSSIBLE = np.float32(100 * NEVER)
# Letters of the longest form, its end mark included, and some room.
DEEPEST: Final = 40
Codes = npt.NDArray[np.uint8]
Odds = npt.NDArray[np.float32]
Limits = npt.NDArray[np.float32]
Columns = npt.NDArray[np.float32]


@compiled
def chain_room() -> Columns:
    """Return room in which chains are worked out, one after the other; a thread needs one of its own."""
    return np.empty(3 * (DEEPEST + 3), np.float32)


@borrowing
def larger(one: np.float32, other: np.float32) -> np.float32:
    """Return the larger of two numbers that are numbers; `max` would look for what is not a number."""
    return one if one > other else other  # noqa: FURB136 - as the docstring says


@borrowing
def letter_sum(x: Codes, values: Limits) -> int:
    """Return the sum of a value over the letters of a spelling."""
    total = 0
    for i in range(len(x)):
        total += int(values[x[i, 0]])
    return total


@borrowing
def best_chain(rows: Columns, x: Codes, y: Codes, odds: Odds, most: int, limits: Limits, least: int) -> int:
    """Return the log probability, in hundredths, of the best chain from the codes `x` to the codes `y`.

    Stops with NEVER as soon as no chain can reach `least`: what letters of x add is at most their `limits`,
    `most` in all.
    """
    # Three rows in turn; two columns to the left of each, and a row above the first, that no chain passes through.
    m = len(y)
    width = m + 3
    now, before, earlier = 0, width, 2 * width
    rows[before : before + width] = IMPOSSIBLE
    rows[:2], rows[earlier : earlier + 2] = IMPOSSIBLE, IMPOSSIBLE
    rows[2] = 0
    for j in range(m):
        rows[j + 3] = rows[j + 2] + odds[0, y[j, 0]]
    reached, enough = np.float32(0), np.float32(least - most)
    for i in range(len(x)):
        now, before, earlier = earlier, now, before
        letter, pair = x[i, 0], x[i, 1]
        gap, limit = odds[letter, 0], limits[letter]
        best = rows[before + 2] + gap
        rows[now + 2] = best
        last, reached = reached + limit, best
        for j in range(m):
            one, two = y[j, 0], y[j, 1]
            best = larger(best + odds[0, one], rows[before + j + 3] + gap)
            single = larger(rows[before + j + 2] + odds[letter, one], rows[before + j + 1] + odds[letter, two])
            double = larger(rows[earlier + j + 2] + odds[pair, one], rows[earlier + j + 1] + odds[pair, two])
            best = larger(best, larger(single, double))
            rows[now + j + 3] = best
            reached = larger(reached, best)
        enough += limit
        if larger(reached, last) < enough:
            return NEVER
    return int(rows[now + m + 2])


@compiled
def alone(x: Codes, odds: Limits) -> int:
    """Return the log probability, in hundredths, of one spelling by itself: the rarer, the lower."""
    row = np.zeros(len(x) + 1, np.float32)
    for i in range(1, len(x) + 1):
        row[i] = row[i - 1] + odds[x[i - 1, 0]]
        if i > 1:
            row[i] = larger(row[i], row[i - 2] + odds[x[i - 1, 1]])
    return int(row[len(x)])
