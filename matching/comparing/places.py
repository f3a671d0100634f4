"""Places and other short texts are compared word by word; the words that agree are worth what their rarity says."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching import weights
from matching.comparing.meeting import Meeting, meeting_level
from matching.compiled import borrowing
from matching.kernel import CLOSE, DIFFERENT, EQUAL, SAME
from matching.levels import KINDS, code
from matching.people import LAND, PLACES_AT, PeopleArrays

Flat = NDArray[np.int32]
Scratch = NDArray[np.int64]
BORN_AT: Final = KINDS.index("birth_place")
LAST_AT: Final = KINDS.index("last_place")
_BIRTH_PLACE, _LAST_PLACE = PLACES_AT
_MISSING: Final = 0
# The same numbers in every kind that compares texts.
T_SAME: Final = code("birth_place", "same")
_CLOSE: Final = code("birth_place", "close")
_COUNTRY: Final = code("birth_place", "same_country")
_DIFFERENT: Final = code("birth_place", "different")
_OTHER: Final = code("birth_place", "other_country")
_NAMED: Final = code("birth_place", "other_name")
_L_NAMED: Final = code("last_place", "other_name")
_L_DIFFERENT: Final = code("last_place", "different")
# Words of a text that are looked at; a table of the levels of two texts fits where names keep their pairs.
_WORDS: Final = 8
_CHANCES: Final = tuple(chance for chance, _ in weights.TOKEN_LEVELS)
_FACTORS: Final = np.array([factor for _, factor in weights.TOKEN_LEVELS], np.float32)
_NOISE: Final = np.array(weights.NOISE, np.float32)
_LEAST_SHARE: Final = weights.LEAST_SHARE
_UNMATCHED: Final = weights.UNMATCHED_PLACE_WORD
_DEPENDENCE: Final = weights.PLACE_DEPENDENCE
_FURTHER: Final = weights.FURTHER_PLACE_WORDS
_REPEATED: Final = weights.REPEATED_PLACE
_KEPT: Final = weights.LAST_PLACE_KEPT


@borrowing
def _meet_words(left: Flat, start: int, n: int, right: Flat, begin: int, m: int, meet: Meeting) -> int:
    """Write the level of every two words of two texts to the scratch; return the best."""
    best = DIFFERENT
    for i in range(n):
        for j in range(m):
            level = meeting_level(meet, left[start + i], right[begin + j])
            meet.scratch[i * _WORDS + j] = level
            best = min(best, level)
    return best


@borrowing
def _is_located(left: Flat, at: int, right: Flat, other: int, found: Scratch) -> bool:
    """Tell whether the gazetteer knows one place in both texts; its tokens come first (matching.profile.Text)."""
    for i in range(left[at + 1 + left[at]]):
        for j in range(right[other + 1 + right[other]]):
            if found[i * _WORDS + j] == EQUAL:
                return True
    return False


@borrowing
def _excused(flat: Flat, at: int, located: bool) -> int:
    """Return as a bit mask the tokens of a text that need no partner.

    Those are the words that name a place, where both texts are known to mean it, and else the tokens of places.
    """
    places, further = flat[at + 1 + flat[at]], flat[at + 2 + flat[at]]
    mask = (1 << places) - 1
    return int(((1 << (flat[at] - further)) - 1) ^ mask if located else mask)


@borrowing
def _unmet(n: int, m: int, found: Scratch, excused: int, turned: bool) -> int:
    """Return how many words of the left text meet none of the right one; `turned`: of the right one."""
    count = 0
    for i in range(m if turned else n):
        met = excused >> i & 1 > 0
        for j in range(n if turned else m):
            met = met or found[j * _WORDS + i if turned else i * _WORDS + j] <= CLOSE
        count += not met
    return count


@borrowing
def _shares_words(left: Flat, at: int, right: Flat, other: int, found: Scratch) -> bool:
    """Tell whether a word of a place agrees with one of the other, beside the tokens of the gazetteer."""
    for i in range(left[at + 1 + left[at]], min(_WORDS, left[at])):
        for j in range(right[other + 1 + right[other]], min(_WORDS, right[other])):
            if found[i * _WORDS + j] <= SAME:
                return True
    return False


@borrowing
def _both_lack(left: Flat, at: int, right: Flat, other: int, located: bool, found: Scratch) -> int:
    """Return how many words meet nothing in the text that lacks fewer."""
    n, m = min(_WORDS, left[at]), min(_WORDS, right[other])
    lacking = _unmet(n, m, found, _excused(left, at, located), False)
    return min(lacking, _unmet(n, m, found, _excused(right, other, located), True))


@borrowing
def compare_texts(left: Flat, at: int, right: Flat, other: int, meet: Meeting) -> int:
    """Return missing, same, other_name, close or different of the texts that begin at `at` and `other`.

    Their nearest words count, and what the gazetteer knows of places. Where both have words that the other lacks, what
    they share may only say what kind of place it is (New, Camp, Road), or the town of two streets. The levels of their
    words stay in the scratch.
    """
    n, m = min(_WORDS, left[at]), min(_WORDS, right[other])
    if n == 0 or m == 0:
        return _MISSING
    best = _meet_words(left, at + 1, n, right, other + 1, m, meet)
    if best > CLOSE:
        return _DIFFERENT
    located = _is_located(left, at, right, other, meet.scratch)
    if best > SAME or _both_lack(left, at, right, other, located, meet.scratch):
        return _CLOSE
    return _NAMED if located and not _shares_words(left, at, right, other, meet.scratch) else T_SAME


@borrowing
def _stands_in(flat: Flat, at: int, token: int) -> bool:
    for place in range(at + 1, at + 1 + flat[at]):
        if flat[place] == token:
            return True
    return False


@borrowing
def _word_bits(meet: Meeting, left: int, right: int, level: int, kept: float) -> float:
    """Return the bits of two words of places that meet at `level`; `kept`: the chance that one person's agree."""
    share = max(
        meet.right_places[right] * _FACTORS[level] + _NOISE[level],
        meet.left_places[left, level],
    )
    return max(0.0, math.log2(kept * _CHANCES[level] / min(1.0, max(share, _LEAST_SHARE))))


