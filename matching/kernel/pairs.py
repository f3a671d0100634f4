"""Two tokens are compared by table and by sound: symmetric, and bounded in time by the length of a token."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.compiled import compiled
from matching.kernel.levels import CLOSE, DIFFERENT, EQUAL, INITIAL, LOOSE, NEAR, SAME, SHORT
from matching.kernel.vocabulary import SOUNDS, TokenArrays
from matching.scripts.reading import MAX_SOUNDS

# Least similarity in hundredths, judged on pairs of spellings read by eye (Husayn/Hossein 93, Hasan/Husayn 77).
SAME_FROM, NEAR_FROM, CLOSE_FROM, LOOSE_FROM = 97, 90, 79, 66
_ABJAD = 2
_VOWEL, _ABJAD_VOWEL = 40, 10
# Substitution costs below 100: sounds that spellings of one name exchange, by judgement from romanisation tables.
_EXCHANGED = {
    10: "qk uo wu wo yi ye",
    20: "ae ei Tt Dd Dz xh zs Th pb GG wv cs tc Zj jG CS ao ya wa",
    30: "jy jg kg gh Ts bv fv Gg Gk Gh xk SZ Ss ai au ou ua oa eo eu iu Cj sS",
    50: "bf td kx qG Zz Cc Ck jh hk jZ yw hG nm Cs zZ dz tT js",
}
_WEAK = {"'": 10, "y": 35, "w": 45, "h": 45}


def _gaps(vowel: int) -> npt.NDArray[np.int32]:
    return np.array([_WEAK.get(sound, vowel if sound in "aeiou" else 100) for sound in SOUNDS], np.int32)


def _costs() -> npt.NDArray[np.int32]:
    costs = np.full((len(SOUNDS), len(SOUNDS)), 100, np.int32)
    np.fill_diagonal(costs, 0)
    for cost, pairs in _EXCHANGED.items():
        for one, other in pairs.split():
            costs[SOUNDS.index(one), SOUNDS.index(other)] = costs[SOUNDS.index(other), SOUNDS.index(one)] = cost
    np.fill_diagonal(costs, 0)
    return costs


_GAPS, _ABJAD_GAPS, _COSTS = _gaps(_VOWEL), _gaps(_ABJAD_VOWEL), _costs()


@compiled
def similarity(a: TokenArrays, f: int, b: TokenArrays, g: int, abjad: bool) -> int:
    """Return how alike two forms sound, 0..100."""
    gaps = _ABJAD_GAPS if abjad else _GAPS
    row = np.zeros(MAX_SOUNDS + 1, np.int32)
    left, right = a.letters[a.letter_at[f] : a.letter_at[f + 1]], b.letters[b.letter_at[g] : b.letter_at[g + 1]]
    for j in range(len(right)):
        row[j + 1] = row[j] + gaps[right[j]]
    size, mine = row[len(right)], np.int32(0)
    for i in range(len(left)):
        gap = gaps[left[i]]
        mine += gap
        before, row[0] = row[0], mine
        for j in range(len(right)):
            change = before + min(_COSTS[left[i], right[j]], gap + gaps[right[j]])
            before = row[j + 1]
            row[j + 1] = min(change, before + gap, row[j] + gaps[right[j]])
    return max(0, 100 - (100 * row[len(right)]) // max(size, mine, 100))


@compiled
def tabled_level(a: TokenArrays, i: int, b: TokenArrays, j: int) -> int:
    """Return what the tables say: SAME, SHORT, DIFFERENT where both are tabled apart, or -1 for nothing."""
    p, last = a.name_at[i], a.name_at[i + 1]
    q, end = b.name_at[j], b.name_at[j + 1]
    if p == last or q == end:
        return -1
    best = DIFFERENT
    while p < last and q < end:
        one, other = a.names[p], b.names[q]
        if one >> 1 == other >> 1:
            best = min(best, SHORT if (one | other) & 1 else SAME)
        if one <= other:
            p += 1
        if other <= one:
            q += 1
    return best


@compiled
def level_of(a: TokenArrays, i: int, b: TokenArrays, j: int) -> int:
    """Return the level (matching.kernel.levels) of token i of `a` and token j of `b`."""
    if a.identity[i] == 0 or b.identity[j] == 0:
        return DIFFERENT
    if a.identity[i] == b.identity[j]:
        return EQUAL
    if (a.traits[i] | b.traits[j]) & 1:
        return INITIAL if a.first[i] == b.first[j] else DIFFERENT
    known = tabled_level(a, i, b, j)
    if known >= 0:
        return known
    return level_by_sound(a, i, b, j)


@compiled
def level_by_sound(a: TokenArrays, i: int, b: TokenArrays, j: int) -> int:
    """Return the level of the most alike readings."""
    abjad = ((a.traits[i] | b.traits[j]) & _ABJAD) > 0
    best = 0
    for f in range(a.form_at[i], a.form_at[i + 1]):
        for g in range(b.form_at[j], b.form_at[j + 1]):
            best = max(best, similarity(a, f, b, g, abjad))
    if best >= SAME_FROM:
        return SAME
    if best >= NEAR_FROM:
        return NEAR
    if best >= CLOSE_FROM:
        return CLOSE
    return LOOSE if best >= LOOSE_FROM else DIFFERENT
