"""Relatives are compared crosswise: the mother, each seat of the household, and the person against the other's kin."""

from __future__ import annotations

from typing import Final

import numpy as np

from matching.comparing.given_names import given_places, is_named
from matching.comparing.meeting import Meeting, meeting_level
from matching.comparing.names import Flat, agreement
from matching.compiled import borrowing
from matching.kernel import CLOSE, DIFFERENT, LOOSE, SAME
from matching.levels import KINDS, code
from matching.people import NAMES_AT, NEAR_AT, RELATION_CODES, TEXT_AT, TEXTS, PeopleArrays

_MISSING: Final = 0
_MOTHER: Final = KINDS.index("mother")
_RELATIVES: Final = KINDS.index("relatives")
_M_SAME: Final = code("mother", "same")
_M_GIVEN: Final = code("mother", "given_same")
_M_CLOSE: Final = code("mother", "close")
_M_DIFFERENT: Final = code("mother", "different")
_R_SAME: Final = code("relatives", "same")
_R_DIFFERENT: Final = code("relatives", "different")
_R_IS: Final = code("relatives", "is_relative")
_MOTHER_AT: Final = TEXT_AT + TEXTS.index("mother")
_MOTHER_RELATION: Final = RELATION_CODES["mother"]

# Relations that mean the same seat in a household; the others are seats of their own.
_FATHER, _SPOUSE, _CHILD, _SIBLING, _GRANDPARENT = 1, 2, 3, 4, 5
_OWN: Final = 10
_NAMED = {
    "father": _FATHER, "husband": _SPOUSE, "wife": _SPOUSE, "son": _CHILD, "daughter": _CHILD, "brother": _SIBLING,
    "sister": _SIBLING, "grandfather": _GRANDPARENT, "grandmother": _GRANDPARENT,
}  # fmt: skip
SEATS: Final = np.array([_NAMED.get(name, _OWN + at) for name, at in RELATION_CODES.items()], np.int64)
# More agreeing relatives than this add nothing: they depend on each other.
_MAX_AGREEING: Final = 3
# A relative's agreement counts less than a name of the person's own: whole families share their names,
# and the father's name mostly stands in the name already.
_LEAST_GAIN: Final = 0.5
_DEPENDENCE: Final = 0.6
_FATHER_GAIN: Final = 1.0
_MOST_OF_MOTHER: Final = 8.0
_VAGUE_MOTHER: Final = 0.5
# Forms of a name in which a given name is looked for.
_FORMS: Final = 2


@borrowing
def compare_mothers(left: PeopleArrays, p: int, right: PeopleArrays, q: int, meet: Meeting) -> tuple[int, float]:
    """Return (level, bits) of the mothers' names."""
    ours, theirs = left.flat, right.flat
    start, begin = left.facts[p, _MOTHER_AT] + 1, right.facts[q, _MOTHER_AT] + 1
    n, m = ours[start - 1], theirs[begin - 1]
    if n == 0 or m == 0:
        return _MISSING, 0.0
    best, one, other, rest, rest_asked = DIFFERENT + 1, -1, -1, DIFFERENT, False
    for i in range(n):
        for j in range(m):
            level = meeting_level(meet, ours[start + i], theirs[begin + j])
            if level < best:
                best, one, other = level, ours[start + i], theirs[begin + j]
            if i > 0 and j > 0:
                rest_asked, rest = True, min(rest, level)
    given = meeting_level(meet, ours[start], theirs[begin])
    table = meet.weights[_MOTHER]
    if given <= CLOSE or best <= SAME:
        if n > 1 and m > 1 and given > LOOSE:
            return _M_DIFFERENT, table[_M_DIFFERENT]
        level = _M_SAME if best <= SAME else _M_CLOSE
        if rest_asked and rest > LOOSE and level == _M_SAME:
            level = _M_GIVEN
        return level, max(table[level], min(_MOST_OF_MOTHER, agreement(meet, one, other, best)))
    return (_M_CLOSE, _VAGUE_MOTHER) if given <= LOOSE else (_M_DIFFERENT, table[_M_DIFFERENT])


@borrowing
def _is_listed(relation: int, tokens: int) -> bool:
    """Tell whether a relative sits where people of one age, or of the next, carry the same family's names."""
    seat = SEATS[relation]
    return tokens > 0 and seat in (_SIBLING, _CHILD, _SPOUSE)


@borrowing
def _stands_in_name(flat: Flat, names: int, token: int) -> bool:
    form = names + 1
    for _ in range(min(_FORMS, flat[names])):
        for place in range(flat[form + 1]):
            if flat[form + 2 + 2 * place] == token:
                return True
        form += 2 + 2 * flat[form + 1]
    return False


@borrowing
def _turned_level(meet: Meeting, mine: int, token: int, turned: bool) -> int:
    return meeting_level(meet, mine, token) if turned else meeting_level(meet, token, mine)


@borrowing
def _best_level(flat: Flat, names: int, token: int, meet: Meeting, turned: bool) -> int:
    """Return the best level of a token of the other side and a name; `turned`: a left name."""
    best, form = DIFFERENT, names + 1
    for _ in range(min(_FORMS, flat[names])):
        for place in range(min(8, flat[form + 1])):
            best = min(best, _turned_level(meet, flat[form + 2 + 2 * place], token, turned))
        form += 2 + 2 * flat[form + 1]
    return best


