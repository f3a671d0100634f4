"""A tree of words level by level, so that a walk with one word reads what follows upon a node side by side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.compiled import compiled
from matching.kernel.alphabets import NO_PAIR
from matching.kernel.odds import Codes, Columns, Limits
from matching.kernel.trie import UNREACHED, Trie

Ids = npt.NDArray[np.int32]


class Branches(NamedTuple):
    """A trie level by level and within each in reading order."""

    codes: Codes  # [nodes, 2] letter, and pair that ends with it
    follow_at: Ids  # [nodes+1] where the nodes that follow upon a node begin; those before the first begin words
    leaf_at: Ids  # [nodes+1] where the words that end at a node begin
    forms: Ids  # [leaves] form of each word
    tokens: Ids  # [leaves] token of each word


@compiled
def _above(depth: Ids) -> Ids:
    """Return the node upon which each follows, in reading order; -1 for first letters."""
    found, path = np.empty(len(depth), np.int32), np.full(np.max(depth) + 1, -1, np.int32)
    for node in range(len(depth)):
        found[node] = path[depth[node] - 1]
        path[depth[node]] = node
    return found


def branches_of(trie: Trie) -> Branches:
    """Return a trie that has words, level by level."""
    count = len(trie.depth)
    levels = np.argsort(trie.depth, kind="stable")
    place = np.empty(count, np.int64)
    place[levels] = np.arange(count)
    firsts = np.count_nonzero(trie.depth == 1)
    above = place[_above(trie.depth)[levels[firsts:]]]
    ends = place[np.repeat(np.arange(count), np.diff(trie.leaf_at))]
    leaves = np.argsort(ends, kind="stable")
    return Branches(
        trie.codes[levels],
        (firsts + np.searchsorted(above, np.arange(count + 1))).astype(np.int32),
        np.searchsorted(ends[leaves], np.arange(count + 1)).astype(np.int32),
        trie.forms[leaves],
        trie.tokens[leaves],
    )


@compiled
def needed_behind(trie: Branches, asked: Columns, most: Limits) -> Columns:
    """Return [nodes] the least that any word of a node's branch asks for behind the node.

    `asked` [leaves] is what each word asks for in all; letters behind the node gain at most their `most`.
    """
    found = np.empty(len(trie.codes), np.float32)
    for node in range(len(found) - 1, -1, -1):
        least = np.float32(UNREACHED)
        for leaf in range(trie.leaf_at[node], trie.leaf_at[node + 1]):
            least = min(least, asked[leaf])
        for after in range(trie.follow_at[node], trie.follow_at[node + 1]):
            least = min(least, found[after] - most[trie.codes[after, 0]])
        found[node] = least
    return found


def mirrored(letters: Codes, letter_at: Ids) -> Codes:
    """Return the letters of every form from its end to its beginning, each with the pair that it and the last make."""
    sizes = np.diff(letter_at)
    around = np.repeat(letter_at[:-1] + letter_at[1:] - 1, sizes)
    places = around - np.arange(len(letters))
    made = np.empty_like(letters)
    made[:, 0] = letters[places, 0]
    made[:, 1] = letters[np.minimum(places + 1, len(letters) - 1), 1]
    made[letter_at[:-1][sizes > 0], 1] = NO_PAIR
    return made
