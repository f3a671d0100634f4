"""What every answer carries and what no page carries, asked of every route of the program."""

from functools import cache

import pytest
from matrix import ROLES, SIGNED_OUT, World, missing_like, routes_of, values_for
from pages import Page

from rfl.web.headers import ALWAYS

# What is promised here does not depend on the kind of database; the services behind it are tried on both.
pytestmark = pytest.mark.sqlite

FORBIDDEN_SOURCES = ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data: 'self'")


@pytest.fixture(scope="module")
def pages(world: World):
    """Return a function: role -> (route, answer) of every page, with its own objects and with ids of nothing."""

    @cache
    def open_all(role: str) -> list:
        browser, found = world.browser(role), []
        for route in routes_of(world.app):
            values = values_for(route, world.own)
            for asked in (values, missing_like(values)) if route.method == "GET" else ():
                answer = browser.get(route.address(asked))
                answer.get_data()
                answer.close()
                found.append((route, answer))
        return found

    return open_all


def every_request_page(world: World):
    """Yield (address, answer) of the pages of requests in every state."""
    browser = world.browser("officer")
    for route in routes_of(world.app):
        if route.method == "GET" and set(route.objects()) == {"request_id"} and "page" not in route.rule.arguments:
            for request_id in world.stations.values():
                yield str(route), browser.get(route.address({"request_id": request_id}))
    for page in ("start", "enquirer", "sought-new", "news", "consent", "harm"):
        yield page, browser.get(f"/requests/{world.stations['draft']}/intake/{page}")


@pytest.mark.parametrize("role", [*ROLES, SIGNED_OUT])
def test_every_answer_carries_the_security_headers(pages, role):
    problems = [
        f"{route}: {name}"
        for route, answer in pages(role)
        for name, value in ALWAYS.items()
        if answer.headers.get(name) != value
    ]
    assert problems == []


@pytest.mark.parametrize("role", [*ROLES, SIGNED_OUT])
def test_nothing_but_files_of_the_program_may_stay_in_a_cache(pages, role):
    kept = [
        str(route)
        for route, answer in pages(role)
        if route.endpoint != "static" and answer.headers.get("Cache-Control") != "no-store"
    ]
    assert kept == []


def test_a_file_that_is_kept_is_named_by_its_version(world):
    browser = world.browser(SIGNED_OUT)
    with_version, without = (browser.get(f"/static/css/rfl.css{query}") for query in ("?v=1", ""))
    assert "immutable" in with_version.headers["Cache-Control"]
    assert "immutable" not in without.headers.get("Cache-Control", "")
    with_version.close()
    without.close()


def test_the_policy_knows_no_inline_code_and_no_foreign_host():
    policy = dict(part.strip().split(" ", 1) for part in ALWAYS["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert not [word for value in policy.values() for word in value.split() if word in FORBIDDEN_SOURCES]


@pytest.mark.parametrize("role", [*ROLES, SIGNED_OUT])
def test_no_page_holds_what_the_policy_refuses(pages, role):
    problems = []
    for route, answer in pages(role):
        if answer.mimetype == "text/html":
            problems += [f"{route}: {what}" for what in Page(answer.text).inline]
    assert problems == []


def test_no_page_of_a_request_in_any_state_holds_what_the_policy_refuses(world):
    problems = []
    for place, answer in every_request_page(world):
        assert answer.status_code < 500, place
        problems += [f"{place}: {what}" for what in Page(answer.text).inline]
    assert problems == []


def test_the_session_cookie_is_out_of_reach_of_scripts(world):
    browser = world.app.test_client()
    cookie = browser.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    "page", ["<p style='x'>", "<a onclick='x'>", "<script>x</script>", "<a href='javascript:x'>", "<img src='//x.y/z'>"]
)
def test_the_search_for_inline_code_finds_it(page):
    assert Page(page).inline
