"""Commands over the audit chain."""

import click
from flask.cli import AppGroup

from rfl.services.audit import read_head, verify
from rfl.services.unit import SYSTEM, Look


def register(group: AppGroup) -> None:
    """Add the commands to the group."""
    group.add_command(audit)


@click.group()
def audit() -> None:
    """Check the trace of every act."""


@audit.command("head")
def head() -> None:
    """Print the end of the chain; keep it outside this machine to reveal a cut or rebuilt chain later."""
    with Look(SYSTEM) as look:
        seq, digest = read_head(look.session)
    click.echo(f"{seq} {digest}")


@audit.command("verify")
@click.option("--head", "heads", multiple=True, metavar="'SEQ HASH'", help="A head printed earlier.")
def verify_chain(heads: tuple[str, ...]) -> None:
    """Recompute the whole chain; exit code 1 and the first bad entry if it does not fit."""
    expected = []
    for line in heads:
        seq, _, digest = line.strip().partition(" ")
        if not seq.isdigit() or not digest:
            raise click.BadParameter("write a head as it was printed: number, space, hash", param_hint="--head")
        expected.append((int(seq), digest.strip()))
    with Look(SYSTEM) as look:
        result = verify(look.session, expected_heads=tuple(expected))
    if result.first_bad is not None:
        raise click.ClickException(f"The chain does not fit at entry {result.first_bad}.")
    click.echo(f"{result.entries} entries, all fit. Head: {result.entries} {result.head}")
