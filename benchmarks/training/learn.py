"""Learns how likely letters of one script stand for letters of another: expectation-maximisation over alignments.

A pair of words is a chain of operations, each turning no, one or two letters of one word into none, one or two of
the other. The result of `learn` is the joint probability of every operation.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from benchmarks.training.sources import Pair
from matching.compiled import compiled
from matching.kernel.alphabets import NO_PAIR, Alphabet

Table = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint8]
Starts = npt.NDArray[np.int64]
TWO = 2  # letters in the longest operation
ROUNDS = 7
LONGEST = 40
# Share of probability kept for letter pairs never seen together: nothing is impossible where people type.
UNSEEN = 0.01
# Taken from the count of operations with two letters, so that only those worth their place remain.
DISCOUNT = 0.5
# Probability of a letter in a first guess; longer operations must earn their place.
_PER_LETTER, _GAP, _DRIFT = 0.1, 0.1, 10.0


def encode(words: list[str], alphabet: Alphabet) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Return (codes [letters, 2] of letter and of the two letters ending there, starts)."""
    rows = [alphabet.encode(word) for word in words]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    codes = np.array([code for row in rows for code in row], np.uint8).reshape(-1, 2)
    return np.where(codes == NO_PAIR, 0, codes).astype(np.uint8), starts


@compiled
def _sums(odds: Table, x: Codes, y: Codes, a: Table) -> float:
    a[0, 0] = 1.0
    for i in range(len(x) + 1):
        for j in range(len(y) + 1):
            total = 1.0 if i + j == 0 else 0.0
            if i:
                total += a[i - 1, j] * odds[x[i - 1, 0], 0]
            if j:
                total += a[i, j - 1] * odds[0, y[j - 1, 0]]
            if i and j:
                total += a[i - 1, j - 1] * odds[x[i - 1, 0], y[j - 1, 0]]
                if y[j - 1, 1]:
                    total += a[i - 1, j - 2] * odds[x[i - 1, 0], y[j - 1, 1]]
                if x[i - 1, 1]:
                    total += a[i - 2, j - 1] * odds[x[i - 1, 1], y[j - 1, 0]]
                    if y[j - 1, 1]:
                        total += a[i - 2, j - 2] * odds[x[i - 1, 1], y[j - 1, 1]]
            a[i, j] = total
    return a[len(x), len(y)]


@compiled
def _count(odds: Table, x: Codes, y: Codes, a: Table, b: Table, weight: float, counts: Table) -> None:
    n, m = len(x), len(y)
    b[: n + 1, : m + 1] = 0.0
    b[n, m] = weight / a[n, m]
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            rest = b[i, j]
            for p in range(min(i, 2) + 1):
                one = x[i - 1, p - 1] if p else 0
                for q in range(min(j, 2) + 1):
                    other = y[j - 1, q - 1] if q else 0
                    if (one or other) and (one or not p) and (other or not q) and ((p and q) or p + q == 1):
                        share = odds[one, other] * rest
                        b[i - p, j - q] += share
                        counts[one, other] += a[i - p, j - q] * share


@compiled
def _expect(odds: Table, xs: Codes, x_at: Starts, ys: Codes, y_at: Starts, weights: Table, counts: Table) -> float:
    a, b = np.zeros((LONGEST, LONGEST)), np.zeros((LONGEST, LONGEST))
    total = 0.0
    for k in range(len(weights)):
        x, y = xs[x_at[k] : x_at[k + 1]], ys[y_at[k] : y_at[k + 1]]
        if 0 < len(x) < LONGEST and 0 < len(y) < LONGEST:
            whole = _sums(odds, x, y, a)
            if whole > 0.0:
                total += weights[k] * np.log(whole)
                _count(odds, x, y, a, b, weights[k], counts)
    return total


@compiled
def _guess(xs: Codes, x_at: Starts, ys: Codes, y_at: Starts, weights: Table, counts: Table) -> None:
    for k in range(len(weights)):
        n, m = x_at[k + 1] - x_at[k], y_at[k + 1] - y_at[k]
        for i in range(n):
            for j in range(m):
                near = weights[k] * np.exp(-_DRIFT * abs((i + 1) / n - (j + 1) / m))
                for p in range(3):
                    for q in range(3):
                        one = xs[x_at[k] + i, p - 1] if p else 0
                        other = ys[y_at[k] + j, q - 1] if q else 0
                        if (p and not one) or (q and not other) or p + q == 0 or (p * q == 0 and p + q == TWO):
                            continue
                        counts[one, other] += near * _PER_LETTER ** (p + q) * (1.0 if p and q else _GAP)


def learn(pairs: list[Pair], first: Alphabet, second: Alphabet, rounds: int = ROUNDS) -> Table:
    """Return the joint probability [chunks of first, chunks of second]; place 0 is no letter at all."""
    xs, x_at = encode([pair[0] for pair in pairs], first)
    ys, y_at = encode([pair[1] for pair in pairs], second)
    weights = np.array([pair[2] for pair in pairs])
    counts = np.zeros((len(first.chunks), len(second.chunks)))
    _guess(xs, x_at, ys, y_at, weights, counts)
    odds = _maximise(counts, first, second)
    for _ in range(rounds):
        counts = np.zeros_like(counts)
        _expect(odds, xs, x_at, ys, y_at, weights, counts)
        odds = _maximise(counts, first, second)
    return odds


def _maximise(counts: Table, first: Alphabet, second: Alphabet) -> Table:
    """Operations become probabilities; single letters keep a floor, pairs of letters must be worth it."""
    if first is second:
        counts = (counts + counts.T) / 2
    lengths = np.maximum(first.lengths[:, None], second.lengths[None, :])
    kept = np.maximum(counts - DISCOUNT * (lengths > 1), 0.0)
    floor = np.where(lengths <= 1, np.outer(counts.sum(1) + 1.0, counts.sum(0) + 1.0), 0.0)
    odds = kept + counts.sum() * UNSEEN * floor / floor.sum()
    odds[0, 0] = 0.0
    return np.asarray(odds / odds.sum())
