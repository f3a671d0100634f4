"""What a society has set for itself: so far the time zone in which its staff read times and count days."""

from dataclasses import dataclass

from rfl.domain.clock import UTC_ZONE, known_time_zones
from rfl.domain.errors import FieldError
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.accounts import Society
from rfl.services.scope import require
from rfl.services.unit import Look, Unit

TIME_ZONE = "time_zone"  # key of Society.settings
ZONE_UNKNOWN = N_("Choose a time zone of the list, such as Africa/Nairobi.")


@dataclass(frozen=True)
class Settings:
    """The settings of a society, and its name."""

    name: str
    time_zone: str


def zone_of(society: Society) -> str:
    """Return the time zone of a society: UTC where none was set, or where the machine no longer knows the one set."""
    zone = str(society.settings.get(TIME_ZONE, UTC_ZONE))
    return zone if zone in known_time_zones() else UTC_ZONE


def checked_zone(time_zone: str) -> str:
    """Return a time zone that the machine knows; raises FieldError."""
    if time_zone not in known_time_zones():
        raise FieldError(TIME_ZONE, ZONE_UNKNOWN)
    return time_zone


def read_settings(actor: Actor) -> Settings:
    """Return the settings of the actor's society; raises NotAllowed."""
    require(actor, "society.manage")
    with Look(actor) as look:
        society = look.session.get_one(Society, actor.society_id)
        return Settings(society.name, zone_of(society))


def save_settings(actor: Actor, *, time_zone: str) -> None:
    """Set the time zone of the actor's society; it counts from the next page on. Raises NotAllowed or FieldError."""
    require(actor, "society.manage")
    zone = checked_zone(time_zone)
    with Unit(actor) as unit:
        society = unit.session.get_one(Society, actor.society_id)
        society.settings = {**society.settings, TIME_ZONE: zone}
        unit.record("society:changed", society.id, time_zone=zone)
