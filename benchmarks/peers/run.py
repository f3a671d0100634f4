"""The engine and its peers on one pair of labelled lists: accuracy, elapsed time and peak memory, side by side.

    python benchmarks/peers/run.py FOLDER [--only splink ...]
    python benchmarks/peers/run.py FOLDER --race 3

Peers run in an environment of their own (build/peers). Times go from the start of the process to the written file,
training included. `--race` runs the engine and Splink in turn, as often as said, and gives medians and their ratio.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from benchmarks import measures, report
from benchmarks.labels import Labels, read_labels
from benchmarks.peers.environment import peers_python
from benchmarks.rows import read_rows

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OURS = "this engine"
SPLINK = "Splink 4, EM"
SCRIPTS = {
    SPLINK: "splink_em.py",
    "recordlinkage, ECM": "record_linkage.py",
    "Jaro-Winkler, years near": "jaro_winkler.py",
}
HEAD = ("", "AP", "best F1", "recall@1", "recall@5", "elapsed s", "processor s", "peak MB")


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: elapsed and processor seconds, peak memory in MB."""

    elapsed: float
    processor: float
    peak: float


def command(name: str, folder: Path, out: Path) -> list[str]:
    """Return the command that links the lists in `folder` and writes `out`."""
    if name == OURS:
        lists = [str(folder / f"{side}.csv") for side in ("left", "right")]
        return [
            sys.executable,
            "-m",
            "matching",
            "link",
            *lists,
            "--output",
            str(out),
            "--workers",
            str(os.cpu_count()),
        ]
    return [str(peers_python()), str(HERE / SCRIPTS[name]), str(folder), str(out)]


def run(name: str, folder: Path, out: Path) -> Run:
    """Run one program and return what it took; CalledProcessError when it fails."""
    words = command(name, folder, out)
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(words, cwd=ROOT, stdout=said, stderr=said)  # noqa: S603 - the programs named above
        _, status, used = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            print(said.read().decode(errors="replace")[-3000:], file=sys.stderr)
            raise subprocess.CalledProcessError(process.returncode, words)
    return Run(elapsed, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def judged(predictions: Path, labels: Labels) -> tuple[str, ...]:
    """Return AP, best F1, recall@1 and recall@5 of a file of scored pairs."""
    rows = read_rows(predictions)
    scores = measures.best_scores((row["left_id"], row["right_id"], float(row["score"])) for row in rows)
    points, total = measures.curve(scores, labels.truth), len(labels.truth)
    places = measures.ranks(scores, labels.truth)
    return (
        report.part(measures.average_precision(points, total)),
        report.part(measures.best_f1(points, total)[0]),
        *(report.part(measures.recall_at(places, labels.truth, most)) for most in (1, 5)),
    )


def compare(folder: Path, names: list[str], scratch: Path) -> str:
    """Return the table of every program."""
    labels, rows = read_labels(folder), []
    for name in names:
        out = scratch / "pairs.csv"
        out.unlink(missing_ok=True)
        took = run(name, folder, out)
        rows.append((name, *judged(out, labels), f"{took.elapsed:.1f}", f"{took.processor:.1f}", f"{took.peak:,.0f}"))
    return report.table(HEAD, rows)


def race(folder: Path, turns: int, scratch: Path) -> str:
    """Return medians of the engine and Splink, run in turn, and how many times the one takes of the other."""
    took: dict[str, list[Run]] = {OURS: [], SPLINK: []}
    for turn in range(turns):
        for name, runs in took.items():
            runs.append(run(name, folder, scratch / f"pairs{turn}{len(name)}.csv"))
    measured: dict[str, Callable[[Run], float]] = {
        "elapsed, s": lambda one: one.elapsed,
        "processor, s": lambda one: one.processor,
        "peak memory, MB": lambda one: one.peak,
    }
    rows = []
    for what, of in measured.items():
        ours, theirs = (statistics.median(map(of, took[name])) for name in (OURS, SPLINK))
        rows.append((f"{what}, median of {turns}", f"{ours:,.1f}", f"{theirs:,.1f}", f"{ours / theirs:.2f}"))
    return report.table(("", OURS, SPLINK, "ratio"), rows)


def main() -> None:
    """Print the table asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", default=[], help="part of the name of each program to run")
    parser.add_argument("--race", type=int, default=0, metavar="TURNS")
    asked = parser.parse_args()
    names = [name for name in (OURS, *SCRIPTS) if not asked.only or any(word in name for word in asked.only)]
    print(report.header(), flush=True)
    folder = asked.folder.resolve()
    peers_python()
    with tempfile.TemporaryDirectory() as scratch:
        table = race(folder, asked.race, Path(scratch)) if asked.race else compare(folder, names, Path(scratch))
    print(f"\n{table}")


if __name__ == "__main__":
    main()
