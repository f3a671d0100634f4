"""The page of an opened pair: every state of the steps, in both languages and at both sizes, and by keyboard."""

from datetime import date

import pytest
from browser.screens import Inspection, sign_in
from pair_world import carry_both
from playwright.sync_api import Page
from show_world import confirm, judged_same, opened_pair, pick, present, rows, send, show_step, states
from sqlalchemy import select
from staff import PASSWORD

from rfl.domain.consent import Purpose
from rfl.domain.disclosure import Choice
from rfl.models.persons import Person
from rfl.services import consents
from rfl.services import exchange_pairs as pairs
from rfl.services.exchange_answers import tell_answer
from rfl.services.located import Answer
from rfl.services.unit import SYSTEM, Look

ANSWER = Answer(Choice.CALL, date(2026, 1, 5), "ar", "Amina", "Friday, 10 h")
LATIN, ARABIC = "Yusuf Ahmad Haddad", "يوسف أحمد حداد"


@pytest.fixture
def sides(north, south, request):
    return opened_pair(north, south, second=lambda staff: present(staff, request.param))


def reader(new_page, side, language: str, *, scripts: bool = True) -> Page:
    page = new_page(language, scripts=scripts)
    sign_in(page, side.staff.names["officer"], PASSWORD)
    page.goto(f"/exchange/pairs/{side.pair}")
    return page


# Whoever reads Arabic meets Latin names, and the other way round.
@pytest.mark.parametrize(("language", "sides"), [("en", ARABIC), ("ar", LATIN)], indirect=["sides"])
def test_every_state_of_the_page_is_clean(language, sides, new_page):
    first, second = sides
    page, inspection = reader(new_page, first, language), Inspection()

    def look() -> None:
        page.reload()
        inspection.look(page)

    look()
    pick(first)
    look()
    pick(second)
    carry_both(first, second)
    look()
    carry_both(first, second)
    look()
    show_step(first, second)
    look()
    show_step(first, second)
    judged_same(first, second)
    look()
    page.locator(f"form[action='/exchange/pairs/{first.pair}/enter'] button").click()
    page.locator("a[href^='/registered-persons/']").first.wait_for()
    inspection.look(page)
    tell_answer(second.staff.officer, second.pair, ANSWER)
    send(second, first)
    look()
    confirm(first)
    look()
    asking = reader(new_page, second, language)
    inspection.look(asking)
    asking.locator(f"form[action='/exchange/pairs/{second.pair}/answer'] button").click()
    asking.locator(".field-error").first.wait_for()
    inspection.look(asking)
    consents.withdraw(first.staff.officer, enquirer_of(first), Purpose.SHARE_SOCIETIES)
    look()
    inspection.judge()


def enquirer_of(side) -> str:
    """Whose agreement counts for the person who is looked for."""
    with Look(SYSTEM) as look:
        request_id = look.session.get_one(Person, side.person).request_id
        return look.session.scalars(select(Person.id).filter_by(request_id=request_id, kind="enquirer")).one()


@pytest.mark.parametrize("sides", [ARABIC], indirect=True)
def test_the_end_of_a_pair_says_whether_what_was_shown_is_gone(sides, new_page):
    first, second = sides
    show_step(first, second)
    pairs.judge_pair(first.staff.officer, first.pair, "different")
    page, inspection = reader(new_page, first, "en"), Inspection()
    assert page.get_by_text("has not confirmed yet that it has erased").is_visible()
    inspection.look(page)
    inspection.judge()


@pytest.mark.parametrize(("language", "sides"), [("ar", LATIN)], indirect=["sides"])
def test_a_step_is_chosen_with_the_keyboard_alone_and_without_scripts(language, sides, new_page):
    first, _ = sides
    page = reader(new_page, first, language, scripts=False)
    page.locator("#show-sex").focus()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#show-sex").wait_for(state="detached")
    assert states(first)[0] == "waiting"
    (chosen,) = rows(first)
    assert chosen.state == "committed"
