"""How common a name or a place is in a list, in any spelling: the share of persons who have it at a level or better.

Where records carry nationalities, names are counted within each: a name may be common among Somalis and rare elsewhere.
Places are counted in the whole list: of which people somebody is, they say too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.comparing.meeting import AGREEING
from matching.compiled import borrowing, compiled
from matching.kernel import LOOSE, SAME, Searched
from matching.kernel.vocabulary import token_arrays
from matching.people import LAND, NAMES_AT, PLACES_AT, PeopleArrays
from matching.words import WordArrays, Words

# A nationality with fewer persons in the list says too little of its names; more communities than this, too.
LEAST_COMMUNITY: Final = 300
MOST_COMMUNITIES: Final = 40
# The whole list counts as so many persons of each community, so that small ones do not jump.
PRIOR_PERSONS: Final = 100.0
# A person without a nationality is counted to the community that the names make so likely; and the share of a name
# that a community does not know. Judgement: a wrong community costs more than the whole list.
LEAST_LIKELY: Final = 0.8
RARE_SHARE: Final = 0.0005
# Searches for each thread, so that none waits long for the last; and tokens that are worth one.
SEARCHES: Final = 3
LEAST_SEARCHED: Final = 300
_NATIONALITY: Final = LAND + 2
Counts = NDArray[np.int32]  # (tokens, communities): persons, in the first column all of them


class Nearby(NamedTuple):
    """For each left token the right tokens it meets: `ids[at[t]]` to `ids[at[t + 1]]` at `levels`; and its shares."""

    at: NDArray[np.int64]
    ids: NDArray[np.int32]
    levels: NDArray[np.uint8]
    shares: NDArray[np.float32]  # (left tokens, communities, AGREEING): of persons with the token in a name
    places: NDArray[np.float32]  # (left tokens, AGREEING): of persons with the token in a place
    left_community: NDArray[np.int64]  # that each left person states; 0 where none is known
    likely_community: NDArray[np.int64]  # that the names of each left person speak for; 0 where none does
    right_community: NDArray[np.int64]  # that each right person states
    left_words: WordArrays
    right_words: WordArrays


@borrowing
def _count_names(people: PeopleArrays, community: NDArray[np.int64], counts: Counts, seen: NDArray[np.int32]) -> None:
    flat = people.flat
    for p in range(len(people.facts)):
        form = people.facts[p, NAMES_AT] + 1
        for _ in range(flat[form - 1]):
            for place in range(flat[form + 1]):
                token = flat[form + 2 + 2 * place]
                if seen[token] != p:
                    seen[token] = p
                    counts[token, 0] += 1
                    if community[p]:
                        counts[token, community[p]] += 1
            form += 2 + 2 * flat[form + 1]


@borrowing
def _count_places(people: PeopleArrays, counts: Counts, seen: NDArray[np.int32]) -> None:
    for p in range(len(people.facts)):
        for column in PLACES_AT:
            at = people.facts[p, column]
            for place in range(people.flat[at]):
                token = people.flat[at + 1 + place]
                if seen[token] != p:
                    seen[token] = p
                    counts[token, 0] += 1


@borrowing
def community_of(near: Nearby, p: int, q: int) -> int:
    """Return in which community the names of a pair are counted: the stated one of either, else the likely one."""
    if near.left_community[p]:
        return int(near.left_community[p])
    return int(near.right_community[q] or near.likely_community[p])


@compiled
def _likely(people: PeopleArrays, shares: NDArray[np.float32], sizes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return for each person the community in which the first form of the name is at home, 0 where none stands out."""
    found, fit = np.zeros(len(people.facts), np.int64), np.empty(len(sizes))
    for p in range(len(people.facts)):
        names = people.facts[p, NAMES_AT]
        if people.flat[names] == 0 or len(sizes) == 1:
            continue
        fit[:] = np.log(sizes)
        for place in range(people.flat[names + 2]):
            token = people.flat[names + 3 + 2 * place]
            for c in range(1, len(sizes)):
                fit[c] += math.log(shares[token, c, SAME] + RARE_SHARE)
        best = 1 + np.argmax(fit[1:])
        if LEAST_LIKELY * np.sum(np.exp(fit[1:] - fit[best])) <= 1.0:
            found[p] = best
    return found


