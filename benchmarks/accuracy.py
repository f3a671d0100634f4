"""Accuracy of the matching engine on two labelled lists, as markdown tables.

    python benchmarks/accuracy.py FOLDER [--out predictions.csv] [--limit N] [--top 10] [--threshold T] [--cross-fit]
    python benchmarks/accuracy.py FOLDER --measure predictions.csv

FOLDER holds left.csv, right.csv (persons) and truth.csv (left_id, right_id, script_pair, culture), and where known
negatives.csv (left_id, right_id, kind); benchmarks/generate_lists.py writes such folders. `--measure` measures the
predictions of another program (left_id, right_id, score) instead of running the engine. `--cross-fit` learns a
correction from the judged proposals of one half of the sought persons and measures it on the other, both ways.
`--no-clusters` runs without the table of names, `--odds FILE` with odds of letters learned without some list's words.
"""

import argparse
import csv
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import matching
from benchmarks import engine, report
from benchmarks.labels import Labels, read_labels
from benchmarks.learning_curve import half_of
from benchmarks.measures import best_scores, share
from benchmarks.rows import read_people, read_rows
from matching.kernel.tables import load_tables

KEY_SHARE = 0.005  # of the right list: recall of the keys is the share of true pairs among so many candidates


def key_recall(
    left: Sequence[matching.PersonRecord], index: matching.Index, labels: Labels
) -> Iterable[tuple[str, float]]:
    """Yield (what, share of true pairs that the keys bring together), for all of them and for Arabic with Latin."""
    wanted = {pair[0] for pair in labels.truth}
    most = max(1, round(len(index) * KEY_SHARE))
    met = engine.candidates([record for record in left if record.id in wanted], index, most)
    yield f"key recall at {most} candidates", share(labels.truth, met.__contains__)
    crossing = labels.cross("Arab", "Latn")
    if crossing:
        yield "key recall of Arabic-Latin pairs", share(crossing, met.__contains__)


def cross_fitted(
    left: Sequence[matching.PersonRecord], index: matching.Index, labels: Labels, *, top: int, threshold: float
) -> list[engine.Scored]:
    """Return the pairs of each half scored with a correction learned from the proposals of the other half."""
    halves = [[record for record in left if half_of(record.id) == half] for half in (0, 1)]
    scored: list[engine.Scored] = []
    for half in (0, 1):
        correction = taught(halves[1 - half], index, labels, top)
        scored += engine.link(halves[half], index, top=top, threshold=threshold, correction=correction)
    return scored


def taught(
    left: Sequence[matching.PersonRecord], index: matching.Index, labels: Labels, top: int
) -> matching.Correction:
    """Return what is learned when every proposal of these persons is judged rightly."""
    proposed = zip(left, index.link(left, top=top), strict=True)
    judged = [(record, match) for record, matches in proposed for match in matches]
    return matching.fit(
        [index.explain(record, match.place) for record, match in judged],
        [(record.id, match.id) in labels.truth for record, match in judged],
        groups=[record.id for record, _ in judged],
    )


def write_pairs(path: Path, scored: Iterable[engine.Scored]) -> None:
    """Write left_id, right_id, score as CSV."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("left_id", "right_id", "score"))
        writer.writerows((left, right, f"{score:.6f}") for left, right, score in scored)


def run(asked: argparse.Namespace) -> str:
    """Link the lists of the folder asked for and return the tables; `out` takes the scored pairs."""
    folder, limit, top, threshold, out = asked.folder, asked.limit, asked.top, asked.threshold, asked.out
    tables = load_tables(odds=asked.odds, clusters=not asked.no_clusters)
    started = time.process_time()
    left = list(read_people(folder / "left.csv", "sought"))[:limit]
    index = matching.Index(read_people(folder / "right.csv", "registered"), tables=tables)
    loaded = time.process_time()
    labels = read_labels(folder, {record.id for record in left} if limit else None)
    if asked.cross_fit:
        scored = cross_fitted(left, index, labels, top=top, threshold=threshold)
    else:
        scored = engine.link(left, index, top=top, threshold=threshold)
    linked = time.process_time()
    if out:
        write_pairs(out, scored)
    times = f"processor time: {loaded - started:.1f} s to load, {linked - loaded:.1f} s to link"
    lists = f"{len(left):,} sought, {len(index):,} registered; {len(scored):,} pairs proposed; {times}"
    return f"{lists}\n\n{report.accuracy(best_scores(scored), labels, key_recall(left, index, labels))}"


def measure(folder: Path, predictions: Path) -> str:
    """Return the tables of scored pairs in a file."""
    scored = ((row["left_id"], row["right_id"], float(row["score"])) for row in read_rows(predictions))
    return report.accuracy(best_scores(scored), read_labels(folder))


def main() -> None:
    """Print the measures asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with left.csv, right.csv, truth.csv")
    parser.add_argument("--out", type=Path, help="write left_id, right_id, score here")
    parser.add_argument("--measure", type=Path, help="measure this file instead of running the engine")
    parser.add_argument("--limit", type=int, help="use only the first N of left.csv")
    parser.add_argument("--top", type=int, default=10, help="most pairs proposed for one sought person")
    parser.add_argument("--threshold", type=float, default=matching.PROPOSE_AT, help="lowest score proposed")
    parser.add_argument("--cross-fit", action="store_true", help="with corrections learned on the other half")
    parser.add_argument("--no-clusters", action="store_true", help="without the table of spellings of names")
    parser.add_argument("--odds", type=Path, help="other odds of letters (benchmarks/training)")
    asked = parser.parse_args()
    print(report.header(), flush=True)
    if asked.measure:
        print(f"\n{measure(asked.folder, asked.measure)}")
    else:
        print(f"\n{run(asked)}")


if __name__ == "__main__":
    main()
