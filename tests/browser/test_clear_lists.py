"""A list with names read by its sender and its recipient, in both directions of writing."""

import re

import pytest
from browser.screens import DESK, Inspection, sign_in
from clear_world import agreed_on_names, arrive, send, take_in, willing
from lists import no_pause  # noqa: F401 - a fixture
from staff import PASSWORD

from rfl.services import clear_receiving

# Whoever reads Arabic meets Latin names, and the other way round.
NAMES = {"en": ("أمل حداد", "سند قانوني للجمعيتين"), "ar": ("Amal Haddad", "Article 12 of a law")}
COLOURS = {"en": (DESK,), "ar": ()}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_a_list_with_names_is_clean(language, new_page, north, south):
    name, basis = NAMES[language]
    sides = agreed_on_names(north, south, clear_lists=basis)
    willing(north, name, 1)
    willing(north, name, 2, condition="detained")
    sent, inspection = send(sides), Inspection(COLOURS[language])
    taken = arrive(sides, sent.data)
    take_in(south, taken)
    waiting = arrive(sides, send(sides).data)
    page = new_page(language)
    sign_in(page, north.names["officer"], PASSWORD)
    for address in (
        f"/exchange/lists/{sent.id}",
        f"/exchange/lists/send/{sides.here}",
        f"/exchange/lists/send/{sides.here}?reason=detained",
        f"/exchange/agreements/{sides.here}",
    ):
        assert page.goto(address).ok
        inspection.look(page)
    page = new_page(language)
    sign_in(page, south.names["officer"], PASSWORD)
    for address in ("/exchange/lists/", f"/exchange/lists/{taken}", f"/exchange/lists/{waiting}", "/exchange/register"):
        assert page.goto(address).ok
        inspection.look(page)
    import_id = clear_receiving.open_as_import(south.officer, waiting).id
    for address in (f"/exchange/lists/{waiting}", f"/imports/{import_id}/columns"):
        assert page.goto(address).ok
        inspection.look(page)
    inspection.judge()


def test_a_list_is_sent_without_scripts(new_page, north, south):
    sides = agreed_on_names(north, south)
    willing(north, "Amal Haddad", 1)
    page = new_page("en", scripts=False)
    sign_in(page, north.names["officer"], PASSWORD)
    page.goto(f"/exchange/lists/send/{sides.here}")
    page.get_by_label("Why").select_option("exchange")
    with page.expect_download() as download:
        page.get_by_role("button", name="Confirm and write the package").click()
    assert re.fullmatch(r"package-\w{4}\.rfl", download.value.suggested_filename)
