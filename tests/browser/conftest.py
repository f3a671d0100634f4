"""A real browser on the real app: `live` is its address, `page_en` and `page_ar` are people reading it."""

import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser.screens import DESK, Witness
from databases import leave_out
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from rfl.web.languages import COOKIE

HERE = Path(__file__).parent
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
# A browser that only talks to the page under test.
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
]
PATIENCE = 10_000  # milliseconds for anything a page is asked to do


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session; every test has windows of its own."""
    program = next((place for place in BROWSERS if Path(place).exists()), None)
    if program is None:
        leave_out("there is no Chromium on this machine")
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=arguments)
        yield opened
        opened.close()


class SilentHandler(WSGIRequestHandler):
    """Requests are the browser's business, not the test report's."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing."""


@pytest.fixture
def live(app: Flask) -> Iterator[str]:
    """Serve the app of this test on a free local port; return its origin, such as http://127.0.0.1:40001."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=SilentHandler)
    serving = threading.Thread(target=server.serve_forever, name="live app")
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a window of its own on an instance: `open_page(origin, "ar")`."""
    opened: list[BrowserContext] = []

    def open_(origin: str, language: str = "en", *, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=origin, locale=language, viewport=DESK, java_script_enabled=scripts, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        # The language of an account would take over at the sign-in.
        context.add_cookies([{"name": COOKIE, "value": language, "url": origin}])
        opened.append(context)
        page = context.new_page()
        page.origin = origin
        page.witness = Witness(page, urlsplit(origin).netloc)
        return page

    yield open_
    for context in opened:
        context.close()


@pytest.fixture
def new_page(live: str, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Return a function that opens a window on the app of this test: `new_page("ar")`, `new_page(scripts=False)`."""
    return partial(open_page, live)


@pytest.fixture
def page_en(new_page: Callable[..., Page]) -> Page:
    """A reader of English."""
    return new_page("en")


@pytest.fixture
def page_ar(new_page: Callable[..., Page]) -> Page:
    """A reader of Arabic."""
    return new_page("ar")
