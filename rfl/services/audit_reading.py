"""Reading the audit chain: the entries of one's own society, and whether the chain is whole."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from rfl.domain.roles import Actor
from rfl.models.accounts import User
from rfl.models.audit import AuditEntry
from rfl.services.audit import Verification, verify
from rfl.services.paging import page_within
from rfl.services.scope import require
from rfl.services.unit import Unit

PAGE = 50  # entries on one page


@dataclass(frozen=True)
class Entry:
    """One act, as a data-protection officer reads it."""

    seq: int
    at: datetime
    who: str
    event: str
    subject: str
    details: str


@dataclass(frozen=True)
class EntryPage:
    """One page of entries, newest first."""

    entries: tuple[Entry, ...]
    total: int
    page: int
    pages: int
    events: tuple[str, ...]


def read_entries(actor: Actor, *, page: int = 1, event: str = "", user_id: str = "", subject: str = "") -> EntryPage:
    """Return entries of the actor's society, filtered by event, user or subject id; itself an audited read."""
    require(actor, "audit.read")
    with Unit(actor) as unit:
        mine = AuditEntry.society_id == actor.society_id
        found = select(AuditEntry).where(mine)
        for column, wanted in (
            (AuditEntry.event, event),
            (AuditEntry.actor_id, user_id),
            (AuditEntry.subject, subject),
        ):
            if wanted:
                found = found.where(column == wanted)
        total = unit.session.scalar(select(func.count()).select_from(found.subquery())) or 0
        page, pages = page_within(page, total, PAGE)
        rows = unit.session.scalars(found.order_by(AuditEntry.seq.desc()).limit(PAGE).offset((page - 1) * PAGE)).all()
        colleagues = unit.session.scalars(select(User).where(User.society_id == actor.society_id))
        names = {user.id: user.display_name for user in colleagues}
        events = unit.session.scalars(select(AuditEntry.event).where(mine).distinct().order_by(AuditEntry.event))
        result = EntryPage(tuple(_entry(row, names) for row in rows), total, page, pages, tuple(events))
        unit.record("audit:read", actor.society_id, page=page, act=event, user=user_id)
    return result


def check_chain(actor: Actor) -> Verification:
    """Verify the whole chain of the instance; an audited act."""
    require(actor, "audit.read")
    with Unit(actor) as unit:
        result = verify(unit.session)
        unit.record("audit:verified", actor.society_id, entries=result.entries, first_bad=result.first_bad)
    return result


def _entry(row: AuditEntry, names: dict[str, str]) -> Entry:
    details = ", ".join(f"{key}: {value}" for key, value in sorted(row.details.items()) if value not in (None, ""))
    return Entry(row.seq, row.at, names.get(row.actor_id, row.actor_id), row.event, row.subject, details)
