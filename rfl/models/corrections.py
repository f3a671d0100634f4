"""Learned corrections of the matching engine: proposed, never overwritten, at most one of them in use."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from rfl.models.db import ID, Base, UtcDateTime


class MatchingCorrection(Base):
    """One correction, learned from the decisions of all societies; holds weights and counts, no personal data."""

    __tablename__ = "matching_correction"
    __table_args__ = (
        Index(
            "uq_matching_correction_one_active",
            "active",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(ID)
    engine_version: Mapped[str] = mapped_column(String(20))
    content: Mapped[str] = mapped_column(Text)  # the correction as the library writes it
    report: Mapped[dict[str, Any]] = mapped_column(JSON)  # what it was learned from and how it did
    active: Mapped[bool] = mapped_column(default=False)
    used_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
