"""One list against itself: which records are one person, measured by pairs and by the first candidate of each record.

Best pairwise F1: over all thresholds, chosen on the same labels and so optimistic; true pairs that were never proposed
count as missed. hit@1: the share of records with a partner whose first candidate is a true one.
"""

import time
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

import matching
from benchmarks import engine, measures
from benchmarks.report import part

TOP = 60  # proposals for one record, more than any record of the public lists has partners that are not found at once
Floats = NDArray[np.float64]


def measure(records: Sequence[matching.PersonRecord], clusters: Sequence[str], top: int = TOP) -> dict[str, str]:
    """Return the measures of `records`, each belonging to the person named at its place in `clusters`."""
    started = time.process_time()
    index = matching.Index(records)
    _, person = np.unique(np.array(clusters), return_inverse=True)
    left, right, scores = _pairs(records, index, top + 1)
    spent = time.process_time() - started
    keys, best = _unordered(left, right, scores, len(records))
    is_true = person[keys // len(records)] == person[keys % len(records)]
    total = sum(count * (count - 1) // 2 for count in Counter(clusters).values())
    f1, point = measures.best_f1(_curve(best, is_true), total)
    return {
        "records": f"{len(records):,}",
        "true pairs": f"{total:,}",
        "best F1": part(f1),
        "at a score of": f"{point.threshold:.3f}",
        "precision": part(point.true / point.shown) if point.shown else "",
        "recall": part(point.true / total),
        "recall of all proposals": part(float(is_true.sum()) / total),
        "hit@1": part(_first_hits(left, right, person)),
        "processor s": f"{spent:.1f}",
    }


def _pairs(
    records: Sequence[matching.PersonRecord], index: matching.Index, top: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Return places of both records and scores, best first for each, without those of a record with itself."""
    found: list[Floats] = []
    for start in range(0, len(records), engine.CHUNK):
        chunk = records[start : start + engine.CHUNK]
        matches = index.link(chunk, top=top, threshold=0.0, workers=engine.WORKERS)
        rows = ((start + at, one.place, one.weight) for at, held in enumerate(matches) for one in held)
        found.append(np.array([row for row in rows if row[0] != row[1]], float).reshape(-1, 3))
    every = np.concatenate(found)
    return every[:, 0].astype(np.int64), every[:, 1].astype(np.int64), every[:, 2]


def _unordered(
    left: NDArray[np.int64], right: NDArray[np.int64], scores: Floats, size: int
) -> tuple[NDArray[np.int64], Floats]:
    """Return each pair once, as smaller place x size + larger place, with the better of its two scores."""
    keys = np.minimum(left, right) * size + np.maximum(left, right)
    order = np.lexsort((-scores, keys))
    keys, scores = keys[order], scores[order]
    first = np.concatenate(([True], keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, bool)
    return keys[first], scores[first]


def _curve(scores: Floats, is_true: NDArray[np.bool_]) -> list[measures.Point]:
    """Return the points after each distinct score, as measures.curve does for fewer pairs."""
    order = np.argsort(-scores, kind="stable")
    scores, hits = scores[order], np.cumsum(is_true[order])
    ends = np.flatnonzero(np.concatenate((scores[1:] != scores[:-1], [True]))) if len(scores) else []
    return [measures.Point(matching.weights.probability(float(scores[at])), int(at) + 1, int(hits[at])) for at in ends]


def _first_hits(left: NDArray[np.int64], right: NDArray[np.int64], person: NDArray[np.int64]) -> float:
    partners = np.bincount(person)[person] > 1
    asked, first = np.unique(left, return_index=True)
    hits = person[left[first]] == person[right[first]]
    return float((hits & partners[asked]).sum() / partners.sum())
