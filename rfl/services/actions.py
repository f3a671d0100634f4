"""Tracing actions: what is planned for a search, by when, and what came of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from rfl.domain.actions import ACTION_KINDS, ACTION_RESULTS, PENDING
from rfl.domain.cases import SEARCHING, MoveNotPossible
from rfl.domain.cleaning import clean_text
from rfl.domain.errors import FieldError, NotFound
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.accounts import User
from rfl.models.requests import TracingAction, TracingRequest
from rfl.services.intake import NOT_OFFERED
from rfl.services.scope import fetch
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

DONE_LATER = N_("This day has not come yet. Enter the day on which it was done.")
RESULT_MISSING = N_("Write what was found out, or why it could not be done.")


@dataclass(frozen=True)
class ActionCard:
    """One tracing action as the case page shows it."""

    id: str
    kind: str
    due_on: date | None
    done_on: date | None
    result: str
    plan: str
    report: str
    by: str
    overdue: bool


def plan_action(actor: Actor, request_id: str, *, kind: str, due_on: date | None, plan: str) -> str:
    """Plan one step of a search that is going on; returns its id. Raises FieldError, MoveNotPossible."""
    if kind not in ACTION_KINDS:
        raise FieldError("kind", NOT_OFFERED)
    plan = clean_text(plan, "plan")
    with Unit(actor) as unit:
        request = _fetch_searching(unit, request_id)
        action = TracingAction(
            id=new_id(),
            society_id=request.society_id,
            request_id=request.id,
            kind=kind,
            due_on=due_on,
            result=PENDING,
            created_by=actor.id,
            created_at=unit.at,
        )
        action.note = {"plan": plan, "report": ""}
        unit.session.add(action)
        tell_timeline(unit, "action:planned", request_id=request.id, kind=kind)
        unit.record("action:planned", request.id, action=action.id, kind=kind)
    return action.id


def finish_action(actor: Actor, request_id: str, action_id: str, *, result: str, done_on: date, report: str) -> None:
    """Record what came of a planned step; raises FieldError, NotFound, or MoveNotPossible when it is done already."""
    if result not in ACTION_RESULTS or result == PENDING:
        raise FieldError("result", NOT_OFFERED)
    report = clean_text(report, "report")
    if not report:
        raise FieldError("report", RESULT_MISSING)
    with Unit(actor) as unit:
        if done_on > unit.today:
            raise FieldError("done_on", DONE_LATER)
        request = fetch(unit.session, actor, "request.write", TracingRequest, request_id, lock=True)
        action = unit.session.get(TracingAction, action_id, with_for_update=True, populate_existing=True)
        if action is None or action.request_id != request.id:
            raise NotFound
        if action.done_on is not None:
            raise MoveNotPossible
        action.result, action.done_on = result, done_on
        action.note = {**(action.note or {}), "report": report}
        tell_timeline(unit, "action:done", request_id=request.id, kind=action.kind, result=result)
        unit.record("action:done", request.id, action=action.id, result=result)


def read_action(actor: Actor, request_id: str, action_id: str) -> ActionCard:
    """Return one action of a request that the actor may change; raises NotFound."""
    with Unit(actor) as unit:
        request = fetch(unit.session, actor, "request.write", TracingRequest, request_id)
        cards = list_actions(unit.session, request.id, unit.today)
        card = next((card for card in cards if card.id == action_id), None)
        if card is None:
            raise NotFound
        unit.record("request:read", request.id, action=action_id)
    return card


def list_actions(session: Session, request_id: str, today: date) -> list[ActionCard]:
    """Return the actions of a request: open ones first by due day, then done ones, newest first."""
    rows = session.scalars(_of_request(request_id)).all()
    planners = session.scalars(select(User).where(User.id.in_({row.created_by for row in rows})))
    names = {user.id: user.display_name for user in planners}
    cards = [_card(row, names.get(row.created_by, ""), today) for row in rows]
    waiting = sorted((c for c in cards if c.done_on is None), key=lambda c: c.due_on or date.max)
    done = sorted((c for c in cards if c.done_on is not None), key=lambda c: c.done_on or date.min, reverse=True)
    return [*waiting, *done]


def has_overdue(today: date) -> ColumnElement[bool]:
    """Return the condition on TracingRequest rows: something planned is past its day and the search goes on."""
    late = (
        TracingAction.request_id == TracingRequest.id,
        TracingAction.done_on.is_(None),
        TracingAction.due_on < today,
    )
    return exists().where(*late) & TracingRequest.state.in_(SEARCHING)


def _of_request(request_id: str) -> Select[TracingAction]:
    return (
        select(TracingAction)
        .where(TracingAction.request_id == request_id)
        .order_by(TracingAction.created_at, TracingAction.id)
    )


def _card(row: TracingAction, by: str, today: date) -> ActionCard:
    words = row.note or {}
    overdue = row.done_on is None and row.due_on is not None and row.due_on < today
    return ActionCard(
        row.id,
        row.kind,
        row.due_on,
        row.done_on,
        row.result,
        words.get("plan", ""),
        words.get("report", ""),
        by,
        overdue,
    )


def _fetch_searching(unit: Unit, request_id: str) -> TracingRequest:
    request = fetch(unit.session, unit.actor, "request.write", TracingRequest, request_id, lock=True)
    if request.state not in SEARCHING:
        raise MoveNotPossible
    return request
