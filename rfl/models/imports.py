"""Imports: the sealed file, the column mapping a society used last, the rows that need mending, and provenance."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime
from rfl.models.sealed import Sealed


class ImportFile(Base):
    """One uploaded file, sealed, with its mapping; `run_id` is set when people start the import."""

    __tablename__ = "import_file"
    __table_args__ = (Index("ix_import_file_society", "society_id", "uploaded_at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    run_id: Mapped[str | None] = mapped_column(ForeignKey("run.id"), index=True)
    format: Mapped[str] = mapped_column(String(10))  # csv, xlsx, pfif
    target: Mapped[str] = mapped_column(String(12))  # registered or request
    fingerprint: Mapped[str] = mapped_column(String(64))
    header: Mapped[str] = mapped_column(String(64), default="")
    mapping: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # column index (text) -> field
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # how the list is read, how many rows it has
    consent: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # basis of the whole list
    uploaded_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    _name: Mapped[bytes | None] = mapped_column("name")  # file names often hold personal names
    name = Sealed()
    _about: Mapped[bytes | None] = mapped_column("about")  # who keeps the list, its column names
    about = Sealed()
    content: Mapped[bytes] = mapped_column(deferred=True)  # sealed by the import service; empty once it was removed


class ImportMapping(Base):
    """The mapping that a society confirmed for a header row, offered again next time."""

    __tablename__ = "import_mapping"

    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"), primary_key=True)
    header: Mapped[str] = mapped_column(String(64), primary_key=True)
    mapping: Mapped[dict[str, str]] = mapped_column(JSON)


class ImportProblem(Base):
    """One row that could not be taken: its line, fields and remedies (codes), and the sealed row itself."""

    __tablename__ = "import_problem"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    import_id: Mapped[str] = mapped_column(ForeignKey("import_file.id"), index=True)
    line: Mapped[int]
    _content: Mapped[bytes | None] = mapped_column("content")
    content = Sealed()


class PersonSource(Base):
    """Where an imported person came from, what the list said last, and how the import left the record.

    `left` differs from the record as soon as somebody edits it: later lists then no longer change it.
    """

    __tablename__ = "person_source"

    id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    import_id: Mapped[str] = mapped_column(ForeignKey("import_file.id"), index=True)  # which list spoke last
    line: Mapped[int]
    format: Mapped[str] = mapped_column(String(10), index=True)
    said: Mapped[str] = mapped_column(String(64))
    left: Mapped[str] = mapped_column(String(64))
    _origin: Mapped[bytes | None] = mapped_column("origin")  # foreign ids and authors
    origin = Sealed()
