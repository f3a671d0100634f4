"""A worker killed without warning costs one slice: the import goes on behind the last one, and nothing is doubled."""

from datetime import timedelta

from killed import die, killed
from lists import csv_file, load, no_pause, people  # noqa: F401 - a fixture
from sqlalchemy import func, select

from rfl.jobs.worker import work_once
from rfl.models import db
from rfl.models.persons import Consent, Person
from rfl.models.work import Run
from rfl.services import import_runs, imports
from rfl.services.audit import verify
from rfl.services.unit import SYSTEM, Chore

DEADLY_SLICE = 3


def die_in_the_third_slice() -> None:
    advance, slices = import_runs.advance, []

    def advance_or_die(unit, *args, **more):
        slices.append(1)
        if len(slices) == DEADLY_SLICE:
            unit.session.flush()
            die()
        advance(unit, *args, **more)

    import_runs.advance = advance_or_die
    work_once("doomed")


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_an_import_survives_the_death_of_its_worker(north):
    import_id = load(north.officer, csv_file(people(225)))
    run_id = import_runs.start_import(north.officer, import_id)
    db.session.rollback()
    killed(die_in_the_third_slice)
    stopped = imports.read_import(north.officer, import_id).line.run
    assert (stopped.state, stopped.done, count(Person)) == ("running", 100, 100)
    assert not work_once("too early")  # the lease of the dead worker still holds
    with Chore(SYSTEM) as chore:
        chore.session.get_one(Run, run_id).lease_until = chore.at - timedelta(seconds=1)
    assert work_once("next")
    ended = imports.read_import(north.officer, import_id).line.run
    assert (ended.state, ended.done, ended.counts["good"], count(Person)) == ("done", 225, 225, 225)
    assert count(Consent) == 450
    assert verify(db.session).first_bad is None
