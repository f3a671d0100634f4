"""Registered persons: where somebody was found or came forward, in what condition, and who may read which."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self

from rfl.domain.cleaning import LINE_LENGTH, NOTE_LENGTH, clean_line, clean_text
from rfl.domain.errors import FieldError
from rfl.domain.persons import Place
from rfl.domain.text import N_

NOT_OFFERED = N_("Choose one of the answers offered.")
DAY_TO_COME = N_("This day has not come yet. Write the day of the registration.")
DAY_MISSING = N_("Write the day of the registration.")

REGISTRATION_KINDS = {
    "alive": N_("Came forward: I am alive"),
    "camp": N_("Registered in a camp"),
    "reception": N_("Registered in a reception centre"),
    "hospital": N_("Registered in a hospital"),
    "list": N_("Taken from a list"),
    "partner": N_("Shown by a partner society"),
    "other": N_("Other registration"),
}


class Condition(StrEnum):
    """How the person was at the time of registration."""

    UNKNOWN = "unknown"
    WELL = "well"
    INJURED = "injured"
    DETAINED = "detained"
    DECEASED = "deceased"


CONDITIONS = {
    Condition.UNKNOWN: N_("Not recorded"),
    Condition.WELL: N_("Alive and well"),
    Condition.INJURED: N_("Injured or ill"),
    Condition.DETAINED: N_("Detained"),
    Condition.DECEASED: N_("Deceased"),
}

# Known only to those who have to act on it: each of these can endanger or wound when it leaks.
SENSITIVE_CONDITIONS = frozenset({Condition.INJURED, Condition.DETAINED, Condition.DECEASED})

TOLD_BY = {
    "person": N_("The person"),
    "relative": N_("A relative or companion"),
    "staff": N_("Staff of the place"),
    "list": N_("A list"),
}


@dataclass(frozen=True)
class Registration:
    """Where, when and how a person was registered; never compared, never shown to another society.

    `on` is an ISO date.
    """

    kind: str = "alive"
    on: str = ""
    place: Place = field(default_factory=Place)
    told_by: str = "person"
    interpreter: bool = False
    notes: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> Self:
        """Build from `to_dict` data; missing fields are empty, all of them where the data was erased."""
        data = {"kind": "", "told_by": ""} | dict(data or {})
        known = {key: data[key] for key in ("kind", "on", "told_by", "interpreter", "notes") if key in data}
        return cls(**known, place=Place(**data.get("place", {})))

    def day(self) -> date | None:
        """Return the day of registration, None when it is not recorded."""
        return date.fromisoformat(self.on) if self.on else None


def checked(registration: Registration, today: date) -> Registration:
    """Return a registration with clean text.

    Raises FieldError for `kind`, `told_by`, `registered_on`, `place` or `notes`.
    """
    for name, chosen, offered in (
        ("kind", registration.kind, REGISTRATION_KINDS),
        ("told_by", registration.told_by, TOLD_BY),
    ):
        if chosen not in offered:
            raise FieldError(name, NOT_OFFERED)
    day = registration.day()
    if day is None:
        raise FieldError("registered_on", DAY_MISSING)
    if day > today:
        raise FieldError("registered_on", DAY_TO_COME)
    place = replace(
        registration.place,
        text=clean_line(registration.place.text, "place", limit=LINE_LENGTH),
        region=clean_line(registration.place.region, "place", limit=LINE_LENGTH),
        directions=clean_line(registration.place.directions, "place", limit=NOTE_LENGTH),
    )
    return replace(registration, place=place, notes=clean_text(registration.notes, "notes"))
