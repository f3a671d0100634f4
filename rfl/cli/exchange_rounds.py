"""Commands that play a round of encoded exchange: begin, take packages, do what waits, see where it stands."""

from pathlib import Path

import click
from flask import current_app

from rfl.cli.exchange_options import AS, PRESENT_FILE
from rfl.cli.exchange_showing import answer, choose, enter, show, take_back, take_over
from rfl.cli.group import plain_errors
from rfl.domain.exchange import NEW, PACKAGES, PAIR_STATES, PAIR_VERDICTS, ROUND_STATES, next_step
from rfl.domain.roles import Actor
from rfl.services import exchange_courier, exchange_letters, exchange_parcels, exchange_post, exchange_selection
from rfl.services import exchange_pair_views as pair_views
from rfl.services import exchange_pairs as pairs
from rfl.services import exchange_round_views as views
from rfl.services import exchange_rounds as rounds
from rfl.services.exchange_problems import problem_words
from rfl.services.exchange_work import work_now
from rfl.services.sign_in import named_actor

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
YES = click.option("--yes", is_flag=True, help="I have looked at the list of cases and confirm it.")


@click.group("round")
def round_() -> None:
    """Rounds: also those of the hub, which begin with the first package that comes."""


@round_.command("start")
@AS
@YES
@click.argument("agreement_id")
def start(name: str, agreement_id: str, *, yes: bool) -> None:
    """Begin a round under an agreement."""
    with plain_errors():
        actor = named_actor(name)
        seal = _looked_at(actor, agreement_id, yes=yes)
        click.echo(rounds.start(actor, agreement_id, seal=seal))


@round_.command("confirm")
@AS
@YES
@click.argument("round_id")
def confirm(name: str, round_id: str, *, yes: bool) -> None:
    """Take part in a round that the partner has begun."""
    with plain_errors():
        actor = named_actor(name)
        agreement_id = views.read_round(actor, round_id).agreement_id
        rounds.confirm(actor, round_id, seal=_looked_at(actor, agreement_id, yes=yes))
    click.echo("Confirmed.")


def _looked_at(actor: Actor, agreement_id: str, *, yes: bool) -> str:
    """Return the seal of the cases that go, once a person has confirmed them."""
    page = exchange_selection.read_cases(actor, agreement_id)
    click.echo(f"{page.going} persons go to {page.partner}; the Exchange page lists them by name.", err=True)
    if not yes:
        click.confirm("These persons may be sent in encoded form", abort=True, err=True)
    return page.seal


@round_.command("next")
@AS
@click.option("--out", type=FOLDER, required=True, help="Write the packages to hand over into this folder.")
def go_on(name: str, out: Path) -> None:
    """Do the work that waits, and write the packages to hand over: <recipient>-<from>-<number>.rfl."""
    with plain_errors():
        actor = named_actor(name)
        work_now()
        for card in reversed(views.all_rounds(actor)):
            for one in card.packages:
                if one.is_there and one.given_at is None:
                    file = out / one.file_name(card.code)
                    file.write_bytes(exchange_post.give(actor, one.id))
                    click.echo(file.name)


@round_.command("receive")
@AS
@click.argument("files", type=PRESENT_FILE, nargs=-1, required=True)
def receive(name: str, files: tuple[Path, ...]) -> None:
    """Take in packages, in the order of their numbers."""
    with plain_errors():
        actor = named_actor(name)
        for file in files:
            click.echo(f"{exchange_parcels.receive(actor, file.read_bytes())}\t{file.name}")


@round_.command("post")
@AS
def post(name: str) -> None:
    """Do the work that waits, and post every package whose recipient has a confirmed address, lists included."""
    with plain_errors():
        actor = named_actor(name)
        work_now()
        tried = exchange_courier.post_now(actor, local=current_app.config["RFL_DEMO"])
    for one in tried:
        said = "posted" if one.delivered else f"not posted ({one.code}): {problem_words(one.code)}"
        click.echo(f"{PACKAGES[one.kind]}, number {one.sequence}: {said}")


@round_.command("status")
@AS
def status(name: str) -> None:
    """Say where each round stands and what to do next."""
    with plain_errors():
        found = views.all_rounds(named_actor(name))
    for one in found:
        click.echo(
            f"{one.id}\t{one.number}\t{ROUND_STATES[one.state]}\t{one.pairs} pairs\t{next_step(one.state, one.role)}"
        )


@round_.command("letter")
@AS
@click.argument("round_id")
def letter(name: str, round_id: str) -> None:
    """Write what is to be told about found pairs into a package; `next` hands it out."""
    with plain_errors():
        exchange_letters.write_letter(named_actor(name), round_id)
    click.echo("The letter is written.")


@round_.command("void")
@AS
@click.argument("round_id")
def void(name: str, round_id: str) -> None:
    """End a round without a result."""
    with plain_errors():
        rounds.void(named_actor(name), round_id)
    click.echo("The round has ended. What it remembered was erased.")


@click.group()
def pair() -> None:
    """Found pairs."""


@pair.command("list")
@AS
@click.option("--state", type=click.Choice([*PAIR_STATES]), default=NEW, show_default=True)
def show_pairs(name: str, state: str) -> None:
    """List the pairs in one state, by the numbers of the own files."""
    with plain_errors():
        found = pair_views.list_pairs(named_actor(name), state=state)
    for one in found.lines:
        words = ", ".join(one.agrees)
        click.echo(f"{one.id}\t{one.number}\t{one.strength}\t{words}\t{PAIR_STATES[one.state]}\t{one.reference}")


@pair.command("open")
@AS
@click.argument("pair_id")
def open_pair(name: str, pair_id: str) -> None:
    """Wish to open a pair."""
    with plain_errors():
        pairs.open_pair(named_actor(name), pair_id)
    click.echo("Noted.")


@pair.command("close")
@AS
@click.argument("pair_id")
def close_pair(name: str, pair_id: str) -> None:
    """Do not open a pair."""
    with plain_errors():
        pairs.close_pair(named_actor(name), pair_id)
    click.echo("The pair stays closed.")


@pair.command("judge")
@AS
@click.argument("pair_id")
@click.argument("verdict", type=click.Choice([*PAIR_VERDICTS]))
def judge(name: str, pair_id: str, verdict: str) -> None:
    """Say what this society finds of an opened pair."""
    with plain_errors():
        pairs.judge_pair(named_actor(name), pair_id, verdict)
    click.echo("Noted.")


for command in (show, choose, take_back, enter, answer, take_over):
    pair.add_command(command)
