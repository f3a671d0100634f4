"""A list with names by commands, from the count of who goes to the receipt of its recall."""

import pytest
from clear_world import agreed_on_names, came, willing
from lists import no_pause  # noqa: F401 - a fixture

from rfl import cli


@pytest.fixture
def rfl(app):
    cli.init_app(app)

    def call(*words: object):
        done = app.test_cli_runner().invoke(args=["rfl", "exchange", *map(str, words)])
        return done.output if done.exit_code == 0 else f"exit {done.exit_code}: {done.output}"

    return call


@pytest.fixture
def sides(north, south):
    made = agreed_on_names(north, south)
    willing(north, "Amal Haddad", 1)
    willing(north, "Bilal Okafor", 2, condition="detained")
    willing(north, "Celia Rossi", 3)
    return made


def post(rfl, sender: str, receiver: str, folder) -> str:
    """Write what waits at one society and load it at the other."""
    folder.mkdir()
    rfl("list", "letters", "--as", sender, "--out", folder)
    return rfl("round", "receive", "--as", receiver, *sorted(folder.iterdir()))


def test_a_list_goes_is_taken_and_comes_back(rfl, sides, tmp_path):
    assert rfl("list", "who", "--as", "officer.nor", sides.here) == "2\tgo to Society SOU\n1\tSomebody in detention\n"
    file = tmp_path / "list.rfl"
    words = "--as", "officer.nor", "--reason", "exchange", "--out", file, "--yes", sides.here
    sent = rfl("list", "send", *words).splitlines()[-1]
    arrived = rfl("round", "receive", "--as", "officer.sou", file).partition("\t")[0]
    assert rfl("list", "take", "--as", "officer.sou", arrived) == "2 taken, 0 refused\n"
    post(rfl, "officer.sou", "officer.nor", tmp_path / "first")
    assert "Answered by the recipient\t2 taken, 0 refused" in rfl("list", "status", "--as", "officer.nor")
    rfl("list", "recall", "--as", "officer.nor", "--number", "NOR-R-1", sent)
    post(rfl, "officer.nor", "officer.sou", tmp_path / "second")
    assert [one.identity is None for one in came(sides.south)] == [True, False]
    post(rfl, "officer.sou", "officer.nor", tmp_path / "third")
    assert "1 erased, 0 kept" in rfl("list", "status", "--as", "officer.nor")


def test_a_list_is_refused_by_a_command(rfl, sides, tmp_path):
    file = tmp_path / "list.rfl"
    rfl("list", "send", "--as", "officer.nor", "--reason", "exchange", "--out", file, "--yes", sides.here)
    arrived = rfl("round", "receive", "--as", "officer.sou", file).partition("\t")[0]
    assert rfl("list", "refuse", "--as", "officer.sou", arrived) == "Refused.\n"
    assert "already" in rfl("list", "take", "--as", "officer.sou", arrived)


def test_a_list_is_not_sent_without_a_confirmation(rfl, sides, tmp_path):
    words = "--as", "officer.nor", "--reason", "exchange", "--out", tmp_path / "list.rfl", sides.here
    assert rfl("list", "send", *words).startswith("exit 1")
    assert not (tmp_path / "list.rfl").exists()


def test_commands_do_not_go_round_the_rights_of_people(rfl, sides, tmp_path):
    words = "--as", "protection.nor", "--reason", "exchange", "--out", tmp_path / "x", "--yes", sides.here
    assert "Your role does not allow this" in rfl("list", "send", *words)
