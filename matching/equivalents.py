"""Names known to be one name in other spellings, languages or as short forms, or two; data with an origin each."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import groupby
from operator import itemgetter

from matching.paired_syllables import paired_names
from matching.scripts import fold, read

# Numbers of the rows of given names of each tradition, in the order of the file; those of other tables are lower, those
# of two syllables (matching.paired_syllables) and of clusters of names (matching.kernel.name_clusters) higher.
GIVEN_FROM, ROWS_OF_TRADITION = 200_000, 2_000
# Servants of God are named after their complement (Abdul Karim after Karim, not after what both begin with), so far up.
SERVANT_FROM = 600_000


@cache
def _rows(file: str) -> tuple[dict[str, str], ...]:
    text = (resources.files("matching") / "data" / file).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _folded(row: Mapping[str, str]) -> Iterator[str]:
    """Yield the name of a row and its variants as they meet."""
    return (fold(spelling)[1] for spelling in (row["name"], *row["variants"].split()))


@cache
def _groups(kind: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in (*_rows("equivalent_names.csv"), *_rows("short_forms.csv")):
        if row["kind"] == kind:
            for folded in _folded(row):
                found[folded].add(row["name"])
    return {folded: frozenset(names) for folded, names in found.items()}


@cache
def _numbers() -> dict[str, int]:
    rows = (*_rows("equivalent_names.csv"), *_rows("short_forms.csv"))
    return {name: number for number, name in enumerate(dict.fromkeys(row["name"] for row in rows))}


@cache
def _given() -> dict[str, frozenset[int]]:
    """Return the numbers of the given names that each folded word is a spelling of."""
    found: dict[str, set[int]] = defaultdict(set)
    by_tradition = groupby(_rows("given_names.csv"), key=itemgetter("tradition"))
    for tradition, (_, rows) in enumerate(by_tradition):
        for number, row in enumerate(rows, start=GIVEN_FROM + tradition * ROWS_OF_TRADITION):
            for folded in _folded(row):
                found[folded].add(number)
    return {folded: frozenset(numbers) for folded, numbers in found.items()}


def tabled_names(folded: str, servant_of: str = "") -> tuple[int, ...]:
    """Return 2 x the number of each name of a folded token by tables and syllables, +1 for a short form; ascending.

    `servant_of` is the folded complement of a compound that means a servant of God.
    """
    numbers = _numbers()
    full = {numbers[name] for name in _groups("spelling").get(folded, ())}
    full.update(_given().get(folded, ()), paired_names(folded))
    full.update(number - GIVEN_FROM + SERVANT_FROM for number in _given().get(servant_of, ()))
    short = (2 * numbers[name] + 1 for name in _groups("short").get(folded, ()))
    return tuple(sorted((*(2 * number for number in full), *short)))


def group_of(folded: str) -> str:
    """Return the first tabled name a folded token belongs to, or an empty string."""
    both = _groups("spelling").get(folded) or _groups("short").get(folded)
    return min(both) if both else ""


@cache
def common_shares() -> dict[str, float]:
    """Return the assumed share of persons by first skeleton, for names frequent in many communities."""
    shares: dict[str, float] = {}
    for row in _rows("common_names.csv"):
        bones = read(row["name"]).skeletons[0]
        shares[bones] = max(shares.get(bones, 0.0), float(row["share"]))
    return shares
