"""PFIF records as values: every field as text under its name of version 1.4, ids as their home gave them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

# Seconds may have a fraction, which some registries write; the zone is always UTC.
_UTC_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z")


def read_time(text: str) -> datetime | None:
    """Return a PFIF time, `2024-05-31T12:00:00Z`, as aware UTC; None when it is not one."""
    found = _UTC_TIME.fullmatch(text.strip())
    if not found:
        return None
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(tzinfo=UTC)
    except ValueError:
        return None


def write_time(moment: datetime) -> str:
    """Return an aware time as PFIF writes it, without fractions of a second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class _Record:
    """What persons and notes have in common."""

    record_id: str
    fields: Mapping[str, str] = field(default_factory=dict)
    line: int = 0
    version: str = "1.4"
    # An expired record: nothing is left but the order to remove what was kept of it.
    placeholder: bool = False

    @property
    def domain(self) -> str:
        """The home registry, the part of the id before the first slash."""
        return self.record_id.partition("/")[0].lower()

    def get(self, name: str) -> str:
        """Return a field by its name of 1.4, empty when it was not given."""
        return self.fields.get(name, "")

    @property
    def source_date(self) -> datetime | None:
        """When the record last changed in its home registry."""
        return read_time(self.get("source_date"))


@dataclass(frozen=True)
class PfifPerson(_Record):
    """One person record. `photo_url` and other addresses are text and are never fetched."""

    @property
    def expiry_date(self) -> datetime | None:
        """When everything about the person must be gone."""
        return read_time(self.get("expiry_date"))


@dataclass(frozen=True)
class PfifNote(_Record):
    """What somebody said about one person; a link to another record is a claim and merges nothing."""

    person_record_id: str = ""

    @property
    def linked_person_record_id(self) -> str:
        """The record the author believes to be the same person, empty when none."""
        return self.get("linked_person_record_id")
