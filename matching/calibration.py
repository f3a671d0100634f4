"""A correction learned from judged pairs: regression on top of the hand-set sum, shrunk towards no change.

Nothing is kept that did not prove itself on judgements it had not seen; with few of them nothing changes at all.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matching import weights
from matching.correction import Correction, is_neutral
from matching.wording import Comparison

Floats = NDArray[np.float64]
# Fewer judgements of either answer than this teach nothing that could be told from chance.
LEAST_OF_EACH = 20
# A level needs so many judgements to be corrected; a single family's file must not show in a weight.
LEAST_SEEN = 10
# Inverse strength of the pull towards the table. On 5,000 x 20,000 invented persons and 200 judged matches, .05, .1,
# .2 and .5 add .009, .013, .017 and .021 to the average precision; real answers are less sure than invented ones.
PULL = 0.2
# The two numbers of the calibration are pulled a little too: towards slope 1 and offset 0.
CALIBRATION_PULL = 1.0
# A level is moved by no more than this, however unanimous the judgements: three bits are a factor of eight.
MOST_BITS = 3.0
SLOPES = (0.4, 2.5)
FOLDS = 5
BANDS = (0.0, weights.POSSIBLE_FROM, 0.5, weights.STRONG_FROM, 1.0)
LN2 = math.log(2.0)
NEWTON_STEPS, CLOSE_ENOUGH = 50, 1e-9


class TooFewJudgements(ValueError):
    """There are not enough judgements of both kinds to learn from."""

    def __init__(self, same: int, different: int) -> None:
        """Say how many there are."""
        super().__init__(f"{same} same and {different} different; {LEAST_OF_EACH} of each are needed")
        self.same, self.different, self.needed = same, different, LEAST_OF_EACH


@dataclass(frozen=True, slots=True)
class Band:
    """Judged pairs with a score from `low` to below `high`: how many, how many were one person, the mean score."""

    low: float
    high: float
    pairs: int
    same: int
    promised: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How well scores told the judged pairs apart, and what each band held.

    `loss` is the mean logarithmic loss in bits (0 is perfect), `ranking` the average precision 0..1.
    """

    loss: float
    ranking: float
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """A correction, what it was learned from, and how scores did without and with it on pairs it had not seen.

    `seen` counts for each corrected (kind, level) the judgements that showed it.
    """

    correction: Correction
    same: int
    different: int
    before: Quality
    after: Quality
    seen: Counter[tuple[str, str]]

    @property
    def unchanged(self) -> bool:
        """Say whether nothing that was tried did better than the table."""
        plain = Correction()
        return (self.correction.slope, self.correction.offset, len(self.correction.bits)) == (plain.slope, 0.0, 0)


def fit(
    comparisons: Sequence[Comparison], same: Sequence[bool], *, groups: Sequence[str] | None = None, persons: int = 0
) -> Correction:
    """Return the correction that `learn` finds."""
    return learn(comparisons, same, groups=groups, persons=persons).correction


