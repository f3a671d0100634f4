"""The world of most tests: an app on a fresh database, two societies, one user of each role in both."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from staff import PASSWORD, Browser, Staff, found, settings_for
from werkzeug.routing import Rule

from rfl.models import db
from rfl.services import storage
from rfl.web.app import create_app

if TYPE_CHECKING:  # pytest loads the plugin itself, to rewrite its assertions
    from checkpoints import Checkpoints
    from databases import Databases, PrepareTemplate

pytest_plugins = ["databases"]


def remember_compiled_rules() -> None:
    """Compile the addresses of the program once per run instead of once per test, which took half of its time."""
    compile_rule, remembered = Rule.compile, {}

    def once(rule: Rule) -> None:
        key = (rule.rule, rule.host, rule.subdomain, repr(rule.defaults), rule.merge_slashes, rule.map.host_matching)
        first = remembered.setdefault(key, rule)
        if first is rule:
            compile_rule(rule)
            return
        rule._parts, rule._trace, rule._converters = first._parts, first._trace, first._converters
        rule.arguments = set(first.arguments)
        rule._build = first._build.__func__.__get__(rule)
        rule._build_unknown = first._build_unknown.__func__.__get__(rule)

    Rule.compile = once


class CompiledTemplates(BytecodeCache):
    """Templates compiled once per run; each test has an app, and thus an environment, of its own."""

    def __init__(self) -> None:
        self.known = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key, bucket.checksum] = bucket.code


def share_compiled_statements(engine: Engine, first: dict[str, Engine] = {}) -> None:  # noqa: B006 - kept on purpose
    """Let the engine of a test find the statements that earlier tests compiled for the same kind of database."""
    shared = first.setdefault(engine.dialect.name, engine)
    engine.dialect = engine.pool._dialect = shared.dialect
    engine._compiled_cache = shared._compiled_cache


remember_compiled_rules()
Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}


def migrate() -> None:
    """Make the schema as a real instance does."""
    upgrade()
    storage.ensure_head()


@pytest.fixture(scope="session")
def prepare_template(tmp_path_factory: pytest.TempPathFactory) -> "PrepareTemplate":
    """Return what builds the schema that every test starts from."""

    def prepare(url: str) -> None:
        app = create_app(settings_for(url, tmp_path_factory.mktemp("prepare")))
        with app.app_context():
            migrate()
            storage.disconnect()

    return prepare


@dataclass(frozen=True)
class Staffed:
    """Databases that hold two societies with their staff already, and the keys that open them."""

    databases: "Databases"
    keys: Path
    societies: dict[str, Staff]


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    """The second template of this session: hiring staff in every test would take most of its time."""
    from databases import open_databases  # noqa: PLC0415 - pytest loads the plugin itself

    folder = tmp_path_factory.mktemp("staffed")
    societies: dict[str, Staff] = {}

    def prepare(url: str) -> None:
        app = create_app(settings_for(url, folder))
        with app.app_context():
            migrate()
            societies.update({code: found(code) for code in ("NOR", "SOU")})
            storage.disconnect()

    with open_databases(tmp_path_factory.mktemp("template"), prepare) as opened:
        yield Staffed(opened, folder / "keys", societies)


@pytest.fixture
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The app on a fresh database, its context pushed; staffed where the test asks for a society.

    Where the test asks for `begin`, that makes the database.
    """
    if {"north", "south", "begin"} & set(request.fixturenames):
        template = request.getfixturevalue("staffed")
        databases = template.databases
        shutil.copytree(template.keys, tmp_path / "keys")
    else:
        databases = request.getfixturevalue("databases")
    url = databases.reserve(tmp_path)
    if "begin" not in request.fixturenames:
        databases.fill(url)
    app = create_app(settings_for(url, tmp_path))
    app.test_client_class = Browser
    with app.app_context():
        share_compiled_statements(db.engine)
        yield app
        storage.disconnect()
    databases.drop(url)


def a_copy(staff: Staff) -> Staff:
    """A test may hire more staff; the next one must not know of them."""
    return replace(staff, actors=dict(staff.actors), names=dict(staff.names))


@pytest.fixture
def north(app: Flask, staffed: Staffed) -> Staff:
    """A society: `north.officer`, `north.second_officer`, `north.caseworker`, ... are actors."""
    return a_copy(staffed.societies["NOR"])


@pytest.fixture
def south(app: Flask, staffed: Staffed) -> Staff:
    """Another society."""
    return a_copy(staffed.societies["SOU"])


@pytest.fixture(scope="session")
def checkpoints(staffed: Staffed, tmp_path_factory: pytest.TempPathFactory) -> "Checkpoints":
    """The worlds that this run has built."""
    from checkpoints import Checkpoints  # noqa: PLC0415 - after the plugin whose names it uses

    return Checkpoints(staffed.databases, tmp_path_factory.mktemp("checkpoints"))


@pytest.fixture
def begin(app: Flask, checkpoints: "Checkpoints", tmp_path: Path) -> Callable[..., Any]:
    """Return a function to begin with: `begin(opened_pair, north, south)` is a copy of that world, built once a run."""
    return partial(checkpoints.begin, app.extensions["rfl.settings"].database_url, tmp_path)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts, signed in by nobody; CSRF is checked in tests of its own."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask, client: FlaskClient) -> Callable[[Staff, str], FlaskClient]:
    """Return a function: (society, key) -> a client signed in as that member of staff."""

    def enter(society: Staff, key: str) -> FlaskClient:
        fresh = app.test_client()
        answer = fresh.post("/sign-in", data={"sign_in_name": society.names[key], "password": PASSWORD})
        assert answer.status_code == 303, answer.status_code
        return fresh

    return enter
