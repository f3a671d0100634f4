"""Rows per second, waiting time of colleagues and peak memory of an import, on invented people.

    python benchmarks/imports.py --rows 5000 [--file list.csv]

Loads a list into a new SQLite database, imports it, imports it again (nothing changes then), and measures meanwhile
how long another connection waits for the write lock. Elapsed time depends on what else the machine does; processor
time does not.
"""

import argparse
import csv
import io
import json
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from caseload import Caseload
from flask import Flask
from staff import Staff, found, settings_for

from rfl.domain.imports import ListBasis
from rfl.domain.persons import Identity
from rfl.services import import_columns, import_runs, imports, runs, storage
from rfl.services.unit import SYSTEM, Chore
from rfl.web.app import create_app

BASIS = ListBasis(("register", "matching"), "consent", "list", "ar", "2026-01-02")
HEADER = ("id", "full_name", "sex", "date_of_birth", "mother_name", "last_known_place", "last_country")
WRITE_EVERY = 0.5  # seconds between two saves of the colleague


def list_of(people: list[Identity]) -> bytes:
    """Return a CSV file of `people`."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for number, who in enumerate(people):
        place = who.last_place
        writer.writerow(
            [number, who.display_name(), who.sex, who.birth.original, who.mother_name, place.text, place.country]
        )
    return text.getvalue().encode()


class Colleague(threading.Thread):
    """Somebody who saves something now and then while the import runs; `waits` are in seconds."""

    def __init__(self, app: Flask) -> None:
        """Prepare; `stop` ends it."""
        super().__init__(daemon=True)
        self.app, self.waits, self.ended = app, list[float](), threading.Event()

    def run(self) -> None:
        """Take the write lock, and note how long that took."""
        with self.app.app_context():
            while not self.ended.wait(WRITE_EVERY):
                start = time.perf_counter()
                with Chore(SYSTEM):
                    self.waits.append(time.perf_counter() - start)


def take(society: Staff, data: bytes) -> dict[str, float]:
    """Import a file and return rows per second, elapsed and of processor time, and its figures."""
    loaded = imports.upload(society.officer, imports.Upload(data, "list.csv", "registered", "Bench", BASIS))
    columns = import_columns.read_columns(society.officer, loaded.id).columns
    import_columns.save_columns(society.officer, loaded.id, {one.index: one.chosen for one in columns if one.chosen})
    import_runs.start_import(society.officer, loaded.id)
    held = runs.claim("benchmark", ["import"])
    if held is None:
        raise SystemExit("the import was not queued")
    elapsed, processor = time.perf_counter(), time.thread_time()
    import_runs.run_import(held)
    elapsed, processor = time.perf_counter() - elapsed, time.thread_time() - processor
    run = imports.read_import(society.officer, loaded.id).line.run
    rows = run.done if run else 0
    counts = dict(run.counts) if run else {}
    return {
        "rows": rows,
        "per_second": round(rows / elapsed, 1),
        "per_cpu_second": round(rows / processor, 1),
        **counts,
    }


def main() -> None:
    """Measure and print JSON."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=5000)
    asked.add_argument("--file", type=Path, help="a CSV file instead of invented people; its first --rows rows")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="rfl-bench-") as folder:
        app = create_app(settings_for(f"sqlite:///{folder}/bench.sqlite", Path(folder)))
        with app.app_context():
            storage.create_schema()
            data = read_some(given.file, given.rows) if given.file else list_of(invented(given.rows))
            before = peak()
            colleague = Colleague(app)
            society = found("BEN")
            colleague.start()
            first = take(society, data)
            colleague.ended.set()
            colleague.join()
            again = take(society, data)
            waits = sorted(colleague.waits)
            figures = {
                "first": first,
                "again": again,
                "colleague_waits_s": {"median": round(waits[len(waits) // 2], 3), "longest": round(waits[-1], 3)},
                "memory_mb": {"before": before, "peak": peak()},
                "file_mb": round(len(data) / 1e6, 2),
            }
            sys.stdout.write(json.dumps(figures, indent=2) + "\n")
            storage.disconnect()


def read_some(path: Path, rows: int) -> bytes:
    """Return the header and the first `rows` lines of a file."""
    with path.open("rb") as file:
        return b"".join(line for line, _ in zip(file, range(rows + 1), strict=False))


def invented(rows: int) -> list[Identity]:
    """Return `rows` invented people."""
    caseload = Caseload(seed=1)
    return [caseload.person() for _ in range(rows)]


def peak() -> int:
    """Return the largest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
