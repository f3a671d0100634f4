"""The values a name token is found and counted under: shared by the spellings that tables and sounds bring together."""

from __future__ import annotations

from functools import lru_cache

from anyascii import anyascii

from matching.equivalents import group_of
from matching.kernel.tables import shipped_tables
from matching.kernel.values import settled, spelled_values
from matching.scripts import read
from matching.scripts.reading import SIGN

# More values would make a token common without finding more of its spellings.
MAX_VALUES = 3


@lru_cache(maxsize=262_144)
def token_values(token: str) -> tuple[str, ...]:
    """Return the main value first, then those of other names and readings; () when the token has no sounds."""
    if token.startswith(SIGN):
        return (token,)
    reading = read(token)
    known = group_of(reading.folded)
    tabled = [settled(read(known).skeletons[0])] if known else []
    clusters = shipped_tables().clusters
    tabled += clusters.values_of(reading) if clusters else ()
    spelled = spelled_values(reading)
    if reading.script == "Latn" and not token.isascii():
        spelled = (*spelled[:1], *spelled_values(read(_bare(token)))[:1], *spelled[1:])
    return tuple(dict.fromkeys(value for value in (*tabled[:2], *spelled) if value))[:MAX_VALUES]


def _bare(token: str) -> str:
    """Return a word as those write it who have no letters with marks, or leave them out: Demirtas for Demirtaş."""
    return "".join(letter for letter in anyascii(token).lower() if "a" <= letter <= "z")
