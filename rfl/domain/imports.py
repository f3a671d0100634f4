"""Lists that are imported: what kind they are, on which basis, and how their dates are to be read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from rfl.domain.calendars import GREGORIAN
from rfl.domain.consent import Basis, Speaker
from rfl.domain.consent_talk import Talk
from rfl.domain.text import N_

REGISTERED, REQUEST = "registered", "request"
TARGETS = {
    REGISTERED: N_("Registered persons: people who came forward or were registered somewhere"),
    REQUEST: N_("Tracing requests: people who are sought, and who asks for them"),
}
CSV, XLSX, PFIF = "csv", "xlsx", "pfif"
FORMATS = {CSV: N_("CSV"), XLSX: N_("Excel (XLSX)"), PFIF: N_("PFIF")}

# What becomes of a row, in the order in which the figures are shown.
GOOD, CHANGED, UNCHANGED, REMOVED, NOTES, BAD = "good", "changed", "unchanged", "removed", "notes", "bad"
COUNTS = {
    GOOD: N_("New"),
    CHANGED: N_("Changed"),
    UNCHANGED: N_("Known already"),
    REMOVED: N_("Removed by their source"),
    NOTES: N_("Notes"),
    BAD: N_("Not taken"),
}


@dataclass(frozen=True)
class ListBasis:
    """What the people of a list agreed to, or which law allows it; nothing given allows nothing."""

    purposes: tuple[str, ...] = ()
    basis: str = Basis.CONSENT
    evidence: str = ""
    language: str = ""
    on: str = ""  # ISO date
    speaker: str = ""  # who answered, where the list says it
    notice_version: str = ""  # what was read to them, where it was not the notice of this program

    def answers(self) -> dict[str, bool]:
        """Return purpose -> True for what is allowed."""
        return dict.fromkeys(self.purposes, True)

    def talk(self) -> Talk:
        """Return when and how it was agreed; with another legal basis nobody was asked."""
        speaker = self.speaker or (Speaker.PERSON if self.basis == Basis.CONSENT else Speaker.NOBODY)
        return Talk(date.fromisoformat(self.on), self.language, self.evidence, self.basis, speaker)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {**asdict(self), "purposes": list(self.purposes)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> Self:
        """Build from `to_dict` data."""
        known = {key: (data or {})[key] for key in cls.__dataclass_fields__ if key in (data or {})}
        return cls(**{**known, "purposes": tuple(known.get("purposes", ()))})


@dataclass(frozen=True)
class Reading:
    """How the file is read: calendar of dates, the day ages were told (ISO), letters and delimiter of a CSV file."""

    calendar: str = GREGORIAN
    list_date: str = ""
    encoding: str = ""
    delimiter: str = ""
    rows: int = 0

    def day(self) -> date | None:
        """Return the day on which the list was written."""
        return date.fromisoformat(self.list_date) if self.list_date else None

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> Self:
        """Build from `to_dict` data."""
        return cls(**{key: (data or {})[key] for key in cls.__dataclass_fields__ if key in (data or {})})
