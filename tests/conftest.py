"""The world of most tests: an app on a fresh database, two societies, one user of each role in both."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient
from staff import PASSWORD, Browser, Staff, found, settings_for

from rfl.services import storage
from rfl.web.app import create_app

if TYPE_CHECKING:  # pytest loads the plugin itself, to rewrite its assertions
    from databases import FreshDatabaseUrl, PrepareTemplate

pytest_plugins = ["databases"]


@pytest.fixture(scope="session")
def prepare_template(tmp_path_factory: pytest.TempPathFactory) -> "PrepareTemplate":
    """Return what builds the schema that every test starts from."""

    def prepare(url: str) -> None:
        app = create_app(settings_for(url, tmp_path_factory.mktemp("prepare")))
        with app.app_context():
            storage.create_schema()
            storage.disconnect()

    return prepare


@pytest.fixture
def app(fresh_database_url: "FreshDatabaseUrl", tmp_path: Path) -> Iterator[Flask]:
    """The app on a fresh database, its context pushed."""
    app = create_app(settings_for(fresh_database_url(tmp_path), tmp_path))
    app.test_client_class = Browser
    with app.app_context():
        yield app
        storage.disconnect()


@pytest.fixture
def north(app: Flask) -> Staff:
    """A society: `north.officer`, `north.second_officer`, `north.caseworker`, ... are actors."""
    return found("NOR")


@pytest.fixture
def south(app: Flask) -> Staff:
    """Another society."""
    return found("SOU")


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