@borrowing
def _agreement(left: Flat, at: int, said: int, right: Flat, other: int, told: int, meet: Meeting, kept: float) -> float:
    """Return the bits of two texts whose levels `compare_texts` left: each word pairs once, nearest and likest first.

    A word that also stands in the texts at `said` or `told` (0: none) was counted there and says little again. The
    order of pairing is the same from either side.
    """
    n, m, found = min(_WORDS, left[at]), min(_WORDS, right[other]), meet.scratch
    best, total, ours, theirs = 0.0, 0.0, 0, 0
    for level in range(CLOSE + 1):
        for apart in range(_WORDS):
            for i in range(n):
                for j in (i - apart, i + apart):
                    if 0 <= j < m and found[i * _WORDS + j] == level and not (ours >> i & 1 or theirs >> j & 1):
                        ours, theirs = ours | 1 << i, theirs | 1 << j
                        one, two = left[at + 1 + i], right[other + 1 + j]
                        repeated = (said and _stands_in(left, said, one)) or (told and _stands_in(right, told, two))
                        bits = _word_bits(meet, one, two, level, kept) * (_REPEATED if repeated else 1.0)
                        best, total = max(best, bits), total + bits
    unmatched = _both_lack(left, at, right, other, _is_located(left, at, right, other, found), found)
    return _DEPENDENCE * (best + _FURTHER * (total - best)) + _UNMATCHED * unmatched


@borrowing
def compare_birth_places(left: PeopleArrays, p: int, right: PeopleArrays, q: int, meet: Meeting) -> tuple[int, float]:
    """Return (level, bits) of the places of birth, or of their countries where the places do not agree."""
    at, other, table = left.facts[p, _BIRTH_PLACE], right.facts[q, _BIRTH_PLACE], meet.weights[BORN_AT]
    level = compare_texts(left.flat, at, right.flat, other, meet)
    if level in (T_SAME, _NAMED, _CLOSE):
        return level, max(table[level], _agreement(left.flat, at, 0, right.flat, other, 0, meet, 1.0))
    ours, theirs = left.facts[p, LAND], right.facts[q, LAND]
    if ours and theirs:
        if ours != theirs:
            level = _OTHER
        elif level == _MISSING:
            level = _COUNTRY
    return level, table[level]


@borrowing
def compare_last_places(left: PeopleArrays, p: int, right: PeopleArrays, q: int, meet: Meeting) -> tuple[int, float]:
    """Return (level, bits) of the last known places; one that is the place of birth again says little more."""
    at, other, table = left.facts[p, _LAST_PLACE], right.facts[q, _LAST_PLACE], meet.weights[LAST_AT]
    level = compare_texts(left.flat, at, right.flat, other, meet)
    if level in (T_SAME, _NAMED, _CLOSE):
        said, told = left.facts[p, _BIRTH_PLACE], right.facts[q, _BIRTH_PLACE]
        if left.flat[said] == 0 or right.flat[told] == 0:
            said = told = 0
        level = _L_NAMED if level == _NAMED else level
        return level, max(table[level], _agreement(left.flat, at, said, right.flat, other, told, meet, _KEPT))
    level = _L_DIFFERENT if level == _DIFFERENT else level
    return level, table[level]
