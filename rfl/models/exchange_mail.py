"""Post between instances: addresses that two people agreed to, what was tried, and how much came from whom."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime


class ExchangeAddress(Base):
    """Where packages for a partner are posted to: entered by one person, confirmed by another."""

    __tablename__ = "exchange_address"
    __table_args__ = (
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> entered_by", name="confirmed_by_another"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed_when"),
        ForeignKeyConstraint(["partner_id", "society_id"], ["exchange_partner.id", "exchange_partner.society_id"]),
        ForeignKeyConstraint(["entered_by", "society_id"], ["user_account.id", "user_account.society_id"]),
        ForeignKeyConstraint(["confirmed_by", "society_id"], ["user_account.id", "user_account.society_id"]),
    )

    partner_id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    address: Mapped[str] = mapped_column(String(300))
    entered_by: Mapped[str] = mapped_column(ID)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[str | None] = mapped_column(ID)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ExchangePosting(Base):
    """What became of posting one package: tries so far, when the next one is due, and why the last one failed."""

    __tablename__ = "exchange_posting"

    package_id: Mapped[str] = mapped_column(ForeignKey("exchange_package.id"), primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    problem: Mapped[str] = mapped_column(String(40), default="")
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ExchangeArrivals(Base):
    """How many packages one sender has posted to one society since an hour began, and how many were refused."""

    __tablename__ = "exchange_arrivals"

    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"), primary_key=True)
    party: Mapped[str] = mapped_column(String(64), primary_key=True)  # digest
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    came: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
