"""What it is worth that members of one household are sought and found together, on invented lists, as markdown tables.

    python benchmarks/families.py [--left 5000] [--right 20000] [--seed 1] [--errors 20]

The lists of `benchmarks/generate_lists.py --families` are linked with `python -m matching link` three times: without
the columns of households, with the one of the left list, and with both. Of the pairs that the last two score higher
than the first it is said how many are true; `--errors` shows the false ones that are scored highest.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import measures, report
from benchmarks.labels import Labels, read_labels
from benchmarks.lists.families import FamilyWriter
from benchmarks.lists.files import generate
from benchmarks.measures import Pair, Scores
from benchmarks.rows import read_rows
from benchmarks.speed import LISTS
from benchmarks.written_pairs import in_short

ROOT = Path(__file__).resolve().parent.parent
LEAVE_OUT_LEFT, LEAVE_OUT_RIGHT = ("--left-columns", "household="), ("--right-columns", "household=")
COLUMNS = {
    "no column": (*LEAVE_OUT_LEFT, *LEAVE_OUT_RIGHT),
    "left column": LEAVE_OUT_RIGHT,
    "both columns": (),
}
# Low enough that the precision is averaged over every pair that anything could lift.
OPTIONS = ("--top", "20", "--threshold", "0.001", "--workers", "2")
BANDS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97)


def made(left: int, right: int, seed: int) -> Path:
    """Return the folder of lists of these sizes, generated the first time."""
    folder = LISTS / f"families-{left}x{right}-seed{seed}"
    if not (folder / "negatives.csv").exists():
        generate(folder, left, right, seed, FamilyWriter)
    return folder


def link(folder: Path, more: tuple[str, ...]) -> dict[Pair, float]:
    """Return the scores that the tool gives the pairs of the lists in `folder`; CalledProcessError when it fails."""
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "pairs.csv"
        lists = [str(folder / f"{side}.csv") for side in ("left", "right")]
        command = [sys.executable, "-m", "matching", "link", *lists, "--output", str(output), *OPTIONS, *more]
        subprocess.run(command, check=True, cwd=ROOT, env=dict(os.environ), stderr=subprocess.DEVNULL)  # noqa: S603
        return {(row["left_id"], row["right_id"]): float(row["score"]) for row in read_rows(output)}


def overall(found: Mapping[str, Scores], labels: Labels) -> str:
    """Return the measures of each way to link the lists beside each other."""
    kinds = sorted(labels.negatives)
    head = ("columns", "average precision", "best F1", "precision / recall at .9", *(f"{kind} .9" for kind in kinds))
    return report.table(head, [(name, *_measures(scores, labels, kinds)) for name, scores in found.items()])


def _measures(scores: Scores, labels: Labels, kinds: list[str]) -> list[str]:
    points, total = measures.curve(scores, labels.truth), len(labels.truth)
    sure = measures.at(points, report.SURE)
    precision = report.part(sure.true / sure.shown) if sure.shown else "none shown"
    return [
        report.part(measures.average_precision(points, total)),
        report.part(measures.best_f1(points, total)[0]),
        f"{precision} / {report.part(sure.true / total)}",
        *(
            report.part(measures.share(labels.negatives[kind], lambda pair: scores.get(pair, 0.0) >= report.SURE))
            for kind in kinds
        ),
    ]


def lifted(before: Scores, after: Scores) -> dict[Pair, float]:
    """Return the scores of the pairs that are scored higher than before."""
    return {pair: score for pair, score in after.items() if score > before.get(pair, 0.0)}


def bands(before: Scores, after: Scores, labels: Labels) -> str:
    """Return the lifted pairs by their new score: how many, mean score before and after, share true."""
    higher = lifted(before, after)
    rows = []
    for low, high in zip(BANDS, (*BANDS[1:], 1.01), strict=True):
        held = [pair for pair, score in higher.items() if low <= score < high]
        if held:
            means = (sum(scores.get(pair, 0.0) for pair in held) / len(held) for scores in (before, higher))
            true = measures.share(held, labels.truth.__contains__)
            rows.append((f"{low:g} to {min(high, 1.0):g}", len(held), *map(report.part, (*means, true))))
    return report.table(("lifted to", "pairs", "mean score before", "mean score", "share true"), rows)


def false_lifts(folder: Path, before: Scores, after: Scores, labels: Labels, most: int) -> str:
    """Return the `most` false pairs that were lifted highest, with both persons in short."""
    rows = {row["id"]: row for side in ("left", "right") for row in read_rows(folder / f"{side}.csv")}
    kinds = {pair: kind for kind, pairs in labels.negatives.items() for pair in pairs}
    false = [(score, pair) for pair, score in lifted(before, after).items() if pair not in labels.truth]
    lines = [
        (
            *(f"{scores.get(pair, 0.0):.3f}" for scores in (before, after)),
            kinds.get(pair, "stranger"),
            *(in_short(rows[one]) for one in pair),
        )
        for _, pair in sorted(false, reverse=True)[:most]
    ]
    return report.table(("before", "lifted to", "is", "sought", "registered"), lines)


def main() -> None:
    """Print the tables asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--left", type=int, default=5_000, help="sought persons")
    parser.add_argument("--right", type=int, default=20_000, help="registered persons")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=int, default=0, help="show so many false pairs that were lifted")
    asked = parser.parse_args()
    print(report.header(), flush=True)
    folder = made(asked.left, asked.right, asked.seed)
    labels = read_labels(folder)
    found = {name: link(folder, more) for name, more in COLUMNS.items()}
    print(f"\n{len(labels.truth):,} true pairs\n\n{overall(found, labels)}")
    without, *others = found.items()
    for name, scores in others:
        print(f"\nPairs lifted with {name}:\n\n{bands(without[1], scores, labels)}")
        if asked.errors:
            print(f"\n{false_lifts(folder, without[1], scores, labels, asked.errors)}")


if __name__ == "__main__":
    main()
