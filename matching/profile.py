"""A record is normalised once; the profile keeps what was written beside what is compared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from matching.names import NameForm, name_forms
from matching.normalize import clean
from matching.places import located, numbered
from matching.tokens import tokens
from matching.types import Interval, PersonRecord, UnreadableProfile

# Raised when the packed form changes; older packs are refused and built anew from the record.
PACK_FORMAT = 3
# Beyond these a record is a list of people, not a person; the limits bound the time of a comparison.
MAX_RELATIVES = 12
MAX_PLACES_TOKENS = 4
# Places, words and numbers of a place together; the table in which comparison keeps their levels has so many rows.
MAX_TEXT_TOKENS = 8


@dataclass(frozen=True, slots=True)
class RelativeForm:
    """A named relative: what the relative is to the person, the name as written, its tokens."""

    relation: str
    shown: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A place or other short text: as written, and its tokens.

    The first `places` tokens stand for places of the gazetteer (matching.places); the last `further` are words that
    none of these explains: a street, a camp, a village that the gazetteer does not know, and the numbers of either.
    """

    shown: str
    tokens: tuple[str, ...]
    places: int = 0
    further: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """A normalised person; everything comparison needs and everything a side-by-side view shows."""

    id: str
    role: str
    names: tuple[NameForm, ...]
    sex: str
    birth: Interval | None
    mother: Text
    birth_place: Text
    birth_country: str
    nationalities: tuple[str, ...]
    last_place: Text
    last_country: str
    last_seen: Interval | None
    relatives: tuple[RelativeForm, ...]
    occupation: Text
    marks: Text

    def pack(self) -> bytes:
        """Return the profile as compact UTF-8 JSON; equal profiles give equal bytes."""
        content = [
            PACK_FORMAT,
            self.id,
            self.role,
            [[form.kind, form.shown, list(form.tokens), list(form.slots)] for form in self.names],
            self.sex,
            _pack_interval(self.birth),
            *(_pack_text(text) for text in (self.mother, self.birth_place, self.last_place)),
            *(_pack_text(text) for text in (self.occupation, self.marks)),
            [self.birth_country, self.last_country, list(self.nationalities)],
            _pack_interval(self.last_seen),
            [[near.relation, near.shown, list(near.tokens)] for near in self.relatives],
        ]
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def unpack(cls, packed: bytes) -> Profile:
        """Return the profile of `packed`; UnreadableProfile when it is damaged or of another format."""
        try:
            content = json.loads(packed)
            if content[0] != PACK_FORMAT:
                raise UnreadableProfile(f"Packed in format {content[0]!r}, expected {PACK_FORMAT}.")
            return cls._from_content(content)
        except (ValueError, TypeError, IndexError, KeyError) as error:
            raise UnreadableProfile("The stored profile cannot be read; build it again.") from error

    @classmethod
    def _from_content(cls, content: list) -> Profile:  # type: ignore[type-arg]
        (_, ident, role, names, sex, birth, mother, born_at, last_at, work, marks, lands, seen, near) = content
        return cls(
            id=ident,
            role=role,
            names=tuple(NameForm(kind, shown, tuple(toks), tuple(slots)) for kind, shown, toks, slots in names),
            sex=sex,
            birth=_unpack_interval(birth),
            mother=_unpack_text(mother),
            birth_place=_unpack_text(born_at),
            birth_country=lands[0],
            nationalities=tuple(lands[2]),
            last_place=_unpack_text(last_at),
            last_country=lands[1],
            last_seen=_unpack_interval(seen),
            relatives=tuple(RelativeForm(relation, shown, tuple(toks)) for relation, shown, toks in near),
            occupation=_unpack_text(work),
            marks=_unpack_text(marks),
        )


def profile(record: PersonRecord) -> Profile:
    """Return the normalised profile of `record`; never fails on what names contain."""
    mother = record.mother or next((one.name for one in record.relatives if one.relation == "mother"), "")
    nationalities = tuple(sorted({land.upper() for land in record.nationalities if land}))
    near = (RelativeForm(one.relation, clean(one.name), tokens(one.name)) for one in record.relatives)
    return Profile(
        id=record.id,
        role=record.role,
        names=name_forms(record.names),
        sex=record.sex if record.sex in ("female", "male", "other") else "",
        birth=record.birth,
        mother=_text(mother),
        birth_place=_place(clean(record.birth_place), record.birth_country.upper(), nationalities),
        birth_country=record.birth_country.upper(),
        nationalities=nationalities,
        last_place=_place(clean(record.last_place), record.last_country.upper()),
        last_country=record.last_country.upper(),
        last_seen=record.last_seen,
        relatives=tuple(form for form in near if form.tokens)[:MAX_RELATIVES],
        occupation=_text(record.occupation),
        marks=_text(record.marks),
    )


def _text(written: str) -> Text:
    return Text(clean(written), tokens(written)[:MAX_PLACES_TOKENS])


@lru_cache(maxsize=65_536)
def _place(shown: str, country: str, likely: tuple[str, ...] = ()) -> Text:
    """Return a place in `country`, or in one that is `likely`, naming words first, numbers last."""
    rest, numbers = numbered(shown)
    known = located(rest, country, likely)
    if not known.tokens:
        return Text(shown, (*tokens(rest)[:MAX_PLACES_TOKENS], *numbers))
    inside = tokens(known.inside if known.outside else rest)[:MAX_PLACES_TOKENS]
    outside = tokens(known.outside)[: MAX_PLACES_TOKENS - len(inside)]
    found = (*known.tokens, *inside, *outside, *numbers)[:MAX_TEXT_TOKENS]
    return Text(shown, found, len(known.tokens), len(found) - len(known.tokens) - len(inside))


def _pack_text(text: Text) -> list[object]:
    known = [text.places, text.further] if text.places else []
    return [text.shown, list(text.tokens), *known]


def _unpack_text(content: list) -> Text:  # type: ignore[type-arg]
    shown, found, *known = content
    return Text(shown, tuple(found), *known)


def _pack_interval(interval: Interval | None) -> list[object] | None:
    if interval is None:
        return None
    return [interval.earliest.isoformat(), interval.latest.isoformat(), int(interval.approximate)]


def _unpack_interval(content: list | None) -> Interval | None:  # type: ignore[type-arg]
    if content is None:
        return None
    return Interval(date.fromisoformat(content[0]), date.fromisoformat(content[1]), bool(content[2]))
