"""The value a name token is found and counted under: one for every spelling the tables and sounds bring together."""

from __future__ import annotations

from functools import lru_cache

from matching.equivalents import group_of
from matching.scripts import read


@lru_cache(maxsize=262_144)
def token_values(token: str) -> tuple[str, ...]:
    """Return the main value first, then those of other readings; () when the token has no sounds."""
    reading = read(token)
    known = group_of(reading.folded)
    if known:
        return (read(known).skeletons[0],)
    return tuple(bones for bones in reading.skeletons if bones)[:2]
