"""Commands for agreements on encoded exchange."""

from datetime import timedelta
from pathlib import Path

import click

from rfl.cli.exchange_options import AS, FILE, PRESENT_FILE
from rfl.cli.group import plain_errors
from rfl.domain.clock import now
from rfl.domain.exchange import AGREEMENT_STATES
from rfl.services import exchange_agreement_views as views
from rfl.services import exchange_agreements as agreements
from rfl.services.exchange_agreements import Draft
from rfl.services.sign_in import named_actor

DAYS = 365  # an agreement is looked at again every year


@click.group()
def agreement() -> None:
    """Agreements of two societies and a hub."""


@agreement.command("draft")
@AS
@click.option("--number", required=True, help="Capital letters, digits, dot, slash and hyphen.")
@click.option("--partner", required=True, help="Id of the other society's entry: partner list.")
@click.option("--hub", required=True, help="Id of the hub's entry.")
@click.option("--purpose", required=True)
@click.option("--contact", required=True)
@click.option("--false-pairs", default=10, show_default=True, help="Expected for every 1,000 cases.")
@click.option("--cap", default=2000, show_default=True, help="Most cases of a society in one round.")
@click.option("--minimum", default=50, show_default=True, help="Fewest cases of a society in one round.")
@click.option("--repeats", default=1, show_default=True, help="Cases of one list that may share a token, 1 to 3.")
@click.option("--rounds-a-month", default=2, show_default=True)
@click.option("--retention-days", default=30, show_default=True)
@click.option("--clear-lists", default="", help="Legal basis on which lists with names are passed; empty: none are.")
def draft(name: str, partner: str, hub: str, **terms: str | int) -> None:
    """Write a draft for a year from today; nobody has signed it yet."""
    today = now().date()
    with plain_errors():
        wanted = Draft(
            partner_id=partner,
            hub_id=hub,
            first_day=today,
            last_day=today + timedelta(days=DAYS),
            **terms,  # type: ignore[arg-type]  # the options above are the other fields, each with its type
        )
        click.echo(agreements.draft(named_actor(name), wanted))


@agreement.command("add")
@AS
@click.argument("file", type=PRESENT_FILE)
def add(name: str, file: Path) -> None:
    """Take in an agreement FILE, or further signatures."""
    with plain_errors():
        click.echo(agreements.receive(named_actor(name), file.read_bytes()))


@agreement.command("sign")
@AS
@click.argument("agreement_id")
def sign(name: str, agreement_id: str) -> None:
    """Sign for the own society."""
    with plain_errors():
        agreements.sign(named_actor(name), agreement_id)
    click.echo("Signed.")


@agreement.command("give")
@AS
@click.argument("agreement_id")
@click.option("--out", type=FILE, required=True)
def give(name: str, agreement_id: str, out: Path) -> None:
    """Write the agreement with the signatures gathered so far to a file."""
    with plain_errors():
        out.write_bytes(agreements.give(named_actor(name), agreement_id))


@agreement.command("revoke")
@AS
@click.argument("agreement_id")
def revoke(name: str, agreement_id: str) -> None:
    """End an agreement for the own society."""
    with plain_errors():
        agreements.revoke(named_actor(name), agreement_id)
    click.echo("Revoked.")


@agreement.command("list")
@AS
def show_all(name: str) -> None:
    """List the agreements."""
    with plain_errors():
        found = views.list_agreements(named_actor(name))
    for one in found:
        others = ", ".join(party.code for party in one.parties if not party.own)
        click.echo(f"{one.id}\t{one.number}\tversion {one.agreed_version}\t{others}\t{AGREEMENT_STATES[one.state]}")
