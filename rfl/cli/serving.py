"""Making an instance ready and serving it from one process."""

import os
import socket

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from waitress.server import create_server

from rfl.cli.group import plain_errors
from rfl.services import storage

HOST = "127.0.0.1"
DEFAULT_PORT = 5000
THREADS = 8  # a page takes a few ms; a slow upload must not hold up the others
DEMO_WARNING = "DEMO: invented people only. Never enter real data into this instance."


def register(group: AppGroup) -> None:
    """Add the commands to the group."""
    group.add_command(migrate)
    group.add_command(serve)
    group.add_command(demo)


@click.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    upgrade()
    storage.ensure_head()


@click.command()
def demo() -> None:
    """Load the demo data into an empty instance and print the accounts."""
    _load_demo()


@click.command()
@click.option("--demo", "with_demo", is_flag=True, help="Load invented demo data if the instance is empty.")
def serve(*, with_demo: bool) -> None:
    """Migrate, then serve on 127.0.0.1 with the worker for imports and matching in the same process.

    The port is `PORT` (5000). For a public address run gunicorn behind a TLS proxy instead: docs/running.md.
    """
    port = int(os.environ.get("PORT", DEFAULT_PORT))
    _refuse_busy(port)
    upgrade()
    storage.ensure_head()
    if with_demo:
        _load_demo()
        current_app.config["RFL_DEMO"] = True
    # Plain HTTP on the loopback interface: browsers other than Chrome would drop a Secure cookie there.
    current_app.config["SESSION_COOKIE_SECURE"] = False
    # Browsers keep one jar for all ports of a machine: instances side by side must not sign each other out.
    current_app.config["SESSION_COOKIE_NAME"] = f"rfl-{port}"
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the documented way
    storage.disconnect()
    worker = app.extensions["rfl.worker"](app)
    worker.start()
    server = create_server(app, host=HOST, port=port, threads=THREADS)
    click.echo(f"Serving on http://{HOST}:{port} (Ctrl+C ends it)")
    try:
        server.run()
    finally:
        worker.stop()


def _refuse_busy(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as busy:
            raise click.ClickException(f"Port {port} is in use. Choose another: PORT=5001 make run") from busy


def _load_demo() -> None:
    from rfl.demo.loading import load  # noqa: PLC0415 - the demo data is never read in production

    with plain_errors():
        accounts = load(current_app.extensions["rfl.passwords"], click.echo)
    click.echo(DEMO_WARNING)
    for line in accounts:
        click.echo(line)
