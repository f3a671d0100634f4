"""Commands that match whole caseloads, count the index anew, and run a worker of its own."""

import signal
import threading

import click
from flask import current_app
from flask.cli import AppGroup

from rfl.cli import corrections
from rfl.cli.group import plain_errors
from rfl.services import accounts
from rfl.services.index_upkeep import rebuild, recount
from rfl.services.matching_runs import read_status, start_for_society
from rfl.services.proposal_findings import Counts


def register(group: AppGroup) -> None:
    """Add the commands to the group."""
    for command in (corrections.learn, corrections.show, corrections.use):
        matching.add_command(command)
    group.add_command(matching)
    group.add_command(worker)


@click.group()
def matching() -> None:
    """Match whole caseloads; look after the match index."""


@matching.command("run")
@click.option("--society", "code", required=True, help="Code of the society whose caseload is matched.")
def run(code: str) -> None:
    """Queue the matching of a whole caseload; a worker does it."""
    with plain_errors():
        run_id = start_for_society(accounts.society_by_code(code))
    click.echo(f"Queued as {run_id}. The server or `flask rfl worker` does it; see the Matching page.")


@matching.command("status")
def status() -> None:
    """Say when each caseload was last matched, by which engine, and what changed then."""
    for line in read_status():
        last = line.last_finished
        if last is None or last.finished_at is None:
            click.echo(f"{line.code}\tnever matched as a whole")
        else:
            changes = ", ".join(f"{name} {last.counts[name]}" for name in Counts.names() if last.counts.get(name))
            when = f"{last.finished_at:%Y-%m-%d %H:%M} UTC"
            click.echo(f"{line.code}\t{when}\tengine {last.engine_version or '?'}\t{changes or 'nothing changed'}")
        if line.due:
            click.echo(f"{line.code}\tthe engine has changed since: flask rfl matching run --society {line.code}")


@matching.command("recount")
def count_anew() -> None:
    """Count how common each key is; the worker does it once a day, a large import calls for it at once."""
    with plain_errors():
        entries = recount()
    click.echo(f"{entries} entries counted.")


@matching.command("rebuild")
def build_anew() -> None:
    """Build the match index again from the records: after an update that asks for it, or with a new index key."""
    with plain_errors():
        persons = rebuild()
    click.echo(f"{persons} persons indexed. A worker now matches them again.")


@click.command()
def worker() -> None:
    """Work on imports and matching in this process until it is told to stop (SIGTERM, Ctrl+C)."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the documented way
    one = app.extensions["rfl.worker"](app)
    one.start()
    click.echo("The worker is running (Ctrl+C ends it).")
    told.wait()
    one.stop()
