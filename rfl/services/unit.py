"""The unit of work: the only code that commits, and it commits an act only together with its audit entry."""

from collections.abc import Mapping
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from rfl.domain.clock import local_day, now
from rfl.domain.errors import ChangedMeanwhile
from rfl.domain.roles import Actor
from rfl.models.db import WRITES, db
from rfl.services.audit import append

Details = Mapping[str, str | int | bool | None]

# The program itself, for jobs that nobody asked for at that moment; it holds no role.
SYSTEM = Actor(id="system", society_id="", roles=frozenset(), name="")


class Unaudited(RuntimeError):
    """A unit of work ended without exactly one audit entry: a defect of the program, never of the user."""


class _Moment:
    """When a transaction began, and which day that is for its actor."""

    actor: Actor
    at: datetime

    @property
    def today(self) -> date:
        """The day in the time zone of the actor's society."""
        return self.day_of(self.at)

    def day_of(self, moment: datetime) -> date:
        """Return the day of a moment in the time zone of the actor's society."""
        return local_day(moment, self.actor.time_zone)


class Unit(_Moment):
    """One transaction for one act of one actor.

    `record` must be called exactly once before the end; the entry is chained and committed with the act.
    Leaving with an exception, or failing to write the entry, undoes everything.
    """

    def __init__(self, actor: Actor) -> None:
        """Prepare for an act of `actor`; nothing is opened yet."""
        self.actor = actor
        self.session: Session = db.session()
        self._entry: tuple[str, str, dict[str, Any]] | None = None

    def __enter__(self) -> Self:
        """Begin; on SQLite the write lock is taken here, so that a read is never out of date when written to."""
        self.session.rollback()
        self.session.connection(execution_options={WRITES: True})
        self.at = now()
        return self

    def record(self, event: str, subject: str, **details: str | int | bool | None) -> None:
        """Set the audit entry: event name, opaque id of the subject, ids and codes (no personal data)."""
        if self._entry is not None:
            raise Unaudited(f"{event} after {self._entry[0]}")
        self._entry = (event, subject, dict(details))

    def _require_entry(self) -> tuple[str, str, dict[str, Any]]:
        if self._entry is None:
            raise Unaudited("an act without an audit entry")
        return self._entry

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Chain the entry and commit, or undo; raises ChangedMeanwhile when somebody else saved first."""
        if error is not None:
            self.session.rollback()
            if isinstance(error, StaleDataError):
                raise ChangedMeanwhile from error
            return
        try:
            self.session.flush()
            append(self.session, self.at, self.actor, *self._require_entry())
            self.session.commit()
        except (StaleDataError, IntegrityError) as race:
            self.session.rollback()
            if isinstance(race, IntegrityError) and not _is_race(race):
                raise
            raise ChangedMeanwhile from race
        except BaseException:
            self.session.rollback()
            raise


def _is_race(error: IntegrityError) -> bool:
    """Two people doing the same thing at once meet in a unique constraint; other violations are defects."""
    return "unique" in str(error.orig).lower()


class Look(_Moment):
    """A read that shows no personal data (figures, lists of numbers, settings): no audit entry, no write lock."""

    def __init__(self, actor: Actor) -> None:
        """Prepare to read for `actor`."""
        self.actor = actor
        self.session: Session = db.session()

    def __enter__(self) -> Self:
        """Begin reading from the present state."""
        self.session.rollback()
        self.at = now()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the transaction; whatever was changed by mistake is dropped."""
        self.session.rollback()


class Chore(Unit):
    """Book-keeping that is nobody's act (last seen, leases, cursors, index postings): committed without an entry.

    Never for a change that a person asked for or that concerns what is known of a person.
    """

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, or undo after an exception."""
        if error is not None:
            self.session.rollback()
            return
        try:
            self.session.commit()
        except BaseException:
            self.session.rollback()
            raise
