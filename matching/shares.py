"""How common a name is in a list, in any spelling: the share of persons whose token meets it at a level or better.

Where records carry nationalities, names are counted within each: a name may be common among Somalis and rare elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.comparing.meeting import AGREEING
from matching.compiled import compiled
from matching.kernel import LOOSE, neighbours
from matching.kernel.vocabulary import TokenArrays, token_arrays
from matching.people import LAND, NAMES_AT, PeopleArrays
from matching.words import WordArrays, Words

# A nationality with fewer persons in the list says too little of its names; more communities than this, too.
LEAST_COMMUNITY: Final = 300
MOST_COMMUNITIES: Final = 40
# The whole list counts as so many persons of each community, so that small ones do not jump.
PRIOR_PERSONS: Final = 100.0
_NATIONALITY: Final = LAND + 2


class Nearby(NamedTuple):
    """For each left token the right tokens it meets: `ids[at[t]]` to `ids[at[t + 1]]` at `levels`; and its shares."""

    at: NDArray[np.int64]
    ids: NDArray[np.int32]
    levels: NDArray[np.uint8]
    shares: NDArray[np.float32]  # (left tokens, communities, AGREEING)
    community: NDArray[np.int64]  # of each left person; 0 where not known
    left_words: WordArrays
    right_words: WordArrays


@compiled
def _count_names(
    people: PeopleArrays, community: NDArray[np.int64], counts: NDArray[np.int32], seen: NDArray[np.int32]
) -> None:
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


class Neighbours:
    """The tokens of a list, the near tokens of others found once and kept, and how common each name is."""

    def __init__(self, words: Words, people: PeopleArrays) -> None:
        """Take the tokens of a list and its persons."""
        self._words = words
        self._arrays: TokenArrays = words.vocabulary.arrays()
        self._known: dict[str, tuple[NDArray[np.int32], NDArray[np.uint8]]] = {}
        lands, sizes = np.unique(people.facts[:, _NATIONALITY], return_counts=True)
        held = [(-int(size), int(land)) for land, size in zip(lands, sizes, strict=True) if land]
        kept = [land for size, land in sorted(held)[:MOST_COMMUNITIES] if -size >= LEAST_COMMUNITY]
        self._communities = {land: number for number, land in enumerate(kept, 1)}
        community = self._community(people)
        self._counts = np.zeros((len(words), len(kept) + 1), np.int32)
        _count_names(people, community, self._counts, np.full(len(words), -1, np.int32))
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
        new = [token for token in tokens if token not in self._known]
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(self._search, (new[start::workers] for start in range(workers))))
        rows = [self._known[token] for token in tokens]
        sizes = np.array([0] + [len(row) for row, _ in rows], np.int64)
        shares = np.zeros((len(tokens), len(self._persons), AGREEING), np.float32)
        for place, row in enumerate(rows):
            shares[place] = self._shares(*row)
        none = (np.empty(0, np.int32), np.empty(0, np.uint8))
        ids, levels = (np.concatenate([row[part] for row in rows or [none]]) for part in (0, 1))
        community = self._community(people)
        return Nearby(np.cumsum(sizes), ids, levels, shares, community, words.arrays(), self._words.arrays())

    def _search(self, tokens: Sequence[str]) -> None:
        at, ids, levels = neighbours(token_arrays(tokens, self._words.vocabulary.tables), self._arrays, LOOSE)
        for place, token in enumerate(tokens):
            self._known[token] = (ids[at[place] : at[place + 1]], levels[at[place] : at[place + 1]])

    def _shares(self, ids: NDArray[np.int32], levels: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Return for each community and level the share of persons who have one of the tokens `ids`."""
        counts = np.zeros((AGREEING, self._counts.shape[1]))
        np.add.at(counts, levels, self._counts[ids])
        total = np.cumsum(counts, axis=0)
        whole = np.minimum(1.0, total[:, :1] / self._persons[0])
        made: NDArray[np.float64] = (total + PRIOR_PERSONS * whole) / (self._persons + PRIOR_PERSONS)
        return np.minimum(1.0, made).T
