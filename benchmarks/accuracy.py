"""Accuracy of the matching engine on two labelled lists, as markdown tables.

    python benchmarks/accuracy.py FOLDER [--out predictions.csv] [--limit N] [--top 10] [--threshold T]
    python benchmarks/accuracy.py FOLDER --measure predictions.csv

FOLDER holds left.csv, right.csv (persons) and truth.csv (left_id, right_id, script_pair, culture), and where known
negatives.csv (left_id, right_id, kind); benchmarks/generate_lists.py writes such folders. `--measure` measures the
predictions of another program (left_id, right_id, score) instead of running the engine.
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
from benchmarks.measures import best_scores, share
from benchmarks.rows import read_people, read_rows

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


def write_pairs(path: Path, scored: Iterable[engine.Scored]) -> None:
    """Write left_id, right_id, score as CSV."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("left_id", "right_id", "score"))
        writer.writerows((left, right, f"{score:.6f}") for left, right, score in scored)


def run(folder: Path, *, limit: int | None, top: int, threshold: float, out: Path | None = None) -> str:
    """Link the lists in `folder` and return the tables; `out` takes the scored pairs."""
    started = time.process_time()
    left = list(read_people(folder / "left.csv", "sought"))[:limit]
    index = matching.Index(read_people(folder / "right.csv", "registered"))
    loaded = time.process_time()
    scored = engine.link(left, index, top=top, threshold=threshold)
    linked = time.process_time()
    if out:
        write_pairs(out, scored)
    labels = read_labels(folder, {record.id for record in left} if limit else None)
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
    asked = parser.parse_args()
    print(report.header(), flush=True)
    if asked.measure:
        print(f"\n{measure(asked.folder, asked.measure)}")
    else:
        print(f"\n{run(asked.folder, limit=asked.limit, top=asked.top, threshold=asked.threshold, out=asked.out)}")


if __name__ == "__main__":
    main()
