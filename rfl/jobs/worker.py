"""The worker: takes up long work and forgotten marks; any number of them may run, since claims are leases."""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from flask import Flask, current_app

from rfl.domain.clock import now
from rfl.domain.errors import ChangedMeanwhile, RuleBroken
from rfl.services import storage
from rfl.services.clear_recalls import carry_out, erase_due, recall_withdrawn
from rfl.services.exchange_courier import post_waiting
from rfl.services.exchange_expiry import forget_expired
from rfl.services.exchange_pair_upkeep import delete_old_pairs, withdraw_all_unfit
from rfl.services.exchange_rounds import void_overdue
from rfl.services.exchange_work import resume_waiting, run_exchange
from rfl.services.expiry import expire_due, forget_old_files
from rfl.services.import_runs import run_import
from rfl.services.index_upkeep import lapse_expired, recount_if_stale
from rfl.services.matching_runs import run_matching
from rfl.services.outbox import deliver_waiting
from rfl.services.proposing import propose_waiting
from rfl.services.runs import Claim, LeaseLost, claim, do_nothing, fail, release, release_all

IDLE_SECONDS = 2.0  # how long a queued run may wait for an idle worker
# A save matches its own persons right after it; what is still marked after that was interrupted.
MARK_SECONDS = 30
SWEEP_BATCH = 100
SWEEP_SECONDS = 6.0  # of the ten seconds between two sweeps
# Between two slices of a run: a fifth of the time at most, so that the run goes on, and few persons at once.
BRIEF_SWEEP_BATCH, BRIEF_SWEEP_SECONDS = 10, 2.0
STOP_SECONDS = 10.0  # a slice ends well within

log = logging.getLogger(__name__)

# kind of run -> what does it; each goes on from `claim.cursor` and ends with `runs.finish`.
HANDLERS: dict[str, Callable[[Claim], None]] = {
    "matching": run_matching,
    "import": run_import,
    "exchange": run_exchange,
}


@dataclass(frozen=True, slots=True)
class Hook:
    """Something to be done now and then, by whichever worker is idle; `every` in seconds.

    `brief` is what is done of it between two slices of a run, so that colleagues need not wait for its end.
    """

    name: str
    every: float
    act: Callable[[], object]
    brief: Callable[[], object] | None = None


def sweep_marks(seconds: float = SWEEP_SECONDS, batch: int = SWEEP_BATCH) -> int:
    """Match persons who still carry a mark: after an import, a crash, a busy database; returns how many were taken up.

    Goes on for `seconds` while there are many, so that a large import is matched soon and runs still get a turn.
    """
    until, total, taken = time.monotonic() + seconds, 0, batch
    while taken == batch and time.monotonic() < until:
        taken = propose_waiting(since=now() - timedelta(seconds=MARK_SECONDS), limit=batch)
        total += taken
    return total


def post_packages() -> int:
    """Post what waits for partners; addresses of this very machine count in a demonstration only."""
    return post_waiting(local=current_app.config["RFL_DEMO"])


# Each must be safe when two workers do it at once.
HOOKS: tuple[Hook, ...] = (
    Hook("deliver", 5, deliver_waiting, brief=deliver_waiting),
    Hook("marks", 10, sweep_marks, brief=partial(sweep_marks, BRIEF_SWEEP_SECONDS, BRIEF_SWEEP_BATCH)),
    Hook("expiry", 3600, lapse_expired),
    Hook("foreign records", 3600, expire_due),
    Hook("old files", 3600, forget_old_files),
    Hook("overdue rounds", 3600, void_overdue),
    Hook("rounds left lying", 600, resume_waiting),
    Hook("old packages", 3600, forget_expired),
    Hook("old pairs", 3600, delete_old_pairs),
    Hook("withdrawn pairs", 600, withdraw_all_unfit),
    Hook("post", 60, post_packages),
    Hook("recalled names", 30, carry_out),
    Hook("withdrawn names", 600, recall_withdrawn),
    Hook("names to erase", 3600, erase_due),
    Hook("recount", 600, recount_if_stale),
)


def work_once(worker: str, between: Callable[[], object] = do_nothing) -> bool:
    """Take up one run and do it to its end, calling `between` after each slice; returns whether there was one.

    A run that breaks a rule is ended with that rule's sentence; any other failure gives it back for another try,
    until the limit of attempts. A killed process leaves its lease to run out.
    """
    held = claim(worker, HANDLERS, between)
    if held is None:
        return False
    try:
        HANDLERS[held.kind](held)
    except LeaseLost:
        log.info("run %s was stopped or taken up elsewhere", held.id)
    except ChangedMeanwhile:
        release(held)
    except RuleBroken as broken:
        _end(held, broken)
    except Exception as error:  # noqa: BLE001 - one bad run must not end the worker
        _log_defect(f"run {held.id} ({held.kind})", error)
        storage.discard()
        release(held)
    return True


def _end(held: Claim, broken: RuleBroken) -> None:
    storage.discard()
    if broken.params:
        # A stored sentence is a template without parameters; with them, trying again ends in the general one.
        log.error("run %s: %s", held.id, type(broken).__name__)
        release(held)
    else:
        fail(held, broken.message)


def _log_defect(what: str, error: Exception) -> None:
    """Log kind and place of a defect, never its text: messages can quote personal data."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_qualname}:{place.tb_lineno}" if place else "?"
    log.error("%s: %s at %s", what, type(error).__name__, where)


class Worker:
    """A loop over runs and hooks, in a thread of its own (`start`, `stop`) or in this one (`run`)."""

    def __init__(self, app: Flask) -> None:
        """Prepare; nothing runs yet."""
        self.app = app
        self.name = f"{socket.gethostname()[:15]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._next: dict[str, float] = {}

    def start(self) -> None:
        """Work in a thread of its own until `stop`."""
        self._thread = threading.Thread(target=self.run, name="rfl-worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the loop; a run in hand is given back, and goes on after its last finished slice elsewhere or later."""
        self._stopping.set()
        with self.app.app_context():
            release_all(self.name)
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def run(self) -> None:
        """Work until `stop` is called from another thread or a signal handler."""
        while not self._stopping.is_set():
            with self.app.app_context():
                busy = self._turn()
            if not busy:
                self._stopping.wait(IDLE_SECONDS)

    def _turn(self) -> bool:
        self._call_hooks()
        try:
            return work_once(self.name, self._call_brief_hooks)
        except Exception as error:  # noqa: BLE001 - the database may be away; the next turn tries again
            _log_defect("worker", error)
            return False

    def _call_brief_hooks(self) -> None:
        self._call(*((hook, hook.brief) for hook in HOOKS if hook.brief))

    def _call_hooks(self) -> None:
        self._call(*((hook, hook.act) for hook in HOOKS))

    def _call(self, *acts: tuple[Hook, Callable[[], object]]) -> None:
        for hook, act in acts:
            if self._stopping.is_set() or self._next.get(hook.name, 0.0) > time.monotonic():
                continue
            self._next[hook.name] = time.monotonic() + hook.every
            try:
                act()
            except Exception as error:  # noqa: BLE001 - one broken hook must not stop the others
                storage.discard()
                _log_defect(f"hook {hook.name}", error)
