"""One person against others: the compiled comparison put into words, every kind of evidence exactly once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching import weights
from matching.comparing.meeting import SCRATCH, Meeting
from matching.comparing.person import PARAMS, compare_people
from matching.correction import Correction
from matching.kernel import level_matrix
from matching.levels import KINDS
from matching.names import Rarity, default_rarity
from matching.people import People
from matching.profile import Profile
from matching.wording import Comparison, in_words
from matching.words import Words


class _Scored:
    """One person compared with several; levels, bits and params of each."""

    def __init__(
        self, query: Profile, others: Sequence[Profile], rarity: Rarity | None, correction: Correction | None
    ) -> None:
        self.query, self.others, self.correction = query, others, correction
        words = Words()
        one, many = People(words), People(words)
        one.add(query)
        asked = len(words)
        for other in others:
            many.add(other)
        facts, tokens = words.arrays(), words.vocabulary.arrays()
        shares = _shares(words, rarity)
        own = np.arange(asked, dtype=np.int32)
        meet = Meeting(
            table=level_matrix(tokens, own, tokens, np.arange(len(words), dtype=np.int32)),
            local=own,
            left_marks=facts.marks,
            right_marks=facts.marks,
            left_shares=_by_level(shares[:asked]),
            right_shares=shares,
            weights=weights.array(),
            scratch=np.zeros(SCRATCH, np.int64),
        )
        self.levels = np.zeros((len(others), len(KINDS)), np.uint8)
        self.bits = np.zeros((len(others), len(KINDS)))
        self.params = np.zeros((len(others), PARAMS), np.int64)
        left, right = one.arrays(), many.arrays()
        for place in range(len(others)):
            compare_people(left, 0, right, place, meet, self.levels[place], self.bits[place], self.params[place])
        if correction is not None:
            self.bits += correction.array()[np.arange(len(KINDS)), self.levels]
        self.totals: list[float] = [round(float(total), 6) for total in self.bits.sum(axis=1)]

    def comparison(self, place: int) -> Comparison:
        """Return what was found of one of the others, in words."""
        found = (self.levels[place], self.bits[place], self.params[place])
        total = self.totals[place]
        return in_words(self.query, self.others[place], *found, total=total, score=self.score(total))

    def score(self, total: float) -> float:
        """Return the score 0..1 of a sum of bits."""
        return weights.probability(total) if self.correction is None else self.correction.probability(total)


def _shares(words: Words, rarity: Rarity | None) -> NDArray[np.float32]:
    ask = rarity or default_rarity
    return np.array([min(1.0, max(0.0, ask(value))) for value in words.values], np.float32)


def _by_level(shares: NDArray[np.float32]) -> NDArray[np.float32]:
    factors = np.array([factor for _, factor in weights.TOKEN_LEVELS], np.float32)
    noise = np.array(weights.NOISE, np.float32)
    made: NDArray[np.float32] = shares[:, None] * factors[None, :] + noise[None, :]
    return made[:, None, :]


def compare(
    left: Profile, right: Profile, *, rarity: Rarity | None = None, correction: Correction | None = None
) -> Comparison:
    """Compare two persons; `rarity` gives the share of persons (0..1) having a `name` key's value.

    `correction` adds what was learned from judgements; None leaves the weights as the table gives them.
    """
    return _Scored(left, [right], rarity, correction).comparison(0)


def rank(
    query: Profile,
    candidates: Sequence[Profile],
    *,
    rarity: Rarity | None = None,
    limit: int = 50,
    correction: Correction | None = None,
) -> list[tuple[int, Comparison]]:
    """Return (place in `candidates`, comparison) of those worth proposing, best first, at most `limit`."""
    scored = _Scored(query, candidates, rarity, correction)
    kept = [place for place, total in enumerate(scored.totals) if scored.score(total) >= weights.PROPOSE_AT]
    kept.sort(key=lambda place: (-scored.totals[place], place))
    return [(place, scored.comparison(place)) for place in kept[:limit]]
