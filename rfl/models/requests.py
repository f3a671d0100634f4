"""Tracing requests, their do-no-harm checks, actions, numbers and timeline."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime
from rfl.models.sealed import Sealed


class TracingRequest(Base):
    """One enquirer's request for one or more sought persons; `story` holds circumstances in words, sealed."""

    __tablename__ = "tracing_request"
    __table_args__ = (
        UniqueConstraint("society_id", "number"),
        UniqueConstraint("society_id", "source_key"),
        UniqueConstraint("id", "society_id"),
        CheckConstraint("closed_by IS NULL OR closed_by <> closing_proposed_by", name="closing_by_two"),
        Index("ix_tracing_request_society_state", "society_id", "state", "opened_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    number: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(30))
    step: Mapped[str] = mapped_column(String(30), default="enquirer")  # where the interview was left
    separation_cause: Mapped[str] = mapped_column(String(30), default="")
    intake_channel: Mapped[str] = mapped_column(String(30), default="")
    intake_on: Mapped[date | None]
    priority: Mapped[str] = mapped_column(String(20), default="normal")
    risk: Mapped[str] = mapped_column(String(10), default="")
    risk_cleared_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    refusal: Mapped[str] = mapped_column(String(30), default="")
    has_minor: Mapped[bool] = mapped_column(default=False)
    caseworker_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closing_proposed_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    source_key: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=1)
    _story: Mapped[bytes | None] = mapped_column("story")
    story = Sealed()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own name


class TypedStep(Base):
    """What was typed into one page of a request and not saved yet, exactly as typed, right or wrong.

    It is nobody's data until it is saved: it is never matched, shown elsewhere, exported or counted.
    """

    __tablename__ = "typed_step"
    __table_args__ = (UniqueConstraint("request_id", "step"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("tracing_request.id"))
    step: Mapped[str] = mapped_column(String(40))
    typed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    typed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    _typed: Mapped[bytes | None] = mapped_column("typed")
    typed = Sealed()


class Counter(Base):
    """The last case number given out per society, kind and year; its row is the lock for the next one."""

    __tablename__ = "counter"

    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"), primary_key=True)
    series: Mapped[str] = mapped_column(String(10), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class HarmCheck(Base):
    """One do-no-harm check: yes/no answers, the resulting risk, and a sealed note."""

    __tablename__ = "harm_check"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("tracing_request.id"), index=True)
    answers: Mapped[dict[str, bool]] = mapped_column(JSON)
    risk: Mapped[str] = mapped_column(String(10))
    made_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    _note: Mapped[bytes | None] = mapped_column("note")
    note = Sealed()


class TracingAction(Base):
    """One step of the search: what, who, by when, with what result."""

    __tablename__ = "tracing_action"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"), index=True)
    request_id: Mapped[str] = mapped_column(ForeignKey("tracing_request.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    due_on: Mapped[date | None] = mapped_column(index=True)
    done_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(String(20), default="pending")
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    _note: Mapped[bytes | None] = mapped_column("note")
    note = Sealed()


class TimelineEvent(Base):
    """What happened to a request, a person or a proposal, as people of that side may read it.

    The enquirer's side (`request_id`) never gets an event that depends on a located person's answer.
    """

    __tablename__ = "timeline_event"
    __table_args__ = (
        Index("ix_timeline_event_request", "request_id", "at"),
        Index("ix_timeline_event_person", "person_id", "at"),
        Index("ix_timeline_event_proposal", "proposal_id", "at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    request_id: Mapped[str | None] = mapped_column(ForeignKey("tracing_request.id"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    proposal_id: Mapped[str | None] = mapped_column(ForeignKey("proposal.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[str] = mapped_column(ID)
    event: Mapped[str] = mapped_column(String(60))
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    _note: Mapped[bytes | None] = mapped_column("note")
    note = Sealed()
