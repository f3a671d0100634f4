"""How long casework takes with many persons: saving with proposals, searching, the pages; memory and disk.

    python benchmarks/casework.py --database sqlite|postgresql --persons 10000 [100000 ...] [--saves 200]

Loads invented persons through the same index functions as the program, then measures with a warm cache, one user:
time by the clock, and time of the processor, which holds while the machine is busy elsewhere. "Beyond scoring" is all
but the comparing of profiles. Of several sizes, the last is set against the first.

PostgreSQL runs on a private server of its own with fsync on; it needs the server programs on this machine.
"""

import argparse
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent))
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

import databases
from caseload import Caseload
from filling import Records, load
from flask import Flask
from sqlalchemy import func, select, text
from staff import PASSWORD, Staff, found, settings_for

from rfl.domain.clock import now
from rfl.models import db
from rfl.models.index import MatchKey
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.services import family_support, matching_index, proposing, storage, terms
from rfl.services.index_upkeep import recount
from rfl.services.matching_index import MEETS, candidates, describe
from rfl.services.searching import search
from rfl.services.unit import SYSTEM, Look, Unit
from rfl.web.app import create_app

PAGES = 60  # times each page is opened
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "autovacuum": "on"}
SCORERS = ((terms, "rank"), (terms, "compare"), (family_support, "akin"), (matching_index, "compare"))
Times = dict[str, list[tuple[float, float]]]  # by name: milliseconds of each time, (elapsed, of the processor)
Row = tuple[str, list[float]]  # name and figures; two values are p50 and p95 elapsed, two more of the processor


class Clock:
    """Measures blocks, each as a whole and without what the comparing of profiles took in it."""

    def __init__(self) -> None:
        """Watch the functions that score."""
        self.times: Times = defaultdict(list)
        self._scoring = [0.0, 0.0]
        for module, name in SCORERS:
            setattr(module, name, self._watched(getattr(module, name)))

    def _watched(self, score: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*profiles: Any, **how: Any) -> Any:
            start, busy = time.perf_counter(), time.thread_time()
            try:
                return score(*profiles, **how)
            finally:
                self._scoring[0] += time.perf_counter() - start
                self._scoring[1] += time.thread_time() - busy

        return watched

    @contextmanager
    def measure(self, name: str, *, scores: bool = False) -> Iterator[None]:
        """Add the time of the block under `name`; where it `scores`, also the time beyond scoring."""
        self._scoring = [0.0, 0.0]
        start, busy = time.perf_counter(), time.thread_time()
        yield
        whole = (time.perf_counter() - start) * 1000, (time.thread_time() - busy) * 1000
        self.times[name].append(whole)
        if scores:
            beyond = tuple(one - 1000 * scored for one, scored in zip(whole, self._scoring, strict=True))
            self.times[f"{name}, beyond scoring"].append((beyond[0], beyond[1]))

    def rows(self) -> Iterator[Row]:
        """Yield p50 and p95, elapsed and of the processor, in milliseconds."""
        for name, values in self.times.items():
            cuts = [statistics.quantiles(part, n=20) for part in zip(*values, strict=True)]
            yield f"{name}, ms", [one for cut in cuts for one in (cut[9], cut[18])]


