"""Korean names: family name first, unspaced in Hangul."""

from __future__ import annotations

from matching.scripts.hangul import SURNAMES
from matching.traditions.tradition import Tradition, spellings

TRADITION = Tradition("korean", titles=spellings("씨 님 선생님 선생"))
_SHORTEST, _LONGEST, _DOUBLE = 2, 4, 2


def split_hangul(word: str) -> list[str]:
    """Return family and given name of an unspaced name of two to four syllables; else the word alone."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return [word]
    if word[:_DOUBLE] in SURNAMES and len(word) > _DOUBLE:
        return [word[:_DOUBLE], word[_DOUBLE:]]
    # Two syllables are more often a given name alone, unless they begin with one of the three commonest.
    if (len(word) > _SHORTEST and word[0] in SURNAMES) or word[0] in "김박최":
        return [word[:1], word[1:]]
    return [word]
