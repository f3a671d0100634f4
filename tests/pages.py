"""Reading a page the way a browser does: its title, links and forms, what would run, what would reorder the text."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What browsers keep apart from the text around it, so that marks inside cannot reorder anything outside.
ISOLATING = {"bdi", "textarea", "option", "select"}
OVERRIDES = ("\u202d", "\u202e")
ADDRESSES = {"href", "src", "action", "formaction", "poster"}
TEXT_TYPES = {"text", "search", "tel", "email", "url", ""}


@dataclass
class Form:
    """One form as it stands on the page: fields that carry a value already, and those a person types into."""

    action: str
    method: str
    values: list[tuple[str, str]] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """One page, read from its first tag to its last."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inline: list[str] = []  # scripts, styles and handlers inside the page, and addresses of foreign hosts
        self.loose: list[str] = []  # text with override marks that nothing isolates
        self.titles: list[str] = []
        self.addresses: list[str] = []
        self.forms: list[Form] = []
        self.open: list[tuple[str, dict]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        named = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append((tag, named))
        self._look_for_code(tag, named)
        if tag == "form":
            self.forms.append(Form(named.get("action", ""), named.get("method", "get")))
        elif self.forms and "name" in named:
            self._take_field(tag, named)

    def handle_endtag(self, tag):
        while self.open and tag in [name for name, _ in self.open]:
            if self.open.pop()[0] == tag:
                return

    def handle_data(self, data):
        if self.open and self.open[-1][0] == "title":
            self.titles.append(data)
        apart = any(tag in ISOLATING or named.get("dir") == "auto" for tag, named in self.open)
        if not apart and any(mark in data for mark in OVERRIDES):
            self.loose.append(f"<{self.open[-1][0] if self.open else ''}> {data.strip()[:60]!r}")

    def _look_for_code(self, tag, named):
        if tag in {"style", "iframe", "object", "embed", "base"} or (tag == "script" and "src" not in named):
            self.inline.append(f"<{tag}>")
        for name, value in named.items():
            address = value.strip().lower()
            if name == "style" or name.startswith("on"):
                self.inline.append(f"<{tag} {name}>")
            elif name in ADDRESSES:
                self.addresses.append(value)
                if "//" in address.partition("?")[0] or address.startswith(("javascript:", "data:text")):
                    self.inline.append(f"<{tag} {name}={value}>")

    def _take_field(self, tag, named):
        form = self.forms[-1]
        if tag == "textarea" or (tag == "input" and named.get("type", "") in TEXT_TYPES):
            form.typed.append(named["name"])
        elif tag == "input" and (named.get("type") == "hidden" or "checked" in named):
            form.values.append((named["name"], named.get("value", "on")))


def without_tokens(page: str) -> str:
    """Leave out the form tokens, which differ from second to second; nothing else may differ between two loads."""
    page = re.sub(r'name="csrf_token"[^>]*value="[^"]*"', "", page)
    return re.sub(r'value="[^"]*" name="csrf_token"', "", page)


def choose_as_proposed(browser, address: str):
    """Send the columns of a list as the page proposes them, as somebody does who only presses the button."""
    shown = browser.get(address).text
    chosen = {}
    for name, options in re.findall(r'<select[^>]*name="(column-\d+)"[^>]*>(.*?)</select>', shown, re.DOTALL):
        selected = re.search(r'<option value="([^"]*)" selected>', options)
        chosen[name] = selected[1] if selected else ""
    return browser.post(address, data=chosen)
