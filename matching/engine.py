"""One person against others: the compiled comparison put into words, every kind of evidence exactly once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching import weights
from matching.comparing.meeting import AGREEING, SCRATCH, Meeting
from matching.comparing.person import PARAMS, compare_people
from matching.correction import Correction, added_by, score_of
from matching.kernel import DIFFERENT, level_matrix
from matching.levels import KINDS
from matching.names import Rarity, default_place_rarity, default_rarity
from matching.people import People, PeopleArrays, places_of, tokens_of
from matching.profile import Profile
from matching.wording import Comparison, in_words
from matching.words import Words

Numbers = NDArray[np.int32]
# Words that one thread keeps; beyond, it begins anew. Lists of 200,000 persons have some 30,000.
MOST_WORDS: Final = 60_000
_FACTORS: Final = np.array([factor for _, factor in weights.TOKEN_LEVELS], np.float32)
_NOISE: Final = np.array(weights.NOISE, np.float32)
_MET = threading.local()


class _Shares(NamedTuple):
    """What tells how common a name and a place are; None for what is assumed of any list."""

    names: Rarity | None
    places: Rarity | None


class _Scored:
    """One person compared with several; levels, bits and params of each."""

    def __init__(
        self,
        query: Profile,
        others: Sequence[Profile],
        shares: _Shares,
        correction: Correction | None,
        persons: int,
    ) -> None:
        self.query, self.others, self.correction = query, others, correction
        self._asked = weights.size_bits(persons)
        words = _words()
        one, many = People(words), People(words)
        one.add(query)
        for other in others:
            many.add(other)
        left, right = one.arrays(), many.arrays()
        meet = _meeting(words, left, right, shares, added_by(correction), weights.PRIOR_BITS - self._asked)
        self.levels = np.zeros((len(others), len(KINDS)), np.uint8)
        self.bits = np.zeros((len(others), len(KINDS)))
        self.params = np.zeros((len(others), PARAMS), np.int64)
        for place in range(len(others)):
            compare_people(left, 0, right, place, meet, self.levels[place], self.bits[place], self.params[place])
        self.totals: list[float] = [round(float(total), weights.DECIMALS) for total in self.bits.sum(axis=1)]

    def comparison(self, place: int) -> Comparison:
        """Return what was found of one of the others, in words."""
        found = (self.levels[place], self.bits[place], self.params[place])
        total = self.totals[place]
        return in_words(self.query, self.others[place], *found, total=total, score=self.score(total))

    def score(self, total: float) -> float:
        """Return the score 0..1 of a sum of bits."""
        return score_of(total, self._asked, self.correction)


def _words() -> Words:
    """Return the words that this thread has met before: most names of a query were met in another."""
    words: Words | None = getattr(_MET, "words", None)
    if words is None or len(words) > MOST_WORDS:
        words = _MET.words = Words()
    return words


def _meeting(
    words: Words, left: PeopleArrays, right: PeopleArrays, shares: _Shares, added: NDArray[np.float64], prior: float
) -> Meeting:
    known, tokens, size = words.arrays(), words.vocabulary.arrays(), len(words)
    ours, theirs = tokens_of(left), tokens_of(right)
    table = np.full((len(ours), size), DIFFERENT, np.uint8)
    table[:, theirs] = level_matrix(tokens, ours, tokens, theirs)
    local = np.zeros(size, np.int32)
    local[ours] = np.arange(len(ours), dtype=np.int32)
    names = _asked(words, (ours, theirs), shares.names or default_rarity)
    places = _asked(words, (places_of(left), places_of(right)), shares.places or default_place_rarity)
    scratch = np.zeros(SCRATCH, np.int64)
    return Meeting(
        table,
        local,
        known.marks,
        known.marks,
        known.joints,
        known.joints,
        _by_level(names, ours)[:, None],
        names,
        _by_level(places, ours),
        places,
        weights.array(),
        added,
        prior,
        scratch,
    )


def _asked(words: Words, tokens: tuple[Numbers, Numbers], ask: Rarity) -> NDArray[np.float32]:
    """Return the share of persons of each token, 0 for those not asked for."""
    shares = np.zeros(len(words), np.float32)
    for token in np.union1d(*tokens).tolist():
        shares[token] = min(1.0, max(0.0, ask(words.values[token])))
    return shares


def _by_level(shares: NDArray[np.float32], ours: Numbers) -> NDArray[np.float32]:
    made = np.zeros((len(shares), AGREEING), np.float32)
    made[ours] = shares[ours, None] * _FACTORS[None, :] + _NOISE[None, :]
    return made


def compare(
    left: Profile,
    right: Profile,
    *,
    rarity: Rarity | None = None,
    place_rarity: Rarity | None = None,
    correction: Correction | None = None,
    persons: int = 0,
) -> Comparison:
    """Compare two persons; `rarity` gives the share of persons (0..1) having a `name` key's value.

    `place_rarity` gives the share of those who have a `where` key's value.
    `correction` adds what was learned from judgements; None leaves the weights as the table gives them.
    `persons` says how many are compared in all: among more, more strangers agree by chance (weights.size_bits).
    """
    return _Scored(left, [right], _Shares(rarity, place_rarity), correction, persons).comparison(0)


def rank(
    query: Profile,
    candidates: Sequence[Profile],
    *,
    rarity: Rarity | None = None,
    place_rarity: Rarity | None = None,
    limit: int = 50,
    least: float = weights.PROPOSE_AT,
    correction: Correction | None = None,
    persons: int = 0,
) -> list[tuple[int, Comparison]]:
    """Return (place in `candidates`, comparison) of those of score `least` or more, best first, at most `limit`.

    By default these are the pairs worth proposing. The other arguments are those of `compare`.
    """
    scored = _Scored(query, candidates, _Shares(rarity, place_rarity), correction, persons)
    kept = [place for place, total in enumerate(scored.totals) if scored.score(total) >= least]
    kept.sort(key=lambda place: (-scored.totals[place], place))
    return [(place, scored.comparison(place)) for place in kept[:limit]]
