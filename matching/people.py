"""Persons as arrays: every field of many profiles in columns, every token as its number, ready for compiled loops."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.names import HELPING_KINDS, SLOTS
from matching.profile import Profile, Text
from matching.scripts import read
from matching.types import RELATIONS, ROLES, Interval
from matching.words import Words

SEXES = ("", "female", "male", "other")
ROLE_CODES = {role: code for code, role in enumerate(ROLES)}
RELATION_CODES = {relation: code for code, relation in enumerate(RELATIONS)}
SLOT_CODES = {"full": 0} | {slot: code for code, slot in enumerate(SLOTS, 1)}
# The texts of a person in the order of their columns.
TEXTS = ("mother", "birth_place", "last_place", "occupation", "marks")
# Columns of `lands`: country of birth, last country, nationalities.
NATIONALITIES = 3
LANDS = 2 + NATIONALITIES
_ETHIOPIAN = frozenset(("ET", "ER"))


class PeopleArrays(NamedTuple):
    """Persons in columns. Ragged fields have offsets: what belongs to person p lies from `at[p]` to `at[p + 1]`."""

    role: NDArray[np.uint8]
    sex: NDArray[np.uint8]
    dates: NDArray[np.int32]  # (n, 6): birth from, to; seen from, to as ordinals (0: unknown); birth from, to as ymd
    approx: NDArray[np.uint8]  # the birth is told as "about"
    lands: NDArray[np.int32]  # (n, LANDS): two letters as one number, 0 unknown
    ethiopian: NDArray[np.uint8]  # the Ethiopian calendar is likely in use
    form_at: NDArray[np.int64]  # forms of the name
    helping: NDArray[np.uint8]  # of each form: it is a nickname, married or other name
    tok_at: NDArray[np.int64]  # tokens of each form
    tok: NDArray[np.int32]
    slot: NDArray[np.uint8]
    text_at: NDArray[np.int64]  # tokens of TEXTS, person by person
    text: NDArray[np.int32]
    near_at: NDArray[np.int64]  # relatives
    relation: NDArray[np.uint8]
    near_tok_at: NDArray[np.int64]  # tokens of each relative's name
    near: NDArray[np.int32]


_TYPES = {
    "role": "B", "sex": "B", "dates": "i", "approx": "B", "lands": "i", "ethiopian": "B", "form_at": "q",
    "helping": "B", "tok_at": "q", "tok": "i", "slot": "B", "text_at": "q", "text": "i", "near_at": "q",
    "relation": "B", "near_tok_at": "q", "near": "i",
}  # fmt: skip
_NUMPY = {"B": np.uint8, "i": np.int32, "q": np.int64}
_OFFSETS = {"form_at": "helping", "tok_at": "tok", "text_at": "text", "near_at": "relation", "near_tok_at": "near"}
_WIDTHS = {"dates": 6, "lands": LANDS}
_TOKENS = ("tok", "text", "near")


class People:
    """A growing list of persons over one vocabulary."""

    def __init__(self, words: Words) -> None:
        """Start empty; tokens are numbered in `words`."""
        self.words = words
        self.ids: list[str] = []
        self._columns = {name: array(kind, [0] if name in _OFFSETS else []) for name, kind in _TYPES.items()}

    def __len__(self) -> int:
        """Return the number of persons."""
        return len(self.ids)

    def add(self, person: Profile) -> None:
        """Append one person."""
        column = self._columns
        self.ids.append(person.id)
        column["role"].append(ROLE_CODES[person.role])
        column["sex"].append(SEXES.index(person.sex))
        column["approx"].append(person.birth is not None and person.birth.approximate)
        column["dates"].extend(_dates(person.birth, person.last_seen))
        column["lands"].extend(_lands(person))
        column["ethiopian"].append(_is_ethiopian(person))
        self._add_names(person)
        for text in (person.mother, person.birth_place, person.last_place, person.occupation, person.marks):
            self._add_text(text)
        for near in person.relatives:
            column["relation"].append(RELATION_CODES[near.relation])
            column["near"].extend([self.words.add(token) for token in near.tokens])
            column["near_tok_at"].append(len(column["near"]))
        column["near_at"].append(len(column["relation"]))

    def _add_names(self, person: Profile) -> None:
        column = self._columns
        for form in person.names:
            column["helping"].append(form.kind in HELPING_KINDS)
            column["tok"].extend([self.words.add(token) for token in form.tokens])
            column["slot"].extend([SLOT_CODES[slot] for slot in form.slots])
            column["tok_at"].append(len(column["tok"]))
        column["form_at"].append(len(column["helping"]))

    def _add_text(self, text: Text) -> None:
        column = self._columns
        column["text"].extend([self.words.add(token) for token in text.tokens])
        column["text_at"].append(len(column["text"]))

    def arrays(self) -> PeopleArrays:
        """Return the columns; what is added later is not in them."""
        found = {name: np.frombuffer(held.tobytes(), _NUMPY[held.typecode]) for name, held in self._columns.items()}
        for name, width in _WIDTHS.items():
            found[name] = found[name].reshape(-1, width)
        return PeopleArrays(**found)


def joined(parts: Sequence[tuple[PeopleArrays, NDArray[np.int32]]]) -> PeopleArrays:
    """Return several lists as one; each part brings the new numbers of its tokens, by old number."""
    found: dict[str, NDArray[np.generic]] = {}
    for name in PeopleArrays._fields:
        pieces = [getattr(part, name) for part, _ in parts]
        if name in _TOKENS:
            pieces = [numbers[piece] for piece, (_, numbers) in zip(pieces, parts, strict=True)]
        if name in _OFFSETS:
            pieces = _moved(pieces)
        found[name] = np.concatenate(pieces)
    return PeopleArrays(**found)  # type: ignore[arg-type]  # the types are those of the columns


def _moved(pieces: Sequence[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
    """Let the offsets of each part begin where those of the part before it end."""
    moved, end = [pieces[0][:1]], 0
    for piece in pieces:
        moved.append(piece[1:] + end)
        end += int(piece[-1])
    return moved


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
    return bool(lands & _ETHIOPIAN) or any(read(form.tokens[0]).script == "Ethi" for form in person.names)
