"""Every naming tradition has a table of pairs that one who knows it would call one name, or two."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from matching.kernel import DIFFERENT, LOOSE, compare_tokens
from matching.scripts import script_of
from matching.tokens import is_generic, tokens

TABLES = sorted(Path(__file__).with_name("traditions").glob("*.csv"))
FEWEST_PAIRS = 12
# A table holds what is hard: some rows wait for more knowledge, and a new one may be added before the code knows it.
MOST_WRONG, MOST_WRONG_OF_ALL = 0.18, 0.04
# One character is a whole name there, where in an alphabet it is an initial.
_SYLLABIC = ("Hani", "Hang", "Mymr")


def _rows(table):
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


def _meet(left, right):
    level = compare_tokens(left, right)[0]
    short = min(left, right, key=len)
    return level < LOOSE or (
        level < DIFFERENT and len(short) == 1 and (script_of(left) in _SYLLABIC or short.isascii())
    )


def _joined(bag):
    """The bag, and the bag with each two neighbours written as one word."""
    yield bag
    for place in range(len(bag) - 1):
        yield (*bag[:place], bag[place] + bag[place + 1], *bag[place + 2 :])


def _aligned(left, right):
    free = list(right)
    missing = 0
    for token in left:
        found = min(free, key=lambda other: compare_tokens(token, other)[0], default=None)
        if found is not None and _meet(token, found):
            free.remove(found)
        else:
            missing += 1
    return missing == 0


def says_one_name(left, right):
    """Every telling part of the shorter name meets a part of the longer one."""
    bags = ([token for token in tokens(text) if not is_generic(token)] or list(tokens(text)) for text in (left, right))
    ours, theirs = (tuple(bag) for bag in bags)
    pairs = [*((ours, other) for other in _joined(theirs)), *((one, theirs) for one in _joined(ours))]
    return any(_aligned(*sorted(pair, key=len)) for pair in pairs)


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
