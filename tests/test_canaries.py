"""A word that exists nowhere else stands in every personal field; after a whole journey it is searched for everywhere.

It may be read on pages by those who may read it. It may not lie readable in the database, in files beside it, in
logs, in the trace, in addresses, in titles of pages or in headers, all of which are copied to places nobody guards.
"""

import io
import json
import logging
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from journey import SCRIPTS, searched
from matrix import ROLES, World, build, routes_of, values_for
from pages import Page
from staff import Browser, settings_for

from rfl.models.db import db
from rfl.services import storage
from rfl.web.app import create_app
from rfl.web.permissions import PUBLIC, ROUTES

LENGTH = 9  # letters: by chance nowhere in a few megabytes of sealed bytes
ALPHABETS = {
    "latin": "bcdfgjklmnprstvz",
    "arabic": "بتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "cyrillic": "бвгджзклмнпрстфхцчшщ",
    "ethiopic": "ሀለሐመሠረሰቀበተኀነአከወዐዘየደገጠጰጸፀፈፐ",
}
DIGITS = "0123456789"
BEGINNING = 8  # bytes by which a form is recognised before it is compared as a whole; the shortest form has nine


@dataclass
class Words:
    """Every word that was given out, with the field it stands in."""

    fields: dict[str, str] = field(default_factory=dict)  # word -> field

    def voice(self, subject: str):
        """Return a voice that says a word of its own in every field of a subject."""
        return lambda about: self.word(f"{subject}/{about}")

    def word(self, about: str) -> str:
        script = next((name for name in SCRIPTS if about.endswith(name)), "latin")
        letters = DIGITS if "phone" in about else ALPHABETS[script]
        drawn = Random(about)
        word = "".join(drawn.choice(letters) for _ in range(LENGTH + 3 * (letters is DIGITS)))
        self.fields[word] = about
        return word

    def found_in(self, data: bytes | str) -> set[str]:
        """Return the fields whose word lies readable in `data`, in any of the ways in which text is stored."""
        text = data if isinstance(data, bytes) else data.encode()
        beginnings = self._beginnings()
        hits = {at for at in range(len(text) - BEGINNING) if text[at : at + BEGINNING] in beginnings}
        return {
            about for at in hits for form, about in beginnings[text[at : at + BEGINNING]] if text.startswith(form, at)
        }

    def _beginnings(self) -> dict[bytes, list[tuple[bytes, str]]]:
        """Return every form of every word by its first bytes: one pass over the data then looks for all of them."""
        found: dict[bytes, list[tuple[bytes, str]]] = {}
        for word, about in self.fields.items():
            for form in forms_of(word):
                found.setdefault(form[:BEGINNING], []).append((form, about))
        return found


