"""Persons as arrays: every field of many profiles in columns, every token as its number, ready for compiled loops."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import borrowing
from matching.names import HELPING_KINDS, SLOTS
from matching.profile import Profile, Text
from matching.scripts import script_of
from matching.types import RELATIONS, ROLES, Interval
from matching.words import Words

SEXES = ("", "female", "male", "other")
ROLE_CODES = {role: code for code, role in enumerate(ROLES)}
RELATION_CODES = {relation: code for code, relation in enumerate(RELATIONS)}
SLOT_CODES = {"full": 0} | {slot: code for code, slot in enumerate(SLOTS, 1)}
# The texts of a person in the order of their columns.
TEXTS = ("mother", "birth_place", "last_place", "occupation", "marks")
PLACE_TEXTS = ("birth_place", "last_place")
# Columns of `lands`: country of birth, last country, nationalities.
NATIONALITIES = 3
LANDS = 2 + NATIONALITIES
_ETHIOPIAN = frozenset(("ET", "ER"))


# Columns of `facts`. Dates are ordinals, 0 when unknown; DAY_FROM and DAY_TO are the birth as year, month, day digits.
ROLE, SEX, APPROX, ETHIOPIAN, BORN_FROM, BORN_TO, SEEN_FROM, SEEN_TO, DAY_FROM, DAY_TO, LAND = range(11)
# Where in `flat` the names, each of TEXTS and the relatives of a person begin.
NAMES_AT = LAND + LANDS
TEXT_AT = NAMES_AT + 1
NEAR_AT = TEXT_AT + len(TEXTS)
FACTS = NEAR_AT + 1
# The columns of the texts that are places.
PLACES_AT = tuple(TEXT_AT + TEXTS.index(text) for text in PLACE_TEXTS)


class PeopleArrays(NamedTuple):
    """Persons in two arrays: two, because every array that a compiled loop hands on costs time to compile.

    `flat` holds for names: how many forms, then of each whether it is a helping one, how many tokens, and token and
    slot of each; for a text: how many tokens, the tokens, how many of the first stand for places, and how many of the
    last none of these explains; for relatives: how many, then of each the relation, how many tokens, and the tokens.
    """

    facts: NDArray[np.int32]  # (persons, FACTS)
    flat: NDArray[np.int32]


class People:
    """A growing list of persons over one vocabulary."""

    def __init__(self, words: Words) -> None:
        """Start empty; tokens are numbered in `words`."""
        self.words = words
        self.ids: list[str] = []
        self._facts, self._flat = array("i"), array("i")

    def __len__(self) -> int:
        """Return the number of persons."""
        return len(self.ids)

    def add(self, person: Profile) -> None:
        """Append one person."""
        self.ids.append(person.id)
        approx = person.birth is not None and person.birth.approximate
        facts = [ROLE_CODES[person.role], SEXES.index(person.sex), int(approx), int(_is_ethiopian(person))]
        facts += [*_dates(person.birth, person.last_seen), *_lands(person)]
        facts.append(self._put(self._names(person)))
        for text in (person.mother, person.birth_place, person.last_place, person.occupation, person.marks):
            facts.append(self._put(self._text(text)))
        facts.append(self._put(self._near(person)))
        self._facts.extend(facts)

    def _put(self, numbers: list[int]) -> int:
        start = len(self._flat)
        self._flat.extend(numbers)
        return start

    def _names(self, person: Profile) -> list[int]:
        made, add = [len(person.names)], self.words.add
        for form in person.names:
            made += [form.kind in HELPING_KINDS, len(form.tokens)]
            for token, slot in zip(form.tokens, form.slots, strict=True):
                made += [add(token), SLOT_CODES[slot]]
        return made

    def _text(self, text: Text) -> list[int]:
        return [len(text.tokens), *map(self.words.add, text.tokens), text.places, text.further]

    def _near(self, person: Profile) -> list[int]:
        made = [len(person.relatives)]
        for near in person.relatives:
            made += [RELATION_CODES[near.relation], len(near.tokens), *map(self.words.add, near.tokens)]
        return made

    def append(self, ids: Sequence[str], tokens: Sequence[str], part: PeopleArrays) -> None:
        """Append persons that were laid out elsewhere, over a vocabulary of their own: `tokens` by its numbers."""
        flat = part.flat.copy()
        renumber(part.facts, flat, np.array([self.words.add(token) for token in tokens], np.int32))
        facts = part.facts.copy()
        facts[:, NAMES_AT:FACTS] += len(self._flat)
        self.ids.extend(ids)
        self._facts.frombytes(facts.tobytes())
        self._flat.frombytes(flat.tobytes())

    def arrays(self) -> PeopleArrays:
        """Return the persons so far; who is added later is not in them."""
        return PeopleArrays(np.array(self._facts, np.int32).reshape(-1, FACTS), np.array(self._flat, np.int32))


@borrowing
def renumber(facts: NDArray[np.int32], flat: NDArray[np.int32], numbers: NDArray[np.int32]) -> None:
    """Replace the number of every token in `flat` by the one it has in another vocabulary."""
    for p in range(len(facts)):
        at = facts[p, NAMES_AT] + 1
        for _ in range(flat[at - 1]):
            for place in range(flat[at + 1]):
                flat[at + 2 + 2 * place] = numbers[flat[at + 2 + 2 * place]]
            at += 2 + 2 * flat[at + 1]
        for text in range(TEXT_AT, NEAR_AT):
            at = facts[p, text]
            for place in range(at + 1, at + 1 + flat[at]):
                flat[place] = numbers[flat[place]]
        at = facts[p, NEAR_AT] + 1
        for _ in range(flat[at - 1]):
            for place in range(at + 2, at + 2 + flat[at + 1]):
                flat[place] = numbers[flat[place]]
            at += 2 + flat[at + 1]


@borrowing
def _mark_tokens(facts: NDArray[np.int32], flat: NDArray[np.int32], seen: NDArray[np.uint8]) -> None:
    for p in range(len(facts)):
        at = facts[p, NAMES_AT] + 1
        for _ in range(flat[at - 1]):
            for place in range(flat[at + 1]):
                seen[flat[at + 2 + 2 * place]] = 1
            at += 2 + 2 * flat[at + 1]
        for text in range(TEXT_AT, NEAR_AT):
            for place in range(flat[facts[p, text]]):
                seen[flat[facts[p, text] + 1 + place]] = 1
        at = facts[p, NEAR_AT] + 1
        for _ in range(flat[at - 1]):
            for place in range(flat[at + 1]):
                seen[flat[at + 2 + place]] = 1
            at += 2 + flat[at + 1]


def tokens_of(people: PeopleArrays) -> NDArray[np.int32]:
    """Return the numbers of all tokens that these persons have, ascending, each once."""
    seen = np.zeros(int(people.flat.max(initial=0)) + 1, np.uint8)
    _mark_tokens(people.facts, people.flat, seen)
    return np.flatnonzero(seen).astype(np.int32)


@borrowing
def _mark_places(facts: NDArray[np.int32], flat: NDArray[np.int32], seen: NDArray[np.uint8]) -> None:
    for p in range(len(facts)):
        for column in PLACES_AT:
            at = facts[p, column]
            for place in range(flat[at]):
                seen[flat[at + 1 + place]] = 1


def places_of(people: PeopleArrays) -> NDArray[np.int32]:
    """Return the numbers of all tokens in places of these persons, ascending, each once."""
    seen = np.zeros(int(people.flat.max(initial=0)) + 1, np.uint8)
    _mark_places(people.facts, people.flat, seen)
    return np.flatnonzero(seen).astype(np.int32)


def _dates(birth: Interval | None, seen: Interval | None) -> tuple[int, ...]:
    days = (*_ordinals(birth), *_ordinals(seen))
    return (*days, *((_ymd(birth.earliest), _ymd(birth.latest)) if birth else (0, 0)))


def _ordinals(interval: Interval | None) -> tuple[int, int]:
    return (interval.earliest.toordinal(), interval.latest.toordinal()) if interval else (0, 0)


def _ymd(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def land_code(land: str) -> int:
    """Return a country's letters as one number, 0 for none."""
    return int.from_bytes(land[:3].encode()[:3], "big") if land else 0


def _lands(person: Profile) -> tuple[int, ...]:
    lands = [person.birth_country, person.last_country, *person.nationalities[:NATIONALITIES]]
    codes = [land_code(land) for land in lands]
    return (*codes, *([0] * (LANDS - len(codes))))


def _is_ethiopian(person: Profile) -> bool:
    """Tell whether nationality, country of birth or script speak for the Ethiopian calendar."""
    lands = {*person.nationalities, person.birth_country}
    return bool(lands & _ETHIOPIAN) or any(script_of(form.tokens[0]) == "Ethi" for form in person.names)
