"""Learns the weights of encoded exchange from two labelled lists, and what a score means there.

    python -m benchmarks.training.exchange_weights FOLDER -o matching/data/exchange_weights.json

FOLDER holds left.csv, right.csv and truth.csv as for accuracy.py. Real lists are worse dated and emptier than any
labelled ones, so the lists are read a second and a third time with facts left out and years moved, by lot. The limits
of false pairs are counted on the lists as they are, each pair scored by weights that did not see its left case.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import matching
from benchmarks import report
from benchmarks.encoded import Seen, read_lists, seen
from benchmarks.labels import Labels, read_labels
from matching.encoding import REPEATS, RULES
from matching.encoding.comparing import Met, feature_names, meet

SEED, COPIES, FOLDS = 1, 2, 3
PENALTY = 100.0  # of squared weights in units of each feature's deviation; 30 to 300 differ by .001 of AP
ROUNDS, ENOUGH = 50, 1e-6
DRAWN_COUNTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
# Shares of records that a copy damages. Judgement: about twice what is wrong or missing in the lists themselves.
YEAR_MOVED, BIRTH_LOST, DAY_LOST, FACT_LOST, KIN_LOST, SEX_LOST = 0.15, 0.10, 0.20, 0.12, 0.15, 0.10
MOVES = (-6, -4, -3, -2, -1, 1, 2, 3, 4, 6, 8)
Floats = NDArray[np.float64]


def damaged(record: matching.PersonRecord, lot: random.Random) -> matching.PersonRecord:
    """Return the record as a hastier interview would have left it."""
    birth = record.birth
    if birth and lot.random() < YEAR_MOVED:
        years = lot.choice(MOVES)
        birth = matching.Interval(_moved(birth.earliest, years), _moved(birth.latest, years), birth.approximate)
    if birth and lot.random() < DAY_LOST:
        birth = matching.Interval(date(birth.earliest.year, 1, 1), date(birth.latest.year, 12, 31), birth.approximate)
    kept = len(record.relatives) if lot.random() >= KIN_LOST else lot.randrange(len(record.relatives) + 1)
    return replace(
        record,
        birth=None if lot.random() < BIRTH_LOST else birth,
        sex="" if lot.random() < SEX_LOST else record.sex,
        mother="" if lot.random() < FACT_LOST else record.mother,
        last_place="" if lot.random() < FACT_LOST else record.last_place,
        birth_place="" if lot.random() < FACT_LOST else record.birth_place,
        relatives=record.relatives[:kept],
    )


def _moved(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))


def fit(features: NDArray[np.float32], right: NDArray[np.bool_], penalty: float = PENALTY) -> Floats:
    """Return the weights of a logistic regression by Newton's method; the last feature, a constant, is not held down.

    Weights are held down in units of each feature's deviation (ridge).
    """
    spread = features.std(axis=0).astype(np.float64)
    spread[spread == 0] = 1.0
    scaled, target = features / spread, right.astype(np.float64)
    held = np.full(scaled.shape[1], penalty)
    held[-1] = 0.0
    weights = np.zeros(scaled.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (chance - target) + held * weights
        curve = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + np.diag(np.maximum(held, ENOUGH))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < ENOUGH:
            break
    found: Floats = weights / spread
    return found


def held_out(examples: Sequence[tuple[Met, NDArray[np.bool_]]]) -> Floats:
    """Return the scores of the first example's pairs, each by weights that saw none of its left case."""
    met = examples[0][0]
    scores = np.zeros(len(met.left))
    for fold in range(FOLDS):
        seen_by = [(one.features[one.left % FOLDS != fold], truth[one.left % FOLDS != fold]) for one, truth in examples]
        weights = fit(np.vstack([part for part, _ in seen_by]), np.concatenate([part for _, part in seen_by]))
        mine = met.left % FOLDS == fold
        scores[mine] = met.features[mine] @ weights
    return scores


def numbered(
    labels: Labels, left: Sequence[matching.PersonRecord], right: Sequence[matching.PersonRecord]
) -> set[tuple[int, int]]:
    """Return the true pairs by the numbers of the records."""
    numbers = {record.id: at for side in (left, right) for at, record in enumerate(side)}
    return {(numbers[one], numbers[two]) for one, two in labels.truth}


def examples_of(
    labels: Labels,
    left: Sequence[matching.PersonRecord],
    right: Sequence[matching.PersonRecord],
    repeats: int = REPEATS,
) -> list[tuple[Met, NDArray[np.bool_]]]:
    """Return the pairs that meet and which are true, first of the lists as they are, then of COPIES damaged ones."""
    true, lot = numbered(labels, left, right), random.Random(SEED)
    lists = [(left, right)]
    lists += [([damaged(one, lot) for one in left], [damaged(one, lot) for one in right]) for _ in range(COPIES)]
    mets = [
        meet(seen(ours, first=True, repeats=repeats), seen(theirs, first=False, repeats=repeats))
        for ours, theirs in lists
    ]
    return [(met, _labelled(met, true)) for met in mets]


def _labelled(met: Met, true: set[tuple[int, int]]) -> NDArray[np.bool_]:
    return np.array([pair in true for pair in zip(met.left.tolist(), met.right.tolist(), strict=True)], np.bool_)


def worth(left: Seen, right: Seen, true: set[tuple[int, int]]) -> list[tuple[str, str, str, str]]:
    """Return for each rule class its recall and precision alone, and recall x log2(1 + 200 x precision)."""
    met = meet(left, right)
    truth, rows = _labelled(met, true), []
    for number, rule in enumerate(RULES):
        equal = met.features[:, number] > 0
        recall, precision = (equal & truth).sum() / len(true), (equal & truth).sum() / max(equal.sum(), 1)
        rows.append((rule.name, f"{recall:.3f}", f"{precision:.3f}", f"{recall * np.log2(1 + 200 * precision):.2f}"))
    return rows


def main() -> None:
    """Write the weights, and print the worth of each class and the false pairs above each limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    asked = parser.parse_args()
    labels, (left, right) = read_labels(asked.folder), read_lists(asked.folder)
    examples = examples_of(labels, left, right)
    weights = fit(np.vstack([met.features for met, _ in examples]), np.concatenate([truth for _, truth in examples]))
    false = np.sort(held_out(examples)[~examples[0][1]])[::-1]
    limits = [(count * 1_000 / len(left), false[count - 1]) for count in DRAWN_COUNTS if count <= len(false)]
    content = {
        "origin": f"learned on {len(left)} x {len(right)} labelled records, {len(labels.truth)} pairs, and {COPIES} "
        "damaged copies; limits are false pairs for 1,000 left cases, counted on pairs that the weights had not seen",
        "right_cases": len(right),
        "weights": {name: round(float(value), 4) for name, value in zip(feature_names(), weights, strict=True)},
        "false_pairs": [[expected, round(float(score), 3)] for expected, score in limits],
    }
    asked.output.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    all_of = [seen(side, first=at == 0, places=10_000) for at, side in enumerate((left, right))]
    print(report.table(("class", "recall", "precision", "worth"), worth(*all_of, numbered(labels, left, right))))
    print(report.table(("false pairs for 1,000 left cases", "score"), content["false_pairs"]))


if __name__ == "__main__":
    main()
