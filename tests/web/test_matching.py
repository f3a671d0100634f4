"""The matching page: for tracing officers, of their own society, without scripts."""

import pytest
from sqlalchemy import select

from rfl.models.work import Run
from rfl.services.runs import claim
from rfl.services.unit import SYSTEM, Chore, Look


@pytest.fixture
def browser(client, signed_in, north):
    return signed_in(north, "officer")


def the_run():
    with Look(SYSTEM) as look:
        return look.session.scalars(select(Run.id)).one()


def test_an_officer_starts_a_run_and_sees_it_waiting(browser):
    assert b"has not been matched yet" in browser.get("/matching").data
    assert browser.post("/matching").status_code == 303
    page = browser.get("/matching")
    assert b"Waiting to start" in page.data
    assert page.headers["Refresh"]


def test_a_finished_run_no_longer_reloads_the_page(browser):
    browser.post("/matching")
    browser.post(f"/matching/{the_run()}/stop")
    page = browser.get("/matching")
    assert "Refresh" not in page.headers
    assert b"Stopped by a member of staff" in page.data


def test_pressing_twice_starts_one_run_and_says_so(browser):
    browser.post("/matching")
    browser.post("/matching")
    assert b"already running" in browser.get("/matching").data
    assert the_run()


def test_a_problem_is_shown_as_a_sentence(browser):
    browser.post("/matching")
    run_id = the_run()
    for _ in range(4):
        claim("w", ("matching",))
        with Chore(SYSTEM) as chore:
            run = chore.session.get_one(Run, run_id)
            run.lease_until = chore.at.replace(year=2020)
    assert b"stopped three times at the same place" in browser.get("/matching").data


def test_a_foreign_run_answers_like_a_missing_one(browser, signed_in, south):
    browser.post("/matching")
    stranger = signed_in(south, "officer")
    answers = [stranger.post(f"/matching/{one}/stop") for one in (the_run(), "nothing")]
    assert [one.status_code for one in answers] == [404, 404]


@pytest.mark.parametrize("key", ["caseworker", "administrator", "volunteer"])
def test_others_have_no_such_page(client, signed_in, north, key):
    assert signed_in(north, key).get("/matching").status_code == 403
