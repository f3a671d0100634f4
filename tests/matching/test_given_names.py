"""Given names that look like those of a brother or a sister are told apart, within a tradition."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pytest

from matching.equivalents import GIVEN_FROM, ROWS_OF_TRADITION, _rows, tabled_names
from matching.kernel import CLOSE, LOOSE, NEAR, SAME, compare_tokens
from matching.kernel.tables import load_tables
from matching.paired_syllables import KOREAN_FROM, paired_names
from matching.scripts import read
from matching.tokens import tokens

ROWS = _rows("given_names.csv")


def test_rows_are_gathered_by_tradition_and_numbered_beneath_the_names_of_two_syllables():
    traditions = [tradition for tradition, _ in groupby(row["tradition"] for row in ROWS)]
    assert len(traditions) == len(set(traditions)) >= 40
    assert GIVEN_FROM + len(traditions) * ROWS_OF_TRADITION <= KOREAN_FROM
    assert max(Counter(row["tradition"] for row in ROWS).values()) <= ROWS_OF_TRADITION


def test_each_row_has_an_origin_and_words_that_stay_one_token():
    assert all(row["origin"] for row in ROWS)
    words = [word for row in ROWS for word in (row["name"], *row["variants"].split())]
    assert [word for word in words if tokens(word) != (word,)] == []


def test_a_name_stands_once_in_its_tradition():
    named = Counter((row["tradition"], read(row["name"]).folded) for row in ROWS)
    assert [name for name, times in named.items() if times > 1] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("amin", "amina"),
        ("rahim", "rahima"),
        ("farshad", "farshid"),
        ("domingo", "dominga"),
        ("niyonkuru", "niyonsaba"),
        ("sumiati", "sumarti"),
        ("huyen", "xuyen"),
        ("영수", "영호"),
        ("영수", "youngho"),
        ("weiming", "weimin"),
        ("建国", "jianguang"),
    ],
)
def test_names_of_brothers_and_sisters_are_loosely_alike_at_most(one, other):
    assert compare_tokens(one, other)[0] >= LOOSE


@pytest.mark.parametrize(
    ("one", "other"),
    [("영수", "youngsoo"), ("순희", "soonhee"), ("建国", "jianguo"), ("nadeem", "نديم"), ("tesfay", "ተስፋዬ")],
)
def test_spellings_of_one_given_name_still_meet(one, other):
    assert compare_tokens(one, other)[0] <= SAME


def test_names_of_two_traditions_are_left_to_their_spelling():
    """An Arab woman registered in Turkey is Emine or Amina; a row in each tradition is no proof."""
    assert compare_tokens("emine", "ameena")[0] <= CLOSE
    assert compare_tokens("zehra", "zahraa")[0] <= NEAR


def test_what_public_lists_hold_for_one_name_is_not_heard_within_a_tradition():
    clusters = load_tables().clusters
    one, other = (set(clusters.names_of(read(word))) for word in ("tung", "dong"))
    assert one & other
    assert compare_tokens("tung", "dong")[0] >= LOOSE


def test_a_name_that_wade_giles_may_mean_otherwise_has_no_number():
    """Chunmei is 春梅 in Pinyin, 俊梅 in Taiwan; Jianping is Pinyin for sure."""
    assert paired_names("chunmei") == ()
    assert paired_names("jianping") == paired_names("建平")


def test_words_that_are_no_names_of_two_syllables_have_no_number():
    assert [word for word in ("jiang", "mina", "samira", "محمد", "영", "김수현") if paired_names(word)] == []
    assert set(paired_names("youngsu")) >= set(paired_names("영수"))


def test_numbers_of_tables_rows_and_syllables_do_not_mix():
    highest = len({row["name"] for file in ("equivalent_names.csv", "short_forms.csv") for row in _rows(file)})
    assert highest < GIVEN_FROM
    assert all(number >= KOREAN_FROM for number in paired_names("youngsu"))
    assert list(tabled_names("youngsu")) == sorted(tabled_names("youngsu"))
