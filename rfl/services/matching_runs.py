"""Matching a whole caseload again: in slices, each committed with its cursor, so that a killed run goes on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from rfl.domain.proposals import DECIDABLE
from rfl.domain.review import IN_REVIEW
from rfl.domain.roles import Actor
from rfl.models.accounts import Society
from rfl.models.index import MatchDue
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.models.work import Run
from rfl.services.corrections import EngineInUse, engine_in_use
from rfl.services.proposal_updates import apply_findings
from rfl.services.proposing import Due, find
from rfl.services.runs import DONE, Claim, RunView, advance, finish, newest_run, start_run, view
from rfl.services.scope import require, within
from rfl.services.unit import SYSTEM, Look, Unit

KIND = "matching"
SLICE = 20  # persons whose candidates are scored between two commits: about a second, so a stop is heard soon


@dataclass(frozen=True, slots=True)
class Overview:
    """What the matching page shows: persons taking part, marks waiting, open proposals, the runs, the engine.

    `due` says that the engine has changed since the caseload was last matched.
    """

    taking_part: int
    waiting: int
    open_proposals: int
    newest: RunView | None
    last_finished: RunView | None
    engine: EngineInUse
    due: bool


def read_overview(actor: Actor) -> Overview:
    """Return the figures of the actor's society; raises NotAllowed."""
    with Look(actor) as look:
        require(actor, "matching.run")
        session = look.session
        mine = Person.society_id == actor.society_id
        waiting = select(func.count()).select_from(MatchDue).join(Person, Person.id == MatchDue.person_id).where(mine)
        undecided = within(actor, Proposal), Proposal.state.in_(DECIDABLE)
        opened = select(func.count()).select_from(Proposal).where(*undecided)
        return Overview(
            _count_searching(session, actor.society_id),
            session.scalar(waiting) or 0,
            session.scalar(opened) or 0,
            newest_run(session, actor, KIND),
            newest_run(session, actor, KIND, DONE),
            engine_in_use(session),
            is_due(session, actor.society_id),
        )


def is_due(session: Session, society_id: str) -> bool:
    """Say whether another engine, or another correction, compared when this caseload was last matched."""
    label = engine_in_use(session).label
    last = _last_finished(session, society_id)
    if last is not None and last.engine_version != label:
        return True
    mine = or_(Proposal.left_society_id == society_id, Proposal.right_society_id == society_id)
    older = select(Proposal.id).where(mine, Proposal.state.in_(IN_REVIEW), Proposal.engine_version != label)
    return session.scalar(older.limit(1)) is not None


def _last_finished(session: Session, society_id: str) -> Run | None:
    done = select(Run).where(Run.kind == KIND, Run.society_id == society_id, Run.state == DONE)
    return session.scalars(done.order_by(Run.finished_at.desc(), Run.id).limit(1)).first()


@dataclass(frozen=True, slots=True)
class Status:
    """When the caseload of one society was last matched, and by what; `due` as in the overview."""

    code: str
    last_finished: RunView | None
    due: bool


def read_status() -> list[Status]:
    """Return the state of every society, for commands."""
    with Look(SYSTEM) as look:
        found = []
        for society in look.session.scalars(select(Society).order_by(Society.code)):
            last = _last_finished(look.session, society.id)
            due = is_due(look.session, society.id)
            found.append(Status(society.code, None if last is None else view(last), due))
        return found


def _count_searching(session: Session, society_id: str) -> int:
    query = select(func.count()).select_from(Person).where(Person.society_id == society_id, Person.searching)
    return session.scalar(query) or 0


def start_matching(actor: Actor) -> str:
    """Queue the matching of everybody of the actor's society who takes part; returns the id of the run.

    Raises NotAllowed or RunUnderWay.
    """
    require(actor, "matching.run")
    return _queue(actor, actor.society_id)


def start_for_society(society_id: str) -> str:
    """Queue the same for the program itself (commands); raises RunUnderWay."""
    return _queue(SYSTEM, society_id)


def _queue(actor: Actor, society_id: str) -> str:
    with Unit(actor) as unit:
        total = _count_searching(unit.session, society_id)
        engine = engine_in_use(unit.session).label
        run_id = start_run(unit, KIND, society_id, total, engine=engine)
        unit.record("matching:started", run_id, persons=total, engine=engine)
    return run_id


def match_slice(held: Claim, cursor: str) -> str | None:
    """Match the next slice of the caseload after `cursor` and return the new cursor; None once all is done.

    Scores with no lock held, then writes proposals, cursor and audit entry together. Raises LeaseLost.
    """
    with Look(SYSTEM) as look:
        due = _next_slice(look.session, held.society_id, cursor)
        findings = list(find(look.session, due))
    with Unit(SYSTEM) as unit:
        if not due:
            finish(unit, held)
            unit.record("matching:finished", held.id)
            return None
        counts = apply_findings(unit, findings).as_dict()
        last = due[-1].person_id
        advance(unit, held, cursor=last, done=len(due), counts=counts)
        unit.record("proposals:updated", held.id, persons=len(due), **counts)
    return last


def _next_slice(session: Session, society_id: str, cursor: str) -> Sequence[Due]:
    rows = (
        select(Person.id, MatchDue.token)
        .outerjoin(MatchDue, MatchDue.person_id == Person.id)
        .where(Person.society_id == society_id, Person.searching, Person.id > cursor)
        .order_by(Person.id)
        .limit(SLICE)
    )
    return [Due(person_id, token) for person_id, token in session.execute(rows)]


def run_matching(held: Claim) -> None:
    """Match a whole caseload, going on where an earlier worker stopped; raises LeaseLost."""
    cursor: str | None = held.cursor
    while cursor is not None:
        cursor = match_slice(held, cursor)
        held.between()
