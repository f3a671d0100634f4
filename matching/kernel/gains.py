"""What operations on letters gain over what two words ask for: a chain that gains enough makes a pair that is near.

The odds that a pair must reach are a sum over the letters of both words and little more. Taken off each operation,
they leave its gain: above 0 for letters that speak for one name. So a chain may be judged wherever it is cut.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.kernel.alphabets import NO_PAIR, Alphabet
from matching.kernel.odds import Codes, Columns, Limits, Odds
from matching.kernel.odds_file import MODELS, SpellingOdds

Ids = npt.NDArray[np.int32]


class Gains(NamedTuple):
    """Operations between the letters of a tree and those of words, by code of a letter or of a pair."""

    gains: Odds  # [codes of words, codes of the tree]; code 0 is no letter
    tree_values: Limits  # [codes] what a letter of the tree asks for
    word_values: Limits  # [codes] what a letter of a word asks for
    tree_most: Limits  # [codes] what a letter of the tree gains at most, as a letter or as half of a pair
    word_most: Limits  # [codes] what a letter or a pair of a word gains at most
    pairs: tuple[
        Odds, Odds
    ]  # [letters, codes of words] most that a pair of the tree gains with this first, last letter


def gains_of(learned: SpellingOdds, model: int, side: int, least: int) -> Gains:
    """Return the gains where words have a model's rows (`side` 0) or columns (1), and the tree the other.

    `least` is the likeness in thousandths that two words must reach.
    """
    odds = np.ascontiguousarray(learned.joint[model].T) if side else learned.joint[model]
    ours, theirs = learned.alphabets[MODELS[model][side]], learned.alphabets[MODELS[model][1 - side]]
    values = np.round(learned.alone[model] + least * learned.typical[model] / 2000)
    # A letter of the tree that is left out never gains, so that what a chain gains is bounded by letters of the word.
    tree_parts = _parts(theirs)
    word_values = _summed(values[side], _parts(ours))
    tree_values = _summed(np.maximum(values[1 - side], odds[0]), tree_parts)
    gains = odds - word_values[:, None] - tree_values
    most = gains.max(0)
    tree_most = most.copy()
    pairs = np.full((2, *gains.shape), gains.min(), np.float32)
    for pair in np.flatnonzero(tree_parts[:, 1]):
        for place, letter in enumerate(tree_parts[pair]):
            pairs[place, :, letter] = np.maximum(pairs[place, :, letter], gains[:, pair])
            tree_most[letter] = max(tree_most[letter], np.ceil(most[pair] / 2))
    return Gains(gains, tree_values, word_values, np.maximum(tree_most, 0), gains.max(1), (pairs[0], pairs[1]))


def _parts(alphabet: Alphabet) -> Codes:
    """Return [codes, 2] the letters of a pair; of a letter itself and 0."""
    parts = np.zeros((NO_PAIR + 1, 2), np.uint8)
    for chunk, code in alphabet.codes.items():
        for place, letter in enumerate(chunk):
            parts[code, place] = alphabet.codes[letter]
    return parts


def _summed(values: Limits, parts: Codes) -> Limits:
    """Return values of letters, and of pairs the sum of their letters'."""
    letters = np.where(np.arange(len(values)) == 0, 0, values)
    return np.asarray(letters[parts[:, 0]] + letters[parts[:, 1]], np.float32)


def left_over(values: Limits, letters: Codes, letter_at: Ids, forms: Ids, asked: Ids) -> Columns:
    """Return what `forms` ask for beyond the values of their letters."""
    sums = np.concatenate(([0], np.cumsum(values[letters[:, 0]], dtype=np.float64)))
    return np.asarray(asked - (sums[letter_at[1:][forms]] - sums[letter_at[:-1][forms]]), np.float32)
