"""Tasks: what people of a society have to do next; made once, done once."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.ids import new_id
from rfl.domain.text import N_
from rfl.models.work import Task
from rfl.services.unit import Unit

KINDS: dict[str, str] = {
    "accept_request": N_("Decide on acceptance"),
    "clear_risk": N_("Danger seen: decide as supervisor"),
    "complete_request": N_("Ask the enquirer for more information"),
    "take_over_child": N_("A child is concerned: take over the request"),
    "take_over_registered_child": N_("A child was registered: take over the record"),
    "approve_closing": N_("Approve the closing"),
    "contact_person": N_("Contact the person concerned and record their choice"),
    "ask_again": N_("Ask the person concerned again"),
    "prepare_disclosure": N_("Prepare what the family may be told"),
    "write_plan": N_("Write a delivery plan"),
    "approve_plan": N_("Approve the delivery plan"),
    "tell_enquirer": N_("Tell the enquirer"),
    "settle_dispute": N_("The two answers disagree: talk to each other"),
}


def open_task(  # noqa: PLR0913 - a task names everything that its reader needs
    unit: Unit,
    kind: str,
    *,
    society_id: str,
    permission: str,
    once: str,
    request_id: str | None = None,
    proposal_id: str | None = None,
    person_id: str | None = None,
    disclosure_id: str | None = None,
    assignee_id: str | None = None,
    has_minor: bool = False,
    due_on: date | None = None,
) -> Task:
    """Make the task `kind` (a key of `KINDS`) unless the same `once` exists; a done one is opened again."""
    KINDS[kind]
    task = unit.session.scalar(select(Task).where(Task.once == once))
    if task is None:
        task = Task(
            id=new_id(),
            society_id=society_id,
            kind=kind,
            permission=permission,
            request_id=request_id,
            proposal_id=proposal_id,
            person_id=person_id,
            disclosure_id=disclosure_id,
            assignee_id=assignee_id,
            has_minor=has_minor,
            due_on=due_on,
            created_at=unit.at,
            once=once,
        )
        unit.session.add(task)
    elif task.done_at is not None:
        task.done_at, task.done_by, task.due_on = None, None, due_on
    return task


def is_open(session: Session, once: str) -> bool:
    """Say whether the task exists and waits to be done."""
    return session.scalar(select(Task.id).where(Task.once == once, Task.done_at.is_(None))) is not None


def finish_task(unit: Unit, once: str) -> None:
    """Mark the task as done by the actor, if it is open."""
    task = unit.session.scalar(select(Task).where(Task.once == once, Task.done_at.is_(None)))
    if task is not None:
        task.done_at, task.done_by = unit.at, unit.actor.id
