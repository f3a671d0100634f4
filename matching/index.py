"""A list of persons in memory, ready to be asked who in it may be meant: one record, or a whole list at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from matching import weights
from matching.candidates import Postings, build_postings
from matching.correction import Correction, added_by, score_of
from matching.kernel.tables import Tables
from matching.linking import Found, compare_one, link_people, open_meeting, room_for
from matching.loading import Piece, lay_out_all
from matching.people import People
from matching.profile import Profile, profile
from matching.shares import Neighbours
from matching.types import PersonRecord
from matching.wording import Comparison, in_words
from matching.words import Words

# Candidates scored for one record: so many, or this share of a long list, but no more than MOST_CANDIDATES. More found
# nothing more on labelled lists of 20,000 persons, and half a percent more true pairs on one of 100,000.
CANDIDATES, CANDIDATE_SHARE, MOST_CANDIDATES = 150, 0.003, 600
# Persons that a thread compares with the list before it takes others.
RUN = 250


@dataclass(frozen=True, slots=True)
class Match:
    """A person of the list who may be meant: place in the list, id, score 0..1 and its sum of bits.

    In a list of more than weights.PRIOR_LIST persons the same bits are a lower score.
    """

    place: int
    id: str
    score: float
    weight: float


class Index:
    """A list of persons that can be asked; build it once, it does not change."""

    def __init__(
        self,
        records: Iterable[PersonRecord] = (),
        *,
        workers: int = 1,
        pieces: Iterable[Piece] | None = None,
        tables: Tables | None = None,
        explains: bool = True,
    ) -> None:
        """Read `records` once, with `workers` processes; or `pieces`, persons that were laid out elsewhere.

        `tables` stand in for the shipped spelling odds and name clusters, to measure what these are worth. An index
        that `explains` keeps what was written; one that does not needs a third of the memory less.
        """
        self._tables = tables
        words = Words(tables=tables)
        people = People(words)
        self._packed: list[bytes] = []
        for piece in lay_out_all(records, workers, packed=explains) if pieces is None else pieces:
            people.append(piece.ids, piece.tokens, piece.arrays)
            self._packed.extend(piece.packed)
        self.ids = people.ids
        self._words = words
        self._people = people.arrays()
        self._postings: Postings = build_postings(self._people, words.arrays().bones)
        self._near = Neighbours(words, self._people)
        self._asked = weights.size_bits(len(self))
        self._prior = weights.PRIOR_BITS - self._asked

    def __len__(self) -> int:
        """Return the number of persons."""
        return len(self.ids)

    def propose(self, record: PersonRecord, *, top: int = 50, threshold: float = weights.PROPOSE_AT) -> list[Match]:
        """Return the persons who may be meant by `record` at `threshold` or better, best first, at most `top`."""
        return self.link([record], top=top, threshold=threshold)[0]

    def link(
        self,
        records: Sequence[PersonRecord] = (),
        *,
        pieces: Iterable[Piece] | None = None,
        top: int = 10,
        threshold: float = weights.PROPOSE_AT,
        workers: int = 1,
        candidates: int | None = None,
        correction: Correction | None = None,
    ) -> list[list[Match]]:
        """Return for each of `records` what `propose` would; the same with any number of `workers` (threads).

        Or for each person of `pieces`, laid out elsewhere. `candidates` says how many persons are compared with each
        record; None leaves it to the length of the list.
        """
        most = candidates or min(MOST_CANDIDATES, max(CANDIDATES, int(len(self) * CANDIDATE_SHARE)))
        people = People(Words(tables=self._tables))
        for piece in lay_out_all(records, max(1, workers), packed=False) if pieces is None else pieces:
            people.append(piece.ids, piece.tokens, piece.arrays)
        found = room_for(len(people), top)
        arrays = people.arrays()
        near = self._near.of(people.words, arrays, max(1, workers))
        added = added_by(correction)
        bar = (weights.sum_of(threshold) if correction is None else correction.sum_of(threshold)) + self._asked
        runs = [(start, min(start + RUN, len(people))) for start in range(0, len(people), RUN)]

        def work(run: tuple[int, int]) -> None:
            meeting = open_meeting(near, weights.array(), added, self._prior)
            link_people(arrays, *run, self._people, near, meeting, self._postings, bar, most, found)

        with ThreadPoolExecutor(max(1, workers)) as pool:
            list(pool.map(work, runs))
        return [self._matches(found, place, correction) for place in range(len(people))]

    def _matches(self, found: Found, row: int, correction: Correction | None) -> list[Match]:
        count = int(found.held[row])
        return [
            Match(int(place), self.ids[place], self._score(float(bits), correction), float(bits))
            for place, bits in zip(found.places[row, :count], found.bits[row, :count], strict=True)
        ]

    def explain(
        self, record: PersonRecord | Profile, place: int, *, correction: Correction | None = None
    ) -> Comparison:
        """Return the comparison of `record` with the person at `place`, with the bits that `link` gives.

        IndexError when there is none, or when the index does not explain.
        """
        left = record if isinstance(record, Profile) else profile(record)
        right = Profile.unpack(self._packed[place])
        people = People(Words(tables=self._tables))
        people.add(left)
        near = self._near.of(people.words, people.arrays())
        meeting = open_meeting(near, weights.array(), added_by(correction), self._prior)
        levels, bits, params = compare_one(people.arrays(), self._people, place, near, meeting)
        total = round(float(bits.sum()), weights.DECIMALS)
        return in_words(left, right, levels, bits, params, total=total, score=self._score(total, correction))

    def _score(self, total: float, correction: Correction | None) -> float:
        """Return the score of a sum of bits in a list of this length."""
        return score_of(total, self._asked, correction)
