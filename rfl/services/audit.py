"""The audit chain: appended in the transaction of the act, verified from the first entry to the head."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from rfl.domain.roles import Actor
from rfl.models.audit import AuditEntry, AuditHead
from rfl.models.sealed import keyring

START = "start"  # stands before the first entry
BATCH = 1000  # entries read at a time by `verify`
HEAD = select(AuditHead.seq, AuditHead.hash).with_for_update()
COLUMNS = ("seq", "at", "actor_id", "society_id", "event", "subject", "details", "previous", "hash")


def _content(entry: AuditEntry) -> bytes:
    fields = [
        entry.seq,
        entry.at.isoformat(),
        entry.actor_id,
        entry.society_id,
        entry.event,
        entry.subject,
        entry.details,
        entry.previous,
    ]
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def append(session: Session, at: datetime, actor: Actor, event: str, subject: str, details: dict[str, Any]) -> None:
    """Add one entry at the end of the chain; the head's row lock keeps two processes from forking it."""
    session.flush()
    connection = session.connection()
    seq, newest = connection.execute(HEAD).one()  # the first migration writes the row
    entry = AuditEntry(
        seq=seq + 1,
        at=at,
        actor_id=actor.id,
        society_id=actor.society_id,
        event=event,
        subject=subject,
        details=details,
        previous=newest,
    )
    entry.hash = keyring().chain_hash(_content(entry))
    # Plain statements: this is part of every act, and objects of the session would take three times as long.
    connection.execute(insert(AuditEntry), {name: getattr(entry, name) for name in COLUMNS})
    connection.execute(update(AuditHead).values(seq=entry.seq, hash=entry.hash))


@dataclass(frozen=True)
class Verification:
    """Result of a check of the chain: entries read, and the first one that does not fit (None: all fit)."""

    entries: int
    first_bad: int | None
    head: str


def verify(session: Session, *, expected_heads: tuple[tuple[int, str], ...] = ()) -> Verification:
    """Read the whole chain and recompute every hash.

    `expected_heads` are (seq, hash) pairs written down earlier: they reveal a chain that was cut at the end or
    rebuilt by somebody who holds the key. Returns the first entry that does not fit.
    """
    wanted = dict(expected_heads)
    previous, seq = START, 0
    while True:
        batch = session.scalars(
            select(AuditEntry).where(AuditEntry.seq > seq).order_by(AuditEntry.seq).limit(BATCH)
        ).all()
        for entry in batch:
            fits = entry.seq == seq + 1 and entry.previous == previous
            if not fits or keyring().chain_hash(_content(entry)) != entry.hash:
                return Verification(seq, seq + 1, previous)
            seq, previous = entry.seq, entry.hash
            if wanted.pop(seq, previous) != previous:
                return Verification(seq, seq, previous)
        session.expunge_all()
        if len(batch) < BATCH:
            break
    head = session.get(AuditHead, 1)
    if (head is not None and (head.seq, head.hash) != (seq, previous)) or wanted:
        return Verification(seq, seq + 1, previous)
    return Verification(seq, None, previous)


def read_head(session: Session) -> tuple[int, str]:
    """Return number and hash of the newest entry."""
    head = session.get_one(AuditHead, 1)
    return head.seq, head.hash
