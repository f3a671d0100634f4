"""Find one person in two records: a pure library, whose scores advise and whose every score is explained.

`profile` a record once, store `pack()`; meet under `keys`; `rank` the candidates; show `sentence`s and `questions`.
"""

from matching.engine import Comparison, compare, rank, show_interval
from matching.explain import questions, sentence
from matching.index import Index, Match
from matching.keys import MAX_KEYS, keys
from matching.levels import KINDS
from matching.names import Rarity, default_rarity
from matching.profile import Profile, profile
from matching.types import (
    NAME_KINDS,
    RELATIONS,
    ROLES,
    Evidence,
    Interval,
    Key,
    Name,
    PersonRecord,
    Relative,
    UnreadableProfile,
)
from matching.weights import POSSIBLE_FROM, PROPOSE_AT, STRONG_FROM, band

# Raised with every change of results; decisions are kept across versions.
VERSION = "1.0"

__all__ = [
    "KINDS",
    "MAX_KEYS",
    "NAME_KINDS",
    "POSSIBLE_FROM",
    "PROPOSE_AT",
    "RELATIONS",
    "ROLES",
    "STRONG_FROM",
    "VERSION",
    "Comparison",
    "Evidence",
    "Index",
    "Interval",
    "Key",
    "Match",
    "Name",
    "PersonRecord",
    "Profile",
    "Rarity",
    "Relative",
    "UnreadableProfile",
    "band",
    "compare",
    "default_rarity",
    "keys",
    "profile",
    "questions",
    "rank",
    "sentence",
    "show_interval",
]
