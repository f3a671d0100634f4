"""Relatives are compared crosswise: the mother, each seat of the household, and the person against the other's kin."""

from __future__ import annotations

from typing import Final

import numpy as np

from matching.comparing.meeting import Meeting, meeting_level

from matching.comparing.names import agreement, given_places
from matching.compiled import compiled
from matching.kernel import CLOSE, DIFFERENT, LOOSE, SAME
from matching.levels import KINDS, code
from matching.people import RELATION_CODES, SLOT_CODES, TEXTS, PeopleArrays

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
_TEXTS: Final = len(TEXTS)
_FATHER_SLOT: Final = SLOT_CODES["father"]
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


@compiled
def compare_mothers(left: PeopleArrays, p: int, right: PeopleArrays, q: int, meet: Meeting):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Return (level, bits) of the mothers' names."""
    start, end = left.text_at[p * _TEXTS], left.text_at[p * _TEXTS + 1]
    begin, stop = right.text_at[q * _TEXTS], right.text_at[q * _TEXTS + 1]
    if start == end or begin == stop:
        return _MISSING, 0.0
    best, one, other, rest, rest_asked = DIFFERENT + 1, -1, -1, DIFFERENT, False
    for i in range(start, end):
        for j in range(begin, stop):
            level = meeting_level(meet, left.text[i], right.text[j])
            if level < best:
                best, one, other = level, left.text[i], right.text[j]
            if i > start and j > begin:
                rest_asked, rest = True, min(rest, level)
    given = meeting_level(meet, left.text[start], right.text[begin])
    table = meet.weights[_MOTHER]
    if given <= CLOSE or best <= SAME:
        if end - start > 1 and stop - begin > 1 and given > LOOSE:
            return _M_DIFFERENT, table[_M_DIFFERENT]
        level = _M_SAME if best <= SAME else _M_CLOSE
        if rest_asked and rest > LOOSE and level == _M_SAME:
            level = _M_GIVEN
        return level, max(table[level], min(_MOST_OF_MOTHER, agreement(meet, one, other, best)))
    return (_M_CLOSE, _VAGUE_MOTHER) if given <= LOOSE else (_M_DIFFERENT, table[_M_DIFFERENT])


@compiled
def _is_listed(people: PeopleArrays, near: int) -> bool:
    """Tell whether a relative sits where people of one age, or of the next, carry the same family's names."""
    seat = SEATS[people.relation[near]]
    filled = people.near_tok_at[near] < people.near_tok_at[near + 1]
    return filled and (seat == _SIBLING or seat == _CHILD or seat == _SPOUSE)  # noqa: PLR1714 - numba


@compiled
def _stands_in_name(people: PeopleArrays, p: int, token: int) -> bool:
    end = people.tok_at[min(people.form_at[p] + _FORMS, people.form_at[p + 1])]
    for place in range(people.tok_at[people.form_at[p]], end):
        if people.tok[place] == token:
            return True
    return False


@compiled
def _best_level(people: PeopleArrays, p: int, token: int, meet: Meeting, turned: bool) -> int:  # noqa: FBT001
    """Return the best level of a token of the other side and the name of `p`; `turned` when `p` is on the left."""
    best = DIFFERENT
    end = people.tok_at[min(people.form_at[p] + _FORMS, people.form_at[p + 1])]
    for place in range(people.tok_at[people.form_at[p]], end):
        mine = people.tok[place]
        best = min(best, meeting_level(meet, mine, token) if turned else meeting_level(meet, token, mine))
    return best


@compiled
def _given_level(people: PeopleArrays, p: int, token: int, meet: Meeting, turned: bool) -> int:  # noqa: FBT001
    """Return the best level of a token of the other side and a given name of `p`."""
    words = meet.left_words if turned else meet.right_words
    best = DIFFERENT
    for form in range(people.form_at[p], min(people.form_at[p] + _FORMS, people.form_at[p + 1])):
        start = people.tok_at[form]
        n = min(8, people.tok_at[form + 1] - start)
        mask = given_places(people, start, n, words.patronymic)
        for i in range(n):
            if mask >> i & 1:
                mine = people.tok[start + i]
                best = min(best, meeting_level(meet, mine, token) if turned else meeting_level(meet, token, mine))
    return best


