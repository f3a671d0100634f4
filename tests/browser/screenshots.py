"""Take the pictures of docs/screenshots from an instance of its own with the demo data.

    PYTHONPATH=.:tests .venv/bin/python -m browser.screenshots [--out docs/screenshots]

It takes some minutes and leaves nothing behind but the pictures.
"""

import argparse
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser.casework import begin_request, choose, fill, follow_task, give_answer, name_enquirer, send
from browser.conftest import BROWSERS, QUIET, SilentHandler
from browser.screens import sign_in
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from rfl.demo.loading import PASSWORD, load
from rfl.security.passwords import Passwords
from rfl.services import storage
from rfl.web.app import create_app
from rfl.web.config import Settings
from rfl.web.languages import COOKIE

WIDE, PHONE = (1280, 900), (360, 1100)
LIST = """Nr;Full name;Name (own script);Sex;Date of birth;Mother's name;Camp;Tent
17;Amina Yusuf;أمينة يوسف;F;about 1994;Halima;Tin Asfal;B 12
18;Omar Hassan;عمر حسن;M;1 Jan 1996;;Tin Asfal;B 14
19;Salma Haddad;سلمى حداد;F;12.05.2001;Maryam;Tin Asfal;C 03
"""


@contextmanager
def demo_instance() -> Iterator[str]:
    """Serve a new instance with the demo data while the block runs; yield its address."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        database = f"sqlite:///{place / 'rfl.sqlite'}"
        app = create_app(
            Settings(place, database, place / "keys", secure_cookies=False, cheap_passwords=True, demo=True)
        )
        with app.app_context():
            storage.create_schema()
            load(Passwords(cheap=True), lambda _: None)
            storage.disconnect()
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=SilentHandler)
        serving = threading.Thread(target=server.serve_forever, name="demo instance")
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()
        server.server_close()


class Photographer:
    """Opens windows as members of staff and takes pictures of them."""

    def __init__(self, browser: Browser, address: str, out: Path) -> None:
        """Write pictures of `address` into the folder `out`."""
        self.browser, self.address, self.out = browser, address, out

    def enter(self, name: str, language: str = "en", size: tuple[int, int] = WIDE) -> Page:
        """Sign somebody in."""
        context = self.browser.new_context(
            base_url=self.address,
            locale=f"{language}-GB" if language == "en" else language,
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": COOKIE, "value": language, "url": self.address}])
        page = context.new_page()
        page.origin = self.address
        sign_in(page, name, PASSWORD)
        return page

    def take(self, page: Page, name: str, *, height: int = 0) -> None:
        """Take a picture of the top of a page: as high as the window, or `height` pixels."""
        width, window = page.viewport_size["width"], page.viewport_size["height"]
        clip = {"x": 0, "y": 0, "width": width, "height": height or window}
        page.evaluate("document.activeElement.blur()")
        page.screenshot(path=self.out / f"{name}.png", full_page=True, clip=clip)


def interview(shots: Photographer) -> None:
    """Show the first page of a caseworker, and the page of a sought person half filled in."""
    page = shots.enter("caseworker.val")
    shots.take(page, "dashboard", height=690)
    begin_request(page)
    name_enquirer(page, "Halima Warsame")
    send(page, "main a[href$='/intake/sought-new']")
    about = {"identity-sex": "male", "identity-birth-told": "about 1994", "relation": "son"}
    fill(page, {"identity-names-0-full": "عمر حسن محمد", **about})
    shots.take(page, "interview")
    page.goto("/requests/?sort=oldest")
    send(page, "main table a")
    shots.take(page, "request")


def review(shots: Photographer) -> str:
    """Show one strong proposal of two societies in both languages; return its reference."""
    page = shots.enter("officer.val")
    page.goto("/proposals/?band=strong")
    row = page.locator("main tr", has_text="Sahelia").first
    reference = row.locator("[data-row-link]").inner_text()
    page.goto(f"/proposals/?q={reference}")
    shots_of = (("review-en", "en", WIDE, 1240), ("review-ar", "ar", WIDE, 1240), ("review-ar-phone", "ar", PHONE, 0))
    for name, language, size, height in shots_of:
        reader = shots.enter("officer.val", language, size)
        reader.goto(page.url)
        send(reader, "[data-row-link]")
        shots.take(reader, name, height=height)
    return reference


def after_confirmation(shots: Photographer, reference: str) -> None:
    """Show how the person concerned is asked and what the enquirer's caseworker may say."""
    for name in ("officer.val", "officer.sah"):
        page = shots.enter(name)
        page.goto(f"/proposals/?q={reference}&stage=all")
        send(page, "[data-row-link]")
        give_answer(page, "same", "Both tell of the same village, the same father and the same day of flight.")
    follow_task(page, "/located/")
    choice = page.locator("main input[type=radio][value=alive_and_well]").get_attribute("name")
    choose(page, choice, "alive_and_well")
    fill(page, {f"{choice.removesuffix('choice')}witness": "signed"})
    shots.take(page, "located")
    send(page, "form[action$='/answer'] button")
    send(page, "form[action$='/prepare'] button")
    teller = shots.enter("caseworker.val")
    follow_task(teller, "/news/")
    shots.take(teller, "news", height=760)


def columns(shots: Photographer) -> None:
    """Show the columns of a list."""
    page = shots.enter("officer.val")
    page.goto("/imports/new")
    file = {"name": "arrivals.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    page.locator("input[type=file]").set_input_files(file)
    fill(page, {"keeper": "Camp Tin Asfal", "evidence": "list", "language": "ar", "on": "2026-01-02"})
    for purpose in ("register", "matching"):
        page.locator(f"input[name=purposes][value={purpose}]").check()
    send(page)
    shots.take(page, "import-columns")


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"), help="folder of the pictures")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    program = next(place for place in BROWSERS if Path(place).exists())
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with demo_instance() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        shots = Photographer(browser, address, out)
        interview(shots)
        after_confirmation(shots, review(shots))
        columns(shots)
        browser.close()


if __name__ == "__main__":
    main()