@cache
def forms_of(word: str) -> frozenset[bytes]:
    """Return how a word can lie in a file: letter cases, composed or not, backwards, encodings, JSON, hexadecimal."""
    spellings = {word, word.upper(), word.title(), unicodedata.normalize("NFD", word), word[::-1]}
    plain = {spelling.encode(encoding) for spelling in spellings for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    return frozenset(plain | {json.dumps(word)[1:-1].encode(), word.encode().hex().encode()})


@dataclass(eq=False)
class Journey:
    """What is left of a journey: the world, the words, and what was logged and answered on the way."""

    world: World
    words: Words
    folder: Path
    url: str
    log: io.StringIO
    answers: list[tuple[str, object]] = field(default_factory=list)  # (address asked for, answer)

    @cache  # noqa: B019 - one journey, and it ends with the module
    def pages(self) -> list[Page]:
        return [Page(answer.text) for _, answer in self.answers if answer.mimetype == "text/html"]


@pytest.fixture(scope="module")
def log() -> Iterator[io.StringIO]:
    """Everything that any part of the program logs, down to each statement sent to the database with its values."""
    written = io.StringIO()
    handler, root, statements = (
        logging.StreamHandler(written),
        logging.getLogger(),
        logging.getLogger("sqlalchemy.engine"),
    )
    before = root.level, statements.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    statements.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(before[0])
    statements.setLevel(before[1])


@pytest.fixture(scope="module")
def journey(staffed, tmp_path_factory, log) -> Iterator[Journey]:
    """Two societies at work: everything is registered, compared, decided, told, imported, opened and searched for."""
    folder = tmp_path_factory.mktemp("canaries")
    shutil.copytree(staffed.keys, folder / "keys")
    url = staffed.databases.fresh(folder)
    app = create_app(settings_for(url, folder))
    app.test_client_class = Browser
    words = Words()
    copies = [
        replace(staff, actors=dict(staff.actors), names=dict(staff.names)) for staff in staffed.societies.values()
    ]
    with app.app_context():
        world = build(app, *copies, voice=words.voice)
        searched(*copies, words.voice("told"), told=True)
        storage.disconnect()
    walked = Journey(world, words, folder, url, log)
    open_everything(walked)
    type_everything(walked)
    yield walked
    with app.app_context():
        storage.disconnect()
    staffed.databases.drop(url)


def open_everything(walked: Journey) -> None:
    world = walked.world
    for role in ROLES:
        browser = world.browser(role)
        for route in routes_of(world.app):
            if route.method == "GET" and not route.endpoint.endswith("static"):
                remember(walked, browser, route.address(values_for(route, world.shelf(role))))


def type_everything(walked: Journey) -> None:
    """Send words through the doors themselves: search, a wrong sign-in, an unknown address, a refused form, a file."""
    browser, say = walked.world.browser("officer"), walked.words.voice("typed")
    remember(walked, browser, "/search", text=say("search"), q=say("query"))
    remember(walked, browser, "/exports/", subject="sought", format=say("format"))
    remember(walked, browser, f"/requests/{walked.world.own.request}/note", text=say("note"))
    remember(walked, browser, "/requests/new", channel=say("channel"), branch=say("branch"))
    stranger = walked.world.browser("signed out")
    # Names of staff lie readable in their table and are looked up there; the program itself logs no statements.
    logging.getLogger("sqlalchemy.engine.Engine").setLevel(logging.WARNING)
    remember(walked, stranger, "/sign-in", sign_in_name=say("sign_in_name"), password=say("password"))
    logging.getLogger("sqlalchemy.engine.Engine").setLevel(logging.NOTSET)
    listed = {"file": (io.BytesIO(f"Full name\n{say('row')}\n".encode()), f"{say('filename')}.csv")}
    remember(walked, browser, "/imports/new", target="registered", keeper=say("keeper"), **listed)


def remember(walked: Journey, browser, address: str, **form) -> None:
    answer = browser.post(address, data={**form, "csrf_token": browser.token}) if form else browser.get(address)
    answer.get_data()
    answer.close()
    walked.answers.append((address, answer))


def test_the_words_are_readable_for_those_who_work_with_them(journey):
    """Or nothing would be proved: the words were stored, opened and shown."""
    pages = "\n".join(answer.text for _, answer in journey.answers)
    shown = {about.partition("/")[2] for word, about in journey.words.fields.items() if word in pages}
    assert len(journey.words.fields) > 300
    assert {"name.sought.arabic", "name.sought.ethiopic", "enquirer.contact.phones", "request.note"} <= shown
    assert {"located.words", "plan.who", "decision.0", "list.filename", "typed.phones", "registered.notes"} <= shown


def test_no_file_of_the_instance_holds_a_word(journey):
    files = [path for path in journey.folder.rglob("*") if path.is_file()]
    assert {str(path): words for path in files if (words := journey.words.found_in(path.read_bytes()))} == {}


@pytest.mark.sqlite  # the files of a server are searched through its columns
def test_the_files_that_are_searched_hold_the_records(journey):
    stored = b"".join(path.read_bytes() for path in journey.folder.glob("*.sqlite*"))
    assert journey.world.own.request.encode() in stored


def columns(journey: Journey) -> Iterator[tuple[str, bytes]]:
    """Yield (table, all its values as they lie there) of every table."""
    with journey.world.app.app_context(), db.engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            values = []
            for row in connection.exec_driver_sql(f"SELECT * FROM {table.name}"):
                values += [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row]
            yield table.name, b"\n".join(values)


def test_no_column_of_any_table_holds_a_word(journey):
    dump = dict(columns(journey))
    assert {table: words for table, data in dump.items() if (words := journey.words.found_in(data))} == {}
    assert journey.world.own.request.encode() in dump["tracing_request"]


def test_the_trace_names_nobody(journey):
    with journey.world.app.app_context(), db.engine.connect() as connection:
        entries = connection.exec_driver_sql("SELECT event, subject, details FROM audit_entry").fetchall()
    assert len(entries) > 300
    assert journey.words.found_in(repr(entries)) == set()


def test_no_log_holds_a_word(journey):
    logged = journey.log.getvalue()
    assert "INSERT INTO person" in logged
    assert journey.words.found_in(logged) == set()


def test_a_defect_is_logged_without_what_was_being_worked_on(journey, log, monkeypatch, tmp_path):
    app = create_app(replace(settings_for(journey.url, journey.folder), testing=False))
    monkeypatch.setitem(ROUTES, "defect", PUBLIC)
    word = journey.words.word("defect/text")

    def fail():
        raise ValueError(word)

    app.add_url_rule("/defect", "defect", fail)
    answer = app.test_client().get("/defect")
    with app.app_context():
        storage.disconnect()
    assert answer.status_code == 500
    assert "defect ValueError at" in log.getvalue()
    assert journey.words.found_in(log.getvalue() + answer.text) == set()


def test_no_address_holds_a_word(journey):
    told = [answer.location or "" for _, answer in journey.answers]
    told += [address for page in journey.pages() for address in page.addresses]
    assert len(told) > 1000
    assert journey.words.found_in("\n".join(set(told))) == set()


def test_no_title_of_a_page_names_anybody(journey):
    titles = {title for page in journey.pages() for title in page.titles}
    assert len(titles) > 20
    assert journey.words.found_in("\n".join(titles)) == set()


def test_no_header_names_anybody(journey):
    headers = "\n".join(f"{name}: {value}" for _, answer in journey.answers for name, value in answer.headers)
    assert "Content-Disposition" in headers
    assert journey.words.found_in(headers) == set()


def test_the_search_finds_a_word_in_every_form():
    words = Words()
    word = words.word("somebody/name.arabic")
    for stored in (word, json.dumps({"name": word}), f"x{word}y".encode("utf-16-le"), word.encode().hex()):
        assert words.found_in(stored) == {"somebody/name.arabic"}
    assert words.found_in("nothing of the kind") == set()
