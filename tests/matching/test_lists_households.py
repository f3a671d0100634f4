"""Lists that keep families together: what is lifted, what stays as it was, and that stops change nothing."""

import csv
import json
import os
from pathlib import Path

import pytest

from matching.__main__ import main
from matching.lists import households
from matching.lists.households import MOST_MEMBERS

HEADER = ["id", "full_name", "sex", "date_of_birth", "place_of_birth", "relatives", "household"]
SOUGHT = [
    ["L1", "Yusuf Ibrahim Haddad", "male", "1990-03-07", "Homs", "", "Q1"],
    ["L2", "Maryam Haddad", "", "", "", "", "Q1"],
    ["L3", "Maryam Haddad", "", "", "", "", "Q2"],
    ["L4", "Tesfaye Abebe", "male", "1971", "", "", "Q3"],
    ["L5", "Zahra Rahimi", "female", "1980-02-02", "", "", "Q3"],
    ["L6", "Oksana Kovalenko", "female", "", "", "", ""],
    ["L7", "Bakary Keita", "male", "", "", "", ""],
]
REGISTERED = [
    ["R1", "Youssef Ibrahim Haddad", "male", "1990-03-07", "Homs", "sister:Maryam", "H1"],
    ["R2", "Mariam Hadad", "female", "1994", "", "brother:Yusuf Ibrahim Haddad", "H1"],
    ["R3", "Mariam Haddad", "female", "1961", "", "", "H2"],
    ["R4", "Oksana Kovalenko", "female", "", "", "", "H3"],
    ["R5", "Bakari Keita", "male", "", "", "", ""],
    ["R6", "Zahra Rahimi", "female", "1980-02-02", "", "", ""],
]
# Strangers, among whom the names above are as rare as in a list.
GIVEN = ("Ahmad", "Fatuma", "Galina", "Omar", "Rosa", "Tesfaye", "Olena", "Moussa", "Aung", "Ana")
FAMILY = ("Warsame", "Boychenko", "Khatib", "Diallo", "Abebe", "Hossaini", "Zelaya", "Thant", "Sahin", "Pierre")
STRANGERS = [
    [f"S{number}", f"{GIVEN[number % 10]} {GIVEN[number // 10 % 10]} {FAMILY[number // 30]}", "", "", "", "", ""]
    for number in range(300)
]
LEAVE_OUT = ("--left-columns", "household=", "--right-columns", "household=")


def save(path: Path, rows, header=HEADER) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture
def lists(tmp_path):
    return save(tmp_path / "left.csv", SOUGHT), save(tmp_path / "right.csv", [*REGISTERED, *STRANGERS])


@pytest.fixture
def pairs(tmp_path):
    return tmp_path / "pairs.csv"


def link(lists, pairs, *more) -> int:
    return main(["link", *map(str, lists), "--output", str(pairs), *more])