def learn(
    comparisons: Sequence[Comparison], same: Sequence[bool], *, groups: Sequence[str] | None = None, persons: int = 0
) -> Learned:
    """Learn from judged pairs, compared without a correction; `same` says for each what people decided.

    Pairs of one group (such as one sought person) are never on both sides of a cross-validation; `persons` are those
    among whom the pairs were compared (`matching.compare`). Raises TooFewJudgements. The result does not depend on the
    order of the pairs.
    """
    count = sum(same)
    if min(count, len(same) - count) < LEAST_OF_EACH:
        raise TooFewJudgements(count, len(same) - count)
    judged = _Judged.of(comparisons, same, groups, persons)
    logits, correction = judged.hand, Correction()
    for with_levels in (False, True):
        sums = _outside(judged, with_levels=with_levels)
        tried = _recalibrated(sums, judged)
        if _is_better(tried, logits, judged.same):
            logits, correction = tried, _correction(judged, sums, with_levels=with_levels)
    return Learned(
        correction,
        count,
        len(same) - count,
        _quality(judged.hand, judged.same),
        _quality(logits, judged.same),
        Counter({key: judged.seen[key] for key in correction.bits}),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """Judged pairs as arrays: hand-set logits (n), levels shown (n x k of 0 and 1), answers (n), folds (n)."""

    hand: Floats
    levels: Floats
    same: Floats
    folds: NDArray[np.int64]
    columns: tuple[tuple[str, str], ...]
    seen: Counter[tuple[str, str]]

    @classmethod
    def of(
        cls, comparisons: Sequence[Comparison], same: Sequence[bool], groups: Sequence[str] | None, persons: int
    ) -> _Judged:
        names = groups if groups is not None else [str(place) for place in range(len(same))]
        order = sorted(range(len(same)), key=lambda place: (_spread(names[place]), _sorting(comparisons[place])))
        shown = [
            [(one.kind, one.level) for one in comparisons[place].evidence if not is_neutral(one.kind, one.level)]
            for place in order
        ]
        seen = Counter(key for row in shown for key in row)
        columns = tuple(sorted(key for key, count in seen.items() if count >= LEAST_SEEN))
        places = {key: column for column, key in enumerate(columns)}
        levels = np.zeros((len(order), len(columns)))
        for row, keys in enumerate(shown):
            levels[row, [places[key] for key in keys if key in places]] = 1.0
        ranks = {name: rank for rank, name in enumerate(dict.fromkeys(names[place] for place in order))}
        prior = weights.PRIOR_BITS - weights.size_bits(persons)
        return cls(
            hand=np.array([(comparisons[place].weight + prior) * LN2 for place in order]),
            levels=levels,
            same=np.array([float(same[place]) for place in order]),
            folds=np.array([ranks[names[place]] % FOLDS for place in order]),
            columns=columns,
            seen=seen,
        )


def _spread(name: str) -> bytes:
    """An order that has nothing to do with how names were given, and is the same every time."""
    return hashlib.blake2b(name.encode(), digest_size=8).digest()


def _sorting(comparison: Comparison) -> tuple[float, str]:
    return comparison.weight, comparison.digest()


def _outside(judged: _Judged, *, with_levels: bool) -> Floats:
    """Return for each pair its sum under bits learned without its fold."""
    sums = judged.hand.copy()
    if with_levels:
        for train, test in _splits(judged):
            sums[test] += judged.levels[test] @ _moved(judged, train)
    return sums


def _splits(judged: _Judged) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    for fold in range(FOLDS):
        test = judged.folds == fold
        if test.any() and not test.all():
            yield ~test, test


def _moved(judged: _Judged, rows: NDArray[np.bool_]) -> Floats:
    """Return what each level should gain, in natural units, from the judgements in `rows`."""
    ones = np.ones((int(rows.sum()), 1))
    design = np.hstack([judged.hand[rows, None], ones, judged.levels[rows]])
    pull = np.full(design.shape[1], 1.0 / PULL)
    pull[:2] = CALIBRATION_PULL
    found = _regress(design, judged.same[rows], pull)
    slope = float(np.clip(found[0], *SLOPES))
    return np.clip(found[2:] / slope, -MOST_BITS * LN2, MOST_BITS * LN2)


def _regress(design: Floats, same: Floats, pull: Floats) -> Floats:
    """Return the coefficients of a logistic regression pulled towards (1, 0, 0, ...), by Newton's method."""
    prior = np.zeros(design.shape[1])
    prior[0] = 1.0
    found = prior.copy()
    for _ in range(NEWTON_STEPS):
        chance = _chances(design @ found)
        slope = design.T @ (same - chance) - pull * (found - prior)
        curve = (design * (chance * (1.0 - chance))[:, None]).T @ design + np.diag(pull)
        step = np.linalg.solve(curve, slope)
        size = 1.0
        start = _cost(design, same, pull, found, prior)
        while size > CLOSE_ENOUGH and _cost(design, same, pull, found + size * step, prior) > start:
            size /= 2.0
        found = found + size * step
        if float(np.abs(size * step).max()) < CLOSE_ENOUGH:
            break
    return found


def _cost(design: Floats, same: Floats, pull: Floats, found: Floats, prior: Floats) -> float:
    logits = design @ found
    return float((np.logaddexp(0.0, logits) - same * logits).sum() + 0.5 * (pull * (found - prior) ** 2).sum())


def _chances(logits: Floats) -> Floats:
    chances: Floats = 1.0 / (1.0 + np.exp(-np.clip(logits, -40.0, 40.0)))
    return chances


def _calibrate(sums: Floats, same: Floats) -> tuple[float, float]:
    """Return slope and offset (natural units) that make sums say what share of pairs is one person."""
    design = np.column_stack([sums, np.ones(len(sums))])
    slope, offset = _regress(design, same, np.full(2, CALIBRATION_PULL))
    return float(np.clip(slope, *SLOPES)), float(offset)


def _recalibrated(sums: Floats, judged: _Judged) -> Floats:
    """Return each pair's logit under a calibration learned without its fold."""
    logits = sums.copy()
    for train, test in _splits(judged):
        slope, offset = _calibrate(sums[train], judged.same[train])
        logits[test] = slope * sums[test] + offset
    return logits


def _is_better(tried: Floats, present: Floats, same: Floats) -> bool:
    """A correction must earn its place: by more than one standard error of what it gains on unseen pairs."""
    gains = _losses(present, same) - _losses(tried, same)
    return float(gains.mean()) > float(gains.std()) / math.sqrt(len(gains))


def _correction(judged: _Judged, sums: Floats, *, with_levels: bool) -> Correction:
    slope, offset = _calibrate(sums, judged.same)
    bits = _moved(judged, np.ones(len(judged.same), dtype=bool)) / LN2 if with_levels else np.zeros(0)
    moved = {key: round(float(value), 4) for key, value in zip(judged.columns, bits, strict=False)}
    return Correction(
        MappingProxyType({key: value for key, value in moved.items() if value}), round(slope, 4), round(offset / LN2, 4)
    )


def _losses(logits: Floats, same: Floats) -> Floats:
    """Return the logarithmic loss of each pair, in bits."""
    losses: Floats = (np.logaddexp(0.0, logits) - same * logits) / LN2
    return losses


def _quality(logits: Floats, same: Floats) -> Quality:
    chances = _chances(logits)
    bands = []
    for low, high in pairwise(BANDS):
        held = (chances >= low) & ((chances < high) | (high == BANDS[-1]))
        promised = float(chances[held].mean()) if held.any() else 0.0
        bands.append(Band(low, high, int(held.sum()), int(same[held].sum()), round(promised, 4)))
    return Quality(
        round(float(_losses(logits, same).mean()), 4), round(average_precision(chances, same), 4), tuple(bands)
    )


def average_precision(scores: Floats, same: Floats) -> float:
    """Return the average precision 0..1 of an order by score; ties are counted together."""
    values, places = np.unique(-scores, return_inverse=True)
    pairs = np.cumsum(np.bincount(places, minlength=len(values)))
    right = np.bincount(places, weights=same, minlength=len(values))
    return float((right * np.cumsum(right) / pairs).sum() / same.sum()) if same.any() else 0.0
