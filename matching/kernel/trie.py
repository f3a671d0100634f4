"""Many spellings that share their beginnings are compared with one spelling together, and left where all must fail.

Words of a list are a tree of letters; a column of best chains is worked out once per node, and a branch is left as
soon as none of its words can be as near as asked. The result is exactly that of comparing each pair.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.compiled import compiled
from matching.kernel.odds import IMPOSSIBLE, Codes, Limits, Odds

Ids = npt.NDArray[np.int32]
# Letters of the longest form, its end mark included, and room before the first.
DEEPEST = 40


class Trie(NamedTuple):
    """Forms as a tree in reading order: a node's branch ends before node `skip`."""

    codes: Codes  # [nodes, 2] letter, and pair that ends with it
    depth: Ids  # [nodes] letters from the root, 1 for the first
    skip: Ids  # [nodes] first node behind the branch
    leaf_at: Ids  # [nodes+1] where the words that end at a node begin
    forms: Ids  # [leaves] form of each word
    tokens: Ids  # [leaves] token of each word


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
    best = np.full((DEEPEST + 1, 2), -IMPOSSIBLE, np.int32)
    for node in range(len(trie.depth) - 1, -1, -1):
        d = trie.depth[node]
        for place in range(2):
            least = best[d + 1, place]
            for leaf in range(trie.leaf_at[node], trie.leaf_at[node + 1]):
                least = min(least, floors[leaf])
            best[d + 1, place] = -IMPOSSIBLE
            found[node, place] = least
            best[d, place] = min(best[d, place], least - limits[trie.codes[node, 0]] * (1 - place))
    return found


@compiled
def _opened(xs: Codes, x: int, n: int, odds: Odds, limits: Limits) -> tuple[Ids, Ids]:
    """Return room for a column of each depth, the first of them filled, and what the rest of x adds at most."""
    columns = np.full((DEEPEST, n + 3), IMPOSSIBLE, np.int32)
    rest = np.zeros(n + 1, np.int32)
    for i in range(n - 1, -1, -1):
        rest[i] = rest[i + 1] + limits[0, xs[x + i, 0]]
    columns[1, 2] = 0
    for i in range(n):
        columns[1, i + 3] = columns[1, i + 2] + odds[0, xs[x + i, 0]]
    return columns, rest


@compiled
def _extended(
    xs: Codes,
    x: int,
    n: int,
    columns: Ids,
    d: int,
    odds: Odds,
    codes: Ids,
    limit: int,
    rest: Ids,
    behind: int,
    whole: int,
) -> bool:
    """Fill the column of one more letter of the words; return whether a word below can still become enough."""
    one, two = codes[0], codes[1]
    gap = odds[one, 0]
    best = columns[d - 1, 2] + gap
    columns[d, 2] = best
    # A pair of letters may step over this column; half of it is within the limit of the letter stepped over.
    alive = max(best, columns[d - 1, 2] + limit) >= behind and max(best, columns[d - 1, 2]) + rest[0] >= whole
    for i in range(n):
        letter, pair = xs[x + i, 0], xs[x + i, 1]
        best = max(best + odds[0, letter], columns[d - 1, i + 3] + gap)
        best = max(best, columns[d - 1, i + 2] + odds[one, letter], columns[d - 2, i + 2] + odds[two, letter])
        best = max(best, columns[d - 1, i + 1] + odds[one, pair], columns[d - 2, i + 1] + odds[two, pair])
        columns[d, i + 3] = best
        over = columns[d - 1, i + 3]
        alive |= (max(best, over + limit) >= behind) & (max(best, over) + rest[i + 1] >= whole)
    return bool(alive)


@compiled
def walk(
    xs: Codes,
    x: int,
    n: int,
    trie: Trie,
    need: Ids,
    floors: Ids,
    odds: Odds,
    limits: Limits,
    ours: int,
    mark: int,
    marks: Ids,
    ids: Ids,
    count: int,
) -> int:
    """Add to `ids` the tokens of every word that the n codes at `xs[x]` reach; return how many there are now.

    `odds` is [letters of the words, letters of x], `limits` [2, letters] what a letter of x and of the words adds at
    most. A word is reached where the best chain is `ours` + its floor. A branch is left when at no letter of x what
    is reached can still become enough, seen from the rest of x and from the rest of the words.
    """
    columns, rest = _opened(xs, x, n, odds, limits)
    node = 0
    while node < len(trie.depth):
        d, codes = trie.depth[node] + 1, trie.codes[node]
        behind, whole = ours + need[node, 0], ours + need[node, 1]
        if not _extended(xs, x, n, columns, d, odds, codes, limits[1, codes[0]], rest, behind, whole):
            node = trie.skip[node]
            continue
        for leaf in range(trie.leaf_at[node], trie.leaf_at[node + 1]):
            token = trie.tokens[leaf]
            if marks[token] != mark and columns[d, n + 2] >= ours + floors[leaf]:
                marks[token], ids[count] = mark, token
                count += 1
        node += 1
    return count
