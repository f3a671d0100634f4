"""Every script has a table of words with a spelling in a-z under which officers meet them."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from matching.normalize import words
from matching.scripts import read
from matching.scripts.reading import MAX_LATIN, MAX_SOUNDS, SCRIPTS

TABLES = sorted(Path(__file__).with_name("scripts").glob("*.csv"))
FEWEST_WORDS = 12
# Consonants of the nearest readings must agree to this degree: they are what names are found by.
LEAST_ALIKE = 0.75
_BLOCKS = st.sampled_from(
    [(0x20, 0x24F), (0x370, 0x5FF), (0x600, 0x77F), (0x900, 0xDFF), (0xE00, 0x1399), (0x4E00, 0x9FFF)]
)
_WORDS = _BLOCKS.flatmap(lambda ends: st.text(st.characters(min_codepoint=ends[0], max_codepoint=ends[1]), max_size=40))


def _rows():
    for table in TABLES:
        for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
            yield pytest.param(row["word"], row["spelled"], id=f"{table.stem}-{row['spelled']}-{row['why']}")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_table_has_enough_words_and_each_has_its_why(table):
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert len(rows) >= FEWEST_WORDS
    assert all(row["why"] for row in rows)


def test_every_script_has_words_in_a_table():
    read_ones = {read(param.values[0]).script for param in _rows()}
    assert {script.code for script in SCRIPTS} <= read_ones


@pytest.mark.parametrize(("word", "spelled"), list(_rows()))
def test_word_and_its_spelling_share_their_consonants(word, spelled):
    ours, theirs = (read(words(text)[0]).skeletons for text in (word, spelled))
    assert max(Indel.normalized_similarity(a, b) for a, b in product(ours, theirs)) >= LEAST_ALIKE


@settings(deadline=None, max_examples=200)
@given(st.one_of(_WORDS, st.text(max_size=60)))
def test_any_word_has_a_bounded_reading_spelled_in_a_to_z(text):
    for word in words(text):
        found = read(word)
        assert 1 <= len(found.latin) <= MAX_LATIN
        assert all("a" <= char <= "z" for form in found.latin for char in form)
        assert found.sounds
        assert all(len(form) <= MAX_SOUNDS for form in (*found.sounds, *found.latin))
