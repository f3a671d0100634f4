"""Two lists are linked in one compiled loop: for each left person candidates, their comparison, the best of them."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.candidates import Postings, find
from matching.comparing.meeting import COMMUNITY, SCRATCH, Meeting
from matching.comparing.person import PARAMS, Bits, Levels, Params, compare_people
from matching.compiled import borrowing, compiled
from matching.kernel import DIFFERENT
from matching.levels import KINDS
from matching.people import NAMES_AT, NEAR_AT, TEXT_AT, TEXTS, PeopleArrays
from matching.shares import Nearby, community_of
from matching.weights import DECIMALS

_KINDS: Final = len(KINDS)
_TEXTS: Final = len(TEXTS)
# Distinct tokens of one person beyond which further ones meet nobody; bounds the room a thread needs.
_MOST_TOKENS: Final = 160
# Words of one person, however many: names, texts and relatives are bounded where a profile is made.
_MOST_WORDS: Final = 1_024
_UNSET: Final = -1
_DECIMALS: Final = DECIMALS
Tokens = NDArray[np.int32]


class Found(NamedTuple):
    """For each left person how many were found, and their places and bits, best first."""

    held: NDArray[np.int64]
    places: NDArray[np.int32]  # (left persons, top)
    bits: NDArray[np.float64]
    levels: NDArray[np.uint8]  # (left persons, top, kinds)
    parts: NDArray[np.float32]  # (left persons, top, kinds): bits of each kind


@borrowing
def _open_row(token: int, near: Nearby, meet: Meeting, rows: int, row_tokens: Tokens) -> int:
    """Give a left token its row of levels; return the number of rows in use."""
    if meet.local[token] != _UNSET:
        return rows
    row = min(rows, _MOST_TOKENS)
    meet.local[token] = row
    row_tokens[rows] = token
    if row < _MOST_TOKENS:
        for place in range(near.at[token], near.at[token + 1]):
            meet.table[row, near.ids[place]] = near.levels[place]
    return rows + 1


@borrowing
def _open_rows(people: PeopleArrays, p: int, near: Nearby, meet: Meeting, row_tokens: Tokens) -> int:
    rows, flat, facts = 0, people.flat, people.facts[p]
    at = facts[NAMES_AT] + 1
    for _ in range(flat[at - 1]):
        for place in range(flat[at + 1]):
            rows = _open_row(flat[at + 2 + 2 * place], near, meet, rows, row_tokens)
        at += 2 + 2 * flat[at + 1]
    for text in range(_TEXTS):
        at = facts[TEXT_AT + text]
        for place in range(flat[at]):
            rows = _open_row(flat[at + 1 + place], near, meet, rows, row_tokens)
    at = facts[NEAR_AT] + 1
    for _ in range(flat[at - 1]):
        for place in range(flat[at + 1]):
            rows = _open_row(flat[at + 2 + place], near, meet, rows, row_tokens)
        at += 2 + flat[at + 1]
    return rows


@borrowing
def _close_rows(rows: int, near: Nearby, meet: Meeting, row_tokens: Tokens) -> None:
    for row in range(rows):
        token = row_tokens[row]
        meet.local[token] = _UNSET
        if row < _MOST_TOKENS:
            for place in range(near.at[token], near.at[token + 1]):
                meet.table[row, near.ids[place]] = DIFFERENT


@compiled
def _keep(found: Found, row: int, place: int, bits: float, levels: Levels, parts: Bits) -> None:
    """Insert one into the best of a row: more bits first, then the smaller place."""
    top, count = found.places.shape[1], found.held[row]
    at = count
    while at > 0 and (
        found.bits[row, at - 1] < bits or (found.bits[row, at - 1] == bits and found.places[row, at - 1] > place)
    ):
        at -= 1
    if at >= top:
        return
    for move in range(min(count, top - 1), at, -1):
        found.places[row, move], found.bits[row, move] = found.places[row, move - 1], found.bits[row, move - 1]
        found.levels[row, move], found.parts[row, move] = found.levels[row, move - 1], found.parts[row, move - 1]
    found.places[row, at], found.bits[row, at] = place, bits
    found.levels[row, at], found.parts[row, at] = levels, parts
    found.held[row] = min(count + 1, top)


@compiled
def link_people(
    left: PeopleArrays,
    start: int,
    end: int,
    right: PeopleArrays,
    near: Nearby,
    meet: Meeting,
    index: Postings,
    bar: float,
    most: int,
    found: Found,
) -> None:
    """Write to `found` the best of `most` candidates with `bar` bits or more for the left persons `start` to `end`."""
    sums, candidates = np.zeros(index.total, np.float32), np.empty(index.total + 1, np.int32)
    row_tokens = np.empty(_MOST_WORDS, np.int32)
    levels, bits, params = np.empty(_KINDS, np.uint8), np.empty(_KINDS, np.float64), np.empty(PARAMS, np.int64)
    for p in range(start, end):
        rows = _open_rows(left, p, near, meet, row_tokens)
        count = find(left, p, near, index, sums, candidates, most)
        for place in range(count):
            meet.scratch[COMMUNITY] = community_of(near, p, candidates[place])
            total = compare_people(left, p, right, int(candidates[place]), meet, levels, bits, params)
            if total >= bar:
                _keep(found, p, int(candidates[place]), round(total, _DECIMALS), levels, bits)
        _close_rows(rows, near, meet, row_tokens)


@compiled
def _compare_first(
    left: PeopleArrays,
    right: PeopleArrays,
    q: int,
    near: Nearby,
    meet: Meeting,
    levels: Levels,
    bits: Bits,
    params: Params,
) -> None:
    row_tokens = np.empty(_MOST_WORDS, np.int32)
    meet.scratch[COMMUNITY] = community_of(near, 0, q)
    _open_rows(left, 0, near, meet, row_tokens)
    compare_people(left, 0, right, q, meet, levels, bits, params)


def compare_one(
    left: PeopleArrays, right: PeopleArrays, q: int, near: Nearby, meet: Meeting
) -> tuple[Levels, Bits, Params]:
    """Return levels, bits and params of the only left person and right person `q`, as `link_people` finds them."""
    levels, bits, params = np.empty(_KINDS, np.uint8), np.empty(_KINDS, np.float64), np.empty(PARAMS, np.int64)
    _compare_first(left, right, q, near, meet, levels, bits, params)
    return levels, bits, params


def open_meeting(near: Nearby, table: Bits, added: Bits, prior: float) -> Meeting:
    """Return an empty table of levels; a thread needs one of its own.

    `table` and `added` are the weights and what a learned correction adds to them, by kind and level; `prior` is bits.
    """
    rows = min(_MOST_TOKENS, len(near.left_words.marks)) + 1
    return Meeting(
        table=np.full((rows, len(near.right_words.marks)), DIFFERENT, np.uint8),
        local=np.full(len(near.left_words.marks), _UNSET, np.int32),
        left_marks=near.left_words.marks,
        right_marks=near.right_words.marks,
        left_joints=near.left_words.joints,
        right_joints=near.right_words.joints,
        left_shares=near.shares,
        right_shares=np.zeros(len(near.right_words.marks), np.float32),
        left_places=near.places,
        right_places=np.zeros(len(near.right_words.marks), np.float32),
        weights=table,
        added=added,
        prior=prior,
        scratch=np.zeros(SCRATCH, np.int64),
    )


def room_for(persons: int, top: int) -> Found:
    """Return empty room for the `top` best of each of `persons`."""
    shape = (persons, top)
    return Found(
        np.zeros(persons, np.int64),
        np.zeros(shape, np.int32),
        np.zeros(shape),
        np.zeros((*shape, _KINDS), np.uint8),
        np.zeros((*shape, _KINDS), np.float32),
    )