@compiled
def _by_level(
    at: NDArray[np.int64], ids: NDArray[np.int32], levels: NDArray[np.uint8], counts: Counts
) -> NDArray[np.float64]:
    """Return (left tokens, communities, AGREEING): persons who have a token that the left one meets at a level."""
    made = np.zeros((len(at) - 1, counts.shape[1], AGREEING))
    for token in range(len(at) - 1):
        for place in range(at[token], at[token + 1]):
            for c in range(counts.shape[1]):
                made[token, c, levels[place]] += counts[ids[place], c]
    return made


class Neighbours:
    """The tokens of a list, the near tokens of others found once and kept, and how common each name is."""

    def __init__(self, words: Words, people: PeopleArrays) -> None:
        """Take the tokens of a list and its persons."""
        self._words = words
        self._searched = Searched(words.vocabulary, LOOSE)
        self._known: dict[str, tuple[NDArray[np.int32], NDArray[np.uint8]]] = {}
        lands, sizes = np.unique(people.facts[:, _NATIONALITY], return_counts=True)
        held = [(-int(size), int(land)) for land, size in zip(lands, sizes, strict=True) if land]
        kept = [land for size, land in sorted(held)[:MOST_COMMUNITIES] if -size >= LEAST_COMMUNITY]
        self._communities = {land: number for number, land in enumerate(kept, 1)}
        self._stated = community = self._community(people)
        self._counts = np.zeros((len(words), len(kept) + 1), np.int32)
        self._places = np.zeros((len(words), 1), np.int32)
        _count_names(people, community, self._counts, np.full(len(words), -1, np.int32))
        _count_places(people, self._places, np.full(len(words), -1, np.int32))
        self._persons = np.bincount(community, minlength=len(kept) + 1).astype(np.float64)
        self._persons[0] = max(1, len(community))
        self._by_value: dict[str, int] = {}
        for value, count in zip(words.values, self._counts[:, 0].tolist(), strict=True):
            self._by_value[value] = self._by_value.get(value, 0) + count

    def _community(self, people: PeopleArrays) -> NDArray[np.int64]:
        lands = people.facts[:, _NATIONALITY].tolist()
        return np.array([self._communities.get(land, 0) for land in lands], np.int64)

    def rarity(self, value: str) -> float:
        """Return the share of persons whose name has a token of this key value."""
        return self._by_value.get(value, 0) / float(self._persons[0])

    def of(self, words: Words, people: PeopleArrays, workers: int = 1) -> Nearby:
        """Return what the tokens of another list meet in this one; searched for by `workers` threads."""
        tokens = [words.vocabulary.token(place) for place in range(len(words))]
        # Words that are alike are searched for together.
        new = sorted(token for token in tokens if token not in self._known)
        part = max(LEAST_SEARCHED, -(-len(new) // (SEARCHES * workers)))
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(self._search, (new[start : start + part] for start in range(0, len(new), part))))
        rows = [self._known[token] for token in tokens]
        at = np.cumsum(np.array([0] + [len(row) for row, _ in rows], np.int64))
        none = (np.empty(0, np.int32), np.empty(0, np.uint8))
        ids, levels = (np.concatenate([row[part] for row in rows or [none]]) for part in (0, 1))
        shares = self._shares(at, ids, levels)
        return Nearby(
            at,
            ids,
            levels,
            shares,
            self._place_shares(at, ids, levels),
            self._community(people),
            _likely(people, shares, self._persons),
            self._stated,
            words.arrays(),
            self._words.arrays(),
        )

    def _search(self, tokens: Sequence[str]) -> None:
        at, ids, levels = self._searched.near(token_arrays(tokens, self._words.vocabulary.tables))
        for place, token in enumerate(tokens):
            self._known[token] = (ids[at[place] : at[place + 1]], levels[at[place] : at[place + 1]])

    def _place_shares(
        self, at: NDArray[np.int64], ids: NDArray[np.int32], levels: NDArray[np.uint8]
    ) -> NDArray[np.float32]:
        """Return for each left token and level the share of persons who have a place with a token that it meets."""
        total = np.cumsum(_by_level(at, ids, levels, self._places)[:, 0], axis=1)
        return np.asarray(np.minimum(1.0, total / self._persons[0]), np.float32)

    def _shares(self, at: NDArray[np.int64], ids: NDArray[np.int32], levels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return for each left token, community and level the share of persons who have one of the tokens it meets."""
        total = np.cumsum(_by_level(at, ids, levels, self._counts), axis=2)
        whole = np.minimum(1.0, total[:, :1] / self._persons[0])
        made = (total + PRIOR_PERSONS * whole) / (self._persons + PRIOR_PERSONS)[:, None]
        return np.asarray(np.minimum(1.0, made), np.float32)
