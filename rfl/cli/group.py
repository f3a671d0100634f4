"""The group that all commands belong to, and how a broken rule looks at a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup

from rfl.domain.errors import RuleBroken

rfl = AppGroup("rfl", help="Run and look after this instance.")


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn a broken rule into one plain line and exit code 1."""
    try:
        yield
    except RuleBroken as broken:
        raise click.ClickException(str(broken)) from broken
