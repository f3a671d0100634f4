"""Every kind of evidence of two persons exactly once: levels, bits, and the numbers that the sentences name."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching import siblings, weights
from matching.comparing.births import compare_births
from matching.comparing.family import compare_mothers, compare_relatives
from matching.comparing.meeting import Meeting
from matching.comparing.names import Flat, NameFound, compare_forms
from matching.comparing.places import BORN_AT, LAST_AT, T_SAME, compare_birth_places, compare_last_places, compare_texts
from matching.compiled import borrowing
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
_NATIONALITY: Final = KINDS.index("nationality")
ORDER: Final = KINDS.index("time_order")
_OCCUPATION: Final = KINDS.index("occupation")
_MARKS: Final = KINDS.index("marks")
_RIVAL: Final = KINDS.index(siblings.KIND)
_FITS: Final = code("household", "sibling_fits")
_UNLIKELY: Final = code("household", "sibling_unlikely")
_FITS_BELOW: Final = siblings.FITS_BELOW
_WORK: Final = TEXT_AT + TEXTS.index("occupation")
_SIGNS: Final = TEXT_AT + TEXTS.index("marks")
_SOUGHT: Final = ROLE_CODES["sought"]
_REGISTERED: Final = ROLE_CODES["registered"]
_N_NICKNAME: Final = code("name", "nickname")
_SAME: Final = code("sex", "same")
_DIFFERENT: Final = code("sex", "different")
_PLAUSIBLE: Final = code("time_order", "plausible")
_BEFORE: Final = code("time_order", "before")
_T_SHOWN: Final = code("occupation", "shown")
# Registration desks and families mix up days within a month.
_DAYS_OF_DOUBT: Final = 31
_SIBLING: Final = weights.as_array(siblings.TABLE)
_SIBLING_PRIOR: Final = siblings.PRIOR_BITS
_LEAST_COST: Final = siblings.LEAST_COST
_CERTAIN: Final = siblings.CERTAIN
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
def _weigh_sibling(against_strangers: float, levels: Levels, bits: Bits) -> None:
    """Write how many bits of log odds a pair loses because a sibling would explain it too.

    With odds o against a stranger and s against a sibling, the odds against either are 1 / (1/o + 1/s).
    """
    against_sibling = _SIBLING_PRIOR
    for kind in (_GIVEN, _SEX, BIRTH, RELATIVES):
        against_sibling += _SIBLING[kind, levels[kind]]
    excess = max(-_CERTAIN, min(_CERTAIN, against_strangers - against_sibling))
    cost = math.log2(1.0 + 2.0**excess)
    if cost > _LEAST_COST:
        levels[_RIVAL], bits[_RIVAL] = _FITS if against_sibling < _FITS_BELOW else _UNLIKELY, -cost


@borrowing
def _text(left: PeopleArrays, p: int, right: PeopleArrays, q: int, column: int, meet: Meeting) -> int:
    """Return the level of an occupation or marks: free text that does not agree is only shown."""
    level = compare_texts(left.flat, left.facts[p, column], right.flat, right.facts[q, column], meet)
    return level if level in (0, T_SAME) else _T_SHOWN


@borrowing
def compare_people(
    left: PeopleArrays, p: int, right: PeopleArrays, q: int, meet: Meeting, levels: Levels, bits: Bits, params: Params
) -> float:
    """Write levels and bits by kind, and the params; return the sum of bits. All three arrays are overwritten.

    A learned correction is in the bits before they are weighed against a sibling, whom few judgements may have met.
    """
    levels[:], bits[:], params[:] = 0, 0.0, 0
    table = meet.weights
    _names(left, p, right, q, meet, levels, bits, params)
    if left.facts[p, SEX] and right.facts[q, SEX]:
        levels[_SEX] = _SAME if left.facts[p, SEX] == right.facts[q, SEX] else _DIFFERENT
    levels[BIRTH], params[YEARS] = compare_births(left, p, right, q)
    levels[_MOTHER], bits[_MOTHER] = compare_mothers(left, p, right, q, meet)
    levels[RELATIVES], bits[RELATIVES], params[KIN] = compare_relatives(left, p, right, q, meet)
    levels[BORN_AT], bits[BORN_AT] = compare_birth_places(left, p, right, q, meet)
    levels[LAST_AT], bits[LAST_AT] = compare_last_places(left, p, right, q, meet)
    levels[_NATIONALITY] = _nationality(left, p, right, q)
    levels[ORDER] = _order(left, p, right, q, params)
    levels[_OCCUPATION] = _text(left, p, right, q, _WORK, meet)
    levels[_MARKS] = _text(left, p, right, q, _SIGNS, meet)
    for kind in (_SEX, BIRTH, _NATIONALITY, ORDER, _OCCUPATION, _MARKS):
        bits[kind] = table[kind, levels[kind]]
    for kind in range(len(levels)):
        bits[kind] += meet.added[kind, levels[kind]]
    _weigh_sibling(float(bits.sum()) + meet.prior, levels, bits)
    return float(bits.sum())
