"""Every kind of evidence of two persons exactly once: levels, bits, and the numbers that the sentences name."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching import weights
from matching.comparing.births import compare_births
from matching.comparing.family import compare_mothers, compare_relatives
from matching.comparing.meeting import Meeting, meeting_level
from matching.comparing.names import Flat, NameFound, compare_forms
from matching.compiled import borrowing
from matching.kernel import CLOSE, EQUAL, SAME
from matching.levels import KINDS, code
from matching.people import (
    LAND,
    LANDS,
    NAMES_AT,
    ROLE,
    ROLE_CODES,
    SEEN_FROM,
    SEEN_TO,
    SEX,
    TEXT_AT,
    TEXTS,
    PeopleArrays,
)

Levels = NDArray[np.uint8]
Bits = NDArray[np.float64]
Params = NDArray[np.int64]
NAME: Final = KINDS.index("name")
_OWN: Final = KINDS.index("own_script_name")
_GIVEN: Final = KINDS.index("given_name")
_FATHER: Final = KINDS.index("father_name")
_FAMILY: Final = KINDS.index("family_name")
_SEX: Final = KINDS.index("sex")
BIRTH: Final = KINDS.index("birth")
_MOTHER: Final = KINDS.index("mother")
RELATIVES: Final = KINDS.index("relatives")
_BORN_AT: Final = KINDS.index("birth_place")
_LAST_AT: Final = KINDS.index("last_place")
_NATIONALITY: Final = KINDS.index("nationality")
ORDER: Final = KINDS.index("time_order")
_OCCUPATION: Final = KINDS.index("occupation")
_MARKS: Final = KINDS.index("marks")
_BIRTH_PLACE: Final = TEXTS.index("birth_place")
_LAST_PLACE: Final = TEXTS.index("last_place")
_WORK: Final = TEXTS.index("occupation")
_SIGNS: Final = TEXTS.index("marks")
_SOUGHT: Final = ROLE_CODES["sought"]
_REGISTERED: Final = ROLE_CODES["registered"]
_N_NICKNAME: Final = code("name", "nickname")
_SAME: Final = code("sex", "same")
_DIFFERENT: Final = code("sex", "different")
_P_SAME: Final = code("birth_place", "same")
_P_CLOSE: Final = code("birth_place", "close")
_P_COUNTRY: Final = code("birth_place", "same_country")
_P_DIFFERENT: Final = code("birth_place", "different")
_P_NAMED: Final = code("birth_place", "other_name")
_P_OTHER: Final = code("birth_place", "other_country")
_L_DIFFERENT: Final = code("last_place", "different")
_L_NAMED: Final = code("last_place", "other_name")
_PLAUSIBLE: Final = code("time_order", "plausible")
_BEFORE: Final = code("time_order", "before")
_T_SAME: Final = code("occupation", "same")
_T_SHOWN: Final = code("occupation", "shown")
# Registration desks and families mix up days within a month.
_DAYS_OF_DOUBT: Final = 31
_HOUSEHOLD: Final = weights.HOUSEHOLD_SHARE
_HOUSEHOLD_GIVEN: Final = np.array(sorted(code("given_name", level) for level in weights.HOUSEHOLD_LEVELS), np.int64)
# What is found beside levels and bits: forms that met, parts that agree, years apart, relatives, days too early.
LEFT_FORM, RIGHT_FORM, AGREED, YEARS, KIN, DAYS = range(6)
PARAMS: Final = 6
# Below every sum of bits; and a difference of sums that is rounding.
_NOTHING: Final = -1e9
_TIE: Final = 1e-6


@borrowing
def _best_forms(
    left: Flat, names: int, right: Flat, others: int, meet: Meeting, helping: bool
) -> tuple[float, NameFound, int, int]:
    """Return the forms that speak most for one person, among those with or without a nickname or married name."""
    table, best = meet.weights, _NOTHING
    found = (0.0, 0, 0, 0, 0, 0)
    one, two = 0, 0
    form = names + 1
    for i in range(left[names]):
        other = others + 1
        for j in range(right[others]):
            if bool(left[form] or right[other]) == helping:
                made = compare_forms(left, form, right, other, meet)
                total = made[0] + table[_GIVEN, made[2]] + table[_FATHER, made[3]] + table[_FAMILY, made[4]]
                if total > best + _TIE:
                    best, found, one, two = total, made, i, j
            other += 2 + 2 * right[other + 1]
        form += 2 + 2 * left[form + 1]
    return best, found, one, two


@borrowing
def _names(
    left: PeopleArrays, p: int, right: PeopleArrays, q: int, meet: Meeting, levels: Levels, bits: Bits, params: Params
) -> None:
    """A nickname or married name replaces the full names only where it helps."""
    table, ours, theirs = meet.weights, left.facts[p, NAMES_AT], right.facts[q, NAMES_AT]
    best, found, form, other = _best_forms(left.flat, ours, right.flat, theirs, meet, False)
    helped, instead, one, two = _best_forms(left.flat, ours, right.flat, theirs, meet, True)
    nickname = helped > max(best, 0.0)
    if nickname:
        best, found, form, other = helped, instead, one, two
    if best == _NOTHING:
        return
    name_bits, level, given, father, family, agreed = found
    levels[NAME] = _N_NICKNAME if nickname else level
    bits[NAME] = name_bits + table[NAME, levels[NAME]]
    levels[_GIVEN], levels[_FATHER], levels[_FAMILY] = given, father, family
    bits[_GIVEN], bits[_FATHER], bits[_FAMILY] = table[_GIVEN, given], table[_FATHER, father], table[_FAMILY, family]
    params[LEFT_FORM], params[RIGHT_FORM], params[AGREED] = form, other, agreed


@borrowing
def _met(one: Flat, i: int, other: Flat, first: int, end: int, meet: Meeting, turned: bool) -> int:
    """Return the best level of token `i` and those of the other text; `turned`: `one` is of the right person."""
    best = 99
    for j in range(first, end):
        level = meeting_level(meet, other[j], one[i]) if turned else meeting_level(meet, one[i], other[j])
        best = min(best, level)
    return best


@borrowing
def _unmet(one: Flat, start: int, stop: int, other: Flat, first: int, end: int, meet: Meeting, turned: bool) -> int:
    """Return how many tokens from `start` to `stop` meet none of the other text."""
    count = 0
    for i in range(start, stop):
        count += _met(one, i, other, first, end, meet, turned) > CLOSE
    return count


@borrowing
def _place(left: PeopleArrays, p: int, right: PeopleArrays, q: int, text: int, meet: Meeting) -> int:
    """Return 0 (missing), same, other_name, close or different of two places or other texts.

    They are compared by their nearest words, and by what the gazetteer knows of places. Where both have words that the
    other lacks, what they share may only say what kind of place it is (New, Camp, Road), or the town of two streets.
    """
    one, other = left.flat, right.flat
    start, begin = left.facts[p, TEXT_AT + text] + 1, right.facts[q, TEXT_AT + text] + 1
    stop, end = start + one[start - 1], begin + other[begin - 1]
    if start == stop or begin == end:
        return 0
    ours, theirs = start + one[stop], begin + other[end]  # where places end and words begin
    best, place = 99, 99
    for i in range(ours, stop):
        best = min(best, _met(one, i, other, theirs, end, meet, False))
    for i in range(start, ours):
        place = min(place, _met(one, i, other, begin, theirs, meet, False))
    if place == EQUAL:
        lacking = _unmet(one, start, ours, other, begin, theirs, meet, False)
        lacking += _unmet(one, stop - one[stop + 1], stop, other, theirs, end, meet, False)
        lacked = _unmet(other, begin, theirs, one, start, ours, meet, True)
        lacked += _unmet(other, end - other[end + 1], end, one, ours, stop, meet, True)
        if lacking and lacked:
            return _P_CLOSE
        return _P_SAME if best <= SAME else _P_NAMED
    if best > CLOSE:
        return _P_DIFFERENT
    lacking = _unmet(one, ours, stop, other, theirs, end, meet, False)
    lacked = _unmet(other, theirs, end, one, ours, stop, meet, True)
    return _P_SAME if best <= SAME and not (lacking and lacked) else _P_CLOSE


@borrowing
def _places(left: PeopleArrays, p: int, right: PeopleArrays, q: int, meet: Meeting, levels: Levels) -> None:
    born = _place(left, p, right, q, _BIRTH_PLACE, meet)
    ours, theirs = left.facts[p, LAND], right.facts[q, LAND]
    if ours and theirs and (born in (0, _P_DIFFERENT)):
        if ours != theirs:
            born = _P_OTHER
        elif born == 0:
            born = _P_COUNTRY
    levels[_BORN_AT] = born
    last = _place(left, p, right, q, _LAST_PLACE, meet)
    levels[_LAST_AT] = _L_DIFFERENT if last == _P_DIFFERENT else _L_NAMED if last == _P_NAMED else last


@borrowing
def _nationality(left: PeopleArrays, p: int, right: PeopleArrays, q: int) -> int:
    ours, theirs = left.facts[p, LAND + 2], right.facts[q, LAND + 2]
    if not ours or not theirs:
        return 0
    for i in range(2, LANDS):
        for j in range(2, LANDS):
            if left.facts[p, LAND + i] and left.facts[p, LAND + i] == right.facts[q, LAND + j]:
                return _SAME
    return _DIFFERENT


@borrowing
def _order(left: PeopleArrays, p: int, right: PeopleArrays, q: int, params: Params) -> int:
    """Registration should follow last contact; asked only between a sought and a registered person."""
    if left.facts[p, ROLE] == _SOUGHT and right.facts[q, ROLE] == _REGISTERED:
        seen, registered = left.facts[p, SEEN_FROM], right.facts[q, SEEN_TO]
    elif left.facts[p, ROLE] == _REGISTERED and right.facts[q, ROLE] == _SOUGHT:
        seen, registered = right.facts[q, SEEN_FROM], left.facts[p, SEEN_TO]
    else:
        return 0
    if not seen or not registered:
        return 0
    params[DAYS] = seen - registered
    return _BEFORE if seen - registered > _DAYS_OF_DOUBT else _PLAUSIBLE


@borrowing
def compare_people(
    left: PeopleArrays, p: int, right: PeopleArrays, q: int, meet: Meeting, levels: Levels, bits: Bits, params: Params
) -> float:
    """Write levels and bits by kind, and the params; return the sum of bits. All three arrays are overwritten."""
    levels[:], bits[:], params[:] = 0, 0.0, 0
    table = meet.weights
    _names(left, p, right, q, meet, levels, bits, params)
    if left.facts[p, SEX] and right.facts[q, SEX]:
        levels[_SEX] = _SAME if left.facts[p, SEX] == right.facts[q, SEX] else _DIFFERENT
    levels[BIRTH], params[YEARS] = compare_births(left, p, right, q)
    levels[_MOTHER], bits[_MOTHER] = compare_mothers(left, p, right, q, meet)
    levels[RELATIVES], bits[RELATIVES], params[KIN] = compare_relatives(left, p, right, q, meet)
    for level in _HOUSEHOLD_GIVEN:
        if levels[_GIVEN] == level:
            bits[_MOTHER] *= _HOUSEHOLD if bits[_MOTHER] > 0 else 1.0
            bits[RELATIVES] *= _HOUSEHOLD if bits[RELATIVES] > 0 else 1.0
    _places(left, p, right, q, meet, levels)
    levels[_NATIONALITY] = _nationality(left, p, right, q)
    levels[ORDER] = _order(left, p, right, q, params)
    work, signs = _place(left, p, right, q, _WORK, meet), _place(left, p, right, q, _SIGNS, meet)
    levels[_OCCUPATION] = 0 if work == 0 else _T_SAME if work == _P_SAME else _T_SHOWN
    levels[_MARKS] = 0 if signs == 0 else _T_SAME if signs == _P_SAME else _T_SHOWN
    for kind in (_SEX, BIRTH, _BORN_AT, _LAST_AT, _NATIONALITY, ORDER, _OCCUPATION, _MARKS):
        bits[kind] = table[kind, levels[kind]]
    return float(bits.sum())
