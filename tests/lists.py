"""Invented lists, and the way of a list from a file to records without the screens."""

import csv
import io
from collections.abc import Sequence

import pytest

from rfl.domain.imports import ListBasis
from rfl.domain.roles import Actor
from rfl.jobs.worker import work_once
from rfl.services import import_columns, import_runs, imports

HEADER = ["id", "full_name", "sex", "date_of_birth", "place_of_birth", "last_known_place", "phone", "notes"]
AGREED = ListBasis(("register", "matching"), "consent", "list", "ar", "2026-01-02")
GIVEN = ("أحمد", "Fatuma", "Галина", "Yusuf", "Maryam", "Tesfaye", "Oksana", "Bakary", "Zahra", "Omar")
FAMILY = ("حداد", "Warsame", "Бойченко", "Al-Khatib", "Keita", "Abebe", "Rahimi", "Kovalenko", "Diallo", "Hossaini")


def csv_file(rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([header, *rows])
    return text.getvalue().encode()


def row(number: int, **changed: str) -> list[str]:
    known = {
        "id": f"A-{number}",
        "full_name": f"{GIVEN[number % 10]} {GIVEN[number // 10 % 10]} {FAMILY[number // 100 % 10]}",
        "sex": "female" if number % 2 else "male",
        "date_of_birth": f"{1950 + number % 50}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "place_of_birth": "Homs",
        "last_known_place": "Camp Zaatari",
        "phone": f"+962 7 {number:07d}",
        "notes": "",
    }
    return [(known | changed)[name] for name in HEADER]


def people(count: int) -> list[list[str]]:
    return [row(number) for number in range(count)]


def load(actor: Actor, data: bytes, *, basis: ListBasis = AGREED, **given: str) -> str:
    """Load a file and accept the columns as proposed; returns the id of the import."""
    target, keeper = given.get("target", "registered"), given.get("keeper", "Camp Zaatari")
    loaded = imports.upload(actor, imports.Upload(data, "list.csv", target, keeper, basis))
    if loaded.needs_columns:
        columns = import_columns.read_columns(actor, loaded.id).columns
        mapping = {one.index: one.chosen for one in columns if one.chosen}
        import_columns.save_columns(actor, loaded.id, mapping)
    return loaded.id


def take(actor: Actor, data: bytes, **given) -> dict[str, int]:
    """Load a file, import it to its end, and return the figures that are not zero."""
    import_id = load(actor, data, **given)
    import_runs.start_import(actor, import_id)
    assert work_once("test")
    run = imports.read_import(actor, import_id).line.run
    assert run is not None
    assert run.state == "done", run.problem
    return {name: count for name, count in run.counts.items() if count}


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else writes in these tests, so nobody has to be let in between."""
    monkeypatch.setattr(import_runs, "PAUSE_SECONDS", 0)
