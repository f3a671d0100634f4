"""The one place that knows what time it is (always aware UTC) and which day that is somewhere."""

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

UTC_ZONE = "UTC"


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def local_day(at: datetime, time_zone: str) -> date:
    """Return the day that the calendar on the wall shows at a moment, in a zone of `known_time_zones`."""
    return at.astimezone(ZoneInfo(time_zone)).date()


@cache
def known_time_zones() -> tuple[str, ...]:
    """Return the names of time zones by place, such as "Africa/Nairobi", after "UTC"; no old short names."""
    names = (name for name in available_timezones() if "/" in name)
    return (UTC_ZONE, *sorted(name for name in names if not name.startswith(("Etc/", "SystemV/", "US/"))))
