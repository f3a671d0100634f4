"""A list of persons in memory, ready to be asked who in it may be meant: one record, or a whole list at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching import weights
from matching.candidates import Postings, build_postings
from matching.engine import compare
from matching.linking import Found, link_people, room_for
from matching.people import People
from matching.profile import Profile, profile
from matching.shares import Neighbours
from matching.types import PersonRecord
from matching.wording import Comparison
from matching.words import Words

# Candidates scored for one record. More found nothing more on labelled lists of 20,000 persons.
CANDIDATES = 300
# Records in one piece of work for a thread.
PIECE = 250


@dataclass(frozen=True, slots=True)
class Match:
    """A person of the list who may be meant: place in the list, id, score 0..1 and its sum of bits."""

    place: int
    id: str
    score: float
    weight: float


class Index:
    """A list of persons that can be asked; build it once, it does not change."""

    def __init__(
        self, records: Iterable[PersonRecord], *, workers: int = 1, progress: Callable[[int], None] | None = None
    ) -> None:
        """Read `records` once; `progress` is told after each how many were read."""
        self.workers = workers
        words = Words()
        people = People(words)
        self._packed: list[bytes] = []
        for count, record in enumerate(records, 1):
            person = profile(record)
            people.add(person)
            self._packed.append(person.pack())
            if progress:
                progress(count)
        self.ids = people.ids
        self._words = words
        self._people = people.arrays()
        self._postings: Postings = build_postings(self._people, words.arrays().bones)
        self._near = Neighbours(words, self._people)

    def __len__(self) -> int:
        """Return the number of persons."""
        return len(self.ids)

    def propose(self, record: PersonRecord, *, top: int = 50, threshold: float = weights.PROPOSE_AT) -> list[Match]:
        """Return the persons who may be meant by `record` at `threshold` or better, best first, at most `top`."""
        return self.link([record], top=top, threshold=threshold)[0]

    def link(
        self,
        records: Sequence[PersonRecord],
        *,
        top: int = 10,
        threshold: float = weights.PROPOSE_AT,
        workers: int = 1,
        candidates: int = CANDIDATES,
    ) -> list[list[Match]]:
        """Return for each of `records` what `propose` would; the same with any number of `workers` (threads)."""
        words = Words()
        people = People(words)
        for record in records:
            people.add(profile(record))
        found = room_for(len(records), top)
        arrays, meeting = people.arrays(), self._near.of(words, people.arrays())
        pieces = [(start, min(start + PIECE, len(records))) for start in range(0, len(records), PIECE)]
        bar = weights.sum_of(threshold)

        def work(piece: tuple[int, int]) -> None:
            link_people(arrays, *piece, self._people, meeting, self._postings, bar, candidates, found, weights.array())

        with ThreadPoolExecutor(max(1, workers)) as pool:
            list(pool.map(work, pieces))
        self.found = found
        return [self._matches(found, place) for place in range(len(records))]

    def _matches(self, found: Found, row: int) -> list[Match]:
        count = int(found.held[row])
        places: NDArray[np.int32] = found.places[row, :count]
        return [
            Match(int(place), self.ids[place], weights.probability(float(bits)), float(bits))
            for place, bits in zip(places, found.bits[row, :count], strict=True)
        ]

    def explain(self, record: PersonRecord, place: int) -> Comparison:
        """Return the comparison of `record` with the person at `place`; IndexError when there is none."""
        return compare(profile(record), Profile.unpack(self._packed[place]), rarity=self._near.rarity)
