"""One pair, a matrix and whole lists give the same levels, in bounded time and whatever comes first."""

from __future__ import annotations

import csv
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.kernel import DIFFERENT, INITIAL, LOOSE, Searched, Vocabulary, compare_tokens, level_matrix, lists
from matching.kernel.alphabets import NO_PAIR
from matching.kernel.branches import mirrored
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


@st.composite
def _spelled(draw):
    name = draw(st.sampled_from(_NAMES))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(name)))
        letter = draw(st.sampled_from(["", *name]))
        name = name[:at] + letter + name[at + draw(st.integers(0, 1)) :]
    return name or "a"


_SPELLED = _spelled()


def _vocabulary(tokens, tables=None):
    known = Vocabulary(tables)
    for token in tokens:
        known.add(token)
    return known


@settings(deadline=None, max_examples=200)
@given(_TOKENS, _TOKENS)
def test_level_is_the_same_whichever_token_comes_first(one, other):
    assert compare_tokens(one, other) == compare_tokens(other, one)


def _listed(ours, theirs, few):
    """Return what is near as {(row, column): level}, searched for word by word (`few`) or side by side."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "FEW", len(ours) if few else -1)
        starts, ids, levels = Searched(theirs).near(ours.arrays())
    rows = np.repeat(np.arange(len(ours)), np.diff(starts))
    return dict(zip(zip(rows.tolist(), ids.tolist(), strict=True), levels.tolist(), strict=True))


def _compared(ours, theirs):
    levels = level_matrix(ours.arrays(), range(len(ours)), theirs.arrays(), range(len(theirs)))
    return {(int(p), int(q)): int(levels[p, q]) for p, q in np.argwhere(levels <= LOOSE) if levels[p, q] != INITIAL}


@settings(deadline=None, max_examples=60)
@given(st.lists(_TOKENS, max_size=12), st.lists(_TOKENS, max_size=12), st.booleans())
def test_neighbours_are_what_the_matrix_holds(ours, theirs, few):
    a, b = _vocabulary(ours), _vocabulary(theirs)
    assert _listed(a, b, few) == _compared(a, b)


@settings(deadline=None, max_examples=60)
@given(st.lists(_SPELLED, min_size=1, max_size=12), st.lists(_SPELLED, min_size=1, max_size=40), st.booleans())
def test_neighbours_of_names_in_wrong_spellings_are_what_the_matrix_holds(ours, theirs, few):
    a, b = _vocabulary(ours), _vocabulary(theirs)
    assert _listed(a, b, few) == _compared(a, b)


def test_neighbours_in_a_real_vocabulary_are_what_the_matrix_holds():
    names = (resources.files("matching") / "data" / "given_names.csv").read_text(encoding="utf-8")
    words = sorted({word for row in csv.DictReader(names.splitlines()) for word in row["variants"].lower().split()})
    known, some = _vocabulary(words), _vocabulary(words[::17])
    held = _compared(some, known)
    assert len(held) > 2 * len(some)
    assert _listed(some, known, few=True) == held
    assert _listed(some, known, few=False) == held


def test_letters_from_the_end_make_the_same_pairs():
    letters = np.array([(1, NO_PAIR), (2, 40), (3, 50), (4, NO_PAIR)], np.uint8)
    assert mirrored(letters, np.array([0, 3, 3, 4], np.int32)).tolist() == [
        [3, NO_PAIR],
        [2, 50],
        [1, 40],
        [4, NO_PAIR],
    ]


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
    starts, ids, levels = Searched(known).near(known.arrays())
    assert all(np.all(np.diff(ids[start:end]) > 0) for start, end in pairwise(starts))
    assert levels.max() <= LOOSE
    assert INITIAL not in levels


def test_threads_share_one_vocabulary():
    known = _vocabulary(_NAMES)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: Searched(known).near(known.arrays())[1].tolist(), range(8)))
    assert found == [found[0]] * 8


def test_empty_vocabularies_have_no_neighbours():
    none, some = Vocabulary(), _vocabulary(_NAMES)
    pairs = ((none, some), (some, none), (none, none))
    assert [_listed(one, other, few) for one, other in pairs for few in (True, False)] == [{}] * 6


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
