"""Whatever people type is shown as text: every field is hostile, every page is opened, every form is sent back."""

import shutil
from functools import cache

import pytest
from conftest import a_copy
from journey import searched
from matrix import ROLES, World, build, routes_of, values_for
from pages import Form, Page
from staff import Browser, settings_for

from rfl.domain.roles import Role
from rfl.services import accounts, storage
from rfl.web.app import create_app

# What is promised here does not depend on the kind of database; the services behind it are tried on both.
pytestmark = pytest.mark.sqlite

MARKUP = '<script>alert(1)</script>{{7*7}}${7*7}\'" onmouseover=alert(1) x="'
ISOLATES = "\u2067\u200f"  # invisible and harmless; taken out on the way in
OVERRIDE = "\u202e"  # shows what follows backwards; most fields refuse it, a record of another registry may hold it
RAW = ("<script>alert", 'onmouseover=alert(1) x="', "${49}")
LEAVES_ALONE = ("/sign-out", "/language", "/sign-in")


def hostile(_subject: str):
    """Return a voice that says markup in every field, with override marks where names are stored as they came."""
    return lambda about: f"{about.split('.')[-1]} {MARKUP}{ISOLATES}" + (OVERRIDE if about.startswith("name.") else "")


@pytest.fixture(scope="module")
def world(staffed, tmp_path_factory):
    """The world of the access matrix, hostile in every field, with the names of its staff."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(staffed.keys, folder / "keys")
    url = staffed.databases.fresh(folder)
    app = create_app(settings_for(url, folder))
    app.test_client_class = Browser
    with app.app_context():
        north, south = (a_copy(staffed.societies[code]) for code in ("NOR", "SOU"))
        built = build(app, north, south, hostile)
        searched(north, south, hostile(""), told=True)
        rename(north, "officer", Role.OFFICER)
        rename(south, "officer", Role.OFFICER)
        storage.disconnect()
    yield built
    with app.app_context():
        storage.disconnect()
    staffed.databases.drop(url)


def rename(staff, key: str, role: Role) -> None:
    facts = {"roles": [role], "minors_cleared": True, "language": "en", "active": True}
    accounts.change_user(staff.administrator, staff.actors[key].id, display_name=MARKUP, **facts)


def open_pages(world: World, role: str):
    """Yield (address, page) of everything that a member of staff can open, the stations of requests included."""
    browser = world.browser(role)
    for route in routes_of(world.app):
        if route.method != "GET" or route.endpoint.endswith("static"):
            continue
        shelves = [values_for(route, world.shelf(role))]
        if set(route.objects()) == {"request_id"}:
            shelves += [{"request_id": key} for key in world.stations.values()]
        for values in shelves:
            address = route.address(values)
            yield address, browser.get(address, follow_redirects=True)
    for page in ("start", "sought-new", "news", "consent", "harm", f"sought-{world.own.draft_sought}"):
        address = f"/requests/{world.own.draft}/intake/{page}"
        yield address, browser.get(address)


@pytest.fixture(scope="module")
def opened(world):
    """Return a function: role -> (address, text) of every page that shows something."""

    @cache
    def open_all(role: str) -> list[tuple[str, str]]:
        found = [(address, answer) for address, answer in open_pages(world, role) if answer.mimetype == "text/html"]
        return [(address, answer.text) for address, answer in found]

    return open_all


read = cache(Page)  # several tests look at the same pages, each for something else


def wrong_in(page: str) -> list[str]:
    """Return what got out of the text: markup that stands raw, code, and templates that were worked out."""
    raw = [piece for piece in RAW if piece in page]
    return raw + read(page).inline


@pytest.mark.parametrize("role", ROLES)
def test_no_page_lets_markup_through(opened, role):
    assert [(address, wrong) for address, page in opened(role) for wrong in wrong_in(page)] == []


def test_the_hostile_words_are_really_on_the_pages(opened):
    shown = [address for address, page in opened("officer") if "&lt;script&gt;alert(1)" in page]
    assert len(shown) > 20


def test_templates_in_words_are_not_worked_out(opened):
    pages = [page for _, page in opened("officer")]
    assert any("{{7*7}}" in page for page in pages)
    assert not any("&lt;/script&gt;49" in page for page in pages)


@pytest.mark.parametrize("role", ROLES)
def test_marks_that_turn_text_round_stay_where_they_are(opened, role):
    assert [(address, loose) for address, page in opened(role) for loose in read(page).loose] == []


def test_the_marks_are_really_on_the_pages(opened):
    assert sum(OVERRIDE in page for _, page in opened("officer")) > 5


@pytest.mark.parametrize("role", ROLES)
def test_what_is_typed_comes_back_as_text(world, opened, role):
    browser, problems, sent = world.browser(role), [], 0
    for address, page in opened(role):
        for form in read(page).forms:
            target = form.action or address
            if target.endswith(LEAVES_ALONE) or not form.typed:
                continue
            answer = send(browser, form, target)
            sent += 1
            assert answer.status_code < 500, target
            problems += [(target, wrong) for wrong in wrong_in(answer.text)]
    assert problems == []
    assert sent > 0


def send(browser, form: Form, target: str):
    """Send a form with markup in every box that a person types into."""
    data = [*form.values, *((name, MARKUP) for name in form.typed)]
    if form.method.lower() == "post":
        return browser.post(target, data={name: value for name, value in data if name != "csrf_token"} | token(browser))
    return browser.get(target, query_string=dict(data))


def token(browser) -> dict[str, str]:
    return {"csrf_token": browser.token}


def test_the_search_for_loose_marks_finds_them():
    assert Page(f"<p>{OVERRIDE}abc</p>").loose
    assert not Page(f"<p><bdi>{OVERRIDE}abc</bdi></p>").loose
