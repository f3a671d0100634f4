"""Labelled lists: which pairs are one person, by script and culture, and which relatives and namesakes are not."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measures import Pair
from benchmarks.rows import read_rows


@dataclass(frozen=True, slots=True)
class Labels:
    """True pairs, true pairs by slice, and pairs known to be different by kind."""

    truth: frozenset[Pair]
    groups: dict[str, set[Pair]]
    negatives: dict[str, set[Pair]]

    def cross(self, *scripts: str) -> set[Pair]:
        """Return the true pairs between two scripts."""
        return self.groups.get(f"script {'-'.join(sorted(scripts))}", set())


def read_labels(folder: Path, among: set[str] | None = None) -> Labels:
    """Return the labels of the lists in `folder`, of the left ids `among` only; negatives.csv may be missing."""
    groups: dict[str, set[Pair]] = defaultdict(set)
    truth = set()
    for row in read_rows(folder / "truth.csv"):
        pair = (row["left_id"], row["right_id"])
        if among is None or pair[0] in among:
            truth.add(pair)
            for name in _groups(row):
                groups[name].add(pair)
    negatives: dict[str, set[Pair]] = defaultdict(set)
    if (folder / "negatives.csv").exists():
        for row in read_rows(folder / "negatives.csv"):
            pair = (row["left_id"], row["right_id"])
            if pair not in truth and (among is None or pair[0] in among):
                negatives[row["kind"]].add(pair)
    return Labels(frozenset(truth), dict(groups), dict(negatives))


def _groups(row: dict[str, str]) -> list[str]:
    """Return the slices of a true pair; lists without these columns have none."""
    names = []
    if row.get("script_pair"):
        scripts = sorted(row["script_pair"].split("-"))
        names += [f"script {'-'.join(scripts)}", "scripts same" if len(set(scripts)) == 1 else "scripts differ"]
    if row.get("culture"):
        names.append(f"culture {row['culture']}")
    return names
