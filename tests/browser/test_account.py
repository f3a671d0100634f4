"""Signing in, the own password and the users: the first screens anybody meets."""

import pytest
from browser.screens import assert_clean, sign_in
from staff import PASSWORD


@pytest.mark.parametrize("reader", ["page_en", "page_ar"])
def test_signing_in_is_clean_before_and_after_a_mistake(reader, north, request):
    page = request.getfixturevalue(reader)
    page.goto("/sign-in")
    assert_clean(page)
    page.locator("input[name=sign_in_name]").fill(north.names["officer"])
    page.locator("input[name=password]").fill("not this one")
    page.locator("main form button").click()
    page.locator(".field-error").wait_for()
    assert_clean(page)


@pytest.mark.parametrize("reader", ["page_en", "page_ar"])
@pytest.mark.parametrize("path", ["/account/password", "/users/", "/users/new"])
def test_the_screens_of_an_administrator_are_clean(reader, path, north, request):
    page = request.getfixturevalue(reader)
    sign_in(page, north.names["administrator"], PASSWORD)
    page.goto(path)
    assert_clean(page)


def test_a_user_without_a_role_is_told_beside_the_field(page_en, north):
    sign_in(page_en, north.names["administrator"], PASSWORD)
    page_en.goto("/users/new")
    page_en.get_by_label("Sign-in name").fill("x")
    page_en.get_by_label("Name", exact=True).fill("Amina")
    page_en.locator("main form button").click()
    page_en.locator("[data-error-summary]").wait_for()
    assert_clean(page_en)
