"""A whole round through the screens of two societies and a hub: from no keys to one pair that both have opened."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser.exchange import CODES, Machine, Three, machine
from browser.screens import Inspection, sign_in
from playwright.sync_api import Page
from round_world import SHARED
from staff import PASSWORD

from rfl.services import exchange_encoding


class Readers:
    """Inspect every page of the first society, and once more as a reader of Arabic of the same role sees it."""

    def __init__(self, open_page: Callable[..., Page]) -> None:
        """Nobody reads yet."""
        self.open_page = open_page
        self.inspection = Inspection(contrast=())
        self.windows: dict[str, Page] = {}
        self.seen: set[tuple[str, str]] = set()

    def look(self, one: Machine, page: Page) -> None:
        """Look at a page of the first society, once in each of its states."""
        badge, path = page.locator("main .badge"), urlsplit(page.url).path
        state = badge.first.inner_text() if badge.count() else ""
        if one.code != "NOR" or (path, state) in self.seen:
            return
        self.seen.add((path, state))
        self.inspection.look(page)
        key = next(name for name, window in one.windows.items() if window is page)
        if key not in self.windows:
            self.windows[key] = self.open_page(one.origin, "ar")
            sign_in(self.windows[key], f"{key}.nor", PASSWORD)
        self.windows[key].goto(page.url)
        assert self.windows[key].locator("html").get_attribute("dir") == "rtl"
        self.inspection.look(self.windows[key])


@pytest.fixture
def three(tmp_path: Path, open_page, monkeypatch) -> Iterator[tuple[Three, Readers]]:
    """Two societies and a hub, and whoever reads the pages of the first."""
    monkeypatch.setattr(exchange_encoding, "PLACES", 2)  # padding is what takes the time of a round
    readers = Readers(open_page)
    with ExitStack() as running:
        yield (
            Three(
                {code: running.enter_context(machine(code, tmp_path / code, open_page, readers.look)) for code in CODES}
            ),
            readers,
        )


def test_a_round_through_the_screens_from_no_keys_to_a_pair_opened_by_both(three):
    world, readers = three
    world.introduce(world.make_keys())
    world.agree()
    world.nor.go("officer", world.agreement["NOR"])
    world.begin("NOR", "main a[href$='/cases/']")
    assert sorted(world.carry("NOR")) == ["HUB", "SOU"]
    world.begin("SOU", "main a[href*='/cases/']")
    assert sorted(world.carry("SOU")) == ["HUB", "HUB", "NOR"]
    assert world.carry("NOR") == ["HUB"]
    assert sorted(world.carry("HUB")) == ["NOR", "NOR", "SOU", "SOU"]  # the pairs, and that their lists are erased
    names = [open_the_pair(world.machines[code]) for code in ("NOR", "SOU")]
    assert names == [SHARED, SHARED]
    for code in ("NOR", "SOU"):
        world.carry(code)
    references = {reference(world.machines[code]) for code in ("NOR", "SOU")}
    assert len(references) == 1
    for code in ("NOR", "SOU"):
        world.machines[code].go("protection", "/exchange/register")
        world.machines[code].go("officer", "/exchange/")
    assert len(readers.seen) > 20
    readers.inspection.judge()


def open_the_pair(one: Machine) -> str:
    """Open the one pair that was found, and write the letter that tells of it; return the name of the person."""
    page = one.go("officer", "/")
    one.press(page, "main a[href='/exchange/pairs/']")
    assert page.locator("main tbody tr").count() == 1
    one.press(page, "main table a")
    name = page.locator("main h1").inner_text()
    one.press(page, "form[action$='/open'] button")
    one.press(page, "main a[href*='/exchange/rounds/']")
    one.press(page, "form[action$='/letter'] button")
    return name


def reference(one: Machine) -> str:
    """What both societies call the pair on the telephone."""
    page = one.go("officer", "/exchange/pairs/?state=opened")
    one.press(page, "main table a")
    return page.locator("main code").first.inner_text()
