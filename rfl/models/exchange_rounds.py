"""Rounds of encoded exchange: the chain of packages with each party, packages to hand over, and what was found."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime


class ExchangeChannel(Base):
    """The last package sent to and taken from one party under one agreement; a restored old state is noticed by it."""

    __tablename__ = "exchange_channel"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("exchange_agreement.id"), primary_key=True)
    party: Mapped[str] = mapped_column(String(64), primary_key=True)  # digest
    sent: Mapped[int] = mapped_column(default=0)
    sent_digest: Mapped[str] = mapped_column(String(64))
    taken: Mapped[int] = mapped_column(default=0)
    taken_digest: Mapped[str] = mapped_column(String(64))
    seen: Mapped[int] = mapped_column(default=0)  # the last own package that the party has confirmed to have taken
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ExchangeRound(Base):
    """One round as one of its three parties sees it.

    `secret` is sealed with a key of this round alone, in a file outside the database; at the end both go.
    """

    __tablename__ = "exchange_round"
    __table_args__ = (
        UniqueConstraint("society_id", "round"),
        UniqueConstraint("id", "society_id"),
        Index("ix_exchange_round_society", "society_id", "started_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    agreement_id: Mapped[str] = mapped_column(ForeignKey("exchange_agreement.id"))
    round: Mapped[str] = mapped_column(String(32))  # the number that all three know
    role: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20))
    started_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))  # who began it, or took the first package
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    void_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cases: Mapped[int] = mapped_column(default=0)  # of the own list
    pairs: Mapped[int] = mapped_column(default=0)
    receipts: Mapped[int] = mapped_column(default=0)  # of the hub: bits of the societies that have confirmed its answer
    problem: Mapped[str] = mapped_column(String(40), default="")  # code of the refusal that ended it
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own name


class ExchangePackage(Base):
    """A sealed package to hand over; its bytes go when the round ends, that it was there stays."""

    __tablename__ = "exchange_package"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"), index=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("exchange_agreement.id"))
    round_id: Mapped[str | None] = mapped_column(ForeignKey("exchange_round.id"), index=True)
    party: Mapped[str] = mapped_column(String(64))  # digest of the recipient
    kind: Mapped[str] = mapped_column(String(32))
    sequence: Mapped[int]
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), default="", server_default="")  # what the next package names
    # Handed over from then on is a note that stands in its place in the chain and holds nothing of it.
    taken_back: Mapped[bool] = mapped_column(default=False, server_default=false())
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
