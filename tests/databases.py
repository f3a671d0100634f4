"""A fresh, already migrated database for every test that asks, on SQLite or on a real PostgreSQL.

`RFL_TEST_DATABASE` says which. The schema is built once per session in a template and copied per test; a database
that was filled can be kept as one more template. The server listens on a socket in a folder of its own, never on the
network, and ends with the test run, also when that is killed.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, Protocol

import psycopg
import pytest

KINDS = ("sqlite", "postgresql")
SERVER_USER = "postgres"  # the account Debian's package makes; the server refuses to run as root
START_LIMIT = 60  # seconds; one second is usual
STOP_LIMIT = 5  # seconds until the last lines of a stopped server are read
# Copying the template there takes a tenth of the time it takes on a disk.
MEMORY, DISK = Path("/dev/shm"), Path("/tmp")  # noqa: S108 - mkdtemp makes a folder of our own in them
MEMORY_WANTED = 2 * 2**30  # bytes free; a server of a whole run holds some 200 MB, and machines may share them
LONGEST_RUN = 6 * 3600  # seconds
PR_SET_PDEATHSIG = 1  # from linux/prctl.h: the signal a child gets when its parent dies
# The data is thrown away, so nothing waits for the disk.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "autovacuum": "off",
}

PrepareTemplate = Callable[[str], None]
FreshDatabaseUrl = Callable[[Path], str]


class Databases(Protocol):
    """Makes copies of the template and removes them."""

    def reserve(self, folder: Path) -> str:
        """Return the URL of a database that is not there yet; a file database will lie in `folder`."""

    def fill(self, url: str, template: str = "") -> None:
        """Make the database at a reserved URL: a copy of the template, or of one that `keep` has named."""

    def fresh(self, folder: Path) -> str:
        """Return the URL of a new copy of the template; a file database lies in `folder`."""
        url = self.reserve(folder)
        self.fill(url)
        return url

    def keep(self, url: str) -> str:
        """Keep the database at `url`, which nobody is connected to, as a template; return the name for `fill`."""

    def drop(self, url: str) -> None:
        """Remove the copy at `url`."""


class SqliteDatabases(Databases):
    """Copies of one migrated file."""

    def __init__(self, folder: Path, prepare: PrepareTemplate) -> None:
        """Build the template in `folder`."""
        self.folder = folder
        self.template = str(folder / "template.sqlite")
        self.kept = 0
        prepare(f"sqlite:///{self.template}")
        refuse_journals(folder, "template.sqlite")

    def reserve(self, folder: Path) -> str:
        """Find a name not used in `folder` yet."""
        number = len(list(folder.glob("test-*.sqlite")))
        return f"sqlite:///{folder}/test-{number}.sqlite"

    def fill(self, url: str, template: str = "") -> None:
        """Copy a file."""
        shutil.copyfile(template or self.template, url.removeprefix("sqlite:///"))

    def keep(self, url: str) -> str:
        """Copy the file beside the template."""
        file = Path(url.removeprefix("sqlite:///"))
        refuse_journals(file.parent, file.name)
        self.kept += 1
        return str(shutil.copyfile(file, self.folder / f"kept-{self.kept}.sqlite"))

    def drop(self, url: str) -> None:
        """Remove the file and its journals."""
        copy = Path(url.removeprefix("sqlite:///"))
        for path in copy.parent.glob(f"{copy.name}*"):
            path.unlink()


def refuse_journals(folder: Path, name: str) -> None:
    """Claim that the file is the whole database: whoever wrote it has closed it."""
    leftovers = [str(path) for path in folder.glob(f"{name}-*")]
    assert not leftovers, f"whoever prepares a template must close its connections: {leftovers}"


class PostgresqlDatabases(Databases):
    """Copies of one migrated database on a server started for this session."""

    def __init__(self, socket: Path, prepare: PrepareTemplate) -> None:
        """Build the template on the server that listens in the folder `socket`."""
        self.socket = socket
        self.made = self.kept = 0
        # One connection for the session: to connect takes as long as to copy.
        self.connection = psycopg.connect(host=str(socket), user=SERVER_USER, dbname="postgres", autocommit=True)
        try:
            self.connection.execute("CREATE DATABASE template_rfl")
            prepare(self._url("template_rfl"))
        except BaseException:
            self.close()
            raise

    def reserve(self, folder: Path) -> str:
        """Find a name not used yet."""
        self.made += 1
        return self._url(f"test_{self.made}")

    def fill(self, url: str, template: str = "") -> None:
        """Clone a database."""
        self._copy(template or "template_rfl", name_in(url))

    def keep(self, url: str) -> str:
        """Clone the database under another name."""
        self.kept += 1
        self._copy(name_in(url), f"kept_{self.kept}")
        return f"kept_{self.kept}"

    def drop(self, url: str) -> None:
        """Remove the clone, also when a test left a connection open."""
        self.connection.execute(f"DROP DATABASE IF EXISTS {name_in(url)} WITH (FORCE)")

    def close(self) -> None:
        """Let go of the server."""
        self.connection.close()

    def _copy(self, template: str, name: str) -> None:
        self.connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://{SERVER_USER}@/{name}?host={self.socket}"


def name_in(url: str) -> str:
    """The name of the database in a URL."""
    return url.partition("?")[0].rpartition("/")[2]


class PostgresqlServer:
    """A private server in a folder of its own, run without privileges."""

    def __init__(self, binaries: Path) -> None:
        """Create a cluster and start it; `ready` once it accepts connections."""
        self.folder = Path(tempfile.mkdtemp(prefix="rfl-pg-", dir=place_for_data()))
        self.data = self.folder / "data"
        self.owner = SERVER_USER if os.geteuid() == 0 else None
        if self.owner:
            shutil.chown(self.folder, self.owner)
        self.output: deque[str] = deque(maxlen=50)
        self.ready = threading.Event()
        try:
            self._create(binaries)
            self._start(binaries)
        except BaseException:
            self.stop()
            raise

    def _create(self, binaries: Path) -> None:
        options = ["--username", SERVER_USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"]
        command = [binaries / "initdb", "--pgdata", self.data, "--no-sync", *options]
        done = subprocess.run(command, user=self.owner, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def _start(self, binaries: Path) -> None:
        settings = {**SERVER_SETTINGS, "unix_socket_directories": str(self.folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        # The child outlives neither a finished nor a killed test run.
        die_with_parent = ctypes.CDLL(None).prctl
        self.process = subprocess.Popen(
            [binaries / "postgres", "-D", self.data, *options],
            user=self.owner,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: die_with_parent(PR_SET_PDEATHSIG, signal.SIGQUIT),  # noqa: PLW1509 - no threads yet
        )
        self.reader = threading.Thread(target=self._read_output, daemon=True)
        self.reader.start()
        assert self.ready.wait(START_LIMIT), "PostgreSQL did not start:\n" + "".join(self.output)
        assert self.process.poll() is None, "PostgreSQL stopped:\n" + "".join(self.output)

    def _read_output(self) -> None:
        """Keep the last lines for a failure, and notice the line that says the server is up or gone."""
        for line in self.process.stderr:
            self.output.append(line)
            if "ready to accept connections" in line:
                self.ready.set()
        self.ready.set()

    def stop(self) -> None:
        """End the server at once and remove its folder."""
        if hasattr(self, "process"):
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
            self.reader.join(STOP_LIMIT)  # it reads on until the server has closed its end
            self.process.stderr.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def place_for_data() -> Path:
    """Return where throw-away data may lie: in memory where there is room, else on the disk; both short for sockets."""
    if not os.access(MEMORY, os.W_OK):
        return DISK
    for left in MEMORY.glob("rfl-pg-*"):  # by a run that was killed: nothing else would free the memory
        if time.time() - left.stat().st_mtime > LONGEST_RUN:
            shutil.rmtree(left, ignore_errors=True)
    return MEMORY if shutil.disk_usage(MEMORY).free >= MEMORY_WANTED else DISK


def server_binaries() -> Path:
    """Find the newest server: Debian's place, then the PATH; where there is none, the test is left out."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    initdb = newest or shutil.which("initdb")
    if not initdb:
        leave_out("there is no PostgreSQL server on this machine")
    if os.geteuid() == 0 and SERVER_USER not in {user.pw_name for user in pwd.getpwall()}:
        leave_out(f"root cannot run the server, and there is no account {SERVER_USER}")
    return Path(initdb).parent


