"""An import at work: slice after slice, each committed with its cursor, so that a killed import goes on behind it."""

import time
from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from rfl.domain.clock import local_day
from rfl.domain.errors import RuleBroken
from rfl.domain.imports import REQUEST, ListBasis, Reading
from rfl.domain.roles import Actor, holds
from rfl.domain.text import N_
from rfl.models.accounts import Society, User
from rfl.models.imports import ImportFile, ImportProblem
from rfl.services import clear_admission, clear_receipts
from rfl.services.import_files import check_ready, fetch_import, open_list
from rfl.services.import_lists import BadRow, FileGone, GoneRow, ListItem, NoteRow, TakenRow
from rfl.services.import_persons import remove_gone, store_persons
from rfl.services.import_requests import store_requests
from rfl.services.import_rows import Slice
from rfl.services.matching_index import index_persons
from rfl.services.person_notes import store_notes
from rfl.services.runs import Claim, advance, finish, start_run
from rfl.services.sign_in import acting
from rfl.services.unit import SYSTEM, Look, Unit

SLICE = 50  # rows between two commits, about 0.4 s: colleagues who save wait no longer than one slice
# On SQLite a writer that waits looks again every 0.1 s: without a pause the next slice would always come first.
PAUSE_SECONDS = 0.12


class StarterGone(RuleBroken):
    """Whoever started the import may no longer import."""

    message = N_(
        "The import was stopped, because the person who started it may no longer import lists. Start it again."
    )


def start_import(actor: Actor, import_id: str) -> str:
    """Queue the import, from its first row, and return the id of the run.

    Raises NotFound, NotAllowed, RunUnderWay, FileGone, and FieldError when the columns were not chosen yet.
    """
    with Unit(actor) as unit:
        row = fetch_import(unit.session, actor, import_id, lock=True)
        check_ready(row)
        open_list(unit.session, row, unit.at)
        unit.session.execute(delete(ImportProblem).where(ImportProblem.import_id == row.id))
        row.run_id = start_run(unit, "import", actor.society_id, Reading.from_dict(row.settings).rows)
        unit.record("import:started", row.id, run=row.run_id, rows=Reading.from_dict(row.settings).rows)
        return row.run_id


def run_import(held: Claim) -> None:
    """Import a list, going on where an earlier worker stopped; raises LeaseLost, StarterGone or FileGone."""
    job = _Job(held)
    for rows in job.slices():
        job.store(rows)
        time.sleep(PAUSE_SECONDS)
        held.between()
    job.end()


class _Job:
    """One claimed import: the list is opened once, its rows before the cursor are passed over."""

    def __init__(self, held: Claim) -> None:
        self.held = held
        self.position = int(held.cursor or 0)
        with Look(SYSTEM) as look:
            row = look.session.scalar(select(ImportFile).where(ImportFile.run_id == held.id))
            if row is None:
                raise FileGone
            self.import_id, self.format, self.target = row.id, row.format, row.target
            self.basis = ListBasis.from_dict(row.consent)
            self.reading = Reading.from_dict(row.settings)
            self.actor = _starter(look.session, look.session.get(User, held.started_by or row.uploaded_by))
            loaded_on = local_day(row.uploaded_at, self.actor.time_zone)
            self.fallback_day = self.reading.list_date or loaded_on.isoformat()
            self.list = open_list(look.session, row, look.at)

    def slices(self) -> Iterator[list[ListItem]]:
        """Yield the rows that were not stored yet, SLICE at a time; of PFIF, persons and notes never together."""
        items = islice(self.list.items(), self.position, None)
        while rows := list(islice(items, SLICE)):
            yield rows

    def store(self, rows: Sequence[ListItem]) -> None:
        """Store one slice with its audit entry and the new cursor, all or nothing."""
        with Unit(self.actor) as unit:
            rows = clear_admission.still_admitted(unit, self.import_id, rows)
            part = Slice(unit, self.import_id, self.format, self.basis, self.fallback_day, bases=_bases(rows))
            _store_by_kind(part, rows, self.target)
            unit.session.flush()
            clear_admission.note_taken(unit, self.import_id, rows)
            index_persons(unit, list({person.id: person for person in part.touched}.values()))
            counts = dict(part.counts)
            cursor = str(self.position + len(rows))
            advance(unit, self.held, cursor=cursor, done=len(rows), counts=counts)
            unit.record("import:slice", self.import_id, run=self.held.id, rows=len(rows), **counts)
        self.position += len(rows)
        unit.session.expunge_all()

    def end(self) -> None:
        """Mark the run as finished."""
        with Unit(self.actor) as unit:
            finish(unit, self.held)
            clear_receipts.acknowledge(unit, self.import_id)
            unit.record("import:finished", self.import_id, run=self.held.id)


def _starter(session: Session, user: User | None) -> Actor:
    """Return who started the run, as they are now; raises StarterGone."""
    if user is None or not user.active:
        raise StarterGone
    actor = acting(user, session.get_one(Society, user.society_id))
    if not holds(actor, "import.run"):
        raise StarterGone
    return actor


def _bases(rows: Sequence[ListItem]) -> dict[str, ListBasis]:
    """Return what the people of single rows agreed to, by the keys of the rows."""
    return {row.key: row.basis for row in rows if isinstance(row, TakenRow) and row.basis is not None}


def _store_by_kind(part: Slice, rows: Sequence[ListItem], target: str) -> None:
    """Give each kind of row to what stores it; persons come before the notes about them."""
    store = store_requests if target == REQUEST else store_persons
    store(part, [row for row in rows if isinstance(row, TakenRow)])
    part.unit.session.flush()
    remove_gone(part, [row for row in rows if isinstance(row, GoneRow)])
    store_notes(part, [row for row in rows if isinstance(row, NoteRow)])
    for row in rows:
        if isinstance(row, BadRow):
            part.keep_bad(row)
