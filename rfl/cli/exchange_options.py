"""What the commands of encoded exchange have in common."""

from pathlib import Path

import click

AS = click.option("--as", "name", required=True, help="Sign-in name of the member of staff who acts.")
FILE = click.Path(dir_okay=False, path_type=Path)
PRESENT_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
