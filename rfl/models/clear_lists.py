"""Lists with names that went to a partner or came from one, and the consent behind each of their rows."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime
from rfl.models.sealed import Sealed


class ClearList(Base):
    """One list as its sender or its recipient holds it; `number` is the same on both sides.

    `file` holds a list that came, sealed, until it becomes an import or is refused; then it is empty.
    """

    __tablename__ = "clear_list"
    __table_args__ = (
        UniqueConstraint("society_id", "number"),
        UniqueConstraint("id", "society_id"),
        CheckConstraint("direction IN ('out', 'in')", name="direction"),
        Index("ix_clear_list_society", "society_id", "made_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    agreement_id: Mapped[str] = mapped_column(ForeignKey("exchange_agreement.id"))
    direction: Mapped[str] = mapped_column(String(4))
    party: Mapped[str] = mapped_column(String(64))  # digest of the other society
    number: Mapped[str] = mapped_column(String(32))
    format: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(20))
    rows: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    made_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))  # None: the program itself
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    import_id: Mapped[str | None] = mapped_column(ForeignKey("import_file.id"), index=True)
    file: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, default=b"")
    # What the recipient said of it: on both sides, each for its own part.
    taken: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recalled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the newest recall
    erased: Mapped[int] = mapped_column(default=0)
    kept: Mapped[int] = mapped_column(default=0)
    recall_answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own name


class ClearRow(Base):
    """One row of a list: the consent that was sent with it, sealed, and the own person behind it."""

    __tablename__ = "clear_row"
    __table_args__ = (UniqueConstraint("list_id", "ref_key"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    list_id: Mapped[str] = mapped_column(ForeignKey("clear_list.id"), index=True)
    ref_key: Mapped[str] = mapped_column(String(64))  # keyed fingerprint of the record number
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    _snapshot: Mapped[bytes | None] = mapped_column("snapshot")
    snapshot = Sealed()


class ClearLetter(Base):
    """Which packages belong to which list."""

    __tablename__ = "clear_letter"

    package_id: Mapped[str] = mapped_column(ForeignKey("exchange_package.id"), primary_key=True)
    list_id: Mapped[str] = mapped_column(ForeignKey("clear_list.id"), index=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
