"""The one place where rows are read for an actor: of the own society only, and only with permission.

A foreign id, a missing id and a child's record for somebody not cleared all answer alike: NotFound.
"""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from rfl.domain.errors import NotAllowed, NotFound
from rfl.domain.roles import Actor, Role, Subject, holds, may
from rfl.models.accounts import User
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.models.requests import TracingRequest
from rfl.models.work import Task

Row = TypeVar("Row")


def require(actor: Actor, permission: str) -> None:
    """Refuse with NotAllowed an actor none of whose roles holds `permission`."""
    if not holds(actor, permission):
        raise NotAllowed


def subject_of(row: Any) -> Subject:
    """Return what permissions ask about a row."""
    if isinstance(row, Proposal):
        return Subject(frozenset({row.left_society_id, row.right_society_id}), "", row.has_minor)
    minor = getattr(row, "is_minor", False) or getattr(row, "has_minor", False)
    return Subject(frozenset({row.society_id}), getattr(row, "created_by", ""), minor)


def fetch(session: Session, actor: Actor, permission: str, model: type[Row], key: str, *, lock: bool = False) -> Row:
    """Return the row `key` of `model` if the actor may do `permission` to it.

    Raises NotAllowed when no role of the actor holds the permission, NotFound in every other case of refusal.
    """
    require(actor, permission)
    row = session.get(model, key, with_for_update=lock or None, populate_existing=lock)
    if row is None or not may(actor, permission, subject_of(row)):
        raise NotFound
    return row


def within(actor: Actor, model: Any) -> ColumnElement[bool]:
    """Return the filter that keeps a list of `model` rows to what the actor may see at all."""
    if model is Proposal:
        mine: ColumnElement[bool] = or_(
            Proposal.left_society_id == actor.society_id, Proposal.right_society_id == actor.society_id
        )
    else:
        mine = model.society_id == actor.society_id
    minor = {Proposal: Proposal.has_minor, Task: Task.has_minor, TracingRequest: TracingRequest.has_minor}
    flag = Person.is_minor if model is Person else minor.get(model)
    if flag is not None and not actor.minors_cleared:
        mine = mine & ~flag
    if model in (Person, TracingRequest) and actor.roles == {Role.VOLUNTEER}:
        mine = mine & (model.created_by == actor.id)
    return mine


def colleague(session: Session, actor: Actor, user_id: str) -> User:
    """Return an active user of the actor's own society; raises NotFound, also for a foreign one."""
    user = session.scalar(select(User).where(User.id == user_id, User.society_id == actor.society_id, User.active))
    if user is None:
        raise NotFound
    return user
