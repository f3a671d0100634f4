"""What needs somebody today: their tasks, their open drafts, proposals that wait, actions that are due."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from rfl.domain.actions import ACTION_KINDS
from rfl.domain.cases import RequestState
from rfl.domain.proposals import ProposalState
from rfl.domain.roles import PERMISSIONS, Actor, holds
from rfl.models.persons import Person
from rfl.models.proposals import Decision, Proposal
from rfl.models.requests import TracingAction, TracingRequest
from rfl.models.work import Task
from rfl.services.exchange_waiting import ExchangeWaiting, read_waiting
from rfl.services.matching_runs import is_due
from rfl.services.review import reference_of
from rfl.services.scope import within
from rfl.services.tasks import KINDS
from rfl.services.unit import Look

SHOWN = 50  # tasks on the dashboard; more than that is not "today"
DRAFTS_SHOWN = 10
SOON = timedelta(days=7)  # actions due within a week are shown


@dataclass(frozen=True)
class TaskLine:
    """One task, ready to show and link."""

    kind: str
    text: str
    request_id: str | None
    number: str  # of the request or the registered person it is about, or what the proposal is called
    proposal_id: str | None
    person_id: str | None
    disclosure_id: str | None
    due_on: date | None
    overdue: bool
    mine: bool


@dataclass(frozen=True)
class RequestLine:
    """A request by its number, with a date that matters and what is to be done until then."""

    id: str
    number: str
    on: date | None
    overdue: bool = False
    text: str = ""


@dataclass(frozen=True)
class WorkList:
    """The dashboard of one user."""

    tasks: tuple[TaskLine, ...]
    more_tasks: int
    drafts: tuple[RequestLine, ...]
    actions: tuple[RequestLine, ...]
    proposals_waiting: int | None
    proposals_mine: int | None
    exchange: ExchangeWaiting  # what encoded exchange with societies elsewhere asks for
    rematch_due: bool  # the engine has changed since the caseload was last matched


def read_work(actor: Actor) -> WorkList:
    """Return what waits for the actor; figures and numbers only, no personal data."""
    with Look(actor) as look:
        today = look.today
        tasks, count = _tasks(look, today)
        waiting = mine = None
        if holds(actor, "proposal.decide"):
            waiting, mine = _proposals(look)
        is_caseworker = holds(actor, "request.write")
        return WorkList(
            tasks=tasks,
            more_tasks=max(0, count - len(tasks)),
            drafts=_drafts(look) if is_caseworker else (),
            actions=_actions(look, today) if is_caseworker else (),
            proposals_waiting=waiting,
            proposals_mine=mine,
            exchange=read_waiting(look),
            rematch_due=holds(actor, "matching.run") and is_due(look.session, actor.society_id),
        )


def _tasks(look: Look, today: date) -> tuple[tuple[TaskLine, ...], int]:
    actor = look.actor
    held = [permission for permission in PERMISSIONS if holds(actor, permission)]
    open_ones = (
        select(Task, func.coalesce(TracingRequest.number, Person.number))
        .outerjoin(
            TracingRequest, (TracingRequest.id == Task.request_id) & (TracingRequest.society_id == actor.society_id)
        )
        .outerjoin(Person, (Person.id == Task.person_id) & (Person.society_id == actor.society_id))
        .where(within(actor, Task), Task.done_at.is_(None), Task.permission.in_(held))
        .where(or_(Task.assignee_id.is_(None), Task.assignee_id == actor.id))
    )
    count = look.session.scalar(select(func.count()).select_from(open_ones.subquery())) or 0
    rows = look.session.execute(open_ones.order_by(Task.due_on.is_(None), Task.due_on, Task.created_at).limit(SHOWN))
    return tuple(_line(task, number, actor, today) for task, number in rows), count


def _line(task: Task, number: str | None, actor: Actor, today: date) -> TaskLine:
    return TaskLine(
        kind=task.kind,
        text=KINDS[task.kind],
        request_id=task.request_id,
        number=number or _proposal_name(task, actor),
        proposal_id=task.proposal_id,
        person_id=task.person_id,
        disclosure_id=task.disclosure_id,
        due_on=task.due_on,
        overdue=bool(task.due_on and task.due_on < today),
        mine=task.assignee_id == actor.id,
    )


def _proposal_name(task: Task, actor: Actor) -> str:
    """Return what officers call the proposal of a task; nobody else has heard of it."""
    return reference_of(task.proposal_id) if task.proposal_id and holds(actor, "proposal.read") else ""


def _proposals(look: Look) -> tuple[int, int]:
    """Return (waiting for an answer of the actor's society, of these assigned to the actor)."""
    actor = look.actor
    answered = select(Decision.proposal_id).where(
        Decision.standing, Decision.verdict != "information", Decision.society_id == actor.society_id
    )
    waiting = select(func.count()).where(
        within(actor, Proposal),
        Proposal.state.in_([ProposalState.OPEN, ProposalState.SECOND, ProposalState.INFORMATION]),
        or_(Proposal.id.not_in(answered), Proposal.left_society_id == Proposal.right_society_id),
    )
    mine = waiting.where(or_(Proposal.left_assignee_id == actor.id, Proposal.right_assignee_id == actor.id))
    return look.session.scalar(waiting) or 0, look.session.scalar(mine) or 0


def _drafts(look: Look) -> tuple[RequestLine, ...]:
    rows = look.session.scalars(
        select(TracingRequest)
        .where(
            within(look.actor, TracingRequest),
            TracingRequest.state.in_([RequestState.DRAFT, RequestState.INFORMATION_NEEDED]),
            or_(TracingRequest.created_by == look.actor.id, TracingRequest.caseworker_id == look.actor.id),
        )
        .order_by(TracingRequest.opened_at.desc())
        .limit(DRAFTS_SHOWN)
    )
    return tuple(RequestLine(row.id, row.number, look.day_of(row.opened_at)) for row in rows)


def _actions(look: Look, today: date) -> tuple[RequestLine, ...]:
    rows = look.session.execute(
        select(TracingAction.due_on, TracingAction.kind, TracingRequest.id, TracingRequest.number)
        .join(TracingRequest, TracingRequest.id == TracingAction.request_id)
        .where(
            within(look.actor, TracingRequest),
            TracingAction.done_on.is_(None),
            TracingAction.due_on.is_not(None),
            TracingAction.due_on <= today + SOON,
        )
        .order_by(TracingAction.due_on)
        .limit(DRAFTS_SHOWN)
    )
    return tuple(
        RequestLine(id_, number, due, bool(due and due < today), ACTION_KINDS[kind]) for due, kind, id_, number in rows
    )
