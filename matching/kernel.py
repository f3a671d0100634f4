"""Two name tokens are compared by sound: symmetric, memoised, bounded in time."""

from __future__ import annotations

from functools import lru_cache

from jellyfish import damerau_levenshtein_distance, levenshtein_distance
from rapidfuzz.distance import Indel

from matching.equivalents import is_tabled, known_apart, same_name, short_form
from matching.scripts import Reading, read

# Levels from best to worst; the number orders them.
EQUAL, SAME, SHORT, CLOSE, LOOSE, INITIAL, DIFFERENT = range(7)
LEVEL_NAMES = ("equal", "same", "short_form", "close", "loose", "initial", "different")
# Least similarity of a level, judged on pairs of spellings read by eye (Husayn/Hossein .93, Hasan/Husayn .77).
SAME_FROM, CLOSE_FROM, LOOSE_FROM = 0.90, 0.79, 0.66
# Skeletons further apart than this are never one name; spares the slow comparison.
_PREFILTER = 0.5
# In shorter words a swap often makes another name; longer ones are not names, and would take time.
SHORTEST_SLIP, LONGEST_SLIP = 5, 30
_VOWELS = frozenset("aeiou")
_VOWEL_WEIGHT = 0.4
_ABJAD_VOWEL_WEIGHT = 0.1
# Substitution costs below 1: sounds that spellings of one name exchange, by judgement from romanisation tables.
_NEAR = {
    0.1: "qk uo wu wo yi ye",
    0.2: "ae ei Tt Dd Dz xh zs Th pb GG wv cs tc Zj jG CS ao ya wa",
    0.3: "jy jg kg gh Ts bv fv Gg Gk Gh xk SZ Ss ai au ou ua oa eo eu iu Cj sS",
    0.5: "bf td kx qG Zz Cc Ck jh hk jZ yw hG nm Cs zZ dz tT js",
}
_COST = {pair: cost for cost, pairs in _NEAR.items() for text in pairs.split() for pair in (text, text[::-1])}
_WEAK = {"'": 0.1, "y": 0.35, "w": 0.45, "h": 0.45}


@lru_cache(maxsize=524_288)
def _compare_sorted(left: str, right: str) -> tuple[int, float]:
    first, second = read(left), read(right)
    if not first.sounds[0] or not second.sounds[0]:
        return (EQUAL, 1.0) if left == right else (DIFFERENT, 0.0)
    if first.script == second.script and first.folded == second.folded:
        return EQUAL, 1.0
    if len(first.folded) == 1 or len(second.folded) == 1:
        return (INITIAL, 0.5) if first.sounds[0][0] == second.sounds[0][0] else (DIFFERENT, 0.0)
    return _by_table(first, second) or _by_sound(first, second)


def _by_table(first: Reading, second: Reading) -> tuple[int, float] | None:
    """Return what the table of names says: the same, a short form, known to be two names, or nothing."""
    if not is_tabled(first.folded) or not is_tabled(second.folded):
        return None
    if same_name(first.folded, second.folded):
        return SAME, 1.0
    if short_form(first.folded, second.folded):
        return SHORT, CLOSE_FROM
    return (DIFFERENT, 0.0) if known_apart(first.folded, second.folded) else None


def _by_sound(first: Reading, second: Reading) -> tuple[int, float]:
    similar = similarity(first, second)
    if similar < CLOSE_FROM and _two_letters_swapped(first, second):
        similar = CLOSE_FROM
    return _level(similar), similar


def _two_letters_swapped(first: Reading, second: Reading) -> bool:
    """A slip of fast typing: neighbouring letters changed places and nothing else differs."""
    left, right = first.folded, second.folded
    if first.script != second.script or len(left) != len(right) or not SHORTEST_SLIP <= len(left) <= LONGEST_SLIP:
        return False
    return levenshtein_distance(left, right) == 2 and damerau_levenshtein_distance(left, right) == 1  # noqa: PLR2004


def _level(similar: float) -> int:
    if similar >= SAME_FROM:
        return SAME
    if similar >= CLOSE_FROM:
        return CLOSE
    return LOOSE if similar >= LOOSE_FROM else DIFFERENT


def compare_tokens(left: str, right: str) -> tuple[int, float]:
    """Return (level, similarity 0..1) of two tokens; the same whichever comes first."""
    return _compare_sorted(left, right) if left <= right else _compare_sorted(right, left)


def similarity(left: Reading, right: Reading) -> float:
    """Return the best similarity over all readings of both words."""
    if max(Indel.normalized_similarity(a, b) for a in left.skeletons for b in right.skeletons) < _PREFILTER:
        return 0.0
    abjad = left.abjad or right.abjad
    return max(_similar(a, b, abjad=abjad) for a in left.sounds for b in right.sounds)


def _gap(sound: str, *, abjad: bool) -> float:
    if sound in _VOWELS:
        return _ABJAD_VOWEL_WEIGHT if abjad else _VOWEL_WEIGHT
    return _WEAK.get(sound, 1.0)


def _similar(left: str, right: str, *, abjad: bool) -> float:
    if left == right:
        return 1.0
    left_gaps = [_gap(sound, abjad=abjad) for sound in left]
    right_gaps = [_gap(sound, abjad=abjad) for sound in right]
    size = max(sum(left_gaps), sum(right_gaps), 1.0)
    row = [0.0]
    for gap in right_gaps:
        row.append(row[-1] + gap)
    for sound, gap in zip(left, left_gaps, strict=True):
        row = _next_row(sound, gap, row, right, right_gaps)
    return max(0.0, 1.0 - row[-1] / size)


def _next_row(sound: str, gap: float, row: list[float], right: str, right_gaps: list[float]) -> list[float]:
    """One row of the edit distance; comparisons are written out because this is the innermost loop."""
    best = row[0] + gap
    new = [best]
    for place, other in enumerate(right):
        other_gap = right_gaps[place]
        change = row[place]
        if sound != other:
            cost = _COST.get(sound + other, 1.0)
            if cost > gap + other_gap:  # noqa: PLR1730 - min() doubles the time of this loop
                cost = gap + other_gap
            change += cost
        best += other_gap
        if row[place + 1] + gap < best:  # noqa: PLR1730 - as above
            best = row[place + 1] + gap
        if change < best:  # noqa: PLR1730 - as above
            best = change
        new.append(best)
    return new
