"""Two societies and a hub on three machines, worked through their screens: files are downloaded here and loaded there.

Each has a database, keys and an address of its own. The long steps, which a worker does in the background, are done
when `work` is called.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from browser.casework import fill, send
from browser.conftest import SilentHandler
from browser.screens import sign_in
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Locator, Page
from round_world import add_cases
from staff import PASSWORD, found, settings_for
from werkzeug.serving import make_server

from rfl.services import exchange_work, storage
from rfl.web.app import create_app

CODES = ("NOR", "SOU", "HUB")
OLDEST = {"NOR": ("Kisumu", 1890), "SOU": ("Lugano", 1950)}  # the hub registers nobody
# What somebody does with a page once it is shown: inspect it, take its picture.
Look = Callable[["Machine", Page], None]


@dataclass
class Machine:
    """One instance: its app, its address, a desk for files, and the windows of its staff."""

    code: str
    app: Flask
    origin: str
    desk: Path
    open_page: Callable[..., Page]
    look: Look
    windows: dict[str, Page] = field(default_factory=dict)

    def as_(self, key: str) -> Page:
        """The window of a member of staff, signed in."""
        if key not in self.windows:
            self.windows[key] = self.open_page(self.origin)
            sign_in(self.windows[key], f"{key}.{self.code.lower()}", PASSWORD)
        return self.windows[key]

    def go(self, key: str, path: str) -> Page:
        """Open a page as a member of staff, and look at it."""
        page = self.as_(key)
        page.goto(f"{self.origin}{path}")
        self.look(self, page)
        return page

    def press(self, page: Page, button: str) -> None:
        """Press a button or follow a link, and look at the page that comes."""
        send(page, button)
        self.look(self, page)

    def keep(self, page: Page, button: Locator | str, name: str) -> Path:
        """Download a file onto the desk."""
        with page.expect_download() as coming:
            (page.locator(button) if isinstance(button, str) else button).click()
        place = self.desk / name
        coming.value.save_as(place)
        return place

    def load(self, page: Page, file: Path) -> None:
        """Load a file with the form on the page."""
        page.locator("main input[type=file]").set_input_files(file)
        self.press(page, "main form[enctype] .btn-primary")

    def work(self) -> None:
        """Do what waits in the background."""
        with self.app.app_context():
            exchange_work.work_now()
            storage.disconnect()


@contextmanager
def machine(code: str, folder: Path, open_page: Callable[..., Page], look: Look) -> Iterator[Machine]:
    """Serve one instance with its staff and its cases while the block runs."""
    folder.mkdir()
    (folder / "desk").mkdir()
    app = create_app(settings_for(f"sqlite:///{folder / 'rfl.sqlite'}", folder))
    with app.app_context():
        upgrade()
        storage.ensure_head()
        staff = found(code)
        if code in OLDEST:
            add_cases(staff, *OLDEST[code])
        storage.disconnect()
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=SilentHandler)
    serving = threading.Thread(target=server.serve_forever, name=code)
    serving.start()
    yield Machine(code, app, f"http://127.0.0.1:{server.server_port}", folder / "desk", open_page, look)
    server.shutdown()
    serving.join()
    server.server_close()
    with app.app_context():
        storage.disconnect()


@dataclass
class Three:
    """The three machines by code, and what is carried between them."""

    machines: dict[str, Machine]
    agreement: dict[str, str] = field(default_factory=dict)  # address of its page, by code

    def __getattr__(self, code: str) -> Machine:
        return self.machines[code.upper()]

    def make_keys(self) -> dict[str, str]:
        """Make the keys of all three on their pages; return the fingerprints as they are read aloud, by code."""
        spoken = {}
        for code, one in self.machines.items():
            page = one.go("administrator", "/exchange/")
            one.press(page, "form[action='/exchange/identity'] button")
            one.keep(page, "main a[href='/exchange/identity.json']", "identity.json")
            spoken[code] = page.locator("main code").first.inner_text()
        return spoken

    def introduce(self, spoken: dict[str, str]) -> None:
        """One person loads the identity files of the others, another types what is read aloud."""
        for one in self.machines.values():
            for other in self.machines.keys() - {one.code}:
                page = one.go("administrator", "/exchange/partners/new")
                one.load(page, self.machines[other].desk / "identity.json")
                second = one.go("officer", page.url.removeprefix(one.origin))
                second.locator("main input[name=heard][value=telephone]").check()
                fill(second, {"typed": spoken[other]})
                one.press(second, "form[action$='/confirm'] .btn-primary")

    def agree(self) -> None:
        """The first society drafts, all three sign, and each gets the file with all signatures."""
        self._draft()
        file = self._sign("NOR")
        for code in ("SOU", "HUB"):
            self._receive(code, file)
            file = self._sign(code)
        for code in ("NOR", "SOU"):
            self._receive(code, file)

    def _draft(self) -> None:
        page = self.nor.go("administrator", "/exchange/agreements/new")
        chosen = {name: page.locator(f"main [name={name}] option", has_text=code) for name, code in PARTIES.items()}
        fill(page, TERMS | {name: one.get_attribute("value") or "" for name, one in chosen.items()})
        self.nor.press(page, "main form .btn-primary")
        self.agreement["NOR"] = page.url.removeprefix(self.nor.origin)

    def _sign(self, code: str) -> Path:
        one = self.machines[code]
        page = one.as_("administrator")
        one.press(page, "form[action$='/sign'] button")
        return one.keep(page, "main a[href$='/agreement.json']", "agreement.json")

    def _receive(self, code: str, file: Path) -> None:
        one = self.machines[code]
        page = one.go("administrator", "/exchange/agreements/load")
        one.load(page, file)
        self.agreement[code] = page.url.removeprefix(one.origin)

    def carry(self, sender: str) -> list[str]:
        """Do what waits at one machine, download what its page of the newest round offers, and load it elsewhere.

        Returns the codes of the recipients.
        """
        here = self.machines[sender]
        here.work()
        page = here.go("officer", "/exchange/rounds/")
        here.press(page, "main table a")
        rows = page.locator("#packages-of-round tbody tr", has_text="To be handed over").all()
        files = [(_code_in(row), here.keep(page, row.locator("button"), f"{at}.rfl")) for at, row in enumerate(rows)]
        here.go("officer", page.url.removeprefix(here.origin))
        for code, file in files:
            there = self.machines[code]
            there.load(there.go("officer", "/exchange/rounds/"), file)
        return [code for code, _ in files]

    def begin(self, code: str, start: str) -> None:
        """Look at the cases that go, from the link or button `start` on the page shown now, and confirm them."""
        one = self.machines[code]
        page = one.as_("officer")
        one.press(page, start)
        one.press(page, "main form[action*='/exchange/rounds/'] .btn-primary")


PARTIES = {"partner_id": "SOU", "hub_id": "HUB"}
TERMS: dict[str, Any] = {
    "number": "NOR-SOU/1",
    "purpose": "Restoring family links after the floods.",
    "contact": "Tracing service, +00 555 0100",
    "false_pairs": "50",
}


def _code_in(row: Locator) -> str:
    """The code of the society to which a package on the page goes."""
    return next(code for code in CODES if f"Society {code}" in row.inner_text())
