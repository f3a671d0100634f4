"""Every naming tradition has a table of pairs that one who knows it would call one name, or two."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import pytest

from matching.kernel import INITIAL, LOOSE, SAME, compare_tokens
from matching.tokens import is_generic, tokens

TABLES = sorted(Path(__file__).with_name("traditions").glob("*.csv"))
FEWEST_PAIRS = 12
# A table holds what is hard: some rows wait for more knowledge, and a new one may be added before the code knows it.
MOST_WRONG, MOST_WRONG_OF_ALL = 0.13, 0.03


def _rows(table):
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


def _joined(bag):
    """The bag, and the bag with each two neighbours written as one word, which then must agree to the letter."""
    yield bag, ""
    for place in range(len(bag) - 1):
        word = bag[place] + bag[place + 1]
        yield (*bag[:place], word, *bag[place + 2 :]), word


def _meet(left, right, joined):
    level = compare_tokens(left, right)[0]
    return level <= SAME if joined and joined in (left, right) else level < LOOSE or level == INITIAL


def _aligned(left, right, joined):
    free = list(right)
    for token in left:
        found = min(free, key=lambda other: compare_tokens(token, other)[0], default=None)
        if found is None or not _meet(token, found, joined):
            return False
        free.remove(found)
    return True


def _bags(text):
    whole = tokens(text)
    return {whole, tuple(token for token in whole if not is_generic(token)) or whole}


def says_one_name(left, right):
    """Every telling part of the shorter name meets a part of the longer one."""
    for ours, theirs in product(_bags(left), _bags(right)):
        pairs = [(ours, other, word) for other, word in _joined(theirs)]
        pairs += [(one, theirs, word) for one, word in _joined(ours)]
        if any(_aligned(*sorted((one, other), key=len), word) for one, other, word in pairs):
            return True
    return False


def wrong_rows(table):
    return [row for row in _rows(table) if says_one_name(row["left"], row["right"]) != (row["same"] == "1")]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_table_has_enough_pairs_of_both_kinds_and_each_has_its_why(table):
    rows = _rows(table)
    assert len(rows) >= FEWEST_PAIRS
    assert {row["same"] for row in rows} == {"0", "1"}
    assert all(row["why"] for row in rows)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_spellings_of_one_name_meet_and_names_of_siblings_do_not(table):
    wrong = wrong_rows(table)
    assert len(wrong) <= MOST_WRONG * len(_rows(table)), wrong


def test_tables_together_are_read_nearly_without_a_fault():
    wrong = sum(len(wrong_rows(table)) for table in TABLES)
    assert wrong <= MOST_WRONG_OF_ALL * sum(len(_rows(table)) for table in TABLES)


def test_thirty_traditions_have_a_table():
    assert len(TABLES) >= 30
