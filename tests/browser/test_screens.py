"""Every screen that can be opened, generated from the routes, with every field filled in and in both directions.

A screen that is added later is looked at here without anybody writing a test for it.
"""

from collections.abc import Iterator

import pytest
from browser.casework import MAIN_BUTTON
from browser.screens import DESK, Inspection, sign_in
from flask import Flask
from matrix import ROLES, Route, Voice, World, build, plain, routes_of, values_for
from staff import PASSWORD

from rfl.web.permissions import PUBLIC

# What answers a GET without being a screen.
NO_SCREENS = {"static", "health.healthz", "imports.problems", "exchange.identity_file", "agreements.file"}
# Pages of the interview besides the one that the routes name.
PAGES = ("start", "sought-new", "news", "consent", "harm")
# Lists as people leave them: with filters, with nothing found.
LISTS = (
    "/proposals/?stage=all&sort=oldest",
    "/proposals/?stage=different&q=none",
    "/requests/?state=closed&mine=y&priority=urgent",
    "/requests/?state=&sort=newest",
    "/registered-persons?children=1&unmatched=1",
    "/nothing-here",
)
# Forms sent without an entry say so beside the fields.
EMPTY_FORMS = ("/registered-persons/new?all=1", "/imports/new", "/search", "/exports/", "/exchange/rounds/")
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابجدهفغحيجكلمنوبقرستوفوشيز")
FEWEST = 30  # screens on the day this was written; fewer means that something is no longer looked at


def in_arabic(subject: str) -> Voice:
    """Return a voice whose words are Arabic letters, which an English page has to set apart."""
    return lambda about: plain(subject)(about).translate(LETTERS)


# Whoever reads Arabic meets Latin names, and the other way round.
VOICES = {"en": in_arabic, "ar": plain}
# Colours are those of English pages, on a desk; the pieces they are made of are looked at in test_shell.py.
COLOURS = {"en": (DESK,), "ar": ()}
READERS = ("officer", "administrator", "protection")


def addresses(world: World, key: str, app: Flask) -> Iterator[str]:
    """Yield what this member of staff can open and no one before them in `READERS` could."""
    earlier = READERS[: READERS.index(key)]
    for route in routes_of(app):
        first = route.allows(ROLES[key]) and not any(route.allows(ROLES[other]) for other in earlier)
        if route.method == "GET" and first and route.endpoint not in NO_SCREENS | {"account.sign_in"}:
            yield route.address(values_for(route, world.shelf(key)))
    if key == "officer":
        yield from (f"/requests/{world.own.draft}/intake/{page}" for page in PAGES)
        yield from (f"/requests/{station}" for station in sorted(set(world.stations.values())))
        yield f"/requests/{world.own.draft}/intake/sought-{world.own.draft_sought}"
        yield from LISTS


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_screen_is_clean(language, new_page, app, north, south):
    world, inspection, seen = build(app, north, south, VOICES[language]), Inspection(COLOURS[language]), 0
    for key in READERS:
        page = new_page(language)
        sign_in(page, north.names[key], PASSWORD)
        for address in addresses(world, key, app):
            answer = page.goto(address)
            assert answer.ok or address in LISTS, f"{address} answers {answer.status}"
            inspection.look(page)
            seen += 1
    inspection.judge()
    assert seen >= FEWEST


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_empty_form_is_clean_and_says_what_is_missing(language, new_page, north):
    inspection, page = Inspection(COLOURS[language]), new_page(language)
    sign_in(page, north.names["officer"], PASSWORD)
    for address in EMPTY_FORMS:
        page.goto(address)
        page.locator(MAIN_BUTTON).last.click()
        page.locator(".field-error").first.wait_for()
        inspection.look(page)
    inspection.judge()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("key", ["caseworker", "volunteer", "administrator", "protection"])
def test_the_first_page_of_everybody_is_clean_while_there_is_nothing_to_do(language, key, new_page, north):
    inspection, page = Inspection(COLOURS[language]), new_page(language)
    sign_in(page, north.names[key], PASSWORD)
    inspection.look(page)
    inspection.judge()


def test_screens_open_without_signing_in_are_those_of_signing_in_only(app):
    open_to_all = {route.endpoint for route in routes_of(app) if route.permission == PUBLIC and route.method == "GET"}
    assert open_to_all == {"static", "health.healthz", "account.sign_in"}


def test_every_screen_has_a_reader(app):
    def read(route: Route) -> bool:
        return any(route.allows(ROLES[key]) for key in READERS)

    assert [str(route) for route in routes_of(app) if route.method == "GET" and not read(route)] == []
