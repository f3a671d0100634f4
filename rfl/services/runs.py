"""Long work as rows with a lease: claimed by one worker at a time, advanced slice by slice, taken up again.

A slice and its cursor are committed together. Whoever loses the lease (killed, stopped, too slow) finds out at the
next commit and writes nothing. A run that fails at the same place MAX_ATTEMPTS times is given up with a sentence.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from rfl.domain.errors import NotFound, RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.accounts import Society
from rfl.models.work import Run
from rfl.services.scope import fetch, require
from rfl.services.unit import SYSTEM, Chore, Look, Unit

LEASE = timedelta(seconds=60)  # a slice takes a second or two; a minute rides out a slow disk
MAX_ATTEMPTS = 3  # at one place: a crash of the machine is not the fault of the run, three are
WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
LIVE = (WAITING, RUNNING)
STATES = {
    WAITING: N_("Waiting to start"),
    RUNNING: N_("Running"),
    DONE: N_("Finished"),
    FAILED: N_("Stopped by a problem"),
    CANCELLED: N_("Stopped by a member of staff"),
}
# Which permission starts, shows and stops a run of each kind.
PERMISSIONS = {"matching": "matching.run", "import": "import.run", "exchange": "exchange.round"}
GIVEN_UP = N_("The work stopped three times at the same place. What was done before is kept. Tell your administrator.")


class RunUnderWay(RuleBroken):
    """One run of a kind at a time per society."""

    message = N_("This is already running. Wait until it has finished, or stop it first.")


class LeaseLost(RuleBroken):
    """The run was stopped, or another worker took it up."""

    message = N_("This run was stopped or taken up elsewhere.")


@dataclass(frozen=True, slots=True)
class Claim:
    """A run in the hands of one worker, as it stood when it was claimed.

    Whoever does the run calls `between` after each slice: what must not wait for the end of a long run is done then.
    """

    id: str
    kind: str
    society_id: str
    started_by: str | None
    worker: str
    cursor: str
    done: int
    total: int
    between: Callable[[], object]


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as people see it; `state` is a template of STATES, `problem` a sentence to translate."""

    id: str
    kind: str
    state: str
    is_live: bool
    done: int
    total: int
    counts: Mapping[str, int]
    problem: str
    created_at: datetime
    finished_at: datetime | None
    engine_version: str = ""

    @property
    def percent(self) -> int:
        """Return how much is done, 0 to 100."""
        return min(100, 100 * self.done // self.total) if self.total else 100 * (not self.is_live)


def start_run(unit: Unit, kind: str, society_id: str, total: int, *, engine: str = "") -> str:
    """Queue a run of `kind` over `total` things and return its id; raises RunUnderWay if one is live.

    `engine` is the label of what compares, for a run that matches.
    """
    PERMISSIONS[kind]
    # The society's row is the lock: of two who press the button at once, the second is told.
    unit.session.get(Society, society_id, with_for_update={"key_share": True})
    live = select(Run.id).where(Run.kind == kind, Run.society_id == society_id, Run.state.in_(LIVE))
    if unit.session.scalars(live.limit(1)).first():
        raise RunUnderWay
    run = Run(
        id=new_id(),
        society_id=society_id,
        kind=kind,
        state=WAITING,
        started_by=None if unit.actor.id == SYSTEM.id else unit.actor.id,
        created_at=unit.at,
        total=total,
        counts={},
        engine_version=engine,
    )
    unit.session.add(run)
    unit.session.flush()
    return run.id


def do_nothing() -> None:
    """Go on with the next slice at once."""


def claim(worker: str, kinds: Collection[str], between: Callable[[], object] = do_nothing) -> Claim | None:
    """Take up the oldest run of `kinds` that waits or whose lease has ended; None when there is none.

    `worker` names one thread of one process; `between` is for `Claim`. A run that keeps failing at one place is given
    up on the way.
    """
    while True:
        with Chore(SYSTEM) as chore:
            run = _next(chore.session, kinds, chore.at)
            if run is None:
                return None
            if run.attempts < MAX_ATTEMPTS:
                run.state, run.worker, run.lease_until = RUNNING, worker, chore.at + LEASE
                run.attempts += 1
                return _claimed(run, worker, between)
            run_id = run.id
        _end(run_id, FAILED, GIVEN_UP)


def _next(session: Session, kinds: Collection[str], at: datetime) -> Run | None:
    free = or_(Run.state == WAITING, and_(Run.state == RUNNING, Run.lease_until < at))
    oldest = select(Run).where(Run.kind.in_(kinds), free).order_by(Run.created_at, Run.id).limit(1)
    return session.scalars(oldest.with_for_update(skip_locked=True)).first()


def _claimed(run: Run, worker: str, between: Callable[[], object]) -> Claim:
    return Claim(run.id, run.kind, run.society_id, run.started_by, worker, run.cursor, run.done, run.total, between)


def _held(session: Session, held: Claim) -> Run:
    run = session.get(Run, held.id, with_for_update=True, populate_existing=True)
    if run is None or run.state != RUNNING or run.worker != held.worker:
        raise LeaseLost
    return run


def advance(unit: Unit, held: Claim, *, cursor: str, done: int, counts: Mapping[str, int]) -> None:
    """Write with the slice of `unit` that it is done: up to `cursor`, `done` more things, `counts` added.

    Prolongs the lease. Raises LeaseLost, which undoes the slice.
    """
    run = _held(unit.session, held)
    run.cursor, run.done, run.attempts = cursor, run.done + done, 0
    run.counts = {name: run.counts.get(name, 0) + counts.get(name, 0) for name in {**run.counts, **counts}}
    run.lease_until = unit.at + LEASE


def heartbeat(held: Claim) -> None:
    """Prolong the lease in the middle of a long slice; raises LeaseLost."""
    with Chore(SYSTEM) as chore:
        _held(chore.session, held).lease_until = chore.at + LEASE


def report(held: Claim, done: int, total: int) -> None:
    """Show how far a long slice has come, and prolong the lease; raises LeaseLost."""
    with Chore(SYSTEM) as chore:
        run = _held(chore.session, held)
        run.done, run.total, run.lease_until = done, total, chore.at + LEASE


def finish(unit: Unit, held: Claim) -> None:
    """Mark the run as finished, in the unit of its last slice or one of its own; raises LeaseLost."""
    run = _held(unit.session, held)
    run.state, run.finished_at, run.lease_until = DONE, unit.at, None


def fail(held: Claim, problem: str) -> None:
    """Give the run up with a sentence for people (an `N_` template without parameters)."""
    _end(held.id, FAILED, problem, worker=held.worker)


def release(held: Claim) -> None:
    """Give the run back, so that any worker may take it up at once; the attempt counts."""
    with Chore(SYSTEM) as chore:
        run = chore.session.get(Run, held.id, with_for_update=True, populate_existing=True)
        if run is not None and run.state == RUNNING and run.worker == held.worker:
            run.state, run.lease_until = WAITING, None


def release_all(worker: str) -> None:
    """Give back whatever `worker` holds, because it is told to stop: its slice in hand is undone at the commit."""
    with Chore(SYSTEM) as chore:
        mine = select(Run).where(Run.state == RUNNING, Run.worker == worker).with_for_update()
        for run in chore.session.scalars(mine):
            run.state, run.lease_until, run.attempts = WAITING, None, 0


def _end(run_id: str, state: str, problem: str, *, worker: str | None = None) -> None:
    with Unit(SYSTEM) as unit:
        run = unit.session.get(Run, run_id, with_for_update=True, populate_existing=True)
        if run is not None and run.state in LIVE and worker in (None, run.worker):
            run.state, run.problem, run.finished_at, run.lease_until = state, problem, unit.at, None
        unit.record("run:ended", run_id, state=state)


def cancel(actor: Actor, run_id: str) -> None:
    """Stop a live run; what its finished slices did stays. Raises NotFound, NotAllowed."""
    with Unit(actor) as unit:
        run = _fetch(unit.session, actor, run_id, lock=True)
        if run.state in LIVE:
            run.state, run.finished_at, run.lease_until = CANCELLED, unit.at, None
        unit.record("run:cancelled", run.id, kind=run.kind)


def read_run(actor: Actor, run_id: str) -> RunView:
    """Return one run of the actor's society; raises NotFound, NotAllowed."""
    with Look(actor) as look:
        return view(_fetch(look.session, actor, run_id))


def newest_run(session: Session, actor: Actor, kind: str, *states: str) -> RunView | None:
    """Return the newest run of `kind` of the actor's society, only in `states` where given."""
    require(actor, PERMISSIONS[kind])
    query = select(Run).where(Run.kind == kind, Run.society_id == actor.society_id)
    if states:
        query = query.where(Run.state.in_(states))
    run = session.scalars(query.order_by(Run.created_at.desc(), Run.id).limit(1)).first()
    return None if run is None else view(run)


def _fetch(session: Session, actor: Actor, run_id: str, *, lock: bool = False) -> Run:
    run = session.get(Run, run_id)
    if run is None:
        raise NotFound
    return fetch(session, actor, PERMISSIONS[run.kind], Run, run_id, lock=lock)


def view(run: Run) -> RunView:
    """Return a run as people see it."""
    return RunView(
        run.id,
        run.kind,
        run.state,
        run.state in LIVE,
        run.done,
        run.total,
        dict(run.counts),
        run.problem,
        run.created_at,
        run.finished_at,
        run.engine_version,
    )
