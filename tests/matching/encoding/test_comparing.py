"""Equal values of two lists become scored pairs; a threshold is so many false pairs."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from benchmarks.encoded import seen, seen_cases
from matching.encoding import RULES, compare, encode, threshold
from matching.encoding.comparing import feature_names, meet, shipped
from matching.types import Name, PersonRecord
from tests.matching.encoding.test_encode import day, person, rich

NAMES = ["Rami Barakat", "Salma Haddad", "Omar Sabbagh", "Hiba Najjar"]


@pytest.fixture
def lists():
    ours = [rich(name) for name in NAMES]
    theirs = [person(name) for name in reversed(NAMES[:2])] + [person("Tarek Aziz", birth=day("1931-02-03"))]
    return seen(ours, first=True), seen(theirs, first=False)


def test_the_same_persons_meet_and_nobody_else(lists):
    found = {(one, two) for one, two, _, _ in compare(*lists)}
    assert {(0, 1), (1, 0)} <= found
    assert all(two != 2 for _, two in found)


def test_more_that_agrees_scores_higher():
    ours = seen([rich("Rami Barakat")], first=True)
    near, far = rich("Rami Barakat"), person("Rami Barakat", birth=None)
    scores = {two: score for _, two, score, _ in compare(ours, seen([near, far], first=False))}
    assert scores[0] > scores[1]


def test_what_both_could_tell_and_differs_counts_against():
    ours = seen([person("Rami Barakat", last_place="Halab")], first=True)
    silent = person("Rami Barakat", birth=None)
    other = replace(silent, birth=day("1950-05-05"))
    alone = [next(compare(ours, seen([one], first=False)))[2] for one in (silent, other)]
    assert alone[0] > alone[1]


def test_bits_name_the_equal_classes(lists):
    for _, _, _, bits in compare(*lists):
        assert 0 < bits < 1 << len(RULES)
    ours = seen([person("Rami Barakat")], first=True)
    bits = next(compare(ours, seen([person("Rami Barakat")], first=False)))[3]
    assert {RULES[bit].name for bit in range(len(RULES)) if bits >> bit & 1} >= {"two names, date", "name, date"}


def test_the_least_score_leaves_out_what_is_below(lists):
    every = list(compare(*lists))
    cut = sorted(score for _, _, score, _ in every)[1]
    assert [one for one in compare(*lists, cut) if one[2] < cut] == []
    assert [one for one in every if one[2] >= cut] == list(compare(*lists, cut))


def test_persons_registered_twice_meet_both_times():
    twice = [encode(person("Rami Barakat"))] * 2
    found = {(one, two) for one, two, _, _ in compare(seen_cases(twice, first=True), seen_cases(twice, first=False))}
    assert found == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_lists_without_anything_in_common_give_no_pair():
    empty = seen([PersonRecord("1", "sought", (Name("original", full="Omar"),))], first=True)
    assert list(compare(empty, seen([person("Rami Barakat")], first=False))) == []


def test_values_of_different_classes_are_not_equal(lists):
    @dataclass
    class Turned:
        case: object
        rule: object
        value: object
        presence: object

    ours, theirs = lists
    turned = Turned(theirs.case, (theirs.rule + 1) % len(RULES), theirs.value, theirs.presence)
    assert len(meet(ours, turned).left) == 0


def test_fewer_false_pairs_ask_for_a_higher_score_and_so_does_a_longer_list():
    scores = [threshold(allowed, 20_000) for allowed in (1, 10, 100)]
    assert scores == sorted(scores, reverse=True)
    assert threshold(10, 100_000) > threshold(10, 20_000) > threshold(10, 1_000)


@pytest.mark.parametrize(("allowed", "cases"), [(0, 1_000), (-1, 1_000), (10, 0)])
def test_a_threshold_without_meaning_is_refused(allowed, cases):
    with pytest.raises(ValueError, match="threshold"):
        threshold(allowed, cases)


def test_every_feature_has_a_weight():
    assert shipped().weights.shape == (len(feature_names()),)
    assert np.isfinite(shipped().weights).all()
