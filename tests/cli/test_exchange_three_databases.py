"""Two societies and a hub, each with a database and keys of its own, play a round by commands and files alone."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from round_world import SHARED, add_cases
from staff import found, settings_for

from rfl import cli
from rfl.services import exchange_encoding, storage
from rfl.web.app import create_app


@dataclass
class Instance:
    """One machine: its app, and the folder where it writes what it hands over."""

    code: str
    app: Flask
    desk: Path

    def rfl(self, *words: object, key: str = "officer", ok: bool = True) -> str:
        """Run a command of this machine in the name of a member of staff and return what it prints."""
        runner = self.app.test_cli_runner()
        with self.app.app_context():
            said = runner.invoke(args=["rfl", "exchange", *map(str, words), "--as", f"{key}.{self.code.lower()}"])
        assert (said.exit_code == 0) == ok, said.output
        return said.stdout

    def sends(self) -> list[Path]:
        """Do what waits, and write the packages to hand over."""
        return [self.desk / name for name in self.rfl("round", "next", "--out", self.desk).split()]


def opened(code: str, folder: Path) -> Instance:
    folder.mkdir()
    app = create_app(settings_for(f"sqlite:///{folder / 'rfl.sqlite'}", folder))
    cli.init_app(app)
    with app.app_context():
        upgrade()
        storage.ensure_head()
        staff = found(code)
        if code != "HUB":
            add_cases(staff, "Kisumu" if code == "NOR" else "Lugano", 1890 if code == "NOR" else 1950)
        storage.disconnect()
    desk = folder / "desk"
    desk.mkdir()
    return Instance(code, app, desk)


@pytest.fixture
def instances(tmp_path, monkeypatch) -> Iterator[dict[str, Instance]]:
    monkeypatch.setattr(exchange_encoding, "PLACES", 2)
    made = {code: opened(code, tmp_path / code) for code in ("NOR", "SOU", "HUB")}
    yield made
    for one in made.values():
        with one.app.app_context():
            storage.disconnect()


def introduce(instances: dict[str, Instance]) -> dict[str, dict[str, str]]:
    """Make keys, carry identity files, read fingerprints aloud; returns the ids of partners by code at each."""
    spoken = {}
    for code, one in instances.items():
        one.rfl("identity", "make", key="administrator")
        spoken[code] = one.rfl("identity", "show", "--out", one.desk / "identity.json").split("\t")[1].strip()
    ids: dict[str, dict[str, str]] = {code: {} for code in instances}
    for code, one in instances.items():
        for other in instances.keys() - {code}:
            file = instances[other].desk / "identity.json"
            ids[code][other] = one.rfl("partner", "add", file, key="administrator").strip()
            one.rfl("partner", "confirm", "--heard", "telephone", ids[code][other], spoken[other])
    return ids


def agree(instances: dict[str, Instance], ids: dict[str, dict[str, str]]) -> dict[str, str]:
    """Draft at NOR, sign at all three, hand the signatures round; returns the id of the agreement at each."""
    nor = instances["NOR"]
    terms = ("--number", "NOR-SOU/1", "--purpose", "families", "--contact", "the tracing services", "--false-pairs", 50)
    parties = ("--partner", ids["NOR"]["SOU"], "--hub", ids["NOR"]["HUB"])
    agreed = {"NOR": nor.rfl("agreement", "draft", *terms, *parties, key="administrator").strip()}
    file = nor.desk / "agreement.json"
    for code in ("NOR", "SOU", "HUB", "NOR", "SOU"):
        one = instances[code]
        if file.exists():
            agreed[code] = one.rfl("agreement", "add", file, key="administrator").strip()
        if "Not signed" in one.rfl("agreement", "list"):
            one.rfl("agreement", "sign", agreed[code], key="administrator")
        one.rfl("agreement", "give", agreed[code], "--out", one.desk / "agreement.json")
        file = one.desk / "agreement.json"
    return agreed


def deliver(instances: dict[str, Instance], *senders: str) -> None:
    """Carry what each sender hands over to whom it is addressed."""
    for code in senders:
        for file in instances[code].sends():
            receiver = instances[file.name.partition("-")[0]]
            receiver.rfl("round", "receive", shutil.copy(file, receiver.desk))


def first_of(text: str) -> str:
    return text.partition("\t")[0]


def test_a_round_by_commands_from_nothing_to_one_person_found_by_both(instances):
    nor, sou = instances["NOR"], instances["SOU"]
    agreed = agree(instances, introduce(instances))
    assert "In force" in nor.rfl("agreement", "list")
    rounds = {"NOR": nor.rfl("round", "start", agreed["NOR"], "--yes").strip()}
    deliver(instances, "NOR")
    rounds["SOU"] = first_of(sou.rfl("round", "status"))
    assert "confirm them" in sou.rfl("round", "status")
    sou.rfl("round", "confirm", rounds["SOU"], "--yes")
    deliver(instances, "SOU", "NOR", "HUB", "NOR", "SOU", "HUB")
    assert "1 pairs" in nor.rfl("round", "status")
    assert "Finished" in instances["HUB"].rfl("round", "status")
    found_pairs = {one.code: first_of(one.rfl("pair", "list")) for one in (nor, sou)}
    for one in (nor, sou):
        one.rfl("pair", "open", found_pairs[one.code])
        one.rfl("round", "letter", rounds[one.code])
    deliver(instances, "NOR", "SOU")
    references = {one.rfl("pair", "list", "--state", "opened").strip().rpartition("\t")[2] for one in (nor, sou)}
    assert len(references) == 1
    assert re.fullmatch("[0-9a-f]{8}", references.pop())
    show_two_steps(instances, rounds, found_pairs)
    for one in (nor, sou):
        one.rfl("pair", "judge", found_pairs[one.code], "same")
        one.rfl("round", "letter", rounds[one.code])
    deliver(instances, "NOR", "SOU")
    assert "NOR-R-0" in nor.rfl("pair", "list", "--state", "same")
    assert "SOU-R-0" in sou.rfl("pair", "list", "--state", "same")
    assert_nothing_leaked(instances)


def show_two_steps(instances: dict[str, Instance], rounds: dict[str, str], found_pairs: dict[str, str]) -> None:
    """Both choose each step, the commitments travel, then the details."""
    sides = [instances[code] for code in ("NOR", "SOU")]
    for step in (1, 2):
        for one in sides:
            one.rfl("pair", "choose", found_pairs[one.code], "--step", step, ok=False)
            one.rfl("pair", "choose", found_pairs[one.code], "--step", step, "--leave-out", "last_place", "--yes")
        for _ in ("commitments", "details"):
            for one in sides:
                one.rfl("round", "letter", rounds[one.code])
                deliver(instances, one.code)
    for one in sides:
        shown = one.rfl("pair", "show", found_pairs[one.code])
        assert shown.count("Shown by both") == 2
        assert f'partner\tnames\t[{{"family": "", "father": "", "full": "{SHARED}"' in shown


def assert_nothing_leaked(instances: dict[str, Instance]) -> None:
    """No name of one society stands readable in a file or database of another, or in anything handed over."""
    words = [SHARED, "Haddad", "Okafor", "Kisumu", "Lugano"]
    for one in instances.values():
        files = [path for path in one.desk.parent.rglob("*") if path.is_file() and path.suffix != ".key"]
        assert len(files) > 5
        readable = [(path.name, word) for path in files for word in words if word.encode() in path.read_bytes()]
        assert readable == []
        assert not list((one.desk.parent / "keys").glob("round-*"))


def test_a_command_asks_before_anything_is_written(instances):
    nor = instances["NOR"]
    agreed = agree(instances, introduce(instances))
    nor.rfl("round", "start", agreed["NOR"], ok=False)
    assert nor.rfl("round", "status") == ""
