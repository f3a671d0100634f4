"""The invented lists: the same for the same seed, of the size asked for, with a truth that holds."""

from datetime import date

import edtf
import pytest

from benchmarks.lists.clerks import join_patronymic
from benchmarks.lists.files import TooFew, generate
from benchmarks.lists.records import COLUMNS
from benchmarks.lists.traditions import TRADITIONS, shelves
from benchmarks.rows import read_rows

LEFT, RIGHT = 200, 800
NAMES = ("left.csv", "right.csv", "truth.csv", "negatives.csv")


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    generate(folder, LEFT, RIGHT, seed=1)
    return {name.partition(".")[0]: list(read_rows(folder / name)) for name in NAMES}, folder


def test_the_same_seed_gives_the_same_files(lists, tmp_path):
    generate(tmp_path, LEFT, RIGHT, seed=1)
    assert [(tmp_path / name).read_bytes() for name in NAMES] == [(lists[1] / name).read_bytes() for name in NAMES]


def test_another_seed_gives_other_people(lists, tmp_path):
    generate(tmp_path, LEFT, RIGHT, seed=2)
    assert (tmp_path / "left.csv").read_bytes() != (lists[1] / "left.csv").read_bytes()


def test_lists_have_the_size_and_columns_asked_for(lists):
    left, right = lists[0]["left"], lists[0]["right"]
    assert (len(left), len(right)) == (LEFT, RIGHT)
    assert tuple(left[0]) == tuple(right[0]) == COLUMNS
    assert len({row["id"] for row in left + right}) == LEFT + RIGHT


def test_every_record_bears_a_name(lists):
    names = ("given_name", "father_name", "grandfather_name", "family_name", "full_name")
    assert all(any(row[name] for name in names) for row in lists[0]["left"] + lists[0]["right"])


def test_a_quarter_of_the_sought_is_registered(lists):
    truth = lists[0]["truth"]
    assert len({row["left_id"] for row in truth}) == LEFT // 4
    assert len({row["right_id"] for row in truth}) == len(truth)


def test_truth_and_negatives_name_existing_persons_and_no_pair_is_both(lists):
    left, right = ({row["id"] for row in lists[0][side]} for side in ("left", "right"))
    true, false = ({(row["left_id"], row["right_id"]) for row in lists[0][name]} for name in ("truth", "negatives"))
    assert {one for one, _ in true | false} <= left
    assert {one for _, one in true | false} <= right
    assert not true & false


def test_negatives_are_relatives_and_namesakes(lists):
    kinds = {row["kind"] for row in lists[0]["negatives"]}
    assert kinds == {"sibling", "parent", "child", "spouse", "namesake"}


def test_ids_do_not_tell_that_two_records_are_one_person(lists):
    steps = [int(row["right_id"][1:]) * LEFT // RIGHT - int(row["left_id"][1:]) for row in lists[0]["truth"]]
    assert sum(abs(step) < LEFT // 50 for step in steps) < len(steps) / 5


def test_every_date_of_birth_is_edtf(lists):
    written = {row["date_of_birth"] for row in lists[0]["left"] + lists[0]["right"]} - {""}
    assert len({len(text) for text in written}) >= 5
    for text in written:
        first = edtf.parse_edtf(text).lower_strict()
        assert date(*first[:3]) > date(1300, 1, 1)


def test_a_right_list_shorter_than_the_left_is_refused(tmp_path):
    with pytest.raises(TooFew):
        generate(tmp_path, 10, 5, seed=1)


@pytest.mark.parametrize("tradition", TRADITIONS, ids=lambda one: one.code)
def test_every_tradition_has_names_of_both_sexes_sounds_and_places(tradition):
    kinds = shelves(tradition.code)
    assert all(len(kinds[kind].terms) >= 8 for kind in ("male", "female", "sound", "place"))


@pytest.mark.parametrize(
    ("stem", "ending", "soft", "joined"),
    [
        ("Андре", "ович", True, "Андреевич"),
        ("Андрій", "івна", False, "Андріївна"),
        ("Іван", "івна", False, "Іванівна"),
        ("Petr", "ovych", False, "Petrovych"),
    ],
)
def test_patronymics_are_joined_as_grammar_joins_them(stem, ending, soft, joined):
    assert join_patronymic(stem, ending, soft=soft) == joined
