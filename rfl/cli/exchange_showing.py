"""Commands that show details of an opened pair, step by step, and enter the partner's record."""

import json
from collections.abc import Mapping
from typing import Any

import click

from rfl.cli.exchange_options import AS
from rfl.cli.group import plain_errors
from rfl.domain.exchange_steps import ANSWERS, FIELDS, FOLLOWS, PROBLEMS, RECEIPTS, STEP_STATES, STEPS, THIRD
from rfl.services import exchange_answers, exchange_choices, exchange_same, exchange_showing
from rfl.services import exchange_pair_views as views
from rfl.services.located import Answer
from rfl.services.sign_in import named_actor

STEP = click.option("--step", type=click.IntRange(min(STEPS), max(STEPS)), required=True)
FIELD = click.Choice([name for fields in FIELDS.values() for name in fields])


@click.command("show")
@AS
@click.argument("pair_id")
def show(name: str, pair_id: str) -> None:
    """Say how the steps of a pair stand, what was shown by both sides, and what could be shown next."""
    with plain_errors():
        showing = views.read_pair(named_actor(name), pair_id).showing
    for one in showing.steps:
        click.echo(f"{STEPS[one.step]}\t{STEP_STATES[one.state]}")
        for whose, details in (("own", one.own), ("partner", one.partner)):
            _print(whose, details)
        if one.problem:
            click.echo(f"  {PROBLEMS[one.problem]}")
    if showing.offer:
        _print(f"can be shown in step {showing.offer.step}", showing.offer.details)
    for words, key in ((FOLLOWS, showing.follows), (RECEIPTS, showing.receipt)):
        if key:
            click.echo(words[key])


def _print(whose: str, details: Mapping[str, Any]) -> None:
    for field, value in details.items():
        click.echo(f"  {whose}\t{field}\t{json.dumps(value, ensure_ascii=False)}")


@click.command("choose")
@AS
@click.argument("pair_id")
@STEP
@click.option("--leave-out", type=FIELD, multiple=True, help="A field that is not shown.")
@click.option("--circumstances", default="", help="What the partner has to know; for the third step.")
@click.option("--contact", default="", help="Whom the partner calls; for the third step.")
@click.option("--yes", is_flag=True, help="I have looked at what will be shown.")
def choose(name: str, pair_id: str, *, step: int, leave_out: tuple[str, ...], yes: bool, **texts: str) -> None:
    """Commit to showing the details of a step; without --yes they are printed only."""
    with plain_errors():
        actor = named_actor(name)
        offer = views.read_pair(actor, pair_id).showing.offer
        fields = [field for field in FIELDS[step] if field not in leave_out]
        if not yes:
            shown = texts if step == THIRD else offer.details if offer else {}
            _print("would be shown", {key: value for key, value in shown.items() if key not in leave_out})
            raise click.ClickException("Nothing was chosen: look at these details, then say --yes.")
        stamp = offer.stamp if offer else ""
        exchange_showing.choose(actor, pair_id, exchange_showing.Choice(step, fields, texts, stamp))
    click.echo("Noted.")


@click.command("take-back")
@AS
@click.argument("pair_id")
@STEP
def take_back(name: str, pair_id: str, *, step: int) -> None:
    """Take back what was chosen for a step, as long as the letter with it was not handed over."""
    with plain_errors():
        exchange_choices.take_choice_back(named_actor(name), pair_id, step)
    click.echo("Taken back.")


@click.command("enter")
@AS
@click.argument("pair_id")
def enter(name: str, pair_id: str) -> None:
    """Enter the partner's record as a registered person; prints its id. It is proposed for the own search."""
    with plain_errors():
        click.echo(exchange_same.enter_copy(named_actor(name), pair_id))


@click.command("answer")
@AS
@click.argument("pair_id")
@click.option("--choice", type=click.Choice([choice.value for choice in ANSWERS]), required=True)
@click.option("--words", default="", help="What may be passed on, word for word.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Day of the answer.")
@click.option("--language", required=True, help="Language of the talk, such as ar.")
@click.option("--witness", required=True, help="Witness or interpreter, or that it is signed.")
def answer(name: str, pair_id: str, **given: Any) -> None:
    """Record what the person lets be told; the next letter carries it to the partner."""
    told = Answer(given["choice"], given["on"].date(), given["language"], given["witness"], given["words"])
    with plain_errors():
        exchange_answers.tell_answer(named_actor(name), pair_id, told)
    click.echo("Noted.")


@click.command("take-over")
@AS
@click.argument("pair_id")
def take_over(name: str, pair_id: str) -> None:
    """Let the partner's answer count as that of the registered person; prints the id of the proposal."""
    with plain_errors():
        click.echo(exchange_answers.take_over(named_actor(name), pair_id))
