"""What is claimed of every screen: nothing for axe to find, a silent console, no sideways scrolling, no other host.

And one language: words of another script stand apart, with a direction of their own.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

Size = Mapping[str, int]
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

# Words of another script that no element isolates: a name that would turn its sentence round, or a text that nobody
# translated. Options cannot hold elements; abbreviations and names of products are the same in every language.
FOREIGN_WORDS = r"""() => {
  const rtl = document.documentElement.dir === "rtl";
  const foreign = rtl ? /[A-Za-z]{3,}/g : /[\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Ethiopic}]{2,}/gu;
  const apart = "bdi, kbd, code, option, textarea, script, style, [dir]:not(html), [lang]:not(html)";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const same = (word) => rtl && (word === "Excel" || word === word.toUpperCase());
    const loose = node.data.replace(/[\u2066-\u2068][^\u2069]*\u2069/g, "");
    const words = (loose.match(foreign) || []).filter((word) => !same(word));
    if (words.length && !node.parentElement.closest(apart)) found.push(node.data.trim().slice(0, 80));
  }
  return found.slice(0, 5);
}"""
RUN_AXE = """(contrast) => axe.run({resultTypes: ["violations"], rules: {"color-contrast": {enabled: contrast}}})
  .then((found) => found.violations)"""


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


class Inspection:
    """Looks at one screen after another and says at the end what was wrong with any of them.

    Comparing the colours takes three quarters of axe's time and does not depend on the language: `contrast` names the
    sizes at which it is done, none where the same screen is looked at elsewhere.
    """

    def __init__(self, contrast: Sequence[Size] = (PHONE, DESK)) -> None:
        """Begin with nothing found."""
        self.found: list[str] = []
        self.contrast = contrast

    def look(self, page: Page) -> None:
        """Look at what `page` shows now, on a phone and on a desk."""
        before = page.viewport_size
        for size in (PHONE, DESK):
            resize(page, size)
            self.found.extend(complaints_here(page, contrast=size in self.contrast))
        resize(page, before)

    def judge(self) -> None:
        """Claim that nothing was found."""
        assert not self.found, "\n".join(self.found)


def resize(page: Page, size: Size) -> None:
    """Give the window another size; to give it the one it has would take as long."""
    if page.viewport_size != size:
        page.set_viewport_size(size)


def assert_clean(page: Page) -> None:
    """Claim all of it for what `page` shows now, on a phone and on a desk."""
    inspection = Inspection()
    inspection.look(page)
    inspection.judge()


def complaints_here(page: Page, *, contrast: bool = True) -> list[str]:
    """Return what is wrong with the screen at the present size of the window."""
    where = f"{urlsplit(page.url).path} at {page.viewport_size['width']} px"
    told, page.witness.complaints = page.witness.complaints, []
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate(RUN_AXE, contrast)
    told += [f"{one['id']}: {[node['html'][:160] for node in one['nodes']]}" for one in found]
    told += [f"wider than the window: {element}" for element in page.evaluate(WIDER_THAN_THE_WINDOW)]
    told += [f"in another script: {words}" for words in page.evaluate(FOREIGN_WORDS)]
    return [f"{where}: {one}" for one in told]


def sign_in(page: Page, name: str, password: str) -> None:
    """Sign in as a person would, and arrive on the first page."""
    page.goto(f"{page.origin}/sign-in")
    page.locator("input[name=sign_in_name]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("main form [type=submit], main form button").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
