"""One pair of tokens at a time, for callers without lists: memoised."""

from __future__ import annotations

from functools import lru_cache

from matching.kernel.levels import EQUAL
from matching.kernel.odds import chain_room
from matching.kernel.pairs import level_of
from matching.kernel.tables import shipped_tables
from matching.kernel.vocabulary import TokenArrays, token_arrays

# What a level is worth where a number from 0 to 1 is asked for.
_SIMILARITY = (1.0, 1.0, 0.9, 0.8, 0.8, 0.7, 0.5, 0.0)


@lru_cache(maxsize=65_536)
def _arrays(token: str) -> TokenArrays:
    return token_arrays([token], shipped_tables())


@lru_cache(maxsize=524_288)
def compare_tokens(left: str, right: str) -> tuple[int, float]:
    """Return (level, similarity 0..1) of two tokens; the same whichever comes first."""
    level = EQUAL if left == right else level_of(_arrays(left), 0, _arrays(right), 0, chain_room())
    return level, _SIMILARITY[level]
