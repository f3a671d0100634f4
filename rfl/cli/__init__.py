"""The command door: `flask rfl ...`, one file per subject."""

from flask import Flask

from rfl.cli import accounts, audit, exchange, matching, serving
from rfl.cli.group import rfl


def init_app(app: Flask) -> None:
    """Offer the commands of the program."""
    for part in (accounts, audit, exchange, matching, serving):
        part.register(rfl)
    app.cli.add_command(rfl)
