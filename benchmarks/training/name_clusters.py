"""Compile the clusters of one name over scripts into the table that ships with the library.

    python -m benchmarks.training.name_clusters NAMES -o matching/data/name_clusters.npz [--odds FILE]

NAMES holds token_clusters.tsv.gz (name items of Wikidata, CC0). A public list holds mistakes, so a cluster is
split where its forms don't sound alike, and two clusters are joined where they share a form and their other forms
are near (the items Hasan and Hassan). Needs the odds of benchmarks.training.spelling_odds.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

from benchmarks.training.sources import clean, clusters
from matching.kernel.name_clusters import key_of, save_clusters
from matching.kernel.odds import chain_room
from matching.kernel.odds_file import load_odds
from matching.kernel.pairs import likeness
from matching.kernel.tables import Tables
from matching.kernel.values import spelled_values
from matching.kernel.vocabulary import TokenArrays, token_arrays
from matching.scripts import read as read_once

read = cache(read_once)  # every form is asked for several times
# Likeness in thousandths (matching.kernel.pairs): forms of one cluster that belong together, and spellings so near
# that two clusters with a common form are one name.
TOGETHER, NEAR_CLUSTERS = 350, 850
# A form in more clusters than this says nothing about which name it is.
MOST_CLUSTERS = 12
# A name that has gathered more forms than this has run together with others.
MOST_FORMS = 80
CHAIN = chain_room()
# Letters of the longest word that is a name.
LONGEST = 30
# Words that are written beside the table, for a test.
SAMPLES = 1_000


def cleaned(groups: list[list[str]]) -> list[list[str]]:
    """Return the forms of each cluster as single words that can be read, one per folded form."""
    found = []
    for group in groups:
        forms: dict[tuple[str, str], str] = {}
        for form in map(clean, group):
            word = form.replace("-", "").replace("'", "").replace("’", "")
            reading = read(word)
            if 1 < len(reading.folded) <= LONGEST and " " not in word and reading.sounds[0]:
                forms.setdefault((reading.script, reading.folded), word)
        found.append(list(forms.values()))
    return [group for group in found if len(group) > 1]


class Union:
    """Groups that run together, each known by its smallest member."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, place: int) -> int:
        """Return the group of a member."""
        while self.parent[place] != place:
            self.parent[place] = place = self.parent[self.parent[place]]
        return place

    def join(self, one: int, other: int) -> None:
        """Make two groups one."""
        one, other = sorted((self.find(one), self.find(other)))
        self.parent[other] = one


def split(group: list[int], arrays: TokenArrays) -> list[list[int]]:
    """Return the parts of a cluster whose forms sound alike, directly or through a third."""
    union = Union(len(group))
    for p, one in enumerate(group):
        for q in range(p):
            if union.find(p) != union.find(q) and likeness(arrays, one, arrays, group[q], CHAIN)[0] >= TOGETHER:
                union.join(p, q)
    parts = defaultdict(list)
    for p, one in enumerate(group):
        parts[union.find(p)].append(one)
    return list(parts.values())


def joined(groups: list[list[int]], arrays: TokenArrays, forms: list[str]) -> list[list[int]]:
    """Return the clusters after joining those that share a form, end alike and are near in their plainest forms."""
    ends = [_ending(forms[group[0]]) for group in groups]
    by_form = defaultdict(list)
    for number, group in enumerate(groups):
        for form in group:
            by_form[form].append(number)
    union, sizes = Union(len(groups)), [len(group) for group in groups]
    for numbers in by_form.values():
        for one, other in pairwise(numbers):
            first, second = union.find(one), union.find(other)
            if (
                first != second
                and sizes[first] + sizes[second] <= MOST_FORMS
                and ends[one] == ends[other]
                and _near(groups[one], groups[other], arrays)
            ):
                union.join(first, second)
                sizes[union.find(first)] = sizes[first] + sizes[second]
    merged: dict[int, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        merged[union.find(number)].update(group)
    return [sorted(group) for group in merged.values()]


def _near(one: list[int], other: list[int], arrays: TokenArrays) -> bool:
    """The first form, the plainest, is near in both clusters."""
    return likeness(arrays, one[0], arrays, other[0], CHAIN)[0] >= NEAR_CLUSTERS


def _ending(form: str) -> bool:
    """Tell whether a word ends open, as the names of many women do beside those of men: Samira, Samir."""
    return read(form).sounds[0][-1:] in tuple("aeiouy")


def names_in(groups: list[list[str]], arrays: TokenArrays, ids: dict[str, int]) -> list[list[int]]:
    """Return the names: lists of forms, without what is known in one spelling alone."""
    parts = [part for group in groups for part in split([ids[form] for form in group], arrays)]
    return joined([part for part in parts if len(part) > 1], arrays, list(ids))


def rows_of(names: list[list[int]], forms: list[str]) -> dict[int, list[int]]:
    """Return the numbers of names by key of form."""
    counted = Counter(form for group in names for form in group)
    found: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(names):
        for form in group:
            if counted[form] <= MOST_CLUSTERS:
                found[key_of(read(forms[form]))].append(number)
    return found


def value_of(group: list[str]) -> str:
    """Return the value that most forms of a name have; of two, the shorter."""
    counts = Counter(value for form in group for value in spelled_values(read(form)))
    return min(counts, key=lambda value: (-counts[value], len(value), value))


def main() -> None:
    """Read the list, clean, split, join, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--odds", type=Path)
    asked = parser.parse_args()
    groups = cleaned(clusters(asked.names / "token_clusters.tsv.gz"))
    ids = {form: place for place, form in enumerate(dict.fromkeys(form for group in groups for form in group))}
    arrays = token_arrays(list(ids), Tables(load_odds(asked.odds), None))
    names, forms = names_in(groups, arrays, ids), list(ids)
    rows = rows_of(names, forms)
    values = [value_of([forms[form] for form in group]) for group in names]
    tabled = [form for form in forms if key_of(read(form)) in rows]
    save_clusters(asked.output, rows, values, tabled[:: len(tabled) // SAMPLES])
    print(len(groups), "clusters,", len(rows), "forms,", len(names), "names")


if __name__ == "__main__":
    main()
