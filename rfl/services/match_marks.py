"""Who is to be matched: marks that a save sets, and that whoever matches the person takes away."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from rfl.domain.ids import new_id
from rfl.models.index import MatchDue
from rfl.models.persons import Person


def mark_due(session: Session, person_ids: Collection[str], at: datetime) -> None:
    """Mark persons as to be matched; a mark that stands already counts from now on."""
    if not person_ids:
        return
    upsert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    marks = [{"person_id": one, "at": at, "token": new_id()} for one in sorted(person_ids)]
    fresh = upsert(MatchDue)
    newer = {"at": fresh.excluded.at, "token": fresh.excluded.token}
    session.connection().execute(fresh.on_conflict_do_update(index_elements=["person_id"], set_=newer), marks)


def mark_relatives_due(session: Session, sought: Collection[str], at: datetime) -> None:
    """Mark those sought together with one of `sought`: what was found or decided of one concerns the others."""
    other = aliased(Person)
    rows = (
        select(other.id)
        .join(Person, (Person.request_id == other.request_id) & (Person.id != other.id))
        .where(Person.id.in_(sought), Person.kind == "sought", other.kind == "sought", other.searching)
    )
    mark_due(session, set(session.scalars(rows)), at)
