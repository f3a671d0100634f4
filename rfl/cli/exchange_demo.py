"""A demonstration of encoded exchange: three instances side by side, each with its own database, keys and port."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click
from flask import current_app
from flask_migrate import upgrade

from rfl.cli.group import plain_errors
from rfl.demo.loading import PASSWORD
from rfl.services import storage

FIRST_PORT = 5001
HUB = "NOH"
PARTIES = ("VAL", "SAH", HUB)  # two societies of the demo world with cases, and one that compares
FALSE_PAIRS = "50"  # in 1,000 cases: the demo lists are short, and something should be found
OWN_SETTINGS = ("DATABASE_URL", "RFL_KEY_FOLDER", "RFL_INSTANCE", "PORT", "RFL_HOSTS")
STOP_SECONDS = 15


@dataclass(frozen=True)
class Instance:
    """One of the three machines."""

    code: str
    folder: Path
    port: int

    @property
    def settings(self) -> dict[str, str]:
        """The environment of its programs; nothing of the caller's own instance."""
        kept = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
        return kept | {"RFL_INSTANCE": str(self.folder), "PORT": str(self.port), "RFL_DEMO": "1"}

    def rfl(self, *words: str) -> str:
        """Run one command there and return what it prints."""
        done = subprocess.run(  # noqa: S603 - as above
            _command(words), env=self.settings, check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise click.ClickException(
                f"{self.code}: {' '.join(words[:3])}: {done.stderr.strip() or done.stdout.strip()}"
            )
        return done.stdout.strip()

    def act(self, who: str, *words: str) -> str:
        """Run one exchange command there in the name of a member of staff."""
        return self.rfl("exchange", *words, "--as", f"{who}.{self.code.lower()}")

    def serve(self) -> "subprocess.Popen[bytes]":
        """Start its server."""
        return subprocess.Popen(_command(("serve",)), env=self.settings)  # noqa: S603 - as above


def _command(words: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "app", "rfl", *words]


@click.command("demo-load", hidden=True)
@click.option("--cases/--no-cases", default=True)
@click.argument("code", type=click.Choice(PARTIES))
def demo_load(code: str, *, cases: bool) -> None:
    """Load one society of the demo alone."""
    from rfl.demo.exchange import load_alone  # noqa: PLC0415 - the demo data is never read in production

    upgrade()
    storage.ensure_head()
    with plain_errors():
        load_alone(code, current_app.extensions["rfl.passwords"], click.echo, cases=cases)


@click.command("demo")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=Path("instance/exchange-demo"))
@click.option("--first-port", default=FIRST_PORT, show_default=True, help="The other two follow it.")
@click.option("--introduced", is_flag=True, help="With keys, compared fingerprints and a signed agreement.")
@click.option("--post", is_flag=True, help="With --introduced: packages are posted between the three by themselves.")
@click.option("--no-serve", is_flag=True, help="Set everything up and end.")
def demo(folder: Path, first_port: int, *, introduced: bool, post: bool, no_serve: bool) -> None:
    """Start two societies and a hub with invented people on three ports, until Ctrl+C.

    What is there already is kept: delete the folder to begin again.
    """
    instances = {
        code: Instance(code, folder.resolve() / code.lower(), first_port + place) for place, code in enumerate(PARTIES)
    }
    for code, one in instances.items():
        click.echo(f"Setting up {code} in {one.folder} ...")
        one.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        one.rfl("exchange", "demo-load", code, "--no-cases" if code == HUB else "--cases")
    if introduced:
        _introduce(instances, folder.resolve())
    if post:
        _agree_on_post(instances)
    if not no_serve:
        _serve(instances)


def _introduce(instances: Mapping[str, Instance], folder: Path) -> None:
    """Let all three make keys, hear each other's fingerprints, and sign one agreement, as people would."""
    if instances[HUB].act("admin", "agreement", "list"):
        return
    click.echo("Comparing fingerprints and signing an agreement ...")
    spoken, partners = {}, {code: dict[str, str]() for code in instances}
    for code, one in instances.items():
        one.act("admin", "identity", "make")
        spoken[code] = one.act("admin", "identity", "show", "--out", str(folder / f"{code}.json")).partition("\t")[2]
    for code, one in instances.items():
        for other in instances.keys() - {code}:
            partners[code][other] = one.act("admin", "partner", "add", str(folder / f"{other}.json"))
            heard = ("--heard", "telephone", partners[code][other], spoken[other])
            one.act("officer", "partner", "confirm", *heard)
    first, second, _ = PARTIES
    file = folder / "agreement.json"
    parties = ("--partner", partners[first][second], "--hub", partners[first][HUB])
    law = "An invented law that allows both societies to pass on names."
    words = ("--purpose", "Restoring family links.", "--contact", "The demo staff.", "--clear-lists", law)
    terms = ("--number", f"{first}-{second}/1", *words)
    agreed = {
        first: instances[first].act("admin", "agreement", "draft", *parties, *terms, "--false-pairs", FALSE_PAIRS)
    }
    for code in (*PARTIES, *PARTIES):
        one = instances[code]
        if file.exists():
            agreed[code] = one.act("admin", "agreement", "add", str(file))
        with suppress(click.ClickException):  # the second time round everybody has signed
            one.act("admin", "agreement", "sign", agreed[code])
        one.act("admin", "agreement", "give", agreed[code], "--out", str(file))


def _agree_on_post(instances: Mapping[str, Instance]) -> None:
    """Let everybody enter and confirm the addresses of both others, as two people would."""
    click.echo("Agreeing on the post ...")
    for one in instances.values():
        for line in one.act("officer", "partner", "list").splitlines():
            partner_id, other, *_ = line.split("\t")
            address = f"http://127.0.0.1:{instances[other].port}"
            one.act("admin", "partner", "address", partner_id, address)
            one.act("officer", "partner", "address", "--confirm", partner_id, address)


def _serve(instances: Mapping[str, Instance]) -> None:
    """Serve all three until told to stop."""
    servers = [one.serve() for one in instances.values()]
    for code, one in instances.items():
        click.echo(f"  {code}{' (hub)' if code == HUB else ''}: http://127.0.0.1:{one.port}  officer.{code.lower()}")
    click.echo(f"Password of everybody: {PASSWORD} (admin.val, officer.val, officer2.val, protection.val, ...)")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for server in servers:
            server.wait()
    except KeyboardInterrupt:
        click.echo("Stopping ...")
    finally:
        for server in servers:
            server.send_signal(signal.SIGINT)
        for server in servers:
            with suppress(subprocess.TimeoutExpired):
                server.wait(STOP_SECONDS)