def rows_of(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return {(row["left_id"], row["right_id"]): row for row in csv.DictReader(file)}


def linked(lists, folder: Path, *more) -> dict[tuple[str, str], dict[str, str]]:
    output = folder / f"pairs{len(list(folder.iterdir()))}.csv"
    assert link(lists, output, *more) == 0
    return rows_of(output)


def score(found, *ids: str) -> float:
    return float(found[ids]["score"])


def test_who_is_sought_with_a_found_person_is_lifted_by_their_pair(lists, tmp_path, capsys):
    alone, together = (linked(lists, tmp_path, "--threshold", "0.001", *more) for more in (LEAVE_OUT, ()))
    assert score(alone, "L2", "R2") < 0.4
    assert score(together, "L2", "R2") > 0.8
    assert "2 pairs of 1 families were lifted." in capsys.readouterr().err


def test_nothing_else_changes(lists, tmp_path):
    alone, together = (linked(lists, tmp_path, "--explain", *more) for more in (LEAVE_OUT, ()))
    assert alone.keys() <= together.keys()
    assert {ids for ids in alone if alone[ids] != together[ids]} == {("L1", "R1"), ("L2", "R2")}
    assert ("L3", "R2") in together  # of another request


def test_a_list_without_households_is_linked_as_ever(lists, tmp_path):
    left = save(tmp_path / "plain.csv", [row[:-1] for row in SOUGHT], HEADER[:-1])
    for more in ((), ("--explain",)):
        assert linked((left, lists[1]), tmp_path, *more) == linked(lists, tmp_path, *LEAVE_OUT, *more)


def test_a_pair_below_the_threshold_is_shown_when_it_is_lifted_above(lists, tmp_path):
    alone, together = (linked(lists, tmp_path, "--threshold", "0.5", *more) for more in (LEAVE_OUT, ()))
    assert together.keys() - alone.keys() == {("L2", "R2")}
    assert all(float(row["score"]) >= 0.5 for row in together.values())


def test_the_best_pair_of_a_person_comes_first_and_top_holds(lists, tmp_path):
    together = linked(lists, tmp_path, "--threshold", "0.001")
    assert [ids for ids in together if ids[0] == "L2"][:2] == [("L2", "R2"), ("L2", "R3")]
    assert len([ids for ids in linked(lists, tmp_path, "--top", "1") if ids[0] == "L2"]) <= 1


def test_the_evidence_says_that_the_families_met(lists, tmp_path):
    told = linked(lists, tmp_path, "--explain")["L2", "R2"]["evidence"]
    assert told.count("Another pair of these two families") == 1
    assert "Similar names" in told


def test_without_households_on_the_right_the_records_tell_who_is_of_one_family(lists, tmp_path):
    together = linked(lists, tmp_path, "--right-columns", "household=")
    assert score(together, "L2", "R2") > 0.5
    save(lists[1], [*([*row[:5], "", ""] for row in REGISTERED), *STRANGERS])
    alone, silent = (linked(lists, tmp_path, *more) for more in (LEAVE_OUT, ()))
    assert alone == silent


def test_another_household_denies_what_the_records_say(lists, tmp_path):
    save(lists[1], [REGISTERED[0], [*REGISTERED[1][:-1], "H9"], *REGISTERED[2:], *STRANGERS])
    assert linked(lists, tmp_path) == linked(lists, tmp_path, *LEAVE_OUT)


def test_neither_workers_nor_batches_change_the_output(lists, tmp_path, monkeypatch):
    for path, rows in zip(lists, (SOUGHT, REGISTERED), strict=True):
        thrice = [[*row[:-1], row[-1] and f"{row[-1]}-{turn}"] for turn in range(3) for row in numbered(rows, turn)]
        save(path, [*thrice, *STRANGERS])
    whole = linked(lists, tmp_path, "--explain")
    monkeypatch.setattr(households, "MOST_PAIRS", 1)
    assert linked(lists, tmp_path, "--explain", "--workers", "2") == whole
    assert {ids for ids in whole if "Another pair" in whole[ids]["evidence"]} >= {("L2-0", "R2-0"), ("L2-2", "R2-2")}


def numbered(rows, turn: int):
    return [[f"{row[0]}-{turn}", *row[1:]] for row in rows]


class Stops:
    """Counts what makes a state last, and presses Ctrl+C before the step number `at`."""

    def __init__(self, monkeypatch, at: int) -> None:
        self.count, self.at = 0, at
        for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "open")):
            monkeypatch.setattr(owner, name, self.step(getattr(owner, name)))

    def step(self, real):
        def stepped(*given, **named):
            self.count += 1
            if self.count == self.at:
                raise KeyboardInterrupt
            return real(*given, **named)

        return stepped


