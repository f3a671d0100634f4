"""The match index: keyed hashes only. A slot is a random number that no other table shows in the clear."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime


class MatchProfile(Base):
    """The sealed profile behind a slot: whose it is, its own keys, and what is compared."""

    __tablename__ = "match_profile"

    slot: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    sealed: Mapped[bytes]


class MatchKey(Base):
    """One posting: a keyed hash and a slot. No kind, no index on the slot."""

    __tablename__ = "match_key"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own name

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    slot: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)


class MatchCommon(Base):
    """How many postings a common key has; `dropped` keys are single names too common to keep."""

    __tablename__ = "match_common"

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    n: Mapped[int]
    dropped: Mapped[bool] = mapped_column(default=False)


class MatchState(Base):
    """Figures of the whole index: how many slots each side has, when it was last counted."""

    __tablename__ = "match_state"

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    value: Mapped[str] = mapped_column(String(60))


class MatchDue(Base):
    """The "to be matched" mark of a person: set with a save, cleared with the proposals that answer it.

    A table of its own: clearing a mark must not wait for, or hold up, whoever edits the person.
    """

    __tablename__ = "match_due"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    token: Mapped[str] = mapped_column(ID)  # which save set the mark; only that one is cleared
