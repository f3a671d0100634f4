"""One pair, a matrix and whole lists give the same levels, in bounded time and whatever comes first."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.kernel import DIFFERENT, INITIAL, LOOSE, Searched, Vocabulary, compare_tokens, level_matrix
from matching.kernel.tables import load_tables

_TOKENS = st.one_of(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12),
    st.text(alphabet="ابتثجحخدذرزسشعغفقكلمنهوي", min_size=1, max_size=10),
    st.text(alphabet="абвгдежзийклмноўїєщюя", min_size=1, max_size=12),
    st.text(alphabet="אבגדהוזחטיכלמנסעפצקרשת", min_size=1, max_size=10),
    st.text(alphabet="ሀለመሰረሸቀበተነአከወዘየደጀገጠፈ", min_size=1, max_size=8),
    st.text(max_size=20),
)
_NAMES = [
    "mohammed",
    "muhammad",
    "محمد",
    "мухаммад",
    "hasan",
    "حسن",
    "husayn",
    "حسين",
    "hossein",
    "ali",
    "علي",
    "عي",
    "olena",
    "елена",
    "олена",
    "tesfaye",
    "ተስፋዬ",
    "sasha",
    "oleksandr",
    "a",
    "kyaw",
    "加伦",
    "יוסף",
    "yusuf",
    "يوسف",
    "mahmoud",
    "محمود",
    "مريم",
    "maryam",
    "mariam",
    "karim",
    "rahim",
    "123",
]


def _vocabulary(tokens, tables=None):
    known = Vocabulary(tables)
    for token in tokens:
        known.add(token)
    return known


@settings(deadline=None, max_examples=200)
@given(_TOKENS, _TOKENS)
def test_level_is_the_same_whichever_token_comes_first(one, other):
    assert compare_tokens(one, other) == compare_tokens(other, one)


@settings(deadline=None, max_examples=30)
@given(st.lists(_TOKENS, max_size=6), st.lists(_TOKENS, max_size=6))
def test_neighbours_are_what_the_matrix_holds(ours, theirs):
    a, b = _vocabulary(ours), _vocabulary(theirs)
    levels = level_matrix(a.arrays(), range(len(a)), b.arrays(), range(len(b)))
    starts, ids, found = Searched(b.arrays(), DIFFERENT - 1).near(a.arrays())
    for row in range(len(a)):
        listed = dict(zip(ids[starts[row] : starts[row + 1]], found[starts[row] : starts[row + 1]], strict=True))
        assert all(levels[row, place] == level for place, level in listed.items())


def test_matrix_of_a_vocabulary_with_itself_is_symmetric():
    known = _vocabulary(_NAMES)
    levels = level_matrix(known.arrays(), range(len(known)), known.arrays(), range(len(known)))
    assert np.array_equal(levels, levels.T)


def test_matrix_and_single_calls_agree():
    known = _vocabulary(_NAMES)
    levels = level_matrix(known.arrays(), range(len(known)), known.arrays(), range(len(known)))
    singly = [[compare_tokens(one, other)[0] for other in _NAMES] for one in _NAMES]
    differing = [
        (one, other)
        for i, one in enumerate(_NAMES)
        for j, other in enumerate(_NAMES)
        if levels[i, j] != singly[i][j] and one != other
    ]
    assert differing == []


def test_neighbours_ascend_and_leave_initials_out():
    known = _vocabulary(_NAMES)
    starts, ids, levels = Searched(known.arrays()).near(known.arrays())
    assert all(np.all(np.diff(ids[start:end]) > 0) for start, end in pairwise(starts))
    assert levels.max() <= LOOSE
    assert INITIAL not in levels


def test_threads_share_one_vocabulary():
    arrays = _vocabulary(_NAMES).arrays()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: Searched(arrays).near(arrays)[1].tolist(), range(8)))
    assert found == [found[0]] * 8


def test_empty_vocabularies_have_no_neighbours():
    none, some = Vocabulary().arrays(), _vocabulary(_NAMES).arrays()
    assert [len(Searched(pair[1]).near(pair[0])[1]) for pair in ((none, some), (some, none), (none, none))] == [0, 0, 0]


def test_a_token_keeps_its_id():
    known = _vocabulary(["ali", "hasan"])
    assert (known.add("ali"), known.token(1), len(known)) == (0, "hasan", 2)


def test_levels_can_be_had_without_the_clusters():
    tables = load_tables(clusters=False)
    known = _vocabulary(["yusuf", "يوسف", "zz"], tables)
    assert level_matrix(known.arrays(), [0], known.arrays(), [1, 2])[0].tolist() < [LOOSE, DIFFERENT + 1]


@pytest.mark.parametrize("token", ["a" * 500, "م" * 500, "e" + "\u0301" * 1_000, "ж" * 500, "名" * 500, "א" * 500])
def test_overlong_token_is_compared_in_bounded_time(token):
    compare_tokens("warm", "up")
    started = time.process_time()
    for other in (token, "mohammed", "محمد", "мухаммад", token[::-1] + "b"):
        compare_tokens(token, other)
    assert time.process_time() - started < 0.5
