"""Every kind of evidence of two persons exactly once: levels, bits, and the numbers that the sentences name."""

from __future__ import annotations

from typing import Final

import numpy as np

from matching import weights
from matching.comparing.births import compare_births
from matching.comparing.family import compare_mothers, compare_relatives
from matching.comparing.meeting import Meeting, meeting_level

from matching.comparing.names import compare_forms
from matching.compiled import compiled
from matching.kernel import CLOSE, SAME
from matching.levels import KINDS, code
from matching.people import LANDS, ROLE_CODES, TEXTS, PeopleArrays

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
_TEXTS: Final = len(TEXTS)
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
_P_OTHER: Final = code("birth_place", "other_country")
_L_DIFFERENT: Final = code("last_place", "different")
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


@compiled
def _best_forms(left, p, right, q, meet, helping):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913
    """Return the forms that speak most for one person, among those with or without a nickname or married name."""
    table, best = meet.weights, _NOTHING
    found = (0.0, 0, 0, 0, 0, 0)
    one, two = left.form_at[p], right.form_at[q]
    for form in range(left.form_at[p], left.form_at[p + 1]):
        for other in range(right.form_at[q], right.form_at[q + 1]):
            if bool(left.helping[form] or right.helping[other]) != helping:
                continue
            made = compare_forms(left, form, right, other, meet)
            total = made[0] + table[_GIVEN, made[2]] + table[_FATHER, made[3]] + table[_FAMILY, made[4]]
            if total > best + _TIE:
                best, found, one, two = total, made, form, other
    return best, found, one, two


@compiled
def _names(left, p, right, q, meet, levels, bits, params) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001, PLR0913
    """A nickname or married name replaces the full names only where it helps."""
    table = meet.weights
    best, found, form, other = _best_forms(left, p, right, q, meet, False)
    helped, instead, one, two = _best_forms(left, p, right, q, meet, True)
    nickname = helped > max(best, 0.0)
    if nickname:
        best, found, form, other = helped, instead, one, two
    if best == _NOTHING:
        return
    name_bits, level, given, father, family, agreed = found
    levels[NAME], bits[NAME] = _N_NICKNAME if nickname else level, name_bits
    levels[_GIVEN], levels[_FATHER], levels[_FAMILY] = given, father, family
    bits[_GIVEN], bits[_FATHER], bits[_FAMILY] = table[_GIVEN, given], table[_FATHER, father], table[_FAMILY, family]
    params[LEFT_FORM], params[RIGHT_FORM], params[AGREED] = form, other, agreed


@compiled
def _place(left, p, right, q, text, meet) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001, PLR0913
    """Return 0 (missing), same, close or different of two places or other texts by their nearest words."""
    start, end = left.text_at[p * _TEXTS + text], left.text_at[p * _TEXTS + text + 1]
    begin, stop = right.text_at[q * _TEXTS + text], right.text_at[q * _TEXTS + text + 1]
    if start == end or begin == stop:
        return 0
    best = 99
    for i in range(start, end):
        for j in range(begin, stop):
            best = min(best, meeting_level(meet, left.text[i], right.text[j]))
    return _P_SAME if best <= SAME else _P_CLOSE if best <= CLOSE else _P_DIFFERENT


@compiled
def _places(left, p, right, q, meet, levels) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001, PLR0913
    born = _place(left, p, right, q, _BIRTH_PLACE, meet)
    ours, theirs = left.lands[p, 0], right.lands[q, 0]
    if ours and theirs and (born in (0, _P_DIFFERENT)):
        if ours != theirs:
            born = _P_OTHER
        elif born == 0:
            born = _P_COUNTRY
    levels[_BORN_AT] = born
    last = _place(left, p, right, q, _LAST_PLACE, meet)
    levels[_LAST_AT] = _L_DIFFERENT if last == _P_DIFFERENT else last


@compiled
def _nationality(left, p, right, q) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    ours, theirs = left.lands[p, 2], right.lands[q, 2]
    if not ours or not theirs:
        return 0
    for i in range(2, LANDS):
        for j in range(2, LANDS):
            if left.lands[p, i] and left.lands[p, i] == right.lands[q, j]:
                return _SAME
    return _DIFFERENT


@compiled
def _order(left, p, right, q, params) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Registration should follow last contact; asked only between a sought and a registered person."""
    if left.role[p] == _SOUGHT and right.role[q] == _REGISTERED:
        seen, registered = left.dates[p, 2], right.dates[q, 3]
    elif left.role[p] == _REGISTERED and right.role[q] == _SOUGHT:
        seen, registered = right.dates[q, 2], left.dates[p, 3]
    else:
        return 0
    if not seen or not registered:
        return 0
    params[DAYS] = seen - registered
    return _BEFORE if seen - registered > _DAYS_OF_DOUBT else _PLAUSIBLE


@compiled
def compare_people(  # type: ignore[no-untyped-def]
    left: PeopleArrays, p: int, right: PeopleArrays, q: int, meet: Meeting, levels, bits, params  # noqa: ANN001
) -> float:
    """Write levels and bits by kind, and the params; return the sum of bits. All three arrays are overwritten."""
    levels[:], bits[:], params[:] = 0, 0.0, 0
    params[LEFT_FORM], params[RIGHT_FORM] = left.form_at[p], right.form_at[q]
    table = meet.weights
    _names(left, p, right, q, meet, levels, bits, params)
    if left.sex[p] and right.sex[q]:
        levels[_SEX] = _SAME if left.sex[p] == right.sex[q] else _DIFFERENT
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
    return bits.sum()
