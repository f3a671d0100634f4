"""How long casework takes with many persons: saving with proposals, searching, the pages; memory and disk.

    python benchmarks/casework.py --database sqlite|postgresql --persons 10000 [100000 ...] [--saves 200]

Loads invented persons through the same index functions as the program, then measures with a warm cache, one user.
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
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent))
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

import databases
from caseload import Caseload
from flask import Flask
from sqlalchemy import delete, func, select, text
from staff import PASSWORD, Staff, found, settings_for

from matching import keys, rank
from rfl.domain.clock import now
from rfl.domain.consent import NOTICE_VERSION, Purpose
from rfl.domain.ids import new_id
from rfl.domain.persons import Identity
from rfl.models import db
from rfl.models.index import MatchDue, MatchKey
from rfl.models.persons import Consent, Person
from rfl.models.proposals import Proposal
from rfl.models.requests import TracingRequest
from rfl.services import storage
from rfl.services.index_figures import key_hash, read_figures
from rfl.services.index_postings import find_slots
from rfl.services.index_upkeep import recount
from rfl.services.matching_index import MEETS, candidates, describe, find_people, index_persons
from rfl.services.proposing import propose_due
from rfl.services.unit import SYSTEM, Chore, Look, Unit
from rfl.web.app import create_app

BATCH = 500  # persons in one transaction while loading
SOUGHT_SHARE = 0.3  # of the persons loaded; the others are registered, and there are few enquirers to say
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "autovacuum": "on"}
Times = dict[str, list[tuple[float, float]]]  # by name: (elapsed, processor) of each time


@contextmanager
def clock(times: Times, name: str) -> Iterator[None]:
    """Add the milliseconds of the block to `times[name]`; processor time tells when the machine was busy elsewhere."""
    start, busy = time.perf_counter(), time.thread_time()
    yield
    times[name].append(((time.perf_counter() - start) * 1000, (time.thread_time() - busy) * 1000))


@dataclass
class Records:
    """New persons of one transaction, each with an agreement to matching; stored together and not yet indexed."""

    unit: Unit
    requests: list[TracingRequest] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)

    def add(self, kind: str, who: Identity, request_id: str | None = None) -> Person:
        """Add one person."""
        person = Person(
            id=new_id(), society_id=self.unit.actor.society_id, kind=kind, request_id=request_id,
            created_by=self.unit.actor.id, created_at=self.unit.at, relation="son" if kind == "sought" else "",
        )  # fmt: skip
        person.identity = who.to_dict()
        self.persons.append(person)
        return person

    def add_sought(self, who: Identity) -> Person:
        """Add a request in search for one sought person, whose enquirer nothing is known of."""
        request = TracingRequest(
            id=new_id(), society_id=self.unit.actor.society_id, number=f"B-{new_id()}", state="accepted",
            created_by=self.unit.actor.id, opened_at=self.unit.at,
        )  # fmt: skip
        self.requests.append(request)
        return self.add("sought", who, request.id)

    def index(self) -> None:
        """Store and index everybody."""
        for rows in (self.requests, self.persons, [self._agreement(person) for person in self.persons]):
            self.unit.session.add_all(rows)
            self.unit.session.flush()
        index_persons(self.unit, self.persons)

    def _agreement(self, person: Person) -> Consent:
        return Consent(
            id=new_id(), society_id=person.society_id, person_id=person.id, purpose=Purpose.MATCHING, given=True,
            notice_version=NOTICE_VERSION, on=date(2026, 1, 1), recorded_by=person.created_by, recorded_at=self.unit.at,
        )  # fmt: skip


def load(caseload: Caseload, societies: tuple[Staff, Staff], count: int) -> list[Identity]:
    """Load `count` persons, in turn for both societies; returns who is sought."""
    sought: list[Identity] = []
    for start in range(0, count, BATCH):
        actor = societies[start // BATCH % 2].officer
        with Unit(actor) as unit:
            records = Records(unit)
            for who in caseload.people(min(BATCH, count - start)):
                if caseload.random.random() < SOUGHT_SHARE:
                    sought.append(who)
                    records.add_sought(who)
                else:
                    records.add("registered", who)
            records.index()
            unit.record("import:loaded", "", persons=len(records.persons))
        db.session.remove()
    with Chore(SYSTEM) as chore:
        # The matching of what was loaded is a run of its own; here every save is measured for itself.
        chore.session.execute(delete(MatchDue))
    return sought


def measure_saves(caseload: Caseload, actor: Any, sought: list[Identity], saves: int, times: Times) -> tuple[int, int]:
    """Save new persons, every second one the misheard copy of a sought one; (proposals made, copies proposed)."""
    made = copies = 0
    for turn in range(saves):
        is_copy = turn % 2 == 0
        who = caseload.misheard(caseload.random.choice(sought)) if is_copy else caseload.person()
        with clock(times, "save and propose"):
            with Unit(actor) as unit, clock(times, "  save alone"):
                records = Records(unit)
                person = records.add("registered", who) if is_copy else records.add_sought(who)
                records.index()
                unit.record("person:registered", person.id)
            counts = propose_due([person.id])
        made += counts.proposed
        copies += is_copy and counts.proposed > 0
        measure_parts(person.id, times)
    return made, copies


def measure_parts(person_id: str, times: Times) -> None:
    """Do once more what proposing did, part by part."""
    with Look(SYSTEM) as look:
        session, figures = look.session, read_figures(look.session)
        person = session.get_one(Person, person_id)
        query, sides = describe(session, person), MEETS[person.kind]
        hashes = [key_hash(side, key.kind, key.value) for side in sides for key in keys(query)]
        with clock(times, "  candidates, SQL alone"):
            find_slots(session, hashes, figures)
        with clock(times, "  candidates, opened"):
            met = candidates(session, query, sides)
        with clock(times, "  scoring of the candidates"):
            rank(query, [one.profile for one in met], rarity=figures.share)
        times["  candidates scored (number)"].append((len(met), 0.0))


def measure_searches(caseload: Caseload, actor: Any, sought: list[Identity], searches: int, times: Times) -> None:
    """Search by name in the own society."""
    for who in caseload.random.sample(sought, searches):
        with Look(SYSTEM) as look, clock(times, "search by name"):
            find_people(look.session, actor, caseload.misheard(who).display_name(), 20)


def measure_pages(app: Flask, society: Staff, times: Times) -> None:
    """Open the pages an officer lives in, through the whole web layer; pages that do not exist are left out."""
    browser = app.test_client()
    browser.post("/sign-in", data={"sign_in_name": society.names["officer"], "password": PASSWORD})
    with Look(SYSTEM) as look:
        mine = Proposal.left_society_id == society.id
        ids = look.session.scalars(select(Proposal.id).where(mine).limit(60)).all()
    lists = ["/proposals"] * len(ids)
    for name, urls in (
        ("page of all proposals", lists),
        ("page of one proposal", [f"/proposals/{one}" for one in ids]),
    ):
        for url in urls:
            with clock(times, name):
                answer = browser.get(url, follow_redirects=True)
            if answer.status_code != HTTPStatus.OK:
                times.pop(name)
                print(f"{url.rsplit('/', 1)[0]}: {answer.status_code}, left out", file=sys.stderr)
                break


def disk_bytes(folder: Path) -> int:
    """Return the size of the database in bytes."""
    if db.engine.dialect.name == "postgresql":
        return int(db.session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    return sum(path.stat().st_size for path in folder.glob("*.sqlite*"))


def measure(url: str, folder: Path, persons: int, saves: int) -> Iterator[tuple[str, ...]]:
    """Load and measure one size; yields rows of (what, p50, p95, p50 of the processor) or (what, value)."""
    app, caseload, times = create_app(settings_for(url, folder)), Caseload(persons), defaultdict(list)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        storage.create_schema()
        societies = found("NOR"), found("SOU")
        start = time.perf_counter()
        sought = load(caseload, societies, persons)
        loading = time.perf_counter() - start
        with clock(times, "recount"):
            recount()
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        made, copies = measure_saves(caseload, societies[1].officer, sought, saves, times)
        measure_searches(caseload, societies[0].officer, sought, saves, times)
        measure_pages(app, societies[0], times)
        postings = db.session.scalar(select(func.count()).select_from(MatchKey)) or 0
        yield "loading, persons a second", f"{persons / loading:,.0f}"
        yield "recount of the index, s", f"{times.pop('recount')[0][0] / 1000:.1f}"
        for name, values in times.items():
            cuts = statistics.quantiles([elapsed for elapsed, _ in values], n=20)
            processor = statistics.median(busy for _, busy in values)
            yield name + ("" if "(number)" in name else ", ms"), f"{cuts[9]:.1f}", f"{cuts[18]:.1f}", f"{processor:.1f}"
        yield "proposals made by a save, mean", f"{made / saves:.1f}"
        yield "misheard copies that were proposed", f"{100 * copies / ((saves + 1) // 2):.0f} %"
        yield "postings a person", f"{postings / persons:.1f}"
        yield "database, MB", f"{disk_bytes(folder) / 1e6:,.0f}"
        yield "peak memory of the process, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f}"
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


def main() -> None:
    """Measure every size asked for and print one table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=databases.KINDS, default="sqlite")
    parser.add_argument("--persons", type=int, nargs="+", default=[10_000])
    parser.add_argument("--saves", type=int, default=200)
    asked = parser.parse_args()
    print(f"{now().date().isoformat()}, `{' '.join(sys.argv)}`")
    print(f"{platform.machine()}, Python {platform.python_version()}, {platform.system()} {platform.release()}")
    for persons in asked.persons:
        with tempfile.TemporaryDirectory() as scratch, database(asked.database, Path(scratch)) as fresh:
            rows = measure(fresh(), Path(scratch), persons, asked.saves)
            print(f"\n| {persons:,} persons, {asked.database} | p50 | p95 | p50, processor |\n|---|---|---|---|")
            for row in rows:
                print("| " + " | ".join(row + ("",) * (4 - len(row))) + " |", flush=True)


if __name__ == "__main__":
    main()
