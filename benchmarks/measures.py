"""How good scored pairs are: precision and recall, ranks, calibration. Pure functions over ids and scores.

Ties never help: pairs of one score count together, and among equal scores of one left person the true one comes last.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

Pair = tuple[str, str]
Scores = Mapping[Pair, float]
BINS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """What is shown at `threshold` or above: how many pairs, how many of them true."""

    threshold: float
    shown: int
    true: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs whose scores lie together: how many, their mean score, the share that is true."""

    lowest: float
    count: int
    mean: float
    true: float


def best_scores(scored: Iterable[tuple[str, str, float]]) -> dict[Pair, float]:
    """Return the score of each pair, the higher one where a pair occurs twice."""
    best: dict[Pair, float] = {}
    for left, right, score in scored:
        if score > best.get((left, right), -1e300):
            best[left, right] = score
    return best


def curve(scores: Scores, truth: Collection[Pair]) -> list[Point]:
    """Return the points after each distinct score, from the highest."""
    points, shown, true = [], 0, 0
    for score, group in groupby(sorted(scores.items(), key=lambda item: -item[1]), key=lambda item: item[1]):
        pairs = [pair for pair, _ in group]
        shown += len(pairs)
        true += sum(pair in truth for pair in pairs)
        points.append(Point(score, shown, true))
    return points


def average_precision(points: Iterable[Point], total: int) -> float:
    """Return the mean precision over all `total` true pairs; those never shown count as 0."""
    summed, before = 0.0, 0
    for point in points:
        summed += (point.true - before) * point.true / point.shown
        before = point.true
    return summed / total


def f1(point: Point, total: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * point.true / (point.shown + total)


def best_f1(points: Collection[Point], total: int) -> tuple[float, Point]:
    """Return the best F1 of any threshold, chosen on the same labels and so optimistic, and where it lies."""
    best = max(points, key=lambda point: f1(point, total), default=Point(1.0, 0, 0))
    return f1(best, total), best


def at(points: Iterable[Point], threshold: float) -> Point:
    """Return what is shown at `threshold` or above."""
    return max((one for one in points if one.threshold >= threshold), key=lambda one: one.shown,
               default=Point(threshold, 0, 0))  # fmt: skip


def ranks(scores: Scores, truth: Collection[Pair]) -> dict[Pair, int]:
    """Return for each true pair that is shown 1 + the number of strangers of its left person scored as high."""
    by_left: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (left, right), score in scores.items():
        by_left[left].append((score, right))
    found: dict[Pair, int] = {}
    for left, right in truth:
        own = scores.get((left, right))
        if own is not None:
            ahead = (score >= own and (left, other) not in truth for score, other in by_left[left])
            found[left, right] = 1 + sum(ahead)
    return found


def recall_at(places: Mapping[Pair, int], truth: Iterable[Pair], most: int) -> float:
    """Return the share of left persons with a true pair who have one at rank `most` or better."""
    best: dict[str, bool] = defaultdict(bool)
    for pair in truth:
        best[pair[0]] |= places.get(pair, most + 1) <= most
    return sum(best.values()) / len(best)


def slices(
    places: Mapping[Pair, int], groups: Mapping[str, Collection[Pair]], least: int = 20
) -> dict[str, tuple[int, float, float]]:
    """Return for each group of `least` or more true pairs (pairs, share at rank 1, share at rank 5 or better)."""
    return {
        name: (
            len(pairs),
            sum(places.get(pair, 2) <= 1 for pair in pairs) / len(pairs),
            sum(places.get(pair, 6) <= 5 for pair in pairs) / len(pairs),  # noqa: PLR2004 - rank 5, as it says
        )
        for name, pairs in sorted(groups.items())
        if len(pairs) >= least
    }


def calibration(scores: Scores, truth: Collection[Pair]) -> list[Bin]:
    """Return the pairs by score in ten equal bins, without empty ones; scores are probabilities."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for pair, score in scores.items():
        bins[min(BINS - 1, int(score * BINS))].append((score, pair in truth))
    found = []
    for place, held in sorted(bins.items()):
        mean, true = (sum(column) / len(held) for column in zip(*held, strict=True))
        found.append(Bin(place / BINS, len(held), mean, true))
    return found


def calibration_error(bins: Iterable[Bin]) -> float:
    """Return the expected calibration error: the mean gap between score and truth, weighted by pairs."""
    held = list(bins)
    count = sum(one.count for one in held)
    return sum(one.count * abs(one.mean - one.true) for one in held) / count if count else 0.0


def share(pairs: Collection[Pair], test: Callable[[Pair], bool]) -> float:
    """Return the share of `pairs` that pass `test`; 0 for none."""
    return sum(map(test, pairs)) / len(pairs) if pairs else 0.0
