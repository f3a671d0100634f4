"""What is claimed of every screen: nothing for axe to find, a silent console, no sideways scrolling, no other host."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

PHONE = {"width": 360, "height": 740}  # the narrowest phones in use
DESK = {"width": 1440, "height": 900}

AXE = Axe()
# The first elements that make the page scroll sideways.
WIDER_THAN_THE_WINDOW = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const sticksOut = (box) => box.right > edge + 1 || box.left < -1;
  return [...document.body.querySelectorAll("*")]
    .filter((element) => sticksOut(element.getBoundingClientRect()))
    .slice(0, 3).map((element) => element.outerHTML.slice(0, 160));
}"""


class Witness:
    """Keeps what a page said and asked for while it was used."""

    def __init__(self, page: Page, host: str) -> None:
        """Listen to `page`, which belongs to `host`."""
        self.host = host
        self.complaints: list[str] = []
        self.documents: set[str] = set()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self._request)

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if request.is_navigation_request():
            self.documents.add(request.url)
        if address.scheme in ("http", "https") and address.netloc != self.host:
            self.complaints.append(f"asked another host: {address.netloc}")

    def _console(self, message: ConsoleMessage) -> None:
        # The browser itself remarks on a page that answers 404 or 422; the tests of those pages mean it.
        refused_page = message.text.startswith("Failed to load resource: the server responded with a status of 4")
        if not (refused_page and message.location["url"] in self.documents):
            self.complaints.append(f"console {message.type}: {message.text}")


def assert_clean(page: Page) -> None:
    """Claim all of it for what `page` shows now, on a phone and on a desk."""
    before = page.viewport_size
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert_clean_here(page)
    page.set_viewport_size(before)


def assert_clean_here(page: Page) -> None:
    """Claim all of it at the present size of the window."""
    where = f"{urlsplit(page.url).path} at {page.viewport_size['width']} px"
    assert not page.witness.complaints, f"{where}: {page.witness.complaints}"
    found = AXE.run(page).response["violations"]
    told = [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]
    assert not told, f"{where}: {told}"
    beyond = page.evaluate(WIDER_THAN_THE_WINDOW)
    assert not beyond, f"{where}, wider than the window: {beyond}"


def sign_in(page: Page, name: str, password: str) -> None:
    """Sign in as a person would, and arrive on the first page."""
    page.goto(f"{page.origin}/sign-in")
    page.locator("input[name=sign_in_name]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("main form [type=submit], main form button").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
