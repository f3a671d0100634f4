"""Many persons made searchable: whoever shares a key with a person is compared, and the best are returned."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from matching.engine import Comparison, compare
from matching.keys import keys
from matching.profile import Profile, profile
from matching.types import Key, PersonRecord
from matching.weights import PROPOSE_AT

# Postings read for one person, rarest keys first; persons compared of those found.
_BUDGET = 3_000
_COMPARED = 100
# A single-token key held by more persons says too little to be followed.
_MAX_SINGLE = 200

# Called now and then with the number of persons indexed so far.
Progress = Callable[[int], None]
_REPORT_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Match:
    """A person found: the place in the records given, its id, the score 0..1 and the sum of bits behind it."""

    place: int
    id: str
    score: float
    weight: float


class Index:
    """The persons of one list, each profiled once; places are those of `records`, which are read once in order."""

    def __init__(self, records: Iterable[PersonRecord], *, workers: int = 1, progress: Progress | None = None) -> None:
        """Profile and index `records`; `workers` says how many processors may be used."""
        del workers  # profiles are made one after the other
        self._persons: list[Profile] = []
        self._postings: dict[Key, list[int]] = defaultdict(list)
        for place, record in enumerate(records):
            person = profile(record)
            self._persons.append(person)
            for key in keys(person):
                self._postings[key].append(place)
            if progress is not None and (place + 1) % _REPORT_EVERY == 0:
                progress(place + 1)
        self._names = {key.value: len(found) for key, found in self._postings.items() if key.kind == "name"}

    def __len__(self) -> int:
        """Return the number of persons."""
        return len(self._persons)

    def propose(self, record: PersonRecord, *, top: int = 50, threshold: float = PROPOSE_AT) -> list[Match]:
        """Return the matches of `record` with a score of at least `threshold`, best first, at most `top`."""
        query, found = profile(record), []
        for place in self._candidates(query):
            person = self._persons[place]
            compared = compare(query, person, rarity=self._rarity)
            if compared.score >= threshold:
                found.append(Match(place, person.id, compared.score, compared.weight))
        return sorted(found, key=lambda match: (-match.weight, match.place))[:top]

    def link(
        self, records: Iterable[PersonRecord], *, top: int = 10, threshold: float = PROPOSE_AT, workers: int = 1
    ) -> list[list[Match]]:
        """Return the matches of each of `records` in their order, as `propose` does for one."""
        del workers
        return [self.propose(record, top=top, threshold=threshold) for record in records]

    def explain(self, record: PersonRecord, place: int) -> Comparison:
        """Return what speaks for and against `record` being the person at `place`; IndexError where there is none."""
        return compare(profile(record), self._persons[place], rarity=self._rarity)

    def _rarity(self, value: str) -> float:
        """Return the share of persons with a name key of this value."""
        return self._names.get(value, 0) / max(1, len(self._persons))

    def _candidates(self, person: Profile) -> list[int]:
        """Return the places best by summed rarity of shared keys."""
        lists = sorted(
            (len(found), key.kind, key.value, found)
            for key in keys(person)
            if (found := self._postings.get(key)) and not (key.single and len(found) > _MAX_SINGLE)
        )
        spent, sums = 0, defaultdict[int, float](float)
        for length, _, _, found in lists:
            if spent and spent + length > _BUDGET:
                break
            spent += length
            weight = math.log2(len(self._persons) / length)
            for place in found:
                sums[place] += weight
        return [place for place, _ in sorted(sums.items(), key=lambda item: (-item[1], item[0]))[:_COMPARED]]