def test_stopped_before_any_step_and_begun_again_the_output_is_the_same(lists, tmp_path, monkeypatch):
    whole = tmp_path / "whole.csv"
    with monkeypatch.context() as counting:
        steps = Stops(counting, 0)
        assert link(lists, whole, "--explain") == 0
    assert steps.count > 20
    for at in range(1, steps.count + 1):
        output = tmp_path / f"stopped{at}.csv"
        with monkeypatch.context() as stopping:
            Stops(stopping, at)
            assert link(lists, output, "--explain") == 130
        assert link(lists, output, "--explain") == 0, at
        assert output.read_bytes() == whole.read_bytes(), at
        assert not Path(f"{output}.lifted").exists()


def test_an_output_that_was_replaced_is_not_lifted_again(lists, pairs, monkeypatch, capsys):
    with monkeypatch.context() as stopping:
        stopping.setattr(households.Ledger, "_end_replacing", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        assert link(lists, pairs) == 130
    kept, done = pairs.read_bytes(), json.loads(Path(f"{pairs}.progress").read_text())["done"]
    assert not done["finished"]
    assert link(lists, pairs) == 0
    assert pairs.read_bytes() == kept
    assert "lifted" not in capsys.readouterr().err.split("Stopped")[1]
    assert link(lists, pairs) == 0  # finished: the lengths are those of the new pairs


def test_a_run_begun_without_households_does_not_go_on_with_them(lists, pairs):
    assert link(lists, pairs) == 0
    path = Path(f"{pairs}.progress")
    known = json.loads(path.read_text())
    del known["identity"]["households"]
    path.write_text(json.dumps(known))
    assert link(lists, pairs) == 2


def test_ids_that_come_twice_are_left_as_they_are(lists, tmp_path):
    for side, rows, twice in ((0, SOUGHT, SOUGHT[1]), (1, [*REGISTERED, *STRANGERS], REGISTERED[1])):
        save(lists[side], [*rows, twice])
        assert linked(lists, tmp_path) == linked(lists, tmp_path, *LEAVE_OUT)
        save(lists[side], rows)


def test_too_many_members_are_no_household(lists, tmp_path, capsys):
    crowd = [[f"M{number}", "Maryam Haddad", "", "", "", "", "Q1"] for number in range(MOST_MEMBERS)]
    save(lists[0], [*SOUGHT, *crowd])
    assert linked(lists, tmp_path) == linked(lists, tmp_path, *LEAVE_OUT)
    assert "left: households of more than 40 members count as none: 1." in capsys.readouterr().err


def test_a_camp_in_the_column_of_households_makes_nobody_kin(lists, tmp_path, capsys):
    camp = [[*row[:5], "", "camp 4"] for row in (*REGISTERED, *STRANGERS)]
    save(lists[1], [*camp, *([f"C{number}", *camp[-1][1:]] for number in range(4_000))])
    assert linked(lists, tmp_path) == linked(lists, tmp_path, *LEAVE_OUT)
    assert "right: households of more than 40 members count as none: 1." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cell", "keeps"),
    [
        *(("=1+1", True), ("'=1+1", True), ("a\tb", True), ("١٢", True), ("x" * 300, True)),
        *(("x" * 10_000, False), ("unknown", False), ("-", False), ("\x00", False), ('"', False)),
    ],
)
def test_no_cell_stops_the_run_and_what_says_nothing_keeps_nobody_together(lists, tmp_path, cell, keeps):
    save(lists[0], [[*row[:-1], cell] for row in SOUGHT])
    save(lists[1], [*([*row[:-1], cell] for row in REGISTERED), *STRANGERS])
    assert (linked(lists, tmp_path) != linked(lists, tmp_path, *LEAVE_OUT)) == keeps


def test_an_id_longer_than_the_csv_module_reads_unasked_stops_nothing(lists, pairs):
    save(lists[1], [REGISTERED[0], ["=" + "R" * 131_071, *REGISTERED[1][1:]], *STRANGERS])
    assert link(lists, pairs, "--threshold", "0.5") == 0
    assert b"L2,'=RRR" in pairs.read_bytes()
