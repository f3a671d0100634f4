"""How the tokens of one person meet those of others: a small table of levels, filled once for each left person."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import borrowing
from matching.kernel import DIFFERENT, INITIAL, LEVEL_NAMES
from matching.words import FIRST
from matching.words import INITIAL as INITIAL_MARK

# Rooms of the scratch: pairs of tokens, then the partners of left places, of right places, the levels of left places,
# and the community (a column of `left_shares`) of the left person.
TO_RIGHT: Final = 64
TO_LEFT: Final = 72
LEVEL: Final = 80
COMMUNITY: Final = 88
SCRATCH: Final = 96
# In the rooms of partners: nobody.
NO_PARTNER: Final = -1
AGREEING: Final = len(LEVEL_NAMES) - 1  # levels better than DIFFERENT


class Meeting(NamedTuple):
    """What comparison asks of tokens: `table[local[a], b]` is the level of left token a and right token b."""

    table: NDArray[np.uint8]  # (tokens of the left person, right tokens); DIFFERENT where they do not meet
    local: NDArray[np.int32]  # of each left token its row in `table`
    left_marks: NDArray[np.uint8]
    right_marks: NDArray[np.uint8]
    left_joints: NDArray[np.uint64]
    right_joints: NDArray[np.uint64]
    left_shares: NDArray[
        np.float32
    ]  # (left tokens, communities, AGREEING): persons with the token at a level or better
    right_shares: NDArray[np.float32]  # of right tokens, at level SAME
    left_places: NDArray[np.float32]  # (left tokens, AGREEING): persons with the token in a place at a level or better
    right_places: NDArray[np.float32]  # of right tokens, at level SAME
    weights: NDArray[np.float64]  # (kinds, levels): bits
    added: NDArray[np.float64]  # (kinds, levels): bits of a learned correction
    prior: float  # bits before anything is compared, less where a list is long
    scratch: NDArray[np.int64]  # room for the pairs of two names and for what was found; see below


@borrowing
def meeting_level(meet: Meeting, left: int, right: int) -> int:
    """Return the level of a left and a right token."""
    found = int(meet.table[meet.local[left], right])
    if found == DIFFERENT:
        short = meet.left_marks[left, INITIAL_MARK] or meet.right_marks[right, INITIAL_MARK]
        if short and meet.left_marks[left, FIRST] == meet.right_marks[right, FIRST]:
            return INITIAL
    return found
