"""Under which values a person can be found: several kinds of key, at most MAX_KEYS, in a stable order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from matching.dates import years_of
from matching.names import NameForm
from matching.profile import Profile
from matching.skeletons import token_values
from matching.tokens import halves
from matching.types import Key

# The index holds so many hashes for a person, however many names and relatives.
MAX_KEYS = 40
# Shares of the kinds, so that no kind crowds out the others.
_SHARES = {"name": 10, "pair": 10, "year": 12, "decade": 4, "place": 4, "mother": 3, "relative": 6}
# Births known no better than this say nothing a key could use.
_MAX_YEARS = 12
_BUCKET = 4


def keys(person: Profile) -> tuple[Key, ...]:
    """Return the keys of `person`; two persons become candidates when they share one."""
    makers = (
        ("name", _names(person)),
        ("pair", _pairs(person)),
        ("year", _years(person)),
        ("mother", _mothers(person)),
        ("relative", _relatives(person)),
        ("place", _at_places(person)),
        ("decade", _decades(person)),
    )
    found: dict[Key, None] = {}
    for kind, values in makers:
        made = list(dict.fromkeys(values))[: _SHARES[kind]]
        found.update(dict.fromkeys(Key(kind, value, kind == "name") for value in made))
    return tuple(found)[:MAX_KEYS]


def _form_bones(form: NameForm) -> list[str]:
    return [bones for token in form.tokens for bones in token_values(token)[:1]]


def _all_bones(person: Profile) -> list[str]:
    found = [bones for form in person.names for bones in _form_bones(form)]
    return list(dict.fromkeys(found))


def _names(person: Profile) -> Iterator[str]:
    yield from _all_bones(person)
    for form in person.names:
        for token in form.tokens:
            yield from token_values(token)[1:]
            for half in halves(token):
                yield from token_values(half)[:1]


def _pairs(person: Profile) -> Iterator[str]:
    for form in person.names:
        for pair in combinations(dict.fromkeys(_form_bones(form)[:5]), 2):
            yield "+".join(sorted(pair))


def _years(person: Profile) -> Iterator[str]:
    if person.birth is None:
        return
    first, last = years_of(person.birth)
    if last - first > _MAX_YEARS:
        return
    half = _BUCKET // 2
    buckets = {f"a{year // _BUCKET}" for year in range(first, last + 1)}
    buckets |= {f"b{(year + half) // _BUCKET}" for year in range(first, last + 1)}
    for bones in _all_bones(person)[:5]:
        for bucket in sorted(buckets):
            yield f"{bones}@{bucket}"


def _decades(person: Profile) -> Iterator[str]:
    if person.birth is None or not person.sex:
        return
    first, last = years_of(person.birth)
    if last - first > _MAX_YEARS:
        return
    for bones in _all_bones(person)[:2]:
        for decade in range(first // 10, last // 10 + 1):
            yield f"{bones}@{person.sex}{decade}"


def _place_bones(person: Profile) -> list[str]:
    found = [token_values(token)[:1] for place in (person.birth_place, person.last_place) for token in place.tokens[:2]]
    return list(dict.fromkeys(bones for pair in found for bones in pair))


def _at_places(person: Profile) -> Iterator[str]:
    for place in _place_bones(person)[:2]:
        for bones in _all_bones(person)[:3]:
            yield f"{bones}@{place}"


def _mothers(person: Profile) -> Iterator[str]:
    mother = [bones for token in person.mother.tokens for bones in token_values(token)[:1]]
    for bones in _all_bones(person)[:3]:
        for one in mother[:1]:
            yield f"{bones}+{one}"


def _relatives(person: Profile) -> Iterator[str]:
    own = _all_bones(person)[:1]
    for near in person.relatives:
        for other in token_values(near.tokens[0])[:1]:
            for bones in own:
                yield f"{bones}+{other}"
