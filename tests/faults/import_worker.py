"""A worker process of an import that stops dead in the middle of its third slice, and says so.

Arguments: database address, instance folder, key folder. It never ends by itself.
"""

import signal
import sys
from pathlib import Path

from rfl.jobs.worker import work_once
from rfl.services import import_runs
from rfl.web.app import create_app
from rfl.web.config import Settings

DEADLY_SLICE = 3


def main(url: str, instance: str, keys: str) -> None:
    settings = Settings(Path(instance), url, Path(keys), secure_cookies=False, cheap_passwords=True, testing=True)
    advance, slices = import_runs.advance, []

    def hang(unit, *args, **more):
        slices.append(1)
        if len(slices) == DEADLY_SLICE:
            unit.session.flush()
            sys.stdout.write("in the middle\n")
            sys.stdout.flush()
            signal.pause()
        advance(unit, *args, **more)

    import_runs.advance = hang
    with create_app(settings).app_context():
        work_once("doomed")


if __name__ == "__main__":
    main(*sys.argv[1:])