def measure_saves(caseload: Caseload, actor: Any, sought: list[Any], saves: int, clock: Clock) -> Iterator[Row]:
    """Save new persons, every second one the misheard copy of a sought one."""
    made = copies = opened = 0
    for turn in range(saves + 1):
        is_copy = turn % 2 == 0
        who = caseload.misheard(caseload.random.choice(sought)) if is_copy else caseload.person()
        with clock.measure("save and propose", scores=True):
            with Unit(actor) as unit:
                records = Records(unit)
                person = records.add("registered", who) if is_copy else records.add_sought(who)
                records.index()
                unit.record("person:registered", person.id)
            counts = proposing.propose_due([person.id])
        if turn == 0:
            clock.times.clear()  # the first fills the caches
            continue
        made += counts.proposed
        copies += is_copy and counts.proposed > 0
        with Look(SYSTEM) as look:
            again = look.session.get_one(Person, person.id)
            query = describe(look.session, again)
            with clock.measure("  of that, candidates from the index"):
                opened += len(candidates(look.session, query, MEETS[again.kind]))
    yield "candidates of a save, mean", [opened / saves]
    yield "proposals made by a save, mean", [made / saves]
    yield "misheard copies that were proposed, %", [100 * copies / (saves // 2)]


def measure_searches(caseload: Caseload, actor: Any, sought: list[Any], searches: int, clock: Clock) -> None:
    """Search in the own society, by name and by running number."""
    for turn, who in enumerate(caseload.random.sample(sought, searches)):
        asked = caseload.misheard(who).display_name()
        with clock.measure("search by name", scores=True):
            search(actor, asked)
        with clock.measure("search by number"):
            search(actor, str(turn + 1))


def measure_pages(app: Flask, society: Staff, clock: Clock) -> None:
    """Open the pages an officer lives in, through the whole web layer."""
    browser = app.test_client()
    browser.post("/sign-in", data={"sign_in_name": society.names["officer"], "password": PASSWORD})
    with Look(SYSTEM) as look:
        mine = select(Proposal.id).where(Proposal.left_society_id == society.id).order_by(Proposal.score.desc())
        ids = look.session.scalars(mine.limit(PAGES + 1)).all()
    for name, urls in (
        ("page of all proposals", ["/proposals"] * len(ids)),
        ("page of one proposal", [f"/proposals/{one}" for one in ids]),
    ):
        for turn, url in enumerate(urls):
            with clock.measure(name), app.app_context():
                answer = browser.get(url, follow_redirects=True)
            if answer.status_code != HTTPStatus.OK:
                raise SystemExit(f"{url}: {answer.status_code}")
            if turn == 0:
                clock.times.pop(name)  # the first compiles the templates


def disk_bytes(folder: Path) -> int:
    """Return the size of the database in bytes."""
    if db.engine.dialect.name == "postgresql":
        return int(db.session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    return sum(path.stat().st_size for path in folder.glob("*.sqlite*"))


def vacuum() -> None:
    """Do now what PostgreSQL's own upkeep does within minutes."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def measure(url: str, folder: Path, persons: int, saves: int, clock: Clock) -> Iterator[Row]:
    """Load and measure one size."""
    app, caseload = create_app(settings_for(url, folder)), Caseload(persons)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        storage.create_schema()
        societies = found("NOR"), found("SOU")
        start, busy = time.perf_counter(), time.thread_time()
        sought = load(caseload, societies, persons)
        took = time.perf_counter() - start, time.thread_time() - busy
        yield "loading, persons a second: elapsed, of the processor", [persons / one for one in took]
        start = time.perf_counter()
        recount()
        yield "recount of the index, s", [time.perf_counter() - start]
        vacuum()
        made = list(measure_saves(caseload, societies[1].officer, sought, saves, clock))
        measure_searches(caseload, societies[0].officer, sought, saves, clock)
        measure_pages(app, societies[0], clock)
        yield from clock.rows()
        yield from made
        postings = db.session.scalar(select(func.count()).select_from(MatchKey)) or 0
        yield "postings a person", [postings / persons]
        yield "database, MB", [disk_bytes(folder) / 1e6]
        yield "peak memory of the process so far, MB", [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3]
        storage.disconnect()


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Callable[[], str]]:
    """Yield a function that returns the address of a new, empty database."""
    if kind == "sqlite":
        yield lambda: f"sqlite:///{folder / 'benchmark.sqlite'}"
        return
    databases.SERVER_SETTINGS.update(DURABLE)
    server = databases.PostgresqlServer(databases.server_binaries())
    try:
        holder = databases.PostgresqlDatabases(server.folder, lambda _url: None)
        yield lambda: holder.fresh(folder)
    finally:
        server.stop()


def show(name: str, values: list[float]) -> None:
    """Print one row of a table of four columns."""
    cells = [f"{value:,.1f}" for value in values] + [""] * (4 - len(values))
    print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    """Measure every size asked for, print a table for each, and set the last against the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=databases.KINDS, default="sqlite")
    parser.add_argument("--persons", type=int, nargs="+", default=[10_000])
    parser.add_argument("--saves", type=int, default=200)
    asked = parser.parse_args()
    print(f"{now().date().isoformat()}, `{' '.join(sys.argv)}`")
    print(f"{platform.machine()}, Python {platform.python_version()}, {platform.system()} {platform.release()}")
    clock, all_rows = Clock(), list[dict[str, list[float]]]()
    for persons in asked.persons:
        clock.times.clear()
        rows: dict[str, list[float]] = {}
        print(f"\n| {persons:,} persons, {asked.database} | p50 | p95 | p50, processor | p95, processor |")
        print("|---|---|---|---|---|")
        with tempfile.TemporaryDirectory() as scratch, database(asked.database, Path(scratch)) as fresh:
            for name, values in measure(fresh(), Path(scratch), persons, asked.saves, clock):
                rows[name] = values
                show(name, values)
        all_rows.append(rows)
    if len(all_rows) > 1:
        print(f"\n| {asked.persons[-1]:,} against {asked.persons[0]:,} persons, times as much |||||")
        print("|---|---|---|---|---|")
        for name, first in all_rows[0].items():
            show(name, [last / one if one else 0.0 for one, last in zip(first, all_rows[-1][name], strict=True)])


if __name__ == "__main__":
    main()
