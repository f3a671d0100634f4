"""Many spellings that share their beginnings are compared with one spelling together, and left where all must fail.

Words of a list are a tree of letters; a column of best chains is worked out once per node, and a branch is left as
soon as none of its words can be as near as asked. The result is exactly that of comparing each pair.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.compiled import compiled
from matching.kernel.odds import IMPOSSIBLE, NEVER, Codes, Limits, Odds, larger

Ids = npt.NDArray[np.int32]
# Letters of the longest form, its end mark included, and room before the first.
DEEPEST = 40
# What a branch without words asks for.
UNREACHED = -100 * NEVER
Columns = npt.NDArray[np.float32]


class Trie(NamedTuple):
    """Forms as a tree in reading order: a node's branch ends before node `skip`."""

    codes: Codes  # [nodes, 2] letter, and pair that ends with it
    depth: Ids  # [nodes] letters from the root, 1 for the first
    skip: Ids  # [nodes] first node behind the branch
    leaf_at: Ids  # [nodes+1] where the words that end at a node begin
    forms: Ids  # [leaves] form of each word
    tokens: Ids  # [leaves] token of each word


class Tree(NamedTuple):
    """How the words of a trie are compared with words of one alphabet."""

    odds: Odds  # [letters of the trie, letters of a word]
    limits: Limits  # [2, letters] what a letter of a word, and of the trie, adds at most
    need: Ids  # [nodes, 2] of `needs`
    floors: Ids  # [leaves] what each word of the trie asks for


@compiled
def _grow(letters: Codes, at: Ids, order: Ids, codes: Codes, depth: Ids, skip: Ids, ends: Ids) -> int:
    count, last, start = 0, 0, 0
    path = np.zeros(DEEPEST, np.int32)
    for k in range(len(order)):
        here, size = at[order[k]], at[order[k] + 1] - at[order[k]]
        shared = 0
        while shared < min(size, last) and letters[here + shared, 0] == letters[start + shared, 0]:
            shared += 1
        for d in range(shared + 1, last + 1):
            skip[path[d]] = count
        for d in range(shared + 1, size + 1):
            codes[count], depth[count], path[d] = letters[here + d - 1], d, count
            count += 1
        ends[k], last, start = path[size], size, here
    for d in range(1, last + 1):
        skip[path[d]] = count
    return count


def grown(letters: Codes, letter_at: Ids, forms: Ids, tokens: Ids) -> Trie:
    """Return the tree of `forms`, each a word of the token beside it; forms without letters are left out."""
    words = [
        (letters[letter_at[form] : letter_at[form + 1], 0].tobytes(), form, token)
        for form, token in zip(forms, tokens, strict=True)
    ]
    words = sorted(word for word in words if word[0])
    order = np.array([form for _, form, _ in words], np.int32)
    room = sum(len(word) for word, _, _ in words)
    codes, depth, skip = np.zeros((room, 2), np.uint8), np.zeros(room, np.int32), np.zeros(room, np.int32)
    ends = np.zeros(len(words), np.int32)
    count = _grow(letters, letter_at, order, codes, depth, skip, ends)
    leaf_at = np.searchsorted(ends, np.arange(count + 1)).astype(np.int32)
    return Trie(codes[:count], depth[:count], skip[:count], leaf_at, order, np.array([t for *_, t in words], np.int32))


@compiled
def needs(trie: Trie, floors: Ids, limits: Limits) -> Ids:
    """Return [nodes, 2] the least that any word of a node's branch asks for: behind the node, and in all.

    `floors` [leaves] is what each word asks for in all; letters behind the node add at most their `limits`.
    """
    found = np.empty((len(trie.depth), 2), np.int32)
    best = np.full((DEEPEST + 1, 2), UNREACHED, np.int32)
    for node in range(len(trie.depth) - 1, -1, -1):
        d = trie.depth[node]
        for place in range(2):
            least = best[d + 1, place]
            for leaf in range(trie.leaf_at[node], trie.leaf_at[node + 1]):
                least = min(least, floors[leaf])
            best[d + 1, place] = UNREACHED
            found[node, place] = least
            best[d, place] = min(best[d, place], least - np.int32(limits[trie.codes[node, 0]]) * (1 - place))
    return found


@compiled
def _opened(word: Codes, odds: Odds, limits: Limits) -> tuple[Columns, Limits]:
    """Return room for a column of each depth, the first of them filled, and what the rest of a word adds at most."""
    n = len(word)
    columns, rest = np.full((DEEPEST, n + 3), IMPOSSIBLE, np.float32), np.zeros(n + 1, np.float32)
    for i in range(n - 1, -1, -1):
        rest[i] = rest[i + 1] + limits[0, word[i, 0]]
    columns[1, 2] = 0
    for i in range(n):
        columns[1, i + 3] = columns[1, i + 2] + odds[0, word[i, 0]]
    return columns, rest


@compiled
def walk(word: Codes, trie: Trie, tree: Tree, ours: np.float32, hits: Ids) -> int:
    """Fill `hits` with the words of the trie, by place, that `word` reaches; return how many they are.

    A word is reached where the best chain is `ours` + its floor. A branch is left when at no letter of `word` what is
    reached can still become enough, seen from the rest of `word` and from the rest of the branch.
    """
    columns, rest = _opened(word, tree.odds, tree.limits)
    odds, node, count = tree.odds, 0, 0
    while node < len(trie.depth):
        d, letter, pair = trie.depth[node] + 1, trie.codes[node, 0], trie.codes[node, 1]
        behind, whole = ours + np.float32(tree.need[node, 0]), ours + np.float32(tree.need[node, 1])
        gap, limit, over = odds[letter, 0], tree.limits[1, letter], columns[d - 1, 2]
        best = over + gap
        columns[d, 2] = best
        # A pair of letters may step over this column; half of it is within the limit of the letter stepped over.
        alive = (larger(best, over + limit) >= behind) & (larger(best, over) + rest[0] >= whole)
        for i in range(len(word)):
            x, xx = word[i, 0], word[i, 1]
            single = larger(over + odds[letter, x], columns[d - 1, i + 1] + odds[letter, xx])
            double = larger(columns[d - 2, i + 2] + odds[pair, x], columns[d - 2, i + 1] + odds[pair, xx])
            over = columns[d - 1, i + 3]
            best = larger(larger(best + odds[0, x], over + gap), larger(single, double))
            columns[d, i + 3] = best
            alive |= (larger(best, over + limit) >= behind) & (larger(best, over) + rest[i + 1] >= whole)
        if not alive:
            node = trie.skip[node]
            continue
        for leaf in range(trie.leaf_at[node], trie.leaf_at[node + 1]):
            if best >= ours + np.float32(tree.floors[leaf]):
                hits[count] = leaf
                count += 1
        node += 1
    return count