@borrowing
def _level_apart(
    one: Flat, names: int, token: int, other: Flat, others: int, meet: Meeting, turned: bool, given: bool
) -> int:
    """Return how a relative's token meets those parts of the other's name that the relative's owner does not bear.

    `given`: only where a given name may stand, which is anywhere in a name whose parts are not marked.
    """
    best, form = DIFFERENT, others + 1
    for _ in range(min(_FORMS, other[others])):
        n, mask = min(8, other[form + 1]), 255
        if given and is_named(other, form + 2, n):
            mask = given_places(other, form + 2, n, meet.left_marks if turned else meet.right_marks)
        for place in range(n):
            part = other[form + 2 + 2 * place]
            level = _turned_level(meet, part, token, turned)
            if mask >> place & 1 and level < best and _best_level(one, names, part, meet, not turned) > CLOSE:
                best = level
        form += 2 + 2 * other[form + 1]
    return best


@borrowing
def _has_other_part(one: Flat, names: int, other: Flat, others: int, meet: Meeting, turned: bool) -> bool:
    """Tell whether the first name of one side has a part that meets nothing in the names of the other."""
    if one[names] > 0:
        for place in range(one[names + 2]):
            if _best_level(other, others, one[names + 3 + 2 * place], meet, turned) > LOOSE:
                return True
    return False


@borrowing
def _may_be_apart(one: Flat, near: int, n: int, other: Flat, others: int, meet: Meeting, turned: bool) -> bool:
    """Tell whether a word of a relative's name meets the other's name at all: most do not, and need no second look."""
    for place in range(n):
        if _best_level(other, others, one[near + place], meet, turned) <= CLOSE:
            return True
    return False


@borrowing
def _is_listed_as(
    one: Flat, names: int, near: int, n: int, other: Flat, others: int, meet: Meeting, turned: bool
) -> bool:
    """Tell whether all that sets a relative's name apart from `names` stands in the other's name."""
    apart = 0
    for place in range(n):
        token = one[near + place]
        if not _stands_in_name(one, names, token):
            apart += 1
            level = _level_apart(one, names, token, other, others, meet, turned, place == 0)
            if level > (SAME if n == 1 else CLOSE):
                return False
    return apart > 0 and _has_other_part(one, names, other, others, meet, turned)


@borrowing
def _named_among(one: PeopleArrays, p: int, other: PeopleArrays, q: int, meet: Meeting, turned: bool) -> bool:
    """Tell whether `q` bears the name of a listed relative of `p`: all that sets the relative apart from `p`."""
    near, names, others = one.facts[p, NEAR_AT] + 1, one.facts[p, NAMES_AT], other.facts[q, NAMES_AT]
    flat, second = one.flat, other.flat
    for _ in range(flat[near - 1]):
        n = flat[near + 1]
        if (
            _is_listed(flat[near], n)
            and _may_be_apart(flat, near + 2, n, second, others, meet, turned)
            and _is_listed_as(flat, names, near + 2, n, second, others, meet, turned)
        ):
            return True
        near += 2 + n
    return False


@borrowing
def _best_gain(seat: int, one: int, right: Flat, kin: int, used: int, meet: Meeting) -> tuple[float, int]:
    """Return (bits, place) of the other side's relative in the seat who agrees most with the token `one`."""
    best, at, near = 0.0, -1, kin + 1
    for place in range(right[kin]):
        if right[near + 1] > 0 and not used >> place & 1 and SEATS[right[near]] == seat:
            level = meeting_level(meet, one, right[near + 2])
            if level <= CLOSE:
                gain = max(_LEAST_GAIN, agreement(meet, one, right[near + 2], level) * _DEPENDENCE)
                gain = min(_FATHER_GAIN, gain) if seat == _FATHER else gain
                if gain > best:
                    best, at = gain, place
        near += 2 + right[near + 1]
    return best, at


@borrowing
def _contradicted(left: Flat, kin: int, right: Flat, others: int, seat: int, meet: Meeting) -> bool:
    """Tell whether both sides name somebody in a seat that only one can have, and nobody agrees even loosely."""
    ours, theirs, near = False, False, kin + 1
    for _ in range(left[kin]):
        if left[near + 1] > 0 and SEATS[left[near]] == seat:
            ours, other = True, others + 1
            for _ in range(right[others]):
                if right[other + 1] > 0 and SEATS[right[other]] == seat:
                    theirs = True
                    if meeting_level(meet, left[near + 2], right[other + 2]) <= LOOSE:
                        return False
                other += 2 + right[other + 1]
        near += 2 + left[near + 1]
    return ours and theirs


@borrowing
def compare_relatives(left: PeopleArrays, p: int, right: PeopleArrays, q: int, meet: Meeting) -> tuple[int, float, int]:
    """Return (level, bits, how many agree) of the relatives other than the mother."""
    table, kin, others = meet.weights[_RELATIVES], left.facts[p, NEAR_AT], right.facts[q, NEAR_AT]
    if _named_among(left, p, right, q, meet, False) or _named_among(right, q, left, p, meet, True):
        return _R_IS, table[_R_IS], 0
    total, agreed, used, near = 0.0, 0, 0, kin + 1
    for _ in range(left.flat[kin]):
        if left.flat[near] != _MOTHER_RELATION and left.flat[near + 1] > 0:
            seat = SEATS[left.flat[near]]
            gain, place = _best_gain(seat, left.flat[near + 2], right.flat, others, used, meet)
            if place >= 0:
                used |= 1 << place
                agreed += 1
                total += gain if agreed <= _MAX_AGREEING else 0.0
        near += 2 + left.flat[near + 1]
    contradicted = 0
    for seat in (_FATHER, _SPOUSE):
        contradicted += _contradicted(left.flat, kin, right.flat, others, seat, meet)
    if not agreed and not contradicted:
        return _MISSING, 0.0, 0
    total += table[_R_SAME] if agreed else 0.0
    return (_R_SAME if agreed else _R_DIFFERENT), total + contradicted * table[_R_DIFFERENT], agreed
