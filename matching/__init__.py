"""Find one person in two records: a pure library, whose scores advise and whose every score is explained.

`profile` a record once, store `pack()`; meet under `keys`; `rank` the candidates; show `sentence`s and `questions`.
An `Index` does all of it for a whole list; `python -m matching` for two lists in files. Families that meet as a whole
lift their pairs: `supports` says which, `supported` by how much.
"""

from matching.calibration import Learned, TooFewJudgements, fit, learn
from matching.correction import Correction, CorrectionOfAnotherEngine, UnreadableCorrection
from matching.engine import compare, rank
from matching.explain import questions, sentence
from matching.families import LEAST_SUPPORT, LEAST_SUPPORTED, akin, supported, supports
from matching.index import Index, Match
from matching.keys import MAX_KEYS, keys
from matching.levels import KINDS
from matching.names import Rarity, default_place_rarity, default_rarity
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
from matching.version import VERSION
from matching.weights import POSSIBLE_FROM, PROPOSE_AT, STRONG_FROM, band, propose_at
from matching.wording import Comparison, show_interval

__all__ = [
    "KINDS",
    "LEAST_SUPPORT",
    "LEAST_SUPPORTED",
    "MAX_KEYS",
    "NAME_KINDS",
    "POSSIBLE_FROM",
    "PROPOSE_AT",
    "RELATIONS",
    "ROLES",
    "STRONG_FROM",
    "VERSION",
    "Comparison",
    "Correction",
    "CorrectionOfAnotherEngine",
    "Evidence",
    "Index",
    "Interval",
    "Key",
    "Learned",
    "Match",
    "Name",
    "PersonRecord",
    "Profile",
    "Rarity",
    "Relative",
    "TooFewJudgements",
    "UnreadableCorrection",
    "UnreadableProfile",
    "akin",
    "band",
    "compare",
    "default_place_rarity",
    "default_rarity",
    "fit",
    "keys",
    "learn",
    "profile",
    "propose_at",
    "questions",
    "rank",
    "sentence",
    "show_interval",
    "supported",
    "supports",
]
