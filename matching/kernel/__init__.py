"""Name tokens compared in any scripts: one pair, a matrix, or all neighbours between two lists."""

from matching.kernel.levels import CLOSE, DIFFERENT, EQUAL, INITIAL, LEVEL_NAMES, LOOSE, NEAR, SAME, SHORT
from matching.kernel.lists import Searched, level_matrix
from matching.kernel.pairs import level_of
from matching.kernel.single import compare_tokens
from matching.kernel.vocabulary import TokenArrays, Vocabulary

__all__ = [
    "CLOSE",
    "DIFFERENT",
    "EQUAL",
    "INITIAL",
    "LEVEL_NAMES",
    "LOOSE",
    "NEAR",
    "SAME",
    "SHORT",
    "Searched",
    "TokenArrays",
    "Vocabulary",
    "compare_tokens",
    "level_matrix",
    "level_of",
]
