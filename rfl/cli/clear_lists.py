"""Commands for lists with names: look who goes, send, open, take, refuse, recall; packages come by `round receive`."""

import time
from pathlib import Path

import click

from rfl.cli.exchange_options import AS, FILE
from rfl.cli.group import plain_errors
from rfl.domain.clear_lists import LIST_STATES, NOT_LISTED
from rfl.domain.exports import CSV, FORMATS, REASONS
from rfl.domain.roles import Actor
from rfl.services import (
    clear_recalls,
    clear_receiving,
    clear_selection,
    clear_sending,
    clear_views,
    exchange_post,
    import_columns,
    import_runs,
    imports,
)
from rfl.services.runs import claim
from rfl.services.sign_in import named_actor

WAIT_SECONDS = 1.0
COMMAND = "command"  # names the worker of a run that a command does itself
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group("list")
def list_() -> None:
    """Lists with names, for societies with a legal basis."""


@list_.command("who")
@AS
@click.argument("agreement_id")
def who(name: str, agreement_id: str) -> None:
    """Count who would go, and who does not and why."""
    with plain_errors():
        page = clear_selection.read_names(named_actor(name), agreement_id)
    click.echo(f"{page.going}\tgo to {page.partner}")
    for reason, count in page.counts.items():
        if reason and count:
            click.echo(f"{count}\t{NOT_LISTED[reason]}")


@list_.command("send")
@AS
@click.option("--format", "form", type=click.Choice([*FORMATS]), default=CSV, show_default=True)
@click.option("--reason", type=click.Choice([*REASONS]), required=True)
@click.option("--out", type=FILE, required=True, help="Write the package here.")
@click.option("--yes", is_flag=True, help="I have looked at the list and confirm it.")
@click.argument("agreement_id")
def send(name: str, agreement_id: str, form: str, reason: str, out: Path, *, yes: bool) -> None:
    """Write a list with names for the partner of an agreement."""
    with plain_errors():
        actor = named_actor(name)
        page = clear_selection.read_names(actor, agreement_id)
        click.echo(f"{page.going} persons go to {page.partner}; the Exchange page lists them by name.", err=True)
        if not yes:
            click.confirm("These persons may be passed by name", abort=True, err=True)
        sent = clear_sending.send(actor, agreement_id, form=form, reason=reason, seal=page.seal)
    out.write_bytes(sent.data)
    click.echo(sent.id)


@list_.command("status")
@AS
def status(name: str) -> None:
    """Say where each list stands."""
    with plain_errors():
        found = clear_views.list_lists(named_actor(name))
    for one in found:
        way = "to" if one.sent else "from"
        late = "\treceipt overdue" if one.overdue else ""
        said = f"{one.taken} taken, {one.refused} refused, {one.erased} erased, {one.kept} kept"
        click.echo(f"{one.id}\t{way} {one.partner}\t{one.rows} rows\t{LIST_STATES[one.state]}\t{said}{late}")


@list_.command("take")
@AS
@click.argument("list_id")
def take(name: str, list_id: str) -> None:
    """Import a list that came, with its columns as they are proposed; a receipt is written."""
    with plain_errors():
        actor = named_actor(name)
        opened = clear_receiving.open_as_import(actor, list_id)
        if opened.needs_columns:
            columns = import_columns.read_columns(actor, opened.id).columns
            import_columns.save_columns(actor, opened.id, {one.index: one.chosen for one in columns if one.chosen})
        import_runs.start_import(actor, opened.id)
        _work_until_done(actor, opened.id)
        line = clear_views.read_list(actor, list_id).line
    click.echo(f"{line.taken} taken, {line.refused} refused")


def _work_until_done(actor: Actor, import_id: str) -> None:
    """Do the import here, or wait for the worker that took it up first."""
    while (run := imports.read_import(actor, import_id).line.run) is not None and run.is_live:
        if (held := claim(COMMAND, ("import",))) is not None:
            import_runs.run_import(held)
        else:
            time.sleep(WAIT_SECONDS)


@list_.command("refuse")
@AS
@click.argument("list_id")
def refuse(name: str, list_id: str) -> None:
    """Refuse a list that came; a receipt is written."""
    with plain_errors():
        clear_receiving.decline(named_actor(name), list_id)
    click.echo("Refused.")


@list_.command("recall")
@AS
@click.option("--number", "numbers", multiple=True, help="Number of one person; without it the whole list is recalled.")
@click.argument("list_id")
def recall(name: str, list_id: str, numbers: tuple[str, ...]) -> None:
    """Recall rows of a list that was sent, or all of it."""
    with plain_errors():
        actor = named_actor(name)
        chosen = clear_views.rows_of(actor, list_id, numbers) if numbers else None
        clear_recalls.recall(actor, list_id, chosen)
    click.echo("The recall is written.")


@list_.command("letters")
@AS
@click.option("--out", type=FOLDER, required=True, help="Write the packages to hand over into this folder.")
def letters(name: str, out: Path) -> None:
    """Write receipts and recalls to hand over: <list>-<number>.rfl."""
    with plain_errors():
        actor = named_actor(name)
        for line in reversed(clear_views.list_lists(actor)):
            for one in clear_views.read_list(actor, line.id).letters:
                if one.is_there and one.given_at is None:
                    file = out / f"{line.reference}-{one.sequence:04}.rfl"
                    file.write_bytes(exchange_post.give(actor, one.package_id))
                    click.echo(file.name)
