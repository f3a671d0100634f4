"""The page of a partner while two people agree on an address, in both directions of writing."""

import pytest
from browser.screens import DESK, Inspection, sign_in
from exchange_world import confirmed_partner, elsewhere, with_keys
from staff import PASSWORD

from rfl.services import exchange_addresses as addresses

ADDRESS = "https://tracing.example.org"
COLOURS = {"en": (DESK,), "ar": ()}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_of_a_partner_is_clean_at_every_step_of_an_address(language, new_page, north):
    with_keys(north)
    partner = confirmed_partner(north, elsewhere())
    first, second, inspection = new_page(language), new_page(language), Inspection(COLOURS[language])
    for page, key in ((first, "administrator"), (second, "officer")):
        sign_in(page, north.names[key], PASSWORD)
    place = f"/exchange/partners/{partner}"
    first.goto(place)
    inspection.look(first)
    first.locator("#address").fill("http://tracing.example.org")
    first.locator("#address").press("Enter")
    first.locator(".field-error").wait_for()
    inspection.look(first)
    addresses.enter(north.administrator, partner, ADDRESS)
    for page in (first, second):
        page.goto(place)
        inspection.look(page)
    second.locator("#typed").fill(ADDRESS)
    second.locator("#typed").press("Enter")
    second.get_by_text(ADDRESS).wait_for()
    inspection.look(second)
    inspection.judge()
