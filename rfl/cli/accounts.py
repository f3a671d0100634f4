"""Commands that create the first societies and administrators of an instance."""

import click
from flask import current_app
from flask.cli import AppGroup

from rfl.cli.group import plain_errors
from rfl.domain.clock import UTC_ZONE
from rfl.domain.roles import ROLES, Role
from rfl.services import accounts
from rfl.services.unit import SYSTEM


def register(group: AppGroup) -> None:
    """Add the commands to the group."""
    group.add_command(society)
    group.add_command(user)


@click.group()
def society() -> None:
    """Create and list societies."""


@society.command("create")
@click.option("--code", required=True, help="Begins every case number: 2 to 8 capital letters.")
@click.option("--name", required=True, help="The name of the National Society.")
@click.option("--country", default="", help="Two-letter country code.")
@click.option("--time-zone", default=UTC_ZONE, show_default=True, help="Where its days begin, such as Africa/Nairobi.")
def create_society(code: str, name: str, country: str, time_zone: str) -> None:
    """Create a society and its key."""
    with plain_errors():
        society_id = accounts.create_society(SYSTEM, code=code, name=name, country=country, time_zone=time_zone)
    click.echo(f"Society {code} created: {society_id}")


@society.command("list")
def list_societies() -> None:
    """List the societies of this instance."""
    for code, name, society_id in accounts.list_societies():
        click.echo(f"{code}\t{name}\t{society_id}")


@click.group()
def user() -> None:
    """Create users; administrators then manage them in the browser."""


@user.command("create")
@click.option("--society", "code", required=True, help="Code of the society.")
@click.option("--sign-in-name", required=True, help="Letters a-z, digits, dot, hyphen.")
@click.option("--name", required=True, help="How colleagues know the person.")
@click.option("--role", "roles", multiple=True, type=click.Choice([*ROLES]), help="May be given several times.")
@click.option("--minors", is_flag=True, help="Vetted for the records of children.")
def create_user(code: str, sign_in_name: str, name: str, roles: tuple[str, ...], *, minors: bool) -> None:
    """Create a user with a random first password, which must be changed at the first sign-in."""
    with plain_errors():
        _, password = accounts.create_user(
            SYSTEM,
            accounts.society_by_code(code),
            sign_in_name=sign_in_name,
            display_name=name,
            roles=roles or (Role.ADMINISTRATOR,),
            passwords=current_app.extensions["rfl.passwords"],
            minors_cleared=minors,
        )
    click.echo(f"First password of {sign_in_name}: {password}")
