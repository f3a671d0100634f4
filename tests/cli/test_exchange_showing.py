"""Everything about an opened pair by commands: look, choose, enter, answer, take over."""

import pytest
from pair_world import carry_both
from show_world import confirm, judged_same, opened_pair, send, show_step

from rfl import cli


@pytest.fixture
def sides(begin, north, south):
    return begin(opened_pair, north, south)


@pytest.fixture
def rfl(app):
    """Return a function that runs a command in the name of a side's officer and returns what it prints."""
    cli.init_app(app)

    def run(side, *words: object, ok: bool = True) -> str:
        name = side.staff.names["officer"]
        said = app.test_cli_runner().invoke(args=["rfl", "exchange", "pair", *map(str, words), "--as", name])
        assert (said.exit_code == 0) == ok, said.output
        return said.output

    return run


def test_a_step_is_printed_first_and_chosen_with_yes_only(sides, rfl):
    first, second = sides
    printed = rfl(first, "choose", first.pair, "--step", 1, "--leave-out", "sex", ok=False)
    assert '"low": 1990' in printed
    assert "sex\t" not in printed
    for side in sides:
        rfl(side, "choose", side.pair, "--step", 1, "--leave-out", "sex", "--yes")
    carry_both(first, second)
    carry_both(first, second)
    shown = rfl(first, "show", first.pair)
    assert "Shown by both" in shown
    assert 'partner\tyears\t{"high": 1994, "low": 1990}' in shown
    assert "male" not in shown.partition("can be shown in step 2")[0]


def test_a_choice_is_taken_back_until_its_letter_has_left(sides, rfl):
    first, second = sides
    rfl(first, "choose", first.pair, "--step", 1, "--yes")
    rfl(first, "take-back", first.pair, "--step", 1)
    assert "You can choose what to show" in rfl(first, "show", first.pair)
    rfl(first, "choose", first.pair, "--step", 1, "--yes")
    send(first, second)
    assert "there is nothing to take back" in rfl(first, "take-back", first.pair, "--step", 1, ok=False)


def test_from_the_same_person_to_the_answer_that_opens_the_gate(sides, rfl):
    first, second = sides
    show_step(first, second)
    show_step(first, second)
    judged_same(first, second)
    assert "Enter the record" in rfl(first, "show", first.pair)
    assert len(rfl(first, "enter", first.pair).strip()) == 16
    words = ("--choice", "alive_and_well", "--on", "2026-01-05", "--language", "ar", "--witness", "Amina")
    rfl(first, "answer", first.pair, *words, ok=False)
    rfl(second, "answer", second.pair, *words)
    send(second, first)
    rfl(first, "take-over", first.pair, ok=False)
    confirm(first)
    assert len(rfl(first, "take-over", first.pair).strip()) == 16
