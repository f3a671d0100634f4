"""Registering a person in a real browser, with and without scripts, in both languages."""

import caseload
import pytest
from browser.screens import assert_clean, sign_in
from staff import PASSWORD

NEW = "/registered-persons/new"


@pytest.fixture
def person(north):
    return caseload.add_registered(north.officer, caseload.identity("أمينة يوسف", "1994"), number="NOR-R-2026-0001")


@pytest.mark.parametrize("reader", ["page_en", "page_ar"])
def test_the_screens_of_registered_persons_are_clean(reader, north, person, request):
    page = request.getfixturevalue(reader)
    sign_in(page, north.names["officer"], PASSWORD)
    for path in ("", "/new", f"/{person}", f"/{person}/edit"):
        page.goto(f"/registered-persons{path}")
        assert_clean(page)
    page.goto(f"/persons/{person}/consents")
    assert_clean(page)


@pytest.mark.parametrize("reader", ["page_en", "page_ar"])
def test_the_search_and_its_results_are_clean(reader, north, person, request):
    page = request.getfixturevalue(reader)
    sign_in(page, north.names["officer"], PASSWORD)
    page.goto("/search")
    page.locator("#search-text").fill("Amina Yusuf")
    page.locator("main form button").click()
    page.get_by_text("NOR-R-2026-0001").wait_for()
    assert_clean(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_another_name_is_added_and_the_first_one_stays(new_page, north, scripts):
    page = new_page("en", scripts=scripts)
    sign_in(page, north.names["volunteer"], PASSWORD)
    page.goto(NEW)
    page.locator("[name=identity-names-0-full]").fill("Amina")
    page.get_by_role("button", name="Add another name").click()
    page.locator("[name=identity-names-1-full]").wait_for()
    assert page.locator("[name=identity-names-0-full]").input_value() == "Amina"


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_in_a_field_sends_the_form_and_adds_no_row(new_page, north, scripts):
    page = new_page("en", scripts=scripts)
    sign_in(page, north.names["volunteer"], PASSWORD)
    page.goto(NEW)
    page.locator("[name=identity-names-0-full]").press("Enter")
    page.locator("[data-error-summary]").wait_for()
    assert page.locator("[name=identity-names-1-full]").count() == 0


def test_the_new_row_has_the_cursor(page_en, north):
    sign_in(page_en, north.names["officer"], PASSWORD)
    page_en.goto(NEW)
    page_en.get_by_role("button", name="Add another relative").click()
    page_en.locator("[name=identity-relatives-1-name]").wait_for()
    assert page_en.evaluate("document.activeElement.name") == "identity-relatives-1-relation"