def leave_out(reason: str) -> NoReturn:
    """Skip for want of `reason`; where everything is required (REQUIRE=all), fail instead."""
    if os.environ.get("REQUIRE") == "all":
        pytest.fail(f"REQUIRE=all, but {reason}")
    pytest.skip(reason)


def wanted_kind() -> str:
    """The database this run is for."""
    kind = os.environ.get("RFL_TEST_DATABASE") or "sqlite"
    if kind not in KINDS:
        raise pytest.UsageError(f"RFL_TEST_DATABASE is {kind!r}; it must be one of {', '.join(KINDS)}")
    return kind


USES_DATABASE = {"app", "databases", "fresh_database_url", "staffed", "world"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run once what does not depend on the kind of database.

    Without PostgreSQL, its own tests would only prove that they were not run; on it, tests that touch no
    database would only be run a second time.
    """
    if wanted_kind() != "postgresql":
        for item in items:
            if item.get_closest_marker("postgresql"):
                item.add_marker(pytest.mark.skip(reason="only means something on PostgreSQL"))
        return
    again = [item for item in items if not USES_DATABASE & set(getattr(item, "fixturenames", ()))]
    again = [item for item in again if not item.get_closest_marker("postgresql")]
    again += [item for item in items if item.get_closest_marker("sqlite")]
    config.hook.pytest_deselected(items=again)
    items[:] = [item for item in items if item not in set(again)]


@pytest.fixture(scope="session")
def prepare_template() -> PrepareTemplate:
    """Return what builds the schema at a URL and closes its connections; tests/conftest.py replaces this."""
    raise NotImplementedError("tests/conftest.py must define the session fixture prepare_template")


@contextmanager
def open_databases(folder: Path, prepare: PrepareTemplate) -> Iterator[Databases]:
    """Build the template of the wanted kind with `prepare`; a server lives as long as this block."""
    if wanted_kind() == "sqlite":
        yield SqliteDatabases(folder, prepare)
        return
    server = PostgresqlServer(server_binaries())
    try:
        opened = PostgresqlDatabases(server.folder, prepare)
        yield opened
        opened.close()
    finally:
        server.stop()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, prepare_template: PrepareTemplate) -> Iterator[Databases]:
    """The migrated template of this session, on the kind of database that was asked for."""
    with open_databases(tmp_path_factory.mktemp("template"), prepare_template) as opened:
        yield opened


@pytest.fixture
def fresh_database_url(databases: Databases) -> Iterator[FreshDatabaseUrl]:
    """Call it with a folder for the URL of a database of one's own; it is gone after the test."""
    made: list[str] = []

    def fresh(folder: Path) -> str:
        made.append(databases.fresh(folder))
        return made[-1]

    yield fresh
    for url in made:
        databases.drop(url)


@pytest.fixture
def database_url(fresh_database_url: FreshDatabaseUrl, tmp_path: Path) -> str:
    """The URL of this test's own database."""
    return fresh_database_url(tmp_path)
