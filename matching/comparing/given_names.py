"""Which part of a name is the given name, and how the given names of two people meet."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.comparing.meeting import LEVEL, NO_PARTNER, TO_LEFT, TO_RIGHT
from matching.compiled import borrowing
from matching.kernel import CLOSE, DIFFERENT, LOOSE, SAME
from matching.levels import code
from matching.people import SLOT_CODES
from matching.words import GENERIC, PATRONYMIC

Flat = NDArray[np.int32]
Marks = NDArray[np.uint8]
Scratch = NDArray[np.int64]
_FULL: Final = SLOT_CODES["full"]
_GIVEN: Final = SLOT_CODES["given"]
_MISSING: Final = 0
G_SAME: Final = code("given_name", "same")
_G_CLOSE: Final = code("given_name", "close")
_G_LOOSE: Final = code("given_name", "loose")
G_SECOND: Final = code("given_name", "second_differs")
_G_ELSEWHERE: Final = code("given_name", "elsewhere")
_G_PARTLY: Final = code("given_name", "partly")
_G_SHIFTED: Final = code("given_name", "shifted")
_G_DIFFERENT: Final = code("given_name", "different")
_G_PROBABLY: Final = code("given_name", "probably_different")


@borrowing
def given_places(flat: Flat, start: int, n: int, marks: Marks) -> int:
    """Return as a bit mask where the given name stands: its slot, else before a patronymic, else the first telling."""
    named = 0
    for i in range(n):
        if flat[start + 2 * i + 1] == _GIVEN:
            named |= 1 << i
    if named:
        return named
    first, alone = -1, False
    for i in range(n):
        if flat[start + 2 * i + 1] == _FULL:
            if first < 0 or (alone and not marks[flat[start + 2 * i], GENERIC]):
                first, alone = i, marks[flat[start + 2 * i], GENERIC] > 0
            if i + 1 < n and marks[flat[start + 2 * i + 2], PATRONYMIC]:
                return 1 << i
    return 1 << first if first >= 0 else 0


@borrowing
def _telling(places: int, flat: Flat, start: int, n: int, marks: Marks) -> int:
    """Return those of some places that hold no word that many names carry."""
    told = 0
    for i in range(n):
        if places >> i & 1 and not marks[flat[start + 2 * i], GENERIC]:
            told |= 1 << i
    return told


@borrowing
def is_named(flat: Flat, start: int, n: int) -> bool:
    """Tell whether a name marks its given name."""
    for i in range(n):
        if flat[start + 2 * i + 1] == _GIVEN:
            return True
    return False


@borrowing
def _partners(ours: int, told: int, n: int, room: int, theirs: int, found: Scratch) -> tuple[bool, bool]:
    """Return whether one that is `told` of our given names met anything, and whether one of ours met nothing.

    One that met only another kind of name, and is not near it, met nothing.
    """
    met, lost = False, False
    for i in range(n):
        if ours >> i & 1:
            j = found[room + i]
            met = met or (told >> i & 1 > 0 and j != NO_PARTNER)
            level = DIFFERENT if j == NO_PARTNER else found[LEVEL + i] if room == TO_RIGHT else found[LEVEL + j]
            lost = lost or level == DIFFERENT or (level >= CLOSE and not theirs >> j & 1)
    return met, lost


@borrowing
def _given_level(ours: int, left: Flat, start: int, n: int, left_marks: Marks, theirs: int, found: Scratch) -> int:
    """Return the level at which given names met each other; DIFFERENT when none did.

    Of several the worst counts, since siblings share the other; but a name that nearly everybody bears tells nothing.
    """
    worst, common = -1, DIFFERENT
    for i in range(n):
        j = found[TO_RIGHT + i]
        if ours >> i & 1 and j != NO_PARTNER and theirs >> j & 1:
            if left_marks[left[start + 2 * i], GENERIC]:
                common = min(common, found[LEVEL + i])
            else:
                worst = max(worst, found[LEVEL + i])
    return worst if worst >= 0 else common


@borrowing
def _moved_level(ours: int, n: int, theirs: int, m: int, found: Scratch) -> int:
    """Return the worse of the levels at which the given names of both sides met parts of another kind."""
    mine, other = DIFFERENT, DIFFERENT
    for i in range(n):
        if ours >> i & 1 and found[TO_RIGHT + i] != NO_PARTNER:
            mine = min(mine, found[LEVEL + i])
    for j in range(m):
        if theirs >> j & 1 and found[TO_LEFT + j] != NO_PARTNER:
            other = min(other, found[LEVEL + found[TO_LEFT + j]])
    return max(mine, other)


@borrowing
def compare_given(
    left: Flat,
    start: int,
    n: int,
    left_marks: Marks,
    right: Flat,
    begin: int,
    m: int,
    right_marks: Marks,
    lost: bool,
    found: Scratch,
) -> int:
    """Return the level of the given names; `lost`: each name has a part that met nothing."""
    ours = given_places(left, start, n, left_marks)
    theirs = given_places(right, begin, m, right_marks)
    if not ours or not theirs:
        return _MISSING
    # Words that many names carry do not make two given names one where both have others.
    mine = _telling(ours, left, start, n, left_marks)
    other = _telling(theirs, right, begin, m, right_marks)
    mine, other = (mine, other) if mine and other else (ours, theirs)
    left_found, left_lost = _partners(ours, mine, n, TO_RIGHT, theirs, found)
    right_found, right_lost = _partners(theirs, other, m, TO_LEFT, ours, found)
    level = _given_level(mine, left, start, n, left_marks, other, found)
    if level < DIFFERENT:
        if left_lost and right_lost:
            return G_SECOND
        return G_SAME if level <= SAME else _G_CLOSE if level < LOOSE else _G_LOOSE
    if left_found and right_found:
        return _G_ELSEWHERE if _moved_level(mine, n, other, m, found) < CLOSE else _G_LOOSE
    left_named, right_named = is_named(left, start, n), is_named(right, begin, m)
    elsewhere = (left_named and left_found) or (right_named and right_found)
    met = left_found or right_found
    return _apart(left_named and right_named, met, elsewhere, left_lost and right_lost, lost)


@borrowing
def _apart(named: bool, met: bool, elsewhere: bool, both: bool, lost: bool) -> int:
    """Return the level of given names of which those of one side at most met anything, and not each other.

    `named`: both names mark them; `elsewhere`: one that is marked `met` a part that is not; `both`: each side has a
    given name that met nothing; `lost`: each has some part that met nothing.
    """
    if named:
        return _G_PARTLY if met else _G_DIFFERENT
    if elsewhere:
        return G_SECOND if both else _G_SHIFTED
    # A family's name that stands first is no given name: that is another part, and met nothing.
    return _G_PROBABLY if lost or not met else _G_SHIFTED
