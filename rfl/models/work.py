"""Work for people (tasks), work for machines (runs with a lease), and the outbox between societies."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime


class Task(Base):
    """Something a person of one society has to do; `once` keeps it from being made twice."""

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("once"),
        Index("ix_task_society_open", "society_id", "done_at", "due_on"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    kind: Mapped[str] = mapped_column(String(30))
    permission: Mapped[str] = mapped_column(String(40))  # who can do it
    request_id: Mapped[str | None] = mapped_column(ForeignKey("tracing_request.id"), index=True)
    proposal_id: Mapped[str | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    disclosure_id: Mapped[str | None] = mapped_column(ID, index=True)
    assignee_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    has_minor: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str | None] = mapped_column(ID)
    once: Mapped[str] = mapped_column(String(80))


class OutboxItem(Base):
    """Something that must reach another society's tasks exactly once, written with the act that caused it."""

    __tablename__ = "outbox_item"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))  # who receives
    kind: Mapped[str] = mapped_column(String(30))
    params: Mapped[dict[str, Any]] = mapped_column(JSON)  # ids only
    once: Mapped[str] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    attempts: Mapped[int] = mapped_column(default=0)


class Run(Base):
    """Long work with progress: an import, a matching of the caseload. A killed run is taken up again.

    `cursor` is committed with the results of the slice it ends; `lease_until` says who may go on.
    """

    __tablename__ = "run"
    __table_args__ = (Index("ix_run_waiting", "state", "lease_until"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))  # waiting, running, done, failed, cancelled
    started_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))  # None: the program itself
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    worker: Mapped[str | None] = mapped_column(String(40))
    attempts: Mapped[int] = mapped_column(default=0)
    cursor: Mapped[str] = mapped_column(String(40), default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    engine_version: Mapped[str] = mapped_column(String(20), default="")  # of a matching run: what compared
    problem: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own name
