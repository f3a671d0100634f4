"""Commands of encoded exchange, each in the name of a member of staff with that person's rights."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from rfl.cli.clear_lists import list_
from rfl.cli.exchange_agreements import agreement
from rfl.cli.exchange_demo import demo, demo_load
from rfl.cli.exchange_options import AS, FILE, PRESENT_FILE
from rfl.cli.exchange_rounds import pair, round_
from rfl.cli.group import plain_errors
from rfl.domain.exchange import HEARD, PARTNER_STATES
from rfl.services import exchange_addresses as addresses
from rfl.services import exchange_parties as parties
from rfl.services.sign_in import named_actor


def register(group: AppGroup) -> None:
    """Add the commands to the group."""
    group.add_command(exchange)


@click.group()
def exchange() -> None:
    """Exchange lists with other societies."""


exchange.add_command(agreement)
exchange.add_command(demo)
exchange.add_command(demo_load)
exchange.add_command(list_)
exchange.add_command(pair)
exchange.add_command(round_)


@exchange.group()
def identity() -> None:
    """The keys of the own society."""


@identity.command("make")
@AS
def make(name: str) -> None:
    """Make the keys of the society, once."""
    with plain_errors():
        actor = named_actor(name)
        parties.make_identity(actor)
    _show(name)


@identity.command("show")
@AS
@click.option("--out", type=FILE, help="Write the identity file for partners here.")
def show(name: str, out: Path | None) -> None:
    """Show the fingerprint to read aloud; write the file for partners."""
    with plain_errors():
        data = parties.identity_file(named_actor(name))
    if out is not None:
        out.write_bytes(data)
    _show(name)


def _show(name: str) -> None:
    own = parties.read_own(named_actor(name))
    if own is not None:
        click.echo(f"{own.code}\t{own.fingerprint}")


@exchange.group()
def partner() -> None:
    """The keys of partners."""


@partner.command("add")
@AS
@click.argument("file", type=PRESENT_FILE)
def add(name: str, file: Path) -> None:
    """Keep the identity FILE of a partner until a second person has compared its fingerprint."""
    with plain_errors():
        click.echo(parties.receive_partner(named_actor(name), file.read_bytes()))


@partner.command("confirm")
@AS
@click.option("--heard", type=click.Choice([*HEARD]), required=True, help="How the fingerprint was heard.")
@click.argument("partner_id")
@click.argument("fingerprint")
def confirm(name: str, heard: str, partner_id: str, fingerprint: str) -> None:
    """Confirm a partner with the FINGERPRINT that the partner read aloud."""
    with plain_errors():
        parties.confirm_partner(named_actor(name), partner_id, heard=heard, typed=fingerprint)
    click.echo("The keys of this partner are confirmed.")


@partner.command("end")
@AS
@click.argument("partner_id")
def end(name: str, partner_id: str) -> None:
    """Trust the keys of a partner no longer."""
    with plain_errors():
        parties.end_partner(named_actor(name), partner_id)
    click.echo("These keys are no longer trusted.")


@partner.command("address")
@AS
@click.option("--confirm", "confirming", is_flag=True, help="Confirm the address that a colleague entered.")
@click.option("--remove", "removing", is_flag=True, help="Post nothing to this partner any more.")
@click.argument("partner_id")
@click.argument("text", metavar="ADDRESS", default="")
def address(name: str, partner_id: str, text: str, *, confirming: bool, removing: bool) -> None:
    """Enter where a partner takes packages (https://server), or confirm it as a second person."""
    local = current_app.config["RFL_DEMO"]
    with plain_errors():
        actor = named_actor(name)
        if removing:
            addresses.remove(actor, partner_id)
        elif confirming:
            addresses.confirm(actor, partner_id, text, local=local)
        else:
            addresses.enter(actor, partner_id, text, local=local)
    click.echo("Noted.")


@partner.command("list")
@AS
def show_all(name: str) -> None:
    """List the partners."""
    with plain_errors():
        found = parties.list_partners(named_actor(name))
    for one in found:
        click.echo(f"{one.id}\t{one.code}\t{one.name}\t{PARTNER_STATES[one.state]}")
