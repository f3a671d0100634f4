"""Two names are aligned part by part in any order; a missing part is not a contradicted part."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching import weights
from matching.comparing.alignment import PLACES, align
from matching.comparing.given_names import G_SAME, G_SECOND, compare_given, is_named
from matching.comparing.meeting import COMMUNITY, LEVEL, NO_PARTNER, TO_LEFT, TO_RIGHT, Meeting
from matching.compiled import borrowing
from matching.kernel import DIFFERENT, SAME
from matching.levels import code
from matching.people import SLOT_CODES
from matching.words import GENERIC, SCRIPT

Flat = NDArray[np.int32]
Marks = NDArray[np.uint8]
Scratch = NDArray[np.int64]
NameFound = tuple[float, int, int, int, int, int]
_FULL: Final = SLOT_CODES["full"]
_GIVEN: Final = SLOT_CODES["given"]
_FATHER: Final = SLOT_CODES["father"]
_FAMILY: Final = SLOT_CODES["family"]
_MISSING: Final = 0
_N_SAME: Final = code("name", "same")
_N_SHORTER: Final = code("name", "same_shorter")
_N_ORDER: Final = code("name", "same_other_order")
_N_SPELLING: Final = code("name", "other_spelling")
_N_SCRIPT: Final = code("name", "other_script")
_N_CLOSE: Final = code("name", "close")
_N_PARTLY: Final = code("name", "partly")
_N_DIFFERENT: Final = code("name", "different")
_G_FIRST: Final = code("given_name", "first_agrees")
_S_SAME: Final = code("father_name", "same")
_S_CLOSE: Final = code("father_name", "close")
_S_ELSEWHERE: Final = code("father_name", "elsewhere")
_S_DIFFERENT: Final = code("father_name", "different")
_UNMATCHED: Final = weights.UNMATCHED_TOKEN
_KNEE: Final = weights.NAME_KNEE
_BEYOND: Final = weights.BEYOND_KNEE
_LEAST_SHARE: Final = weights.LEAST_SHARE
_JOINED: Final = math.log2(weights.TOKEN_LEVELS[SAME][0] / weights.JOINED_SHARE)
_CHANCES: Final = tuple(chance for chance, _ in weights.TOKEN_LEVELS)
# As in left_shares, to the bit: neither side may matter.
_FACTORS: Final = np.array([factor for _, factor in weights.TOKEN_LEVELS], np.float32)
_NOISE: Final = np.array(weights.NOISE, np.float32)


@borrowing
def agreement(meet: Meeting, left: int, right: int, level: int) -> float:
    """Return the bits by which two tokens that meet at `level` speak for one person: rare agreement counts more."""
    share = max(
        meet.right_shares[right] * _FACTORS[level] + _NOISE[level],
        meet.left_shares[left, meet.scratch[COMMUNITY], level],
    )
    return math.log2(_CHANCES[level] / min(1.0, max(share, _LEAST_SHARE)))


@borrowing
def _lost(flat: Flat, start: int, n: int, room: int, marks: Marks, found: Scratch) -> int:
    """Return how many parts of a name met nothing, without words that many names carry and leave out again."""
    count = 0
    for i in range(n):
        count += found[room + i] == NO_PARTNER and not marks[flat[start + 2 * i], GENERIC]
    return count


@borrowing
def _lost_inside(flat: Flat, start: int, n: int, room: int, marks: Marks, found: Scratch) -> bool:
    """Tell whether a part between parts that met may be a second given name and met nothing."""
    met, lost = False, False
    for i in range(n):
        if found[room + i] != NO_PARTNER:
            if lost:
                return True
            met = True
        elif flat[start + 2 * i + 1] in (_FULL, _GIVEN) and not marks[flat[start + 2 * i], GENERIC]:
            lost = met
    return False


@borrowing
def compare_forms(left: Flat, form: int, right: Flat, other: int, meet: Meeting) -> NameFound:
    """Return (bits, name level, given, father, family, agreed) of the names that begin at `form` and at `other`."""
    found, left_marks, right_marks = meet.scratch, meet.left_marks, meet.right_marks
    start, n = form + 2, min(PLACES, left[form + 1])
    begin, m = other + 2, min(PLACES, right[other + 1])
    joined, split, whole, chosen = align(left, start, n, right, begin, m, meet)
    bits, worst, ordered = (split + whole) * _JOINED, SAME if joined else 0, True
    for i in range(n):
        j = found[TO_RIGHT + i]
        if j != NO_PARTNER and not joined >> i & 1:
            level = found[LEVEL + i]
            bits += agreement(meet, left[start + 2 * i], right[begin + 2 * j], level)
            worst, ordered = max(worst, level), ordered and (i == j or joined > 0)
    ours = _lost(left, start, n, TO_RIGHT, left_marks, found)
    unmatched = min(ours, _lost(right, begin, m, TO_LEFT, right_marks, found))
    bits += unmatched * _UNMATCHED
    bits = bits if bits <= _KNEE else _KNEE + (bits - _KNEE) * _BEYOND
    level = _name_level(chosen, unmatched, worst, n - split == m - whole, ordered or chosen == 1)
    if level == _N_SPELLING and _scripts(left, start, n, left_marks) != _scripts(right, begin, m, right_marks):
        level = _N_SCRIPT
    given = compare_given(left, start, n, left_marks, right, begin, m, right_marks, unmatched > 0, found)
    if given == G_SAME and unmatched and not (is_named(left, start, n) and is_named(right, begin, m)):
        inside = _lost_inside(left, start, n, TO_RIGHT, left_marks, found)
        given = G_SECOND if inside and _lost_inside(right, begin, m, TO_LEFT, right_marks, found) else _G_FIRST
    father = _slot(_FATHER, left, start, n, right, begin, m, found)
    family = _slot(_FAMILY, left, start, n, right, begin, m, found)
    return bits, level, given, father, family, chosen


@borrowing
def _name_level(chosen: int, unmatched: int, worst: int, equally_long: bool, ordered: bool) -> int:
    """Return the level of two names, of which `chosen` parts met at `worst` or better; scripts are not looked at."""
    if chosen == 0:
        return _N_DIFFERENT
    if unmatched > 0:
        return _N_PARTLY
    if worst > SAME:
        return _N_CLOSE
    if worst > 0:
        return _N_SPELLING
    if not equally_long:
        return _N_SHORTER
    return _N_SAME if ordered else _N_ORDER


@borrowing
def _scripts(flat: Flat, start: int, n: int, marks: Marks) -> int:
    """Return the scripts of a name's parts as a bit mask."""
    found = 0
    for i in range(n):
        found |= np.int64(1) << marks[flat[start + 2 * i], SCRIPT]
    return found


@borrowing
def _slot(slot: int, left: Flat, start: int, n: int, right: Flat, begin: int, m: int, found: Scratch) -> int:
    ours, theirs, met, best = False, False, False, DIFFERENT
    for i in range(n):
        if left[start + 2 * i + 1] == slot:
            j = found[TO_RIGHT + i]
            ours, met = True, met or j != NO_PARTNER
            if j != NO_PARTNER and right[begin + 2 * j + 1] == slot:
                best = min(best, found[LEVEL + i])
    for j in range(m):
        if right[begin + 2 * j + 1] == slot:
            theirs, met = True, met or found[TO_LEFT + j] != NO_PARTNER
    if not ours or not theirs:
        return _MISSING
    if best < DIFFERENT:
        return _S_SAME if best <= SAME else _S_CLOSE
    return _S_ELSEWHERE if met else _S_DIFFERENT
