"""A case becomes tokens that two societies can compare without seeing the case: hashes of joined facts.

`encode` a record, `placed` a whole list; a comparer that gets opaque values gives them to `compare`, with the score
above which `threshold` expects as many false pairs as two societies have agreed. `PROFILE` and `profile_hash` say
which rules these are: lists of unequal rules must not be compared. docs/exchange-encoding.md describes the rules so
that another program can follow them.
"""

from matching.encoding.cases import PLACES, PROFILE, REPEATS, TOKEN, Encoded, encode, placed
from matching.encoding.comparing import Values, compare, threshold
from matching.encoding.rules import RULES, Rule
from matching.encoding.vectors import profile_hash

__all__ = [
    "PLACES",
    "PROFILE",
    "REPEATS",
    "RULES",
    "TOKEN",
    "Encoded",
    "Rule",
    "Values",
    "compare",
    "encode",
    "placed",
    "profile_hash",
    "threshold",
]
