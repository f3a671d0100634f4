"""Persons: enquirers, sought persons and registered persons, with sealed identity, contact and notes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime
from rfl.models.sealed import Sealed


class Person(Base):
    """One person of one record. Records are linked by proposals and never merged.

    `identity` may be compared; `contact` and `private` are never shown to another society; `slot` is the
    random place of the person in the match index.
    """

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("society_id", "number"),
        UniqueConstraint("society_id", "source_key"),
        UniqueConstraint("id", "society_id"),
        CheckConstraint("kind IN ('enquirer', 'sought', 'registered')", name="kind"),
        CheckConstraint("(kind = 'registered') = (request_id IS NULL)", name="request_unless_registered"),
        Index("ix_person_society_kind", "society_id", "kind", "created_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    kind: Mapped[str] = mapped_column(String(12))
    request_id: Mapped[str | None] = mapped_column(ForeignKey("tracing_request.id"), index=True)
    number: Mapped[str | None] = mapped_column(String(30))
    position: Mapped[int] = mapped_column(default=0)  # order of sought persons within a request
    relation: Mapped[str] = mapped_column(String(20), default="")  # what the sought person is to the enquirer
    status: Mapped[str] = mapped_column(String(20), default="")
    outcome: Mapped[str] = mapped_column(String(30), default="")
    condition: Mapped[str] = mapped_column(String(20), default="")  # of a registered person: alive, injured, ...
    is_minor: Mapped[bool] = mapped_column(default=False)
    searching: Mapped[bool] = mapped_column(default=False)  # takes part in matching: state and consent allow it
    source_key: Mapped[str | None] = mapped_column(String(64))
    expires_on: Mapped[date | None]
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    _identity: Mapped[bytes | None] = mapped_column("identity")
    identity = Sealed()
    _contact: Mapped[bytes | None] = mapped_column("contact")
    contact = Sealed()
    _private: Mapped[bytes | None] = mapped_column("private")
    private = Sealed()
    _slot: Mapped[bytes | None] = mapped_column("slot")
    slot = Sealed()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own name


class Consent(Base):
    """One recorded answer of one person for one purpose; the newest one counts, older ones stay."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_person", "person_id", "purpose", "recorded_at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(30))
    # Code of the one society that an answer about encoded exchange is for; empty: for every society.
    partner: Mapped[str] = mapped_column(String(16), default="", server_default="")
    given: Mapped[bool]
    basis: Mapped[str] = mapped_column(String(20), default="consent")
    evidence: Mapped[str] = mapped_column(String(20), default="")
    speaker: Mapped[str] = mapped_column(String(20), default="")  # who answered: the person, a guardian, ...
    notice_version: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(10), default="")
    on: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PersonNote(Base):
    """A note that came with an imported record, or a claim that two records are linked; never merged."""

    __tablename__ = "person_note"
    __table_args__ = (UniqueConstraint("society_id", "source_key"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    source_key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    _content: Mapped[bytes | None] = mapped_column("content")
    content = Sealed()
