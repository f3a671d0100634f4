"""An in-memory index over single comparisons, with the interface of the index that the library is to offer."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import matching
from matching.weights import PROPOSE_AT

# Postings read for one query, rarest keys first, as in the live index; candidates scored.
BUDGET = 3_000
CANDIDATES = 100
# A single-token key held by more persons is dropped, as the live index does.
MAX_SINGLE = 200


@dataclass(frozen=True, slots=True)
class Match:
    """A person of the list who may be meant: place in the list, id, score 0..1 and its sum of bits."""

    place: int
    id: str
    score: float
    weight: float


class Index:
    """Posting lists, shares of names, capped look-up."""

    def __init__(self, records: Iterable[matching.PersonRecord]) -> None:
        """Index `records` under their keys."""
        self.people = [matching.profile(record) for record in records]
        self.postings: dict[matching.Key, list[int]] = defaultdict(list)
        for place, person in enumerate(self.people):
            for key in matching.keys(person):
                self.postings[key].append(place)
        self.names = {key.value: len(found) for key, found in self.postings.items() if key.kind == "name"}

    def __len__(self) -> int:
        """Return the number of persons."""
        return len(self.people)

    def rarity(self, value: str) -> float:
        """Return the share of persons with a name key of this value."""
        return self.names.get(value, 0) / len(self.people)

    def _candidates(self, person: matching.Profile, most: int) -> list[int]:
        """Return the places of the `most` best by summed rarity of shared keys, within BUDGET."""
        lists = sorted(
            (len(found), key.kind, key.value, found)
            for key in matching.keys(person)
            if (found := self.postings.get(key)) and not (key.single and len(found) > MAX_SINGLE)
        )
        spent, sums = 0, defaultdict[int, float](float)
        for length, _, _, found in lists:
            if spent and spent + length > BUDGET:
                break
            spent += length
            for place in found:
                sums[place] += math.log2(len(self.people) / length)
        return [place for place, _ in sorted(sums.items(), key=lambda item: (-item[1], item[0]))[:most]]

    def link(
        self,
        records: Sequence[matching.PersonRecord],
        *,
        top: int = 10,
        threshold: float = PROPOSE_AT,
        candidates: int = CANDIDATES,
    ) -> list[list[Match]]:
        """Return for each record the matches at `threshold` or better, best first, at most `top`."""
        return [self._propose(matching.profile(record), top, threshold, candidates) for record in records]

    def propose(self, record: matching.PersonRecord, *, top: int = 50, threshold: float = PROPOSE_AT) -> list[Match]:
        """Return the matches of one record."""
        return self.link([record], top=top, threshold=threshold)[0]

    def _propose(self, person: matching.Profile, top: int, threshold: float, candidates: int) -> list[Match]:
        found = []
        for place in self._candidates(person, candidates):
            met = matching.compare(person, self.people[place], rarity=self.rarity)
            if met.score >= threshold:
                found.append(Match(place, self.people[place].id, met.score, met.weight))
        return sorted(found, key=lambda match: (-match.weight, match.place))[:top]
