"""The database as the doors see it: attached, made ready, answering."""

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from rfl.models import db
from rfl.models.audit import AuditHead
from rfl.models.db import attach
from rfl.services.audit import START
from rfl.services.unit import SYSTEM, Chore

__all__ = ["attach", "create_schema", "discard", "disconnect", "ensure_head", "is_answering"]


def is_answering() -> bool:
    """Say whether the database answers and holds a schema."""
    try:
        db.session.execute(text("SELECT 1 FROM audit_head"))
    except SQLAlchemyError:
        return False
    finally:
        db.session.rollback()
    return True


def discard() -> None:
    """Drop whatever the present transaction has changed."""
    db.session.rollback()


def disconnect() -> None:
    """Close every connection of this process."""
    db.session.remove()
    db.engine.dispose()


def create_schema() -> None:
    """Make all tables in an empty database, without the history of migrations (tests, benchmarks)."""
    db.create_all()
    ensure_head()


def ensure_head() -> None:
    """Write the start of the audit chain into a new database."""
    with Chore(SYSTEM) as chore:
        if chore.session.scalar(select(AuditHead)) is None:
            chore.session.add(AuditHead(id=1, seq=0, hash=START))
