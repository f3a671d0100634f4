"""A process of its own that is killed at a chosen moment: python dying.py URL FOLDER MOMENT PERSON_ID.

Nothing after the moment runs: no rollback, no clean-up, as when the power fails.
"""

import os
import signal
import sys
from pathlib import Path

from staff import settings_for

from rfl.jobs.worker import work_once
from rfl.services import matching_runs, proposing
from rfl.web.app import create_app


def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)


def die_between_the_commits(person_id):
    proposing.apply_findings = die
    proposing.propose_due([person_id])


def die_before_the_second_commit(person_id):
    apply = proposing.apply_findings

    def apply_and_die(unit, findings):
        apply(unit, findings)
        unit.session.flush()
        die()

    proposing.apply_findings = apply_and_die
    proposing.propose_due([person_id])


def die_in_the_third_slice(_person_id):
    matching_runs.SLICE = 1
    advance, slices = matching_runs.advance, []

    def advance_and_die(unit, held, **more):
        slices.append(held)
        advance(unit, held, **more)
        if len(slices) == 3:
            unit.session.flush()
            die()

    matching_runs.advance = advance_and_die
    work_once("dying")


if __name__ == "__main__":
    url, folder, moment, person = sys.argv[1:]
    with create_app(settings_for(url, Path(folder))).app_context():
        globals()[f"die_{moment}"](person)
    sys.exit("still alive")
