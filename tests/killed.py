"""Acts of a process that is killed at a chosen moment: a copy of this one, since starting the program takes seconds.

Nothing after the kill runs in it: no rollback, no clean-up, as when the power fails.
"""

import os
import signal
import traceback
from collections.abc import Callable

from sqlalchemy import event, select

from rfl.models import db
from rfl.models.audit import AuditHead
from rfl.services import storage
from rfl.services.audit import verify
from rfl.services.unit import SYSTEM, Look

Act = Callable[[], object]


def killed(act: Act) -> None:
    """Let a process of its own do `act`, which must kill it (`die`), and prove that it did."""
    storage.disconnect()  # a connection belongs to one process
    child = os.fork()
    if child == 0:
        _act_alone(act)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the act came to its end"
    assert os.WTERMSIG(status) == signal.SIGKILL


def die(*_told: object, **_more: object) -> None:
    """End this process at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def _act_alone(act: Act) -> None:
    """Never returns: the tests that would follow belong to the parent."""
    try:
        act()
    except BaseException:  # noqa: BLE001 - nothing of the child may reach the test that was copied
        traceback.print_exc()
    os._exit(1)


def kill_at(act: Act, *, after: bool, commit: int = 1) -> None:
    """Let a process do `act` and be killed just before its commit of that number, or right after it."""

    def armed() -> None:
        commits = []

        def count(*_told: object) -> None:
            commits.append(1)
            if len(commits) == commit:
                die()

        # The engine tells before the database commits, the session after it has.
        event.listen(*((db.session, "after_commit") if after else (db.engine, "commit")), count)
        act()

    killed(armed)


def acts_done() -> int:
    """How many acts the trace holds; it fits together."""
    with Look(SYSTEM) as look:
        assert verify(look.session).first_bad is None
        return look.session.scalars(select(AuditHead.seq)).one()


def killed_around(act: Act, *, after: bool, commit: int = 1) -> None:
    """Kill `act` there, and prove that the acts before the kill, and no more, are stored."""
    before = acts_done()
    kill_at(act, after=after, commit=commit)
    assert acts_done() - before == commit - (not after)
