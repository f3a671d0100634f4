"""Places in what a record says: the parts between commas, and runs of their words, are looked up in the gazetteer."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import digit

from matching.gazetteer import COUNTRY, Place, shipped_gazetteer
from matching.normalize import words
from matching.scripts.reading import SIGN

# More words than these are a sentence; the limits bound the time that a hostile text costs.
MAX_WORDS, MAX_RUN = 12, 4
# A village, its district, its province.
MAX_PLACES = 3
# A camp, a block, a house.
MAX_NUMBERS = 3
# Begins the token of a house number, postcode or numbered camp; places of the gazetteer have digits there.
_NUMBER = f"{SIGN}#"
# Letters beside the digits of a number (12b, D12, SW1A); more are a word (Camp4), or a name with a slip (Kab0l).
_MOST_LETTERS = 2
_WITH_DIGIT = re.compile(r"[^\W_]*\d[^\W_]*")
_WORD_AND_NUMBER = re.compile(r"([^\W\d_]+)(\d+)")
_PART = re.compile("[,;/|()،؛、，]+")


class Located(NamedTuple):
    """The tokens of the places of a text, likeliest first, the words that name them, and those that do not."""

    tokens: tuple[str, ...]
    inside: str
    outside: str


class _Hit(NamedTuple):
    """Words from `start` to `end` of a text, and what they may mean."""

    start: int
    end: int
    places: tuple[Place, ...]

    @property
    def country(self) -> str:
        """Return the country that the words name, or an empty string."""
        return next((place.land for place in self.places if place.number == COUNTRY), "")

    def within(self, land: str) -> list[Place]:
        """Return the place of this name in a country, if there is one."""
        return [place for place in self.places if place.number != COUNTRY and place.land == land][:1]


def numbered(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a clean text without its numbers, and a token for each of them, at most MAX_NUMBERS, in their order.

    Digits of every script are read, and zeros in front left out: Camp 04 and معسكر ٤ share the number 4.
    """
    found: dict[str, None] = {}

    def leave(match: re.Match[str]) -> str:
        word, written = "", match[0]
        if sum(not char.isdigit() for char in written) > _MOST_LETTERS:
            apart = _WORD_AND_NUMBER.fullmatch(written)
            if apart is None:
                return written
            word, written = apart[1], apart[2]
        plain = "".join(str(digit(char, char)) for char in written).lower()
        found[(plain.lstrip("0") or "0") if plain.isdigit() else plain] = None
        return f"{word} "

    rest = _WITH_DIGIT.sub(leave, text)
    return rest, tuple(f"{_NUMBER}{number}" for number in found)[:MAX_NUMBERS]


def atoms(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, apart at hyphens and without apostrophes."""
    pieces = (piece.replace("'", "") for word in words(text) for piece in word.split("-"))
    return tuple(piece for piece in pieces if piece)


def located(text: str, country: str, likely: tuple[str, ...] = ()) -> Located:
    """Return the places that a clean text names, in `country` (alpha-2) if it is known and has them.

    Without one a country in the text decides, then one of those that are `likely`, else all that the name may mean.
    """
    parts = [atoms(part) for part in _PART.split(text)]
    found = [word for part in parts for word in part]
    hits = _hits(parts)
    chosen = _chosen(hits, country, likely) if hits else []
    numbers = dict.fromkeys(place.number for _, places in chosen for place in places)
    if not numbers:
        return Located((), "", " ".join(found))
    named = [hit for hit in hits if hit.country] + [hit for hit, places in chosen if places]
    inside = {at for hit in named for at in range(hit.start, hit.end)}
    return Located(
        tuple(f"{SIGN}{number}" for number in numbers)[:MAX_PLACES],
        " ".join(word for at, word in enumerate(found) if at in inside),
        " ".join(word for at, word in enumerate(found) if at not in inside),
    )


def _hits(parts: list[tuple[str, ...]]) -> list[_Hit]:
    """Return the longest names that are in the gazetteer, none over another, in the order of the text."""
    kept: list[_Hit] = []
    first = 0
    for part in parts:
        free = part[: MAX_WORDS - first]
        kept += _hits_within(free, first, min(MAX_RUN, len(free)))
        first += len(free)
    return kept


def _hits_within(part: tuple[str, ...], first: int, longest: int) -> list[_Hit]:
    """Return the hits of a part whose first word is word `first` of the text, in names of `longest` words or fewer."""
    find = shipped_gazetteer().find
    for length in range(longest, 0, -1):
        for start in range(len(part) - length + 1):
            if places := find(part[start : start + length]):
                end = start + length
                before = _hits_within(part[:start], first, length - 1) if start else []
                after = _hits_within(part[end:], first + end, length) if end < len(part) else []
                return [*before, _Hit(first + start, first + end, places), *after]
    return []


def _chosen(hits: list[_Hit], country: str, likely: tuple[str, ...]) -> list[tuple[_Hit, list[Place]]]:
    """Return the places that each name means; a text names places of one country."""
    named = [hit.country for hit in hits if hit.country]
    cities = [hit for hit in hits if not hit.country]
    if not cities:  # Mexico, Armenia: the city only where it stands in its country, or in that of the record
        lands = [country, *named] if country else [*named[:1], *likely]
        return [(hit, [place for land in lands for place in hit.within(land)][:1]) for hit in hits[:1]]
    for land in (country, *named, *likely):
        found = [(hit, hit.within(land)) for hit in cities]
        if any(places for _, places in found):
            return found
    if len(cities) == 1:
        return [(hit, [place for place in hit.places if place.meant]) for hit in cities]
    largest = max((hit.places[0] for hit in cities), key=lambda place: place.size)
    return [(hit, hit.within(largest.land)) for hit in cities]
