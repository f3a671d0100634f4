"""A society sets its time zone: times on its screens, and what counts as today, follow it."""

from datetime import UTC, date, datetime

import pytest
from review_world import confirmed, read_row

from rfl.domain.errors import FieldError
from rfl.services import disclosures, societies
from rfl.services.located import Answer, record_answer

EVENING = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)  # the next morning in Auckland, the afternoon in Bogotá


@pytest.fixture
def evening(monkeypatch):
    for place in ("services.unit", "web.access", "services.sign_in", "services.imports"):
        monkeypatch.setattr(f"rfl.{place}.now", lambda: EVENING)


def test_times_are_shown_in_the_zone_of_the_society_and_the_page_says_so(signed_in, north, evening):
    administrator = signed_in(north, "administrator")
    protection = signed_in(north, "protection")
    assert "25 Nov 2026 22:30" in protection.get("/audit/").get_data(as_text=True)
    assert administrator.post("/society", data={"time_zone": "Africa/Nairobi"}).status_code == 303
    page = protection.get("/audit/").get_data(as_text=True)
    assert "26 Nov 2026 01:30" in page
    assert "Africa/Nairobi" in page


def test_an_unknown_time_zone_is_refused_on_the_page_and_in_the_service(signed_in, north):
    answer = signed_in(north, "administrator").post("/society", data={"time_zone": "Mars/Olympus"})
    assert answer.status_code == 422
    with pytest.raises(FieldError, match="Choose a time zone"):
        societies.save_settings(north.administrator, time_zone="Mars/Olympus")


def test_a_zone_that_the_machine_no_longer_knows_counts_as_utc(north, monkeypatch):
    societies.save_settings(north.administrator, time_zone="Asia/Damascus")
    monkeypatch.setattr("rfl.services.societies.known_time_zones", lambda: ("UTC",))
    assert societies.read_settings(north.administrator).time_zone == "UTC"


def test_only_the_own_society_changes(signed_in, north, south):
    signed_in(north, "administrator").post("/society", data={"time_zone": "Asia/Damascus"})
    assert societies.read_settings(south.administrator).time_zone == "UTC"


@pytest.mark.parametrize(
    ("zone", "today"), [("Pacific/Auckland", date(2026, 11, 26)), ("America/Bogota", date(2026, 11, 25))]
)
def test_today_on_the_wall_can_be_recorded_wherever_the_wall_is(north, south, signed_in, evening, zone, today):
    societies.save_settings(north.administrator, time_zone=zone)
    caseworker = signed_in(north, "caseworker")
    proposal_id = confirmed(north, south)
    person_id = read_row(proposal_id).right_id
    given = Answer("alive_and_well", EVENING.date(), "so", "Signed form")
    record_answer(south.officer, proposal_id, person_id, answer=given)
    news = disclosures.prepare(south.officer, proposal_id, person_id)
    assert f'value="{today}"' in caseworker.get(f"/news/{news}").get_data(as_text=True)
    told = caseworker.post(f"/news/{news}/told", data={"told_on": today.isoformat(), "how": "in_person"})
    assert told.status_code == 303
