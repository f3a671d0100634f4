"""How fast the engine is on invented lists: loading, linking, one record against all, and the memory it takes.

    python benchmarks/speed.py [--right 10000 100000 1000000] [--left 1000] [--queries 200]

Every size runs in a process of its own, so that its peak memory is its own. Elapsed and processor time are given:
they differ when the machine has other work, and where two threads work at once. Compiling is not counted: a few
records are linked first.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import matching
from benchmarks import engine, report
from benchmarks.lists.files import generate
from benchmarks.rows import read_people

LISTS = Path(__file__).resolve().parent.parent / "build" / "lists"
HEAD = (
    "registered", "sought", "load, s (processor)", "link, s (processor)", "sought a second", "one record, ms p50 / p95",
    "peak memory, MB",
)  # fmt: skip
WARM_UP = 20


def made(left: int, right: int) -> Path:
    """Return the folder of lists of these sizes, generated the first time."""
    folder = LISTS / f"{left}x{right}"
    if not (folder / "negatives.csv").exists():
        generate(folder, left, right, seed=1)
    return folder


@contextmanager
def clock() -> Iterator[list[float]]:
    """Yield a list that holds elapsed and processor seconds afterwards."""
    start, busy, spent = time.perf_counter(), time.process_time(), list[float]()
    yield spent
    spent += (time.perf_counter() - start, time.process_time() - busy)


def measure(folder: Path, queries: int) -> tuple[str, ...]:
    """Return the row of one pair of lists."""
    left = list(read_people(folder / "left.csv", "sought"))
    engine.link(left[:WARM_UP], matching.Index(left[:WARM_UP]))
    with clock() as loading:
        index = matching.Index(read_people(folder / "right.csv", "registered"))
    with clock() as linking:
        engine.link(left, index)
    times = []
    for record in left[:queries]:
        with clock() as asking:
            index.propose(record)
        times.append(asking[0] * 1000)
    cuts = statistics.quantiles(times, n=20)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return (
        f"{len(index):,}", f"{len(left):,}", f"{loading[0]:.1f} ({loading[1]:.1f})",
        f"{linking[0]:.1f} ({linking[1]:.1f})", f"{len(left) / linking[0]:,.0f}", f"{cuts[9]:.1f} / {cuts[18]:.1f}",
        f"{peak:,.0f}",
    )  # fmt: skip


def main() -> None:
    """Print one row for each size; `--folder` measures one folder in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--right", type=int, nargs="+", default=[10_000, 100_000], help="sizes of the registered list")
    parser.add_argument("--left", type=int, default=1_000, help="sought persons")
    parser.add_argument("--queries", type=int, default=200, help="sought persons asked for one by one")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.folder:
        print("| " + " | ".join(measure(asked.folder, asked.queries)) + " |")
        return
    print(f"{report.header()}\n\n{report.table(HEAD, [])}", flush=True)
    for right in asked.right:
        folder = made(asked.left, right)
        command = [sys.executable, __file__, "--folder", str(folder), "--queries", str(asked.queries)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONWARNINGS": "ignore"})  # noqa: S603 - this file


if __name__ == "__main__":
    main()
