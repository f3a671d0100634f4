"""Names become the same tokens however their compounds, titles and small words are written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.tokens import MAX_TOKENS, is_generic, tokens

SAME_TOKENS = (
    ("Abd al-Rahman", "Abdul Rahman", "servant-of compound"),
    ("عبد ال رحمن", "عبد الرحمن", "article apart"),
    ("Nur al-Din", "Nur Eddine", "-din"),
    ("Najib Ullah", "Najib Allah", "-ullah"),
    ("Gulmohammad", "Gul Mohammad", "two names in one word"),
    ("غلامعلی", "غلام علی", "two names in one word"),
    ("Ben Ali", "Benali", "ben at the beginning"),
    ("Ahmed ben Ali", "Ahmed Ali", "ben inside"),
    ("Haile Sellassie", "Hayle Selassie", "construct name"),
    ("Gebre Medhin Haile Tekle", "Gebremedhin Haile-Tekle", "two that are not one"),
    ("王小明", "王 小明", "unspaced"),
    ("Wang Xiao-Ming", "Wang Xiao Ming", "syllables of one given name"),
    ("김영희", "김 영희", "unspaced"),
    ("အောင်ဆန်း", "အောင် ဆန်း", "unspaced"),
    ("Dr. María de los Ángeles", "María Ángeles", "title and small words"),
    ("Ali s/o Hassan", "Ali son of Hassan", "son-of sign"),
    ("Marie Mbuyi née Ilunga", "Marie Mbuyi Ilunga", "maiden name"),
    ("Ірина Бойко ур. Лис", "Ірина Бойко Лис", "maiden name"),
    ("Mo7amed 3ali", "Mohamed Ali", "digits of chats"),
    ("Z0hra", "Zohra", "look-alike digit"),
    ("Zia ul Haq", "Ziaulhaq", "two names around an article"),
    ("Nur Jahan", "Noor Jahan", "one name in two words"),
)
KEPT_WORDS = (
    ("Sumon Das", ("sumon", "das"), "a particle elsewhere"),
    ("Pan Wei", ("pan", "wei"), "a title elsewhere"),
    ("Nguyen Thi An", ("nguyen", "thi", "an"), "an article elsewhere"),
    ("Du Fu", ("du", "fu"), "a particle elsewhere"),
    ("Sheikh", ("sheikh",), "nothing else is left"),
)
HOSTILE = ("", " ", "x", "م", "a" * 500, "名" * 500, "က" * 500, "e" + "\u0301" * 1_000, "\x00\u202e\ud800",
           "abd " * 200, "- ' -", "bin bin", "ul" * 250, "मो" * 300, "abcدефγ王" * 60)  # fmt: skip


@pytest.mark.parametrize(("left", "right", "why"), SAME_TOKENS)
def test_two_ways_of_writing_give_the_same_tokens(left, right, why):
    assert tokens(left) == tokens(right), why


@pytest.mark.parametrize(("text", "expected", "why"), KEPT_WORDS)
def test_word_that_is_small_elsewhere_is_kept_where_it_is_a_name(text, expected, why):
    assert tokens(text) == expected, why


@pytest.mark.parametrize("word", ["md", "bibi", "khan", "begum", "খাতুন", "خان", "maung"])
def test_word_that_says_little_is_generic(word):
    assert is_generic(word)


@pytest.mark.parametrize("word", ["mohammad", "ahmed", "khadija", "gulalai", "محمد"])
def test_name_is_not_generic(word):
    assert not is_generic(word)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_name_is_read_in_bounded_time(text):
    started = time.process_time()
    found = tokens(text)
    assert len(found) <= MAX_TOKENS
    assert time.process_time() - started < 0.5


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=80))
def test_tokens_are_bounded_clean_words(text):
    found = tokens(text)
    assert len(found) <= MAX_TOKENS
    assert all(token and not token.isspace() for token in found)
