"""Under which values a person can be found: several kinds of key, at most MAX_KEYS, in a stable order.

The same compiled loop makes the keys of one person for an index in SQL and of a million for one in memory.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.comparing.births import LAST_HIJRI_YEAR, SOLAR_OFFSET
from matching.compiled import borrowing, compiled
from matching.people import DAY_FROM, DAY_TO, NAMES_AT, NEAR_AT, PLACES_AT, SEX, TEXT_AT, TEXTS, People, PeopleArrays
from matching.profile import Profile
from matching.types import Key
from matching.words import VALUES, Words

Values = NDArray[np.uint64]
Kinds = NDArray[np.uint8]
Flat = NDArray[np.int32]
Bones = NDArray[np.uint64]  # (tokens, VALUES + 1)
# The index holds so many hashes for a person, however many names and relatives.
MAX_KEYS: Final = 48
# The last five need no name: who agrees in all but the name is met under them.
KEY_KINDS = (
    "name", "pair", "year", "mother", "relative", "place", "decade", "where", "birthday", "home", "places", "kin",
)  # fmt: skip
_NAME, _PAIR, _YEAR, _MOTHER, _RELATIVE, _PLACE, _DECADE, _WHERE, _BIRTHDAY, _HOME, _PLACES, _KIN = range(12)
# Keys of one word, which say little once many persons have them; candidates and the index drop those.
SINGLE_KINDS: Final = (_NAME, _WHERE)
# Most keys of each kind, so that no kind crowds out the others.
_SHARES: Final = (10, 10, 12, 3, 6, 4, 4, 4, 1, 4, 4, 4)
# Tells the hash of a place's word from that of a name; hashes of words leave this bit free (matching.words.hash_of).
_WHERE_BIT: Final = 1 << 63
# Births known no better than this say nothing a key could use.
_MAX_YEARS: Final = 12
# Births that go into keys beside a place, which alone gathers more persons than a name does.
_SURE_YEARS: Final = 1
_NEW_YEAR: Final = 101
_BUCKET: Final = 4
_MAX_BONES: Final = 24
# Tokens of a name that go into pairs, years, places, mothers; of a place that go into keys.
_IN_PAIRS, _IN_YEARS, _IN_PLACES, _IN_MOTHERS, _IN_DECADES, _OF_PLACE = 5, 5, 3, 3, 2, 2
_MOTHER_AT: Final = TEXT_AT + TEXTS.index("mother")


@borrowing
def _mixed(kind: int, one: np.uint64, other: np.uint64) -> np.uint64:
    """Return one number for a kind and two values (finaliser of SplitMix64, Steele et al. 2014, public domain)."""
    z = one * np.uint64(0x9E3779B97F4A7C15) + other * np.uint64(0xC2B2AE3D27D4EB4F) + np.uint64(kind + 1)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@borrowing
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


@borrowing
def _collect(flat: Flat, names: int, words: Bones, bones: Values) -> int:
    """Write the distinct main values of all name tokens to `bones`; return how many."""
    count, form = 0, names + 1
    for _ in range(flat[names]):
        for place in range(flat[form + 1]):
            value = words[flat[form + 2 + 2 * place], 0]
            known = value == 0
            for i in range(count):
                known = known or bones[i] == value
            if not known and count < _MAX_BONES:
                bones[count] = value
                count += 1
        form += 2 + 2 * flat[form + 1]
    return count


@borrowing
def _add_names(flat: Flat, names: int, words: Bones, bones: Values, n: int, kinds: Kinds, values: Values) -> int:
    count, form = 0, names + 1
    for i in range(n):
        count = _put(_NAME, bones[i], kinds, values, count)
    for _ in range(flat[names]):
        for place in range(flat[form + 1]):
            for other in range(1, VALUES + 1):
                value = words[flat[form + 2 + 2 * place], other]
                if value:
                    count = _put(_NAME, value, kinds, values, count)
        form += 2 + 2 * flat[form + 1]
    return count


@borrowing
def _add_pairs(flat: Flat, names: int, words: Bones, kinds: Kinds, values: Values, count: int) -> int:
    form = names + 1
    for _ in range(flat[names]):
        n = min(_IN_PAIRS, flat[form + 1])
        for i in range(n):
            for j in range(i + 1, n):
                one, other = words[flat[form + 2 + 2 * i], 0], words[flat[form + 2 + 2 * j], 0]
                if one and other and one != other:
                    count = _put(_PAIR, _mixed(_PAIR, min(one, other), max(one, other)), kinds, values, count)
        form += 2 + 2 * flat[form + 1]
    return count


@borrowing
def _years(people: PeopleArrays, p: int) -> tuple[int, int]:
    """Return (first, last) year of birth, (0, 0) when unknown or too wide; Hijri years are read as solar ones."""
    first, last = people.facts[p, DAY_FROM] // 10_000, people.facts[p, DAY_TO] // 10_000
    if first == 0 or last - first > _MAX_YEARS:
        return 0, 0
    return (first + SOLAR_OFFSET, last + SOLAR_OFFSET) if last < LAST_HIJRI_YEAR else (first, last)


@borrowing
def _add_years(bones: Values, n: int, first: int, last: int, kinds: Kinds, values: Values, count: int) -> int:
    for i in range(min(n, _IN_YEARS)):
        for bucket in range(first // _BUCKET, last // _BUCKET + 1):
            count = _put(_YEAR, _mixed(_YEAR, bones[i], np.uint64(2 * bucket)), kinds, values, count)
        for bucket in range((first + _BUCKET // 2) // _BUCKET, (last + _BUCKET // 2) // _BUCKET + 1):
            count = _put(_YEAR, _mixed(_YEAR, bones[i], np.uint64(2 * bucket + 1)), kinds, values, count)
    return count


@borrowing
def _add_family(
    people: PeopleArrays, p: int, words: Bones, bones: Values, n: int, kinds: Kinds, values: Values, count: int
) -> int:
    flat, mother, kin = people.flat, people.facts[p, _MOTHER_AT], people.facts[p, NEAR_AT]
    if flat[mother] and words[flat[mother + 1], 0]:
        for i in range(min(n, _IN_MOTHERS)):
            count = _put(_MOTHER, _mixed(_MOTHER, bones[i], words[flat[mother + 1], 0]), kinds, values, count)
    near = kin + 1
    for _ in range(flat[kin]):
        if flat[near + 1] and n and words[flat[near + 2], 0]:
            count = _put(_RELATIVE, _mixed(_RELATIVE, bones[0], words[flat[near + 2], 0]), kinds, values, count)
        near += 2 + flat[near + 1]
    return count


@borrowing
def _collect_homes(people: PeopleArrays, p: int, words: Bones, homes: Values) -> None:
    """Write the main values of the first words of both places to `homes`, 0 where there is none."""
    homes[:] = 0
    for text in range(len(PLACES_AT)):
        start = people.facts[p, PLACES_AT[text]]
        for place in range(min(_OF_PLACE, people.flat[start])):
            homes[text * _OF_PLACE + place] = words[people.flat[start + 1 + place], 0]


@borrowing
def _add_places(homes: Values, bones: Values, n: int, kinds: Kinds, values: Values, count: int) -> int:
    for where in homes:
        for i in range(min(n, _IN_PLACES)):
            if where:
                count = _put(_PLACE, _mixed(_PLACE, bones[i], where), kinds, values, count)
    return count


@borrowing
def _add_birthday(people: PeopleArrays, p: int, kinds: Kinds, values: Values, count: int) -> int:
    """Add the day of birth, the same with day and month exchanged; 1 January stands for an unknown day."""
    day = people.facts[p, DAY_FROM]
    if day and day == people.facts[p, DAY_TO] and day % 10_000 != _NEW_YEAR:
        one, other = day % 100, day // 100 % 100
        turned = np.uint64(100 * min(one, other) + max(one, other))
        count = _put(_BIRTHDAY, _mixed(_BIRTHDAY, np.uint64(day // 10_000), turned), kinds, values, count)
    return count


@borrowing
def _add_homes(homes: Values, first: int, last: int, kinds: Kinds, values: Values, count: int) -> int:
    """Add single words of places, the first ones with the year of birth, and words of both places together."""
    for where in homes:
        if where:
            count = _put(_WHERE, where | np.uint64(_WHERE_BIT), kinds, values, count)
    if first and last - first <= _SURE_YEARS:
        for where in homes[::_OF_PLACE]:
            for year in range(first, last + 1):
                if where:
                    count = _put(_HOME, _mixed(_HOME, where, np.uint64(year)), kinds, values, count)
    for one in homes[:_OF_PLACE]:
        for other in homes[_OF_PLACE:]:
            if one and other and one != other:
                count = _put(_PLACES, _mixed(_PLACES, min(one, other), max(one, other)), kinds, values, count)
    return count


@borrowing
def _add_kin(
    people: PeopleArrays, p: int, words: Bones, homes: Values, kinds: Kinds, values: Values, count: int
) -> int:
    """Add the mother with places and relatives; where she is not named, relatives with places."""
    flat, mother, kin = people.flat, people.facts[p, _MOTHER_AT], people.facts[p, NEAR_AT]
    bone = words[flat[mother + 1], 0] if flat[mother] else np.uint64(0)
    if bone:
        for where in homes[::_OF_PLACE]:
            if where:
                count = _put(_KIN, _mixed(_KIN, bone, where), kinds, values, count)
    near = kin + 1
    for _ in range(flat[kin]):
        one = words[flat[near + 2], 0] if flat[near + 1] else np.uint64(0)
        if one and bone and one != bone:
            count = _put(_KIN, _mixed(_KIN, min(one, bone), max(one, bone)), kinds, values, count)
        elif one and not bone:
            for where in homes[::_OF_PLACE]:
                if where:
                    count = _put(_KIN, _mixed(_KIN, one, where), kinds, values, count)
        near += 2 + flat[near + 1]
    return count


@borrowing
def _add_decades(
    sex: int, bones: Values, n: int, first: int, last: int, kinds: Kinds, values: Values, count: int
) -> int:
    if sex:
        for i in range(min(n, _IN_DECADES)):
            for decade in range(first // 10, last // 10 + 1):
                count = _put(_DECADE, _mixed(_DECADE, bones[i], np.uint64(decade * 8 + sex)), kinds, values, count)
    return count


@compiled
def person_keys(people: PeopleArrays, p: int, words: Bones, kinds: Kinds, values: Values) -> int:
    """Write the keys of person `p` to `kinds` and `values` (room for MAX_KEYS); return how many."""
    bones, names = np.empty(_MAX_BONES, np.uint64), people.facts[p, NAMES_AT]
    homes = np.empty(len(PLACES_AT) * _OF_PLACE, np.uint64)
    n = _collect(people.flat, names, words, bones)
    _collect_homes(people, p, words, homes)
    first, last = _years(people, p)
    count = _add_names(people.flat, names, words, bones, n, kinds, values)
    count = _add_pairs(people.flat, names, words, kinds, values, count)
    count = _add_birthday(people, p, kinds, values, count)
    count = _add_kin(people, p, words, homes, kinds, values, count)
    count = _add_homes(homes, first, last, kinds, values, count)
    if first:
        count = _add_years(bones, n, first, last, kinds, values, count)
    count = _add_family(people, p, words, bones, n, kinds, values, count)
    count = _add_places(homes, bones, n, kinds, values, count)
    if first:
        count = _add_decades(people.facts[p, SEX], bones, n, first, last, kinds, values, count)
    return count


@compiled
def all_keys(people: PeopleArrays, words: Bones, kinds: Kinds, values: Values, at: NDArray[np.int64]) -> None:
    """Write the keys of everybody, one after the other; `at[p]` to `at[p + 1]` are those of person p."""
    for p in range(len(people.facts)):
        at[p + 1] = at[p] + person_keys(people, p, words, kinds[at[p] :], values[at[p] :])


def keys(person: Profile) -> tuple[Key, ...]:
    """Return the keys of `person`; two persons become candidates when they share one.

    The value of a `name` or a `where` key is the one whose rarity comparison asks for; the others are numbers.
    """
    words = Words()
    people = People(words)
    people.add(person)
    kinds, values = np.empty(MAX_KEYS, np.uint8), np.empty(MAX_KEYS, np.uint64)
    count = person_keys(people.arrays(), 0, words.arrays().bones, kinds, values)
    found = zip(kinds[:count].tolist(), values[:count].tolist(), strict=True)
    return tuple(
        Key(KEY_KINDS[kind], words.texts[value & ~_WHERE_BIT], single=True)
        if kind in SINGLE_KINDS
        else Key(KEY_KINDS[kind], f"{value:016x}")
        for kind, value in found
    )
