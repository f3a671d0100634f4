"""Proposals, officers' decisions, and the confirmation that only two of them together can make."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime
from rfl.models.sealed import Sealed

STATES = "'open', 'second', 'disputed', 'information', 'confirmed', 'different', 'withdrawn'"


class Proposal(Base):
    """Two records that may concern one human; `left` is a sought person. Evidence is computed when shown."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("left_id", "right_id"),
        UniqueConstraint("id", "state"),
        UniqueConstraint("id", "left_society_id", "right_society_id"),
        ForeignKeyConstraint(["left_id", "left_society_id"], ["person.id", "person.society_id"]),
        ForeignKeyConstraint(["right_id", "right_society_id"], ["person.id", "person.society_id"]),
        CheckConstraint("left_id <> right_id", name="two_records"),
        CheckConstraint(f"state IN ({STATES})", name="state"),
        Index("ix_proposal_left_queue", "left_society_id", "state", "score"),
        Index("ix_proposal_right_queue", "right_society_id", "state", "score"),
        Index("ix_proposal_right", "right_id"),
        Index("ix_proposal_societies", "left_society_id", "right_society_id", "has_minor"),
        Index("ix_proposal_left_order", "left_society_id", "has_minor", "score", "id"),
        Index("ix_proposal_right_order", "right_society_id", "has_minor", "score", "id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    left_id: Mapped[str] = mapped_column(ID)
    right_id: Mapped[str] = mapped_column(ID)
    left_society_id: Mapped[str] = mapped_column(ID)
    right_society_id: Mapped[str] = mapped_column(ID)
    state: Mapped[str] = mapped_column(String(20))
    round: Mapped[int] = mapped_column(default=1)  # raised when changed evidence re-opens the question
    score: Mapped[float]
    digest: Mapped[str] = mapped_column(String(64))  # of the evidence the score stands on
    engine_version: Mapped[str] = mapped_column(String(20))
    has_minor: Mapped[bool] = mapped_column(default=False)
    left_assignee_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    right_assignee_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own name


class Decision(Base):
    """One officer's verdict, with the reason and the compared values frozen as they were seen."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("id", "proposal_id", "officer_id", "society_id", "verdict", "standing"),
        ForeignKeyConstraint(["officer_id", "society_id"], ["user_account.id", "user_account.society_id"]),
        CheckConstraint("verdict IN ('same', 'different', 'information')", name="verdict"),
        Index(
            "uq_decision_one_standing_answer",
            "proposal_id",
            "officer_id",
            unique=True,
            sqlite_where=text("standing AND verdict <> 'information'"),
            postgresql_where=text("standing AND verdict <> 'information'"),
        ),
        Index("ix_decision_proposal", "proposal_id", "at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"))
    round: Mapped[int]
    officer_id: Mapped[str] = mapped_column(ID)
    society_id: Mapped[str] = mapped_column(ID)
    verdict: Mapped[str] = mapped_column(String(20))
    standing: Mapped[bool] = mapped_column(default=True)  # false once withdrawn or overtaken by a new round
    digest: Mapped[str] = mapped_column(String(64))
    score: Mapped[float]
    engine_version: Mapped[str] = mapped_column(String(20), default="")  # "" before this was kept
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    _reason: Mapped[bytes | None] = mapped_column("reason")
    reason = Sealed()
    _seen: Mapped[bytes | None] = mapped_column("seen")
    seen = Sealed()


def _decided_by(which: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        [
            f"{which}_decision_id",
            "proposal_id",
            f"{which}_officer_id",
            f"{which}_society_id",
            "verdict",
            "standing",
        ],
        [f"decision.{c}" for c in ("id", "proposal_id", "officer_id", "society_id", "verdict", "standing")],
        name=f"fk_confirmation_{which}_decision",
    )


class Confirmation(Base):
    """Exists only while two standing "same" decisions of two officers do, one of each society involved."""

    __tablename__ = "confirmation"
    __table_args__ = (
        ForeignKeyConstraint(["proposal_id", "proposal_state"], ["proposal.id", "proposal.state"]),
        ForeignKeyConstraint(
            ["proposal_id", "left_society_id", "right_society_id"],
            ["proposal.id", "proposal.left_society_id", "proposal.right_society_id"],
        ),
        _decided_by("first"),
        _decided_by("second"),
        CheckConstraint("proposal_state = 'confirmed'", name="confirmed"),
        CheckConstraint("verdict = 'same' AND standing", name="both_say_same"),
        CheckConstraint("first_officer_id <> second_officer_id", name="two_officers"),
        CheckConstraint(
            "(first_society_id = left_society_id AND second_society_id = right_society_id)"
            " OR (first_society_id = right_society_id AND second_society_id = left_society_id)",
            name="one_of_each_society",
        ),
    )

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    proposal_state: Mapped[str] = mapped_column(String(20), default="confirmed")
    left_society_id: Mapped[str] = mapped_column(ID)
    right_society_id: Mapped[str] = mapped_column(ID)
    first_decision_id: Mapped[str] = mapped_column(ID)
    first_officer_id: Mapped[str] = mapped_column(ID)
    first_society_id: Mapped[str] = mapped_column(ID)
    second_decision_id: Mapped[str] = mapped_column(ID)
    second_officer_id: Mapped[str] = mapped_column(ID)
    second_society_id: Mapped[str] = mapped_column(ID)
    verdict: Mapped[str] = mapped_column(String(20), default="same")
    standing: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
