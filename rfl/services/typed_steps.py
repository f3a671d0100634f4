"""What was typed and not saved: kept as typed, so that no interview is lost to a dead battery or a wrong date.

Kept values change nothing else: they are not checked, not matched and not shown outside the page they belong to.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from rfl.domain.errors import NotFound
from rfl.models.accounts import User
from rfl.models.requests import TracingRequest, TypedStep
from rfl.services.request_rows import sought_of

PAGES = frozenset({"start", "enquirer", "news", "consent", "harm", "sought-new"})
SOUGHT = re.compile(r"sought-([0-9a-z]{16})")


@dataclass(frozen=True)
class Kept:
    """What was typed into a page, by whom and when."""

    values: dict[str, list[str]]
    by: str
    at: datetime


def check_page(session: Session, request: TracingRequest, page: str) -> None:
    """Refuse a page that this request does not have; raises NotFound."""
    sought = SOUGHT.fullmatch(page)
    if sought and sought[1] in {person.id for person in sought_of(session, request)}:
        return
    if page not in PAGES:
        raise NotFound


def find_typed(session: Session, request_id: str, page: str) -> TypedStep | None:
    """Return the row of what was typed on a page, None where nothing waits."""
    return session.scalar(select(TypedStep).where(TypedStep.request_id == request_id, TypedStep.step == page))


def read_typed(session: Session, request_id: str, page: str) -> Kept | None:
    """Return what was typed on a page and not saved, None where nothing waits."""
    row = find_typed(session, request_id, page)
    if row is None:
        return None
    user = session.get(User, row.typed_by)
    return Kept(row.typed or {}, user.display_name if user else "", row.typed_at)


def pages_typed(session: Session, request_id: str) -> list[str]:
    """Return the pages on which something waits to be saved."""
    return list(session.scalars(select(TypedStep.step).where(TypedStep.request_id == request_id)))


def forget_typed(session: Session, request_id: str, *pages: str) -> None:
    """Delete what was typed on `pages`, on all pages without any; part of the act that saved or ended it."""
    rows = delete(TypedStep).where(TypedStep.request_id == request_id)
    session.execute(rows.where(TypedStep.step.in_(pages)) if pages else rows)
