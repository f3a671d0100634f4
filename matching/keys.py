"""Under which values a person can be found: several kinds of key, at most MAX_KEYS, in a stable order.

The same compiled loop makes the keys of one person for an index in SQL and of a million for one in memory.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.comparing.births import LAST_HIJRI_YEAR, SOLAR_OFFSET
from matching.compiled import compiled
from matching.people import TEXTS, People, PeopleArrays
from matching.profile import Profile
from matching.types import Key
from matching.words import VALUES, WordArrays, Words

Values = NDArray[np.uint64]
Kinds = NDArray[np.uint8]
# The index holds so many hashes for a person, however many names and relatives.
MAX_KEYS: Final = 40
KEY_KINDS = ("name", "pair", "year", "mother", "relative", "place", "decade")
_NAME, _PAIR, _YEAR, _MOTHER, _RELATIVE, _PLACE, _DECADE = range(7)
# Most keys of each kind, so that no kind crowds out the others.
_SHARES: Final = (10, 10, 12, 3, 6, 4, 4)
# Births known no better than this say nothing a key could use.
_MAX_YEARS: Final = 12
_BUCKET: Final = 4
_MAX_BONES: Final = 24
# Tokens of a name that go into pairs, years, places, mothers; of a place that go into keys.
_IN_PAIRS, _IN_YEARS, _IN_PLACES, _IN_MOTHERS, _IN_DECADES, _OF_PLACE = 5, 5, 3, 3, 2, 2
_TEXTS: Final = len(TEXTS)
_MOTHER_TEXT: Final = TEXTS.index("mother")
_PLACE_TEXTS: Final = (TEXTS.index("birth_place"), TEXTS.index("last_place"))


@compiled
def _mixed(kind: int, one: np.uint64, other: np.uint64) -> np.uint64:
    """Return one number for a kind and two values (finaliser of SplitMix64, Steele et al. 2014, public domain)."""
    z = one * np.uint64(0x9E3779B97F4A7C15) + other * np.uint64(0xC2B2AE3D27D4EB4F) + np.uint64(kind + 1)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@compiled
def _put(kind: int, value: np.uint64, kinds: Kinds, values: Values, count: int) -> int:
    """Append a key unless it is there, its kind has its share, or all keys are made; return how many there are."""
    same = 0
    for place in range(count):
        if kinds[place] == kind:
            if values[place] == value:
                return count
            same += 1
    if same >= _SHARES[kind] or count >= MAX_KEYS:
        return count
    kinds[count], values[count] = kind, value
    return count + 1


@compiled
def _collect(people: PeopleArrays, p: int, words: WordArrays, bones: Values) -> int:
    """Write the distinct main values of all name tokens to `bones`; return how many."""
    count = 0
    for form in range(people.form_at[p], people.form_at[p + 1]):
        for place in range(people.tok_at[form], people.tok_at[form + 1]):
            value = words.bones[people.tok[place], 0]
            known = value == 0
            for i in range(count):
                known = known or bones[i] == value
            if not known and count < _MAX_BONES:
                bones[count] = value
                count += 1
    return count


@compiled
def _add_names(people: PeopleArrays, p: int, words: WordArrays, bones: Values, n: int, kinds: Kinds, values: Values, count: int) -> int:  # noqa: E501, PLR0913, PLR0917
    for i in range(n):
        count = _put(_NAME, bones[i], kinds, values, count)
    for form in range(people.form_at[p], people.form_at[p + 1]):
        for place in range(people.tok_at[form], people.tok_at[form + 1]):
            token = people.tok[place]
            for other in range(1, VALUES):
                if words.bones[token, other]:
                    count = _put(_NAME, words.bones[token, other], kinds, values, count)
            if words.half[token]:
                count = _put(_NAME, words.half[token], kinds, values, count)
    return count


@compiled
def _add_pairs(people: PeopleArrays, p: int, words: WordArrays, kinds: Kinds, values: Values, count: int) -> int:  # noqa: PLR0913
    for form in range(people.form_at[p], people.form_at[p + 1]):
        start, end = people.tok_at[form], min(people.tok_at[form + 1], people.tok_at[form] + _IN_PAIRS)
        for i in range(start, end):
            for j in range(i + 1, end):
                one, other = words.bones[people.tok[i], 0], words.bones[people.tok[j], 0]
                if one and other and one != other:
                    count = _put(_PAIR, _mixed(_PAIR, min(one, other), max(one, other)), kinds, values, count)
    return count


@compiled
def _years(people: PeopleArrays, p: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Return (first, last) year of birth, (0, 0) when unknown or too wide; Hijri years are read as solar ones."""
    first, last = people.dates[p, 4] // 10_000, people.dates[p, 5] // 10_000
    if first == 0 or last - first > _MAX_YEARS:
        return 0, 0
    return (first + SOLAR_OFFSET, last + SOLAR_OFFSET) if last < LAST_HIJRI_YEAR else (first, last)


