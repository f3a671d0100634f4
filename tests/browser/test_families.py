"""Two brothers found in one family: the page of one pair says so and leads to the other, by keyboard, both ways."""

import pytest
from browser.screens import DESK, Inspection, sign_in
from family_world import AHMAD, MAHMUD, registered, sought
from review_world import proposal_between
from staff import PASSWORD

from rfl.services.proposing import propose_due

SAYS = {"en": "Another pair of these two families", "ar": "زوج آخر من هاتين الأسرتين"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_other_pair_of_the_families_is_a_step_away(language, new_page, north, south):
    mahmud, ahmad = registered(south)
    first, second = sought(north, MAHMUD, AHMAD)
    propose_due([first, second])
    here, beside = proposal_between(first, mahmud), proposal_between(second, ahmad)
    inspection, page = Inspection((DESK,)), new_page(language)
    sign_in(page, north.names["officer"], PASSWORD)
    page.goto(f"/proposals/{here}")
    assert SAYS[language] in page.locator("table").inner_text()
    inspection.look(page)
    link = page.locator(f"section a[href*='{beside}']")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/proposals/{beside}*")
    assert page.locator(f"section a[href*='{here}']").count() == 1
    inspection.judge()
