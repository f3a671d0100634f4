"""Every route, method and role, with own, foreign and missing objects: generated from the routes themselves.

A route, a role or a route argument that is added later is checked here without anybody writing a test for it.
"""

import re
from hashlib import sha256
from itertools import zip_longest

import pytest
from flask import Flask
from matrix import (
    FORMS,
    ROLES,
    SIGNED_OUT,
    TOKEN,
    WHOSE,
    Route,
    Shelf,
    World,
    missing_like,
    mixtures,
    routes_of,
    values_for,
)
from staff import settings_for
from werkzeug.routing import Map, Rule

from rfl.models.db import db
from rfl.web.access import login_manager
from rfl.web.app import create_app
from rfl.web.permissions import PUBLIC, ROUTES

# What is promised here does not depend on the kind of database; the services behind it are tried on both.
pytestmark = pytest.mark.sqlite

# Reading leaves a trace, and a session remembers when it was seen; nothing else may change.
TRACES = {"audit_entry", "audit_head", "sign_in"}
FLOOR = 900  # combinations on the day this was written; fewer means that something is no longer checked


def digest(world: World) -> str:
    """Return a fingerprint of all rows of all tables but the trace of reading, as they lie in the database."""
    seen = sha256()
    with world.app.app_context(), db.engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            if table.name not in TRACES:
                keys = ", ".join(column.name for column in table.primary_key.columns)
                rows = connection.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY {keys}").fetchall()
                seen.update(repr((table.name, rows)).encode())
    return seen.hexdigest()


def send(browser, route: Route, values: dict[str, str], *, token: bool = True):
    """Send a form with nothing filled in, or open the page; a defect names the address it happened at."""
    form = None if route.method == "GET" else dict(FORMS.get(route.endpoint, {}))
    if form is not None and token:
        form["csrf_token"] = browser.token
    try:
        answer = browser.open(route.address(values), method=route.method, data=form)
    except Exception as defect:
        raise AssertionError(f"{route} {values}: {defect!r}") from defect
    answer.get_data()
    answer.close()  # a file that is sent stays open otherwise
    return answer


def told(answer, values: dict[str, str]) -> tuple:
    """Return all that an answer tells, without the ids that were asked for."""
    page = TOKEN.sub("<token>", answer.get_data(as_text=True))
    for key in values.values():
        page = page.replace(key, "<id>")
    headers = sorted((name, value) for name, value in answer.headers if name not in {"Set-Cookie", "Date"})
    return answer.status_code, page, headers


def first_difference(first: tuple, second: tuple) -> str:
    """Return where two answers part, for whoever has to find out why."""
    if first[0] != second[0] or first[2] != second[2]:
        return f"{first[0]} {first[2]} and {second[0]} {second[2]}"
    place = next(at for at, (one, other) in enumerate(zip_longest(first[1], second[1])) if one != other)
    return f"{first[1][place - 60 : place + 60]!r} and {second[1][place - 60 : place + 60]!r}"


def wrong_for_own(route: Route, status: int) -> bool:
    return status in {403, 404} or status >= 500 or (route.method == "GET" and status not in {200, 302, 303, 409})


def check_own(world: World, browser, route: Route, role: str) -> list[str]:
    values = values_for(route, world.shelf(role))
    status = send(browser, route, values).status_code
    if status == 303:
        browser.get("/account/password")  # shows the message that waits, so that the next page compared has none
    return [f"{route} as {role}, own: {status}"] if wrong_for_own(route, status) else []


def check_foreign(browser, route: Route, own: Shelf, foreign: Shelf, role: str) -> list[str]:
    problems = []
    for theirs, gone in mixtures(route, own, foreign):
        first, second = send(browser, route, theirs), send(browser, route, gone)
        if second.status_code != 404:
            problems.append(f"{route} as {role}, missing: {second.status_code}")
        if told(first, theirs) != told(second, gone):
            problems.append(
                f"{route} as {role}, foreign {theirs}: {first_difference(told(first, theirs), told(second, gone))}"
            )
    return problems


def check_refused(world: World, browser, route: Route, role: str) -> list[str]:
    problems = []
    for whose, shelf in (("own", world.own), ("foreign", world.foreign), ("missing", None)):
        values = values_for(route, shelf or world.own)
        status = send(browser, route, values if shelf else missing_like(values)).status_code
        if status != 403:
            problems.append(f"{route} as {role}, {whose}: {status}")
    return problems


