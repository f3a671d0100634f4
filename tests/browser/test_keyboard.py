"""The way of an officer who uses no mouse: sign in, open the list, compare, answer."""

from playwright.sync_api import Page
from review_world import REASON, proposed
from staff import PASSWORD

MOST_STEPS = 60  # presses of Tab that one screen may need at most


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, which must be seen."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{selector} shows no focus"
            return
    raise AssertionError(f"{selector} is not reached with Tab")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_an_officer_answers_a_proposal_without_a_mouse(page_en, north, south):
    proposal_id = proposed(north, south)
    page_en.goto("/sign-in")
    tab_to(page_en, "[name=sign_in_name]")
    page_en.keyboard.type(north.names["officer"])
    tab_to(page_en, "[name=password]")
    page_en.keyboard.type(PASSWORD)
    enter(page_en)
    tab_to(page_en, "nav a[href='/proposals/']")
    enter(page_en)
    page_en.keyboard.press("j")
    enter(page_en)
    assert page_en.url.endswith(f"/proposals/{proposal_id}")
    page_en.keyboard.press("s")
    tab_to(page_en, "textarea[name=reason]")
    page_en.keyboard.type(REASON)
    tab_to(page_en, "[name=compared]")
    page_en.keyboard.press("Space")
    tab_to(page_en, "#answer .btn-primary")
    enter(page_en)
    assert page_en.locator("blockquote", has_text=REASON).is_visible()
    assert page_en.locator("#answer").count() == 0
