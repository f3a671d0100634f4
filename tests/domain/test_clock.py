"""A moment is one for everybody; the day it falls on depends on the place."""

from datetime import UTC, date, datetime

import pytest

from rfl.domain.clock import known_time_zones, local_day

LATE = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", date(2026, 11, 25)),
        ("Africa/Nairobi", date(2026, 11, 26)),
        ("America/Bogota", date(2026, 11, 25)),
        ("Pacific/Auckland", date(2026, 11, 26)),
    ],
)
def test_the_day_of_a_moment_is_that_of_the_place(zone, day):
    assert local_day(LATE, zone) == day


def test_time_zones_are_offered_by_place_and_utc_first():
    zones = known_time_zones()
    assert zones[0] == "UTC"
    assert {"Africa/Nairobi", "Asia/Damascus", "Europe/Kyiv"} <= set(zones)
    assert not [zone for zone in zones if zone.startswith("Etc/")]
