"""The machinery under the tests keeps its own promises: copies are separate, and nothing is left behind."""

import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.databases import PostgresqlServer, SqliteDatabases, open_databases, server_binaries, wanted_kind

HOLD_A_SERVER = """
import os
from tests.databases import PostgresqlServer, server_binaries
server = PostgresqlServer(server_binaries())
print(server.process.pid, server.folder, flush=True)
os.kill(os.getpid(), 9)
"""


def make_schema(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (words TEXT)"))
    engine.dispose()


def ended(pid: int) -> bool:
    """Wait at most ten seconds for a process to end."""
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watch], [], [], 10)[0])
    finally:
        os.close(watch)


def count_notes(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        counted = connection.scalar(text("SELECT count(*) FROM note"))
    engine.dispose()
    return counted


def add_note(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO note VALUES ('hello')"))
    engine.dispose()


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    with open_databases(tmp_path_factory.mktemp("template"), make_schema) as opened:
        yield opened


def test_what_one_test_writes_another_does_not_see(copies, tmp_path):
    first, second = copies.fresh(tmp_path), copies.fresh(tmp_path)
    add_note(first)
    assert (count_notes(first), count_notes(second)) == (1, 0)


def test_a_dropped_copy_is_gone_and_the_template_stays(copies, tmp_path):
    url = copies.fresh(tmp_path)
    copies.drop(url)
    assert not list(tmp_path.iterdir())
    assert count_notes(copies.fresh(tmp_path)) == 0


def test_what_was_kept_is_what_later_copies_hold(copies, tmp_path):
    first, second = copies.fresh(tmp_path), copies.reserve(tmp_path / "other")
    (tmp_path / "other").mkdir()
    add_note(first)
    kept = copies.keep(first)
    add_note(first)
    copies.fill(second, kept)
    assert (count_notes(first), count_notes(second)) == (2, 1)


def test_a_template_left_open_is_refused(tmp_path):
    def forgets_to_close(url: str) -> None:
        Path(url.removeprefix("sqlite:///") + "-wal").write_text("not checkpointed")

    with pytest.raises(AssertionError, match="must close its connections"):
        SqliteDatabases(tmp_path, forgets_to_close)


def test_a_misspelt_database_is_refused(monkeypatch):
    monkeypatch.setenv("RFL_TEST_DATABASE", "postgres")
    with pytest.raises(pytest.UsageError, match="must be one of"):
        wanted_kind()


@pytest.mark.postgresql
def test_a_killed_test_run_takes_its_server_along():
    command = [sys.executable, "-c", HOLD_A_SERVER]
    killed = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path.cwd())
    pid, folder = killed.stdout.split()
    try:
        assert ended(int(pid))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.postgresql
def test_a_stopped_server_leaves_no_folder():
    server = PostgresqlServer(server_binaries())
    server.stop()
    assert not server.folder.exists()
