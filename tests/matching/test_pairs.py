"""The verdicts of a careful reader on pairs from many naming customs."""

from __future__ import annotations

import pytest

import matching
from matching.weights import PROPOSE_AT, STRONG_FROM
from tests.matching import pairs

# Beneath this an officer is not misled even where a sibling is still shown for reading.
HARMLESS = 0.30


def _compare(pair):
    left = matching.profile(pair.left.record("sought"))
    return matching.compare(left, matching.profile(pair.right.record("registered")))


def _named(verdict):
    return [pytest.param(pair, id=pair.why) for pair in pairs.PAIRS if pair.verdict == verdict]


@pytest.mark.parametrize("pair", _named(pairs.LIKELY))
def test_one_person_in_two_spellings_is_proposed(pair):
    assert _compare(pair).score >= PROPOSE_AT


@pytest.mark.parametrize("pair", _named(pairs.LIKELY))
def test_one_person_in_two_spellings_shares_a_key(pair):
    left, right = (matching.profile(side.record("sought")) for side in (pair.left, pair.right))
    assert set(matching.keys(left)) & set(matching.keys(right))


@pytest.mark.parametrize("pair", _named(pairs.UNLIKELY))
def test_relative_or_namesake_is_never_more_than_a_weak_proposal(pair):
    assert _compare(pair).score < HARMLESS


def test_every_likely_pair_outweighs_every_unlikely_pair():
    likely = min(_compare(pair).weight for pair in pairs.PAIRS if pair.verdict == pairs.LIKELY)
    unlikely = max(_compare(pair).weight for pair in pairs.PAIRS if pair.verdict == pairs.UNLIKELY)
    assert likely > unlikely


def test_most_likely_pairs_are_strong():
    scores = [_compare(pair).score for pair in pairs.PAIRS if pair.verdict == pairs.LIKELY]
    assert sum(score >= STRONG_FROM for score in scores) >= len(scores) / 2
