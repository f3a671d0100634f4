"""Encoded exchange: a society's own keys and the partners whose keys two people have confirmed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime
from rfl.models.sealed import Sealed


class ExchangeIdentity(Base):
    """The keys of one society of this instance, made once; the private half is sealed."""

    __tablename__ = "exchange_identity"
    __table_args__ = (UniqueConstraint("society_id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    public: Mapped[str] = mapped_column(Text)  # canonical text, as the file for partners holds it
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    _private: Mapped[bytes | None] = mapped_column("private")
    private = Sealed()


class ExchangePartner(Base):
    """The public keys of a society elsewhere: received by one person, confirmed by another, ended by anybody."""

    __tablename__ = "exchange_partner"
    __table_args__ = (
        UniqueConstraint("society_id", "digest"),
        UniqueConstraint("id", "society_id"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> received_by", name="confirmed_by_another"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed_when"),
        ForeignKeyConstraint(["received_by", "society_id"], ["user_account.id", "user_account.society_id"]),
        ForeignKeyConstraint(["confirmed_by", "society_id"], ["user_account.id", "user_account.society_id"]),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    code: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    public: Mapped[str] = mapped_column(Text)
    received_by: Mapped[str] = mapped_column(ID)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[str | None] = mapped_column(ID)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heard: Mapped[str] = mapped_column(String(20), default="")  # how the fingerprint was heard
    ended_by: Mapped[str | None] = mapped_column(ID)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own name


class ExchangeAgreement(Base):
    """One version of an agreement of two societies and a hub, as this society holds it; its text never changes."""

    __tablename__ = "exchange_agreement"
    __table_args__ = (
        UniqueConstraint("society_id", "hash"),
        UniqueConstraint("society_id", "number", "agreed_version"),
        UniqueConstraint("id", "society_id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"))
    number: Mapped[str] = mapped_column(String(40))
    agreed_version: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))  # who drafted it or loaded the file
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))  # for this society
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    _content: Mapped[bytes | None] = mapped_column("content")
    content = Sealed()  # canonical text, which is what is signed; its purpose and contact may name people

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own name


class ExchangeSignature(Base):
    """The signature of one party under one agreement, checked when it came."""

    __tablename__ = "exchange_signature"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("exchange_agreement.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    signature: Mapped[bytes]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ExchangeExclusion(Base):
    """One person who is never sent to one partner, whatever was agreed to; `partner` is the digest of its keys."""

    __tablename__ = "exchange_exclusion"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    partner: Mapped[str] = mapped_column(String(64), primary_key=True)
    society_id: Mapped[str] = mapped_column(ForeignKey("society.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    made_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
