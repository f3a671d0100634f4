"""A world that takes long to build is built once per run; every further test that wants it begins with a copy of it.

Most of the time of the tests of exchange went into playing the same letters again. What is copied is all that there
is of a world: the database, the files beside it (keys), and the plain facts in the hands of the test (ids, staff).
"""

import copy
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from databases import Databases
from flask import current_app
from staff import Staff

from rfl.domain.clock import now
from rfl.security.keys import Keyring
from rfl.services import storage

Build = Callable[..., Any]


@dataclass(frozen=True)
class Checkpoint:
    """A world as it was when it was just built: what nobody may change."""

    template: str
    folder: Path
    staff: tuple[Staff, ...]
    facts: Any

    def facts_for(self, staff: tuple[Staff, ...]) -> Any:
        """The facts for another test, whose societies know whom the building has hired."""
        for own, kept in zip(staff, self.staff, strict=True):
            own.actors, own.names = dict(kept.actors), dict(kept.names)
        known = {id(kept): own for own, kept in zip(staff, self.staff, strict=True)}
        return copy.deepcopy(self.facts, known)


class Checkpoints:
    """The worlds that this run has built."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        """Keep databases with those they are copies of, and files in `folder`."""
        self.databases = databases
        self.folder = folder
        self.kept: dict[tuple[object, ...], Checkpoint] = {}

    def begin(self, url: str, folder: Path, build: Build, *staff: Staff, **more: object) -> Any:
        """Make the database at `url` and the files in `folder` those that `build(*staff, **more)` leaves behind.

        Return what it returns. `build` is a function of a module, which the same arguments lead to the same world;
        a world is built again on another day, as its dates are those of the day. The context of the app is pushed.
        """
        key = (build, *(one.code for one in staff), *sorted(more.items()), now().date())
        if key in self.kept:
            return self._copy(self.kept[key], url, folder, staff)
        self.databases.fill(url)
        facts = build(*staff, **more)
        storage.disconnect()
        self.kept[key] = self._keep(url, folder, staff, facts)
        return facts

    def _keep(self, url: str, folder: Path, staff: tuple[Staff, ...], facts: Any) -> Checkpoint:
        beside = self.folder / str(len(self.kept))
        shutil.copytree(folder, beside, ignore=shutil.ignore_patterns("test-*.sqlite"))
        # In one go: the facts hold the societies, and go on doing so.
        kept_staff, kept_facts = copy.deepcopy((staff, facts))
        return Checkpoint(self.databases.keep(url), beside, kept_staff, kept_facts)

    def _copy(self, kept: Checkpoint, url: str, folder: Path, staff: tuple[Staff, ...]) -> Any:
        self.databases.fill(url, kept.template)
        shutil.copytree(kept.folder, folder, dirs_exist_ok=True)
        current_app.extensions["rfl.keyring"] = Keyring(folder / "keys")
        return kept.facts_for(staff)