@compiled
def _add_years(bones: Values, n: int, first: int, last: int, kinds: Kinds, values: Values, count: int) -> int:  # noqa: PLR0913
    for i in range(min(n, _IN_YEARS)):
        for bucket in range(first // _BUCKET, last // _BUCKET + 1):
            count = _put(_YEAR, _mixed(_YEAR, bones[i], np.uint64(2 * bucket)), kinds, values, count)
        for bucket in range((first + _BUCKET // 2) // _BUCKET, (last + _BUCKET // 2) // _BUCKET + 1):
            count = _put(_YEAR, _mixed(_YEAR, bones[i], np.uint64(2 * bucket + 1)), kinds, values, count)
    return count


@compiled
def _add_family(people: PeopleArrays, p: int, words: WordArrays, bones: Values, n: int, kinds: Kinds, values: Values, count: int) -> int:  # noqa: E501, PLR0913, PLR0917
    at = people.text_at[p * _TEXTS + _MOTHER_TEXT]
    if at < people.text_at[p * _TEXTS + _MOTHER_TEXT + 1] and words.bones[people.text[at], 0]:
        for i in range(min(n, _IN_MOTHERS)):
            value = _mixed(_MOTHER, bones[i], words.bones[people.text[at], 0])
            count = _put(_MOTHER, value, kinds, values, count)
    for near in range(people.near_at[p], people.near_at[p + 1]):
        other = words.bones[people.near[people.near_tok_at[near]], 0]
        if other and n:
            count = _put(_RELATIVE, _mixed(_RELATIVE, bones[0], other), kinds, values, count)
    return count


@compiled
def _add_places(people: PeopleArrays, p: int, words: WordArrays, bones: Values, n: int, kinds: Kinds, values: Values, count: int) -> int:  # noqa: E501, PLR0913, PLR0917
    for text in _PLACE_TEXTS:
        start, end = people.text_at[p * _TEXTS + text], people.text_at[p * _TEXTS + text + 1]
        for place in range(start, min(end, start + _OF_PLACE)):
            where = words.bones[people.text[place], 0]
            for i in range(min(n, _IN_PLACES)):
                if where:
                    count = _put(_PLACE, _mixed(_PLACE, bones[i], where), kinds, values, count)
    return count


@compiled
def _add_decades(people: PeopleArrays, p: int, bones: Values, n: int, first: int, last: int, kinds: Kinds, values: Values, count: int) -> int:  # noqa: E501, PLR0913, PLR0917
    if people.sex[p]:
        for i in range(min(n, _IN_DECADES)):
            for decade in range(first // 10, last // 10 + 1):
                when = np.uint64(decade * 8 + people.sex[p])
                count = _put(_DECADE, _mixed(_DECADE, bones[i], when), kinds, values, count)
    return count


@compiled
def person_keys(people: PeopleArrays, p: int, words: WordArrays, kinds: Kinds, values: Values) -> int:
    """Write the keys of person `p` to `kinds` and `values` (room for MAX_KEYS); return how many."""
    bones = np.empty(_MAX_BONES, np.uint64)
    n = _collect(people, p, words, bones)
    first, last = _years(people, p)
    count = _add_names(people, p, words, bones, n, kinds, values, 0)
    count = _add_pairs(people, p, words, kinds, values, count)
    if first:
        count = _add_years(bones, n, first, last, kinds, values, count)
    count = _add_family(people, p, words, bones, n, kinds, values, count)
    count = _add_places(people, p, words, bones, n, kinds, values, count)
    if first:
        count = _add_decades(people, p, bones, n, first, last, kinds, values, count)
    return count


@compiled
def all_keys(people: PeopleArrays, words: WordArrays, kinds: Kinds, values: Values, at: NDArray[np.int64]) -> None:
    """Write the keys of everybody, one after the other; `at[p]` to `at[p + 1]` are those of person p."""
    for p in range(len(people.role)):
        at[p + 1] = at[p] + person_keys(people, p, words, kinds[at[p] :], values[at[p] :])


def keys(person: Profile) -> tuple[Key, ...]:
    """Return the keys of `person`; two persons become candidates when they share one.

    The value of a `name` key is the one whose rarity comparison asks for; the others are numbers.
    """
    words = Words()
    people = People(words)
    people.add(person)
    kinds, values = np.empty(MAX_KEYS, np.uint8), np.empty(MAX_KEYS, np.uint64)
    count = person_keys(people.arrays(), 0, words.arrays(), kinds, values)
    found = zip(kinds[:count].tolist(), values[:count].tolist(), strict=True)
    return tuple(
        Key("name", words.texts[value], single=True) if kind == _NAME else Key(KEY_KINDS[kind], f"{value:016x}")
        for kind, value in found
    )
