"""What a comparer makes of equal values: a score for each pair of cases, from classes alone, never from a name.

The score is a logistic regression over the rule classes: which are equal, which both cases could make and are not,
how many values are equal, and with how many cases of the other list each of the two shares a value at all. Weights and
limits were learned once on labelled lists (benchmarks/training/exchange_weights.py) and are a part of the profile.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.encoding.rules import RULES

WEIGHTS = "exchange_weights.json"
ABOUT_PAIR = ("classes", "classes squared", "values", "left neighbours", "right neighbours", "constant")
GROWTH = 0.5  # of false pairs a case with the length of the other list; see `threshold`
_SCALE_OF_SQUARE = 10.0  # keeps the square of at most 26 classes in the order of the other features
_AT_ONCE = 200_000  # pairs scored at a time


class Values(Protocol):
    """One list as a comparer sees it; a value stands in it once."""

    @property
    def case(self) -> NDArray[np.int32]:
        """Return the number of each value's case, shape (values,), below the length of `presence`."""

    @property
    def rule(self) -> NDArray[np.uint8]:
        """Return the rule class of each value, shape (values,)."""

    @property
    def value(self) -> NDArray[np.uint8]:
        """Return the opaque values, shape (values, 8): only whether two are equal is ever asked."""

    @property
    def presence(self) -> NDArray[np.uint32]:
        """Return for each case the classes it could make, bit by bit, shape (cases,)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of `features`, and how many false pairs came above a score on the lists they were learned on.

    false_pairs: (false pairs for 1,000 left cases, score), the fewest first; right_cases: length of the right list.
    """

    weights: NDArray[np.float64]
    false_pairs: tuple[tuple[float, float], ...]
    right_cases: int


@dataclass(frozen=True, slots=True)
class Met:
    """Pairs of cases with an equal value: their numbers, shape (pairs,), and features, shape (pairs, features)."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    features: NDArray[np.float32]


def feature_names() -> list[str]:
    """Return the names of the features in their order."""
    names = [rule.name for rule in RULES]
    return [*(f"equal: {name}" for name in names), *(f"different: {name}" for name in names), *ABOUT_PAIR]


def compare(left: Values, right: Values, least: float = -np.inf) -> Iterator[tuple[int, int, float, int]]:
    """Yield (left case, right case, score, bits of the equal classes) of the pairs of at least `least`, in order."""
    met, weights = meet(left, right), shipped().weights
    for start in range(0, len(met.left), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        scores = met.features[some] @ weights
        equal = met.features[some, : len(RULES)] > 0
        classes = equal @ (1 << np.arange(len(RULES), dtype=np.int64))
        for at in np.flatnonzero(scores >= least):
            yield int(met.left[some][at]), int(met.right[some][at]), float(scores[at]), int(classes[at])


def threshold(false_pairs: float, cases: int) -> float:
    """Return the score above which so many false pairs in 1,000 cases are expected, the other list having `cases`.

    Chance pairs grow with the other list, so a longer one needs a higher score; but not in step with it, since
    relatives come along in a short list too, and tokens of many cases are left out of a long one. With the root of the
    length, 10 wanted were 5 to 13 on parts of 200, 1,000 and 5,000 cases of the lists learned on (in step: 15 to 56).
    ValueError when a number is not above 0.
    """
    if false_pairs <= 0 or cases <= 0:
        raise ValueError("A threshold needs some false pairs and some cases.")
    learned = shipped()
    allowed = false_pairs * (learned.right_cases / cases) ** GROWTH
    expected, scores = (np.array(part) for part in zip(*learned.false_pairs, strict=True))
    return float(np.interp(np.log(allowed), np.log(expected), scores))


@cache
def shipped() -> Weights:
    """Return the weights of this profile."""
    text = (resources.files("matching") / "data" / WEIGHTS).read_text(encoding="utf-8")
    content = json.loads(text)
    weights = np.array([content["weights"][name] for name in feature_names()])
    limits = tuple((float(expected), float(score)) for expected, score in content["false_pairs"])
    return Weights(weights, limits, int(content["right_cases"]))


def meet(left: Values, right: Values) -> Met:
    """Return the pairs with an equal value under one rule class, by left and right case, and what is known of them."""
    _, one, two = np.intersect1d(_keys(left.value), _keys(right.value), assume_unique=True, return_indices=True)
    alike = left.rule[one] == right.rule[two]
    one, two = one[alike], two[alike]
    across = len(right.presence)
    pairs, of_value = np.unique(left.case[one].astype(np.int64) * across + right.case[two], return_inverse=True)
    ours, theirs = pairs // across, pairs % across
    equal = np.zeros((len(pairs), len(RULES)), np.float32)
    np.add.at(equal, (of_value, left.rule[one]), 1)
    return Met(ours, theirs, _features(equal, left.presence[ours] & right.presence[theirs], ours, theirs))


def _features(
    values: NDArray[np.float32], both: NDArray[np.uint32], left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float32]:
    equal = (values > 0).astype(np.float32)
    could = (both[:, None] >> np.arange(len(RULES), dtype=np.uint32) & 1).astype(np.float32)
    classes = equal.sum(axis=1)
    about = (
        classes,
        classes**2 / _SCALE_OF_SQUARE,
        np.log1p(values.sum(axis=1)),
        *(np.log(np.bincount(side)[side]) for side in (left, right)),
        np.ones(len(equal)),
    )
    return np.column_stack([equal, could * (1 - equal), *about]).astype(np.float32)


def _keys(values: NDArray[np.uint8]) -> NDArray[np.uint64]:
    return np.ascontiguousarray(values).view("<u8").reshape(-1)