@compiled
def _has_other_part(one: PeopleArrays, p: int, other: PeopleArrays, q: int, meet: Meeting, turned: bool) -> bool:  # noqa: E501, FBT001, PLR0913
    """Tell whether the name of `p` has a part that meets nothing in the name of `q`."""
    for place in range(one.tok_at[one.form_at[p]], one.tok_at[min(one.form_at[p] + 1, one.form_at[p + 1])]):
        if _best_level(other, q, one.tok[place], meet, turned) > LOOSE:
            return True
    return False


@compiled
def _named_among(one: PeopleArrays, p: int, other: PeopleArrays, q: int, meet: Meeting, turned: bool) -> bool:  # noqa: E501, FBT001, PLR0913
    """Tell whether `q` bears the name of a listed relative of `p`: all that sets the relative apart from `p`."""
    for near in range(one.near_at[p], one.near_at[p + 1]):
        if not _is_listed(one, near):
            continue
        start, end = one.near_tok_at[near], one.near_tok_at[near + 1]
        apart, met = 0, 0
        for place in range(start, end):
            token = one.near[place]
            if _stands_in_name(one, p, token):
                continue
            apart += 1
            level = _given_level(other, q, token, meet, turned) if place == start else _best_level(other, q, token, meet, turned)  # noqa: E501
            met += level <= (SAME if end - start == 1 else CLOSE)
        if apart and met == apart and _has_other_part(one, p, other, q, meet, turned):
            return True
    return False


@compiled
def _household(left: PeopleArrays, p: int, right: PeopleArrays, q: int, meet: Meeting) -> bool:
    """Tell whether one side bears the name of a sibling, child or spouse of the other rather than the other's own."""
    return _named_among(left, p, right, q, meet, False) or _named_among(right, q, left, p, meet, True)


@compiled
def _best_gain(left: PeopleArrays, near: int, right: PeopleArrays, q: int, used: int, meet: Meeting):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Return (bits, place) of the other side's relative in the same seat who agrees most with relative `near`."""
    seat, best, at = SEATS[left.relation[near]], 0.0, -1
    one = left.near[left.near_tok_at[near]]
    for other in range(right.near_at[q], right.near_at[q + 1]):
        place = other - right.near_at[q]
        if used >> place & 1 or SEATS[right.relation[other]] != seat:
            continue
        level = meeting_level(meet, one, right.near[right.near_tok_at[other]])
        if level <= CLOSE:
            gain = max(_LEAST_GAIN, agreement(meet, one, right.near[right.near_tok_at[other]], level) * _DEPENDENCE)
            gain = min(_FATHER_GAIN, gain) if seat == _FATHER else gain
            if gain > best:
                best, at = gain, place
    return best, at


@compiled
def _contradicted(left: PeopleArrays, p: int, right: PeopleArrays, q: int, seat: int, meet: Meeting) -> bool:
    """Tell whether both sides name somebody in a seat that only one can have, and nobody agrees even loosely."""
    ours, theirs = False, False
    for near in range(left.near_at[p], left.near_at[p + 1]):
        if SEATS[left.relation[near]] == seat:
            ours = True
            for other in range(right.near_at[q], right.near_at[q + 1]):
                if SEATS[right.relation[other]] == seat:
                    theirs = True
                    one, two = left.near[left.near_tok_at[near]], right.near[right.near_tok_at[other]]
                    if meeting_level(meet, one, two) <= LOOSE:
                        return False
    return ours and theirs


@compiled
def compare_relatives(left: PeopleArrays, p: int, right: PeopleArrays, q: int, meet: Meeting):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Return (level, bits, how many agree) of the relatives other than the mother."""
    table = meet.weights[_RELATIVES]
    if _household(left, p, right, q, meet):
        return _R_IS, table[_R_IS], 0
    total, agreed, used = 0.0, 0, 0
    for near in range(left.near_at[p], left.near_at[p + 1]):
        if left.relation[near] == _MOTHER_RELATION:
            continue
        gain, place = _best_gain(left, near, right, q, used, meet)
        if place >= 0:
            used |= 1 << place
            agreed += 1
            if agreed <= _MAX_AGREEING:
                total += gain
    contradicted = 0
    for seat in (_FATHER, _SPOUSE):
        contradicted += _contradicted(left, p, right, q, seat, meet)
    if not agreed and not contradicted:
        return _MISSING, 0.0, 0
    return (_R_SAME if agreed else _R_DIFFERENT), total + contradicted * table[_R_DIFFERENT], agreed
