"""The pairs written by hand: labels that hold, and a measure that counts the written persons only."""

from collections import Counter

import pytest

from benchmarks import written_pairs
from benchmarks.lists.files import generate
from benchmarks.lists.records import COLUMNS
from benchmarks.rows import read_people, read_rows
from benchmarks.written_pairs import WRITTEN

TRADITIONS, PAIRS = 30, 250


def rows(name):
    return list(read_rows(WRITTEN / f"{name}.csv"))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("invented")
    generate(folder, 5, 20, 1)
    return written_pairs.mix(WRITTEN, folder)


@pytest.fixture(scope="module")
def scores(mixed):
    return written_pairs.score(mixed, {row["id"] for row in rows("left")})


def test_every_label_names_two_written_persons():
    known = [row["id"] for side in ("left", "right") for row in rows(side)]
    assert len(set(known)) == len(known)
    labels = rows("truth") + rows("negatives")
    assert {row[side] for row in labels for side in ("left_id", "right_id")} <= set(known)


def test_a_registered_person_is_one_person_only():
    labels = Counter(row["right_id"] for row in rows("truth") + rows("negatives"))
    assert labels == Counter(row["id"] for row in rows("right"))


def test_many_traditions_are_written():
    traditions = Counter(row["culture"] for row in rows("truth"))
    assert len(traditions) >= TRADITIONS
    assert sum(traditions.values()) >= PAIRS
    assert set(rows("left")[0]) == set(COLUMNS)


@pytest.mark.parametrize("side", ["left", "right"])
def test_every_written_person_has_a_name_and_a_sex_or_none(side):
    for record in read_people(WRITTEN / f"{side}.csv", "sought"):
        assert any((name.full, name.given) != ("", "") for name in record.names), record.id
    assert {row["sex"] for row in rows(side)} <= {"male", "female", "unknown"}


def test_pairs_of_invented_sought_persons_are_not_counted(mixed, scores):
    invented = {record.id for record in mixed.left} - {row["id"] for row in rows("left")}
    assert len(invented) == 5
    assert not {left for left, _ in scores} & invented
    assert mixed.labels.truth & set(scores)


def test_strangers_alone_are_easier_than_siblings(mixed):
    truth = next(iter(mixed.labels.truth))
    sibling = next(iter(mixed.labels.negatives["sibling"]))
    worse = {truth: 0.5, sibling: 0.9}
    assert written_pairs.among_strangers(worse, mixed.labels)[1] == pytest.approx(1 / len(mixed.labels.truth))


def test_small_traditions_have_a_line_of_their_own(mixed, scores):
    text = written_pairs.slices(scores, mixed.labels)
    assert "| culture nigerian_igbo | 4 |" in text


def test_errors_name_the_lowest_pairs_and_say_which_were_not_proposed(mixed):
    text = written_pairs.errors(mixed, {}, WRITTEN, 2)
    assert text.count("| not proposed |") == 2
