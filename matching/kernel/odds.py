"""The best chain of letter operations that turns one spelling into another: whole numbers, so symmetric to the bit.

Odds are logarithms of learned probabilities in hundredths. The best chain is taken, not the sum over all chains:
it costs under one in a hundred of accuracy, and needs no logarithms and no rounding.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.compiled import compiled

# An operation that was never seen and that nothing excuses.
NEVER = -20_000
IMPOSSIBLE = 100 * NEVER
Codes = npt.NDArray[np.uint8]
Odds = npt.NDArray[np.int16]
Limits = npt.NDArray[np.int16]


@compiled
def letter_sum(x: Codes, values: npt.NDArray[np.int16]) -> int:
    """Return the sum of a value over the letters of a spelling."""
    total = 0
    for i in range(len(x)):
        total += values[x[i, 0]]
    return total


@compiled
def best_chain(
    xs: Codes, x: int, n: int, ys: Codes, y: int, m: int, odds: Odds, model: int, most: int, limits: Limits, least: int
) -> int:
    """Return the log probability, in hundredths, of the best chain from n codes at `xs[x]` to m codes at `ys[y]`.

    Stops with NEVER as soon as no chain can reach `least`: what letters of x add is at most their `limits`,
    `most` in all.
    """
    # Three rows in turn; two columns to the left of each, and a row above the first, that no chain passes through.
    width = m + 3
    rows = np.empty(3 * width, np.int32)
    now, before, earlier = 0, width, 2 * width
    for j in range(width):
        rows[before + j] = IMPOSSIBLE
    rows[now], rows[now + 1], rows[earlier], rows[earlier + 1] = IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE
    rows[now + 2] = 0
    for j in range(m):
        rows[now + j + 3] = rows[now + j + 2] + odds[model, 0, ys[y + j, 0]]
    reached, least = 0, least - most
    for i in range(n):
        now, before, earlier = earlier, now, before
        letter, pair = xs[x + i, 0], xs[x + i, 1]
        gap, limit = odds[model, letter, 0], limits[model, 0, letter]
        best = rows[before + 2] + gap
        rows[now + 2] = best
        last, reached = reached + limit, best
        for j in range(m):
            one, two = ys[y + j, 0], ys[y + j, 1]
            best = max(best + odds[model, 0, one], rows[before + j + 3] + gap)
            best = max(best, rows[before + j + 2] + odds[model, letter, one])
            best = max(best, rows[before + j + 1] + odds[model, letter, two])
            best = max(best, rows[earlier + j + 2] + odds[model, pair, one])
            best = max(best, rows[earlier + j + 1] + odds[model, pair, two])
            rows[now + j + 3] = best
            reached = max(reached, best)
        least += limit
        if max(reached, last) < least:
            return NEVER
    return int(rows[now + m + 2])


@compiled
def alone(x: Codes, odds: npt.NDArray[np.int16]) -> int:
    """Return the log probability, in hundredths, of one spelling by itself: the rarer, the lower."""
    row = np.zeros(len(x) + 1, np.int32)
    for i in range(1, len(x) + 1):
        row[i] = row[i - 1] + odds[x[i - 1, 0]]
        if i > 1:
            row[i] = max(row[i], row[i - 2] + odds[x[i - 1, 1]])
    return int(row[len(x)])
