"""Two societies with one of everything, built once; its tests only read, or try what must not work."""

import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
from conftest import Staffed
from matrix import World, build
from staff import Browser, Staff, settings_for

from rfl.services import storage
from rfl.web.app import create_app


def a_copy(staff: Staff) -> Staff:
    return replace(staff, actors=dict(staff.actors), names=dict(staff.names))


@pytest.fixture(scope="session")
def world(staffed: Staffed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world; its requests have app contexts of their own, so that none is left open between tests."""
    folder = tmp_path_factory.mktemp("world")
    shutil.copytree(staffed.keys, folder / "keys")
    url = staffed.databases.fresh(folder)
    app = create_app(settings_for(url, folder))
    app.test_client_class = Browser
    with app.app_context():
        built = build(app, a_copy(staffed.societies["NOR"]), a_copy(staffed.societies["SOU"]))
        storage.disconnect()
    yield built
    with app.app_context():
        storage.disconnect()
    staffed.databases.drop(url)