def check(world: World, browser, route: Route, role: str) -> list[str]:
    """Return what is wrong with one route for one role."""
    if not route.allows(ROLES[role]):
        return check_refused(world, browser, route, role)
    problems = check_own(world, browser, route, role) if route.endpoint != "account.sign_in_submit" else []
    for foreign in (world.foreign, world.partner):
        problems += check_foreign(browser, route, world.shelf(role), foreign, role)
    return problems


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_its_own_and_nothing_else(world, role):
    routes, browser = routes_of(world.app), world.browser(role)
    assert [problem for route in routes for problem in check(world, browser, route, role)] == []


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page(world):
    routes, browser = routes_of(world.app), world.browser(SIGNED_OUT)
    problems = []
    for route in routes:
        for shelf in (world.own, world.foreign):
            answer = send(browser, route, values_for(route, shelf))
            led = answer.status_code == 303 and answer.location == "/sign-in"
            if led == (route.permission == PUBLIC):
                problems.append(f"{route}: {answer.status_code} {answer.location}")
    assert problems == []


def test_the_number_of_combinations_does_not_fall(world, record_testsuite_property):
    number = len(routes_of(world.app)) * (len(ROLES) + 1) * len(WHOSE)
    record_testsuite_property("combinations", number)
    assert number >= FLOOR


def test_a_childs_case_is_like_a_missing_one_for_staff_not_cleared(world):
    browser, problems = world.browser("uncleared"), []
    for route in routes_of(world.app):
        if route.allows("caseworker") or route.allows("tracing_officer"):
            problems += check_foreign(browser, route, world.own, world.child, "uncleared")
    assert problems == []


@pytest.mark.parametrize("role", ["caseworker", "officer"])
def test_a_childs_case_is_open_to_staff_cleared_for_it(world, role):
    browser, problems = world.browser(role), []
    for route in routes_of(world.app):
        if route.method == "GET" and route.objects() and route.allows(ROLES[role]):
            status = send(browser, route, values_for(route, world.child)).status_code
            problems += [f"{route}: {status}"] if wrong_for_own(route, status) else []
    assert problems == []


def test_a_volunteer_finds_a_colleagues_registration_like_a_missing_one(world):
    browser, problems = world.browser("volunteer"), []
    for route in routes_of(world.app):
        if route.allows("field_volunteer"):
            problems += check_foreign(browser, route, world.shelf("volunteer"), world.own, "volunteer")
    assert problems == []


@pytest.mark.parametrize("role", [*ROLES, "uncleared", SIGNED_OUT])
def test_opening_a_page_changes_nothing(world, role):
    browser, before = world.browser(role), digest(world)
    pages = [(route, shelf) for route in routes_of(world.app) for shelf in (world.own, world.foreign)]
    for route, shelf in pages:
        if route.method == "GET":
            send(browser, route, values_for(route, shelf))
    assert digest(world) == before


def test_what_people_without_the_right_send_changes_nothing(world):
    before = digest(world)
    for role in ROLES:
        browser = world.browser(role)
        for route in routes_of(world.app):
            if route.method != "GET" and not route.allows(ROLES[role]):
                send(browser, route, values_for(route, world.own))
    assert digest(world) == before


# Another instance posts here; it has no session that a foreign page could misuse, and signs what it sends.
NO_FORMS = {"post.receive"}


def test_a_form_without_its_token_is_refused_everywhere(world):
    browser = world.browser("officer")
    open_ways = [
        str(route)
        for route in routes_of(world.app)
        if route.method != "GET"
        and route.endpoint not in NO_FORMS
        and send(browser, route, values_for(route, world.own), token=False).status_code != 400
    ]
    assert open_ways == []


def test_every_route_is_listed_with_its_permission(world):
    assert {route.endpoint for route in routes_of(world.app)} == set(ROUTES)


@pytest.fixture
def with_a_new_route(tmp_path) -> Flask:
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'new.sqlite'}", tmp_path))
    app.add_url_rule("/new", "somewhere.new", lambda: "open to all")
    return app


def test_a_route_that_nobody_listed_is_refused(with_a_new_route):
    assert with_a_new_route.test_client().get("/new").status_code == 403
    assert login_manager.user_loader is not None


def test_an_argument_without_an_example_says_what_to_add():
    rule = Rule("/somewhere/<parcel_id>", endpoint="somewhere.show")
    Map([rule])  # reads the rule's arguments
    route = Route("somewhere.show", "GET", rule)
    with pytest.raises(AssertionError) as missing:
        route.objects()
    assert re.search(r'Add a row \("somewhere", "parcel_id"\) to EXAMPLES', str(missing.value))
