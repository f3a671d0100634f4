"""Which parts of two names meet: each at most once, in any order; one word may be two on the other side.

Gulagha and Gul Agha, Hosseinzadeh and حسین زاده.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.comparing.meeting import LEVEL, NO_PARTNER, TO_LEFT, TO_RIGHT, Meeting, meeting_level
from matching.compiled import borrowing
from matching.kernel import DIFFERENT, SAME
from matching.words import HEAD, POWER, TAIL, WHOLE

Flat = NDArray[np.int32]
Joints = NDArray[np.uint64]
Scratch = NDArray[np.int64]
_NOTHING: Final = np.uint64(0)
# Places of a name fit in three bits (matching.tokens.MAX_TOKENS).
PLACES: Final = 8


@borrowing
def _join(
    one: Flat, at: int, n: int, its: Joints, room: int,
    two: Flat, to: int, m: int, theirs: Joints, other: int, found: Scratch,
) -> tuple[int, int]:  # fmt: skip
    """Pair words of `one` with two neighbours of `two` each; return the paired words of either as bit masks."""
    words, halves = 0, 0
    for i in range(n):
        whole = its[one[at + 2 * i], WHOLE]
        if whole == _NOTHING or found[room + i] != NO_PARTNER:
            continue
        for j in range(m - 1):
            if found[other + j] != NO_PARTNER or found[other + j + 1] != NO_PARTNER:
                continue
            head, tail = two[to + 2 * j], two[to + 2 * j + 2]
            if theirs[tail, POWER] == _NOTHING or theirs[head, HEAD] == _NOTHING:
                continue
            if theirs[head, HEAD] * theirs[tail, POWER] + theirs[tail, TAIL] == whole:
                found[room + i], found[other + j], found[other + j + 1] = j, i, i
                words, halves = words | 1 << i, halves | 3 << j
                break
    return words, halves


@borrowing
def _join_words(left: Flat, start: int, n: int, right: Flat, begin: int, m: int, meet: Meeting) -> tuple[int, int, int]:
    """Pair words that are two words on the other side, in rooms that are empty.

    Return the paired places of the left name as a bit mask, and how many names were two words left, and right. Words
    are taken for one by their consonants alone, which four or more seldom have by chance.
    """
    found = meet.scratch
    ones, _ = _join(left, start, n, meet.left_joints, TO_RIGHT, right, begin, m, meet.right_joints, TO_LEFT, found)
    others, twos = _join(right, begin, m, meet.right_joints, TO_LEFT, left, start, n, meet.left_joints, TO_RIGHT, found)
    split, whole = 0, 0
    for i in range(n):
        if (ones | twos) >> i & 1:
            found[LEVEL + i] = SAME
        whole += ones >> i & 1
    for j in range(m):
        split += others >> j & 1
    return ones | twos, split, whole


@borrowing
def _pairs(left: Flat, start: int, n: int, right: Flat, other: int, m: int, meet: Meeting) -> int:
    """Write the pairs of tokens that meet, best first, to the scratch; return how many."""
    keys, count = meet.scratch, 0
    for i in range(n):
        for j in range(m):
            one, two = start + 2 * i, other + 2 * j
            level = meeting_level(meet, left[one], right[two])
            if level >= DIFFERENT:
                continue
            moved = left[one + 1] != right[two + 1]
            key = (
                (level << 16) | (moved << 15) | (abs(i - j) << 12) | (min(i, j) << 9) | (max(i, j) << 6) | (i << 3) | j
            )
            place = count
            while place > 0 and keys[place - 1] > key:
                keys[place] = keys[place - 1]
                place -= 1
            keys[place] = key
            count += 1
    return count


@borrowing
def _open_rooms(found: Scratch) -> None:
    for place in range(PLACES):
        found[TO_RIGHT + place] = NO_PARTNER
        found[TO_LEFT + place] = NO_PARTNER
        found[LEVEL + place] = DIFFERENT


@borrowing
def _choose(count: int, n: int, m: int, found: Scratch) -> int:
    """Pair every token without a partner at most once, best pairs first; return how many pairs were made."""
    chosen = 0
    for place in range(count):
        key = found[place]
        i, j = (key >> 3) & 7, key & 7
        if found[TO_RIGHT + i] == NO_PARTNER and found[TO_LEFT + j] == NO_PARTNER:
            found[TO_RIGHT + i], found[TO_LEFT + j], found[LEVEL + i] = j, i, key >> 16
            chosen += 1
            if chosen == min(n, m):
                break
    return chosen


@borrowing
def align(left: Flat, start: int, n: int, right: Flat, begin: int, m: int, meet: Meeting) -> tuple[int, int, int, int]:
    """Write the partners of all parts of two names and their levels to the scratch.

    Return the left parts that met as one word and two (a bit mask), how many names were two words left, and right, and
    how many parts met in all.
    """
    _open_rooms(meet.scratch)
    joined, split, whole = _join_words(left, start, n, right, begin, m, meet)
    chosen = _choose(_pairs(left, start, n, right, begin, m, meet), n, m, meet.scratch)
    return joined, split, whole, chosen + split + whole
