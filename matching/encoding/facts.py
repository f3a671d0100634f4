"""The facts of a record that rules join: codes of names and places, years, days. Every fact is a short text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

from matching.encoding.codes import codes
from matching.encoding.habits import Habit, habit_of
from matching.tokens import tokens
from matching.types import Interval, PersonRecord

MAX_PARTS = 6  # parts of the own name
MAX_RELATIVES = 4  # beside the parents
MAX_PLACE_WORDS = 3
WIDTH, STEP = 6, 3  # years of a bucket, and from one bucket to the next
MANY_YEARS = 4  # a longer interval has a bucket more
MAX_YEARS = 4  # a longer interval has no single year
WIDER = 1  # years on either side of 1 January and of "about", which are guesses

Readings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Values by kind; each list is empty where the record does not tell.

    own: any part of the own name; given: readings of the first; pairs, triples: unordered parts; first_pairs: the first
    with another; mother: her first part; mothers: two parts of hers; kin, kin_pairs: other relatives' first parts;
    places; years: possible single years; buckets; day: day and month, order left open; date: day with the year.
    """

    own: list[str]
    given: list[str]
    pairs: list[str]
    first_pairs: list[str]
    triples: list[str]
    mother: list[str]
    mothers: list[str]
    kin: list[str]
    kin_pairs: list[str]
    places: list[str]
    years: list[str]
    buckets: list[str]
    day: list[str]
    date: list[str]


def facts_of(record: PersonRecord) -> Facts:
    """Return the facts of a record; names that contain nothing readable leave their lists empty."""
    habit, own = _own_parts(record)
    mother = record.mother or next((one.name for one in record.relatives if one.relation == "mother"), "")
    mothers = _parts(mother, habit)
    kin = _kin(record, habit)
    first, others = own[:1], own[1:]
    return Facts(
        own=_flat(own),
        given=_flat(first),
        pairs=_unordered(own, 2),
        first_pairs=[f"{one} {two}" for head in first for part in others for one, two in product(head, part)],
        triples=_unordered(own, 3),
        mother=_flat(mothers[:1]),
        mothers=[f"{one} {two}" for one, two in product(mothers[0], mothers[1])] if len(mothers) > 1 else [],
        kin=_flat(kin),
        kin_pairs=_unordered(kin, 2),
        places=_places(record),
        **_born(record.birth),
    )


def _parts(text: str, habit: Habit) -> list[Readings]:
    return [found for word in tokens(text) if (found := codes(word, habit))]


def _own_parts(record: PersonRecord) -> tuple[Habit, list[Readings]]:
    """Return the habit and the distinct parts of all own names, the given name first; the father's comes last."""
    slots = ((one.given, one.father, one.grandfather, one.family, one.full) for one in record.names)
    texts = [text for name in slots for text in name if text]
    habit = habit_of(record.nationalities, [word for text in texts for word in tokens(text)])
    found = [part for text in texts for part in _parts(text, habit)]
    fathers = (one.name for one in record.relatives if one.relation == "father")
    found += [part for name in fathers for part in _parts(name, habit)[:1]]
    own: list[Readings] = []
    for part in found:
        if not any(set(part) & set(other) for other in own):
            own.append(part)
    return habit, own[:MAX_PARTS]


def _kin(record: PersonRecord, habit: Habit) -> list[Readings]:
    others = (one.name for one in record.relatives if one.relation not in ("father", "mother"))
    firsts = (part for name in others for part in _parts(name, habit)[:1])
    return list(dict.fromkeys(firsts))[:MAX_RELATIVES]


def _places(record: PersonRecord) -> list[str]:
    written = (_parts(text, Habit.GENERAL)[:MAX_PLACE_WORDS] for text in (record.last_place, record.birth_place))
    joined = dict.fromkeys("".join(part[0] for part in parts) for parts in written)
    return [place for place in joined if len(place) > 1]


def _flat(parts: Sequence[Readings]) -> list[str]:
    return [reading for part in parts for reading in part]


def _unordered(parts: Sequence[Readings], number: int) -> list[str]:
    return [" ".join(sorted(one)) for some in combinations(parts, number) for one in product(*some)]


def _born(birth: Interval | None) -> dict[str, list[str]]:
    """Return years, buckets, day and date of an interval in which a person was born."""
    if birth is None:
        return {"years": [], "buckets": [], "day": [], "date": []}
    low, high, day = birth.earliest.year, birth.latest.year, ""
    whole = birth.earliest == birth.latest and not birth.approximate
    if whole and (birth.earliest.month, birth.earliest.day) != (1, 1):
        day = "-".join(map(str, sorted((birth.earliest.day, birth.earliest.month))))  # a swap of both stays equal
    elif whole or (birth.approximate and high - low <= 1):
        low, high = low - WIDER, high + WIDER
    span = range(low, high + 1)
    return {
        "years": [str(year) for year in span] if len(span) <= MAX_YEARS else [],
        "buckets": _buckets(low, high),
        "day": [day] if day else [],
        "date": [f"{birth.earliest.year}-{day}"] if day else [],
    }


def _buckets(low: int, high: int) -> list[str]:
    """Return the numbers of the buckets whose middle is nearest to that of the interval; doubled, all are whole."""
    middle = low + high
    near = range(middle // (2 * STEP) - 3, middle // (2 * STEP) + 3)
    ranked = sorted(near, key=lambda number: (abs(2 * STEP * number + WIDTH - 1 - middle), number))
    return [str(number) for number in ranked[: 2 if high - low <= MANY_YEARS else 3]]
