"""What is read out of encoded lists: by the hub, by a society that keeps all it gets, with a register of everybody."""

from collections import defaultdict

import pytest

from benchmarks import exchange_attacks as attacks
from benchmarks.encoded import read_lists
from benchmarks.exchange_accuracy import encoded, measured
from benchmarks.labels import read_labels
from benchmarks.lists.files import generate
from benchmarks.training.exchange_weights import numbered
from matching.encoding import REPEATS, encode
from rfl.exchange.rounds import states, steps
from rfl.exchange.rounds.blinding import hash_to_group, multiply
from tests.exchange_lists import SECRET, SOCIETIES, Table

FIRST, SECOND = SOCIETIES


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("lists")
    generate(where, 300, 1_200, 5)
    return where


@pytest.fixture(scope="module")
def lists(folder):
    return tuple([encode(one) for one in side] for side in read_lists(folder))


@pytest.fixture(scope="module")
def view(lists):
    return attacks.view_of(*lists)


@pytest.fixture(scope="module")
def apart(view):
    return attacks.reported(view)


def test_shared_persons_are_found_at_few_false_pairs(folder):
    labels, (left, right) = read_labels(folder), read_lists(folder)
    _, _, _, at_ten, _ = measured(encoded(left, right), labels.truth, len(left))
    assert float(at_ten) >= 0.5


def test_no_value_stands_in_a_list_twice_so_its_own_graph_is_empty(view):
    assert attacks.repeated(view.left) == attacks.repeated(view.right) == 0


def test_presence_bits_name_hardly_anybody_in_a_large_list(view, lists, apart):
    named = attacks.unlike_any(view, 0, apart)
    assert named.right / named.tried < 0.15  # of 300; .004 of 5,000


def test_a_register_that_writes_persons_its_own_way_names_nobody(folder, view, lists, apart):
    owners = defaultdict(set)
    for one, two in numbered(read_labels(folder), *read_lists(folder)):
        owners[one].add(two)
    named = attacks.in_other_words(view, lists[1], owners, apart, REPEATS)
    assert named.tried >= 3
    assert named.right == 0


def test_the_very_records_of_both_lists_name_most_cases_that_meet_any(view, apart):
    """The weak place that docs/exchange.md warns of; when this fails, the warning is out of date."""
    named = attacks.unlike_any(view, 2, apart)
    assert named.right / named.tried > 0.3  # of 300, many of which meet nobody; .94 of 5,000


def test_values_that_stand_once_show_nothing_that_cases_share(lists, view, apart):
    once = attacks.view_of(*lists, repeats=1)
    shown = attacks.through_the_other_list(once, lists[0], attacks.reported(once), 1)
    with_three = attacks.through_the_other_list(view, lists[0], apart, REPEATS)
    assert shown.right < with_three.right


def test_a_society_that_keeps_all_it_gets_cannot_try_a_token(view):
    """The dictionary attack: it has the pair's secret, its own exponent, and every token of its partner's list."""
    table = Table().play()
    kept = b"".join(out.letter.body for _, out in table.sent if out.to is SECOND) + states.to_bytes(
        table.finished[SECOND]
    )
    for token in table.lists[FIRST].token[3 * 3 :]:  # beyond the three persons that both lists share
        point = hash_to_group(SECRET, token.tobytes())
        for value in (token.tobytes(), point, multiply(table.blinded[SECOND].scalar, point)):
            assert value not in kept
            assert value.hex().encode() not in kept


def test_the_hub_gets_no_point_that_could_be_raised_further():
    table = Table().play()
    raised = [out.letter.body for _, out in table.sent if out.letter.kind == steps.RAISED]
    points = [out.letter.body[32:] for _, out in table.sent if out.letter.kind == steps.BLINDED]
    for body in raised:
        for list_ in points:
            assert not any(list_[start : start + 32] in body for start in range(0, len(list_), 32 * 50))
