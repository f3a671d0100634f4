"""Lists of families: who is sought and registered together, and a benchmark that links them through the tool."""

import hashlib
from collections import Counter, defaultdict

import pytest

from benchmarks import families
from benchmarks.labels import Labels
from benchmarks.lists.families import FamilyWriter
from benchmarks.lists.files import generate
from benchmarks.lists.records import COLUMNS
from benchmarks.rows import read_people, read_rows

LEFT, RIGHT = 400, 1_600
LABELS = Labels(frozenset({("a", "1"), ("b", "2"), ("c", "3")}), {}, {"sibling": {("a", "2"), ("b", "1")}})
BEFORE = {("a", "1"): 0.95, ("b", "2"): 0.2, ("a", "2"): 0.4}
AFTER = {("a", "1"): 0.95, ("b", "2"): 0.92, ("a", "2"): 0.91, ("c", "3"): 0.4}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("families")
    generate(made, LEFT, RIGHT, 1, FamilyWriter)
    return made


def test_without_families_the_lists_are_what_they_were(tmp_path):
    generate(tmp_path, 40, 160, seed=1)
    digest = hashlib.md5(b"".join((tmp_path / f"{side}.csv").read_bytes() for side in ("left", "right")))  # noqa: S324
    assert digest.hexdigest() == "e1239946c9604f3840a3c765a806f2b5"


def test_the_same_seed_gives_the_same_families(folder, tmp_path):
    generate(tmp_path, LEFT, RIGHT, 1, FamilyWriter)
    assert all((tmp_path / path.name).read_bytes() == path.read_bytes() for path in folder.glob("*.csv"))


def test_lists_have_the_size_asked_for_and_a_column_of_households(folder):
    for side, size in (("left", LEFT), ("right", RIGHT)):
        found = list(read_rows(folder / f"{side}.csv"))
        assert len(found) == size
        assert tuple(found[0]) == (*COLUMNS, "household")
        assert sum(1 for _ in read_people(folder / f"{side}.csv", "sought")) == size


def test_requests_seek_two_to_four_members_of_one_household(folder):
    sizes = Counter(Counter(row["household"] for row in read_rows(folder / "left.csv")).values())
    assert set(sizes) <= {1, 2, 3, 4}
    assert sizes[1] <= 1  # what was left at the end of the list


def test_half_of_the_registered_households_have_a_number(folder):
    told = [row["household"] for row in read_rows(folder / "right.csv")]
    assert 0.4 < sum(map(bool, told)) / RIGHT < 0.6
    assert len({number for number, count in Counter(filter(None, told)).items() if count > 1}) > 50


def test_members_of_one_household_are_found_together(folder):
    found, households = {row["left_id"] for row in read_rows(folder / "truth.csv")}, defaultdict(list)
    for row in read_rows(folder / "left.csv"):
        households[row["household"]].append(row["id"] in found)
    others = sum(sum(members) * (len(members) - 1) for members in households.values())
    also = sum(sum(members) * (sum(members) - 1) for members in households.values())
    assert 0.18 < len(found) / LEFT < 0.34
    assert 0.5 < also / others < 0.7


def test_a_right_list_that_is_short_takes_no_more_than_it_has(tmp_path):
    generate(tmp_path, 50, 50, 1, FamilyWriter)
    assert len(list(read_rows(tmp_path / "right.csv"))) == 50


def test_lifted_pairs_are_those_scored_higher():
    assert families.lifted(BEFORE, AFTER) == {("b", "2"): 0.92, ("a", "2"): 0.91, ("c", "3"): 0.4}


def test_bands_tell_how_many_of_the_lifted_are_true():
    lines = families.bands(BEFORE, AFTER, LABELS).splitlines()
    assert lines[2:] == ["| 0.3 to 0.5 | 1 | .000 | .400 | 1.000 |", "| 0.9 to 0.97 | 2 | .300 | .915 | .500 |"]


def test_each_way_to_link_is_measured_beside_the_others():
    text = families.overall({"no column": BEFORE, "both columns": AFTER}, LABELS)
    assert "| no column | .556 | .667 | 1.000 / .333 | .000 |" in text
    assert "| both columns | .917 | .857 | .667 / .667 | .500 |" in text


def test_false_lifts_are_shown_with_both_persons(folder):
    left, right = (next(read_rows(folder / f"{side}.csv"))["id"] for side in ("left", "right"))
    text = families.false_lifts(folder, {}, {(left, right): 0.8}, LABELS, 5)
    assert text.splitlines()[2].startswith("| 0.000 | 0.800 | stranger |")


def test_the_tool_links_the_lists_with_and_without_the_columns(tmp_path):
    generate(tmp_path, 30, 120, 1, FamilyWriter)
    found = {name: families.link(tmp_path, more) for name, more in families.COLUMNS.items()}
    assert not families.lifted(found["no column"], found["no column"])
    assert families.lifted(found["no column"], found["both columns"])
