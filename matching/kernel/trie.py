"""Many spellings that share their beginnings are compared together with a few others, and left where all must fail.

Words of a list are a tree of letters; a column of best chains is worked out once per node, and a branch is left as
soon as none of its words can be as near as asked. LANES words walk the tree side by side, in loops so simple that the
processor works on all of them at once. The result is exactly that of comparing each pair. For words that are unlike
there is another walk (`matching.kernel.walk`).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.compiled import borrowing, compiled
from matching.kernel.alphabets import NO_PAIR
from matching.kernel.odds import DEEPEST, IMPOSSIBLE, NEVER, Codes, Columns, Limits, Odds, larger

Ids = npt.NDArray[np.int32]
# Words that walk a tree together: as many floats as a register of common processors holds.
LANES: Final = 8
CODES: Final = NO_PAIR + 1
# What a branch without words asks for.
UNREACHED = -100 * NEVER


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


class Walkers(NamedTuple):
    """LANES words and the room for their walk; in every row the numbers of the lanes stand side by side.

    Where a lane has fewer letters than the longest, or no word, nothing is possible.
    """

    odds: Columns  # room for [letters of the trie, 2, letters of a word x LANES]: each letter, then the pair it ends
    columns: Columns  # [depths, 3 + letters x LANES] best chains so far, less what the word asks for
    rest: Columns  # [1 + letters x LANES] what the rest of a word adds at most
    through: Columns  # [letters x LANES] best chains that come from an earlier column


def walkers() -> Walkers:
    """Return room for one walk after the other; a thread needs one of its own."""
    columns = np.full((DEEPEST + 1, (DEEPEST + 3) * LANES), IMPOSSIBLE, np.float32)
    odds, rest = np.empty(CODES * 2 * DEEPEST * LANES, np.float32), np.zeros((DEEPEST + 1) * LANES, np.float32)
    return Walkers(odds, columns, rest, np.empty(DEEPEST * LANES, np.float32))


@compiled
def _spread(letters: Codes, starts: Ids, sizes: Ids, odds: Odds, most: int, room: Columns) -> Columns:
    """Return [chunks of the trie, 2, most x LANES]: odds with each letter of the words, and with the pair it ends."""
    spread = room[: len(odds) * 2 * most * LANES].reshape((len(odds), 2, most * LANES))
    for code in range(len(odds)):
        for i in range(most):
            for lane in range(LANES):
                at, inside = starts[lane] + i, i < sizes[lane]
                spread[code, 0, i * LANES + lane] = odds[code, letters[at, 0]] if inside else IMPOSSIBLE
                spread[code, 1, i * LANES + lane] = odds[code, letters[at, 1]] if inside else IMPOSSIBLE
    return spread


@compiled
def _open(letters: Codes, starts: Ids, sizes: Ids, tree: Tree, ours: Columns, most: int, room: Walkers) -> Columns:
    """Fill the room for words that ask for `ours`, the longest with `most` letters; return their odds."""
    odds = _spread(letters, starts, sizes, tree.odds, most, room.odds)
    first = room.columns[1]
    for lane in range(LANES):
        room.rest[most * LANES + lane] = 0
        for i in range(most - 1, -1, -1):
            limit = tree.limits[0, letters[starts[lane] + i, 0]] if i < sizes[lane] else np.float32(0)
            room.rest[i * LANES + lane] = room.rest[(i + 1) * LANES + lane] + limit
        first[2 * LANES + lane] = -ours[lane]
        for i in range(most):
            first[(i + 3) * LANES + lane] = first[(i + 2) * LANES + lane] + odds[0, 0, i * LANES + lane]
    return odds


@borrowing
def _through(
    most: int, before: Columns, earlier: Columns, one: Columns, pair: Columns, gap: np.float32, through: Columns
) -> None:
    """Work out the best chains that reach a node's column from the two before it; `one` and `pair` hold its odds."""
    for k in range(most * LANES):
        single = larger(before[k + 2 * LANES] + one[0, k], before[k + LANES] + one[1, k])
        double = larger(earlier[k + 2 * LANES] + pair[0, k], earlier[k + LANES] + pair[1, k])
        through[k] = larger(larger(single, double), before[k + 3 * LANES] + gap)


@borrowing
def _fill(most: int, now: Columns, through: Columns, added: Columns) -> None:
    """Complete a column: letters of the words may be added within it."""
    for k in range(most * LANES):
        now[k + 3 * LANES] = larger(through[k], now[k + 2 * LANES] + added[k])


@borrowing
def _alive(
    most: int, now: Columns, before: Columns, rest: Columns, limit: np.float32, behind: np.float32, whole: np.float32
) -> bool:
    """Tell whether what is reached can still become enough, seen from the rest of a word and of the branch.

    A pair of letters may step over this column; half of it is within the limit of the letter stepped over.
    """
    found = 0
    for k in range((most + 1) * LANES):
        best, over = now[k + 2 * LANES], before[k + 2 * LANES]
        found |= (larger(best, over + limit) >= behind) & (larger(best, over) + rest[k] >= whole)
    return found > 0


@borrowing
def _visit(most: int, sizes: Ids, trie: Trie, tree: Tree, odds: Columns, room: Walkers, hits: Ids, lanes: Ids) -> int:
    """Walk the tree as `walk` says, the words being laid out."""
    added, rest, through = odds[0, 0], room.rest, room.through
    node, count = 0, 0
    while node < len(trie.depth):
        d, letter, pair = trie.depth[node] + 1, trie.codes[node, 0], trie.codes[node, 1]
        now, before, earlier, gap = room.columns[d], room.columns[d - 1], room.columns[d - 2], tree.odds[letter, 0]
        for lane in range(2 * LANES, 3 * LANES):
            now[lane] = before[lane] + gap
        _through(most, before, earlier, odds[letter], odds[pair], gap, through)
        _fill(most, now, through, added)
        behind, whole = np.float32(tree.need[node, 0]), np.float32(tree.need[node, 1])
        if not _alive(most, now, before, rest, tree.limits[1, letter], behind, whole):
            node = trie.skip[node]
            continue
        for leaf in range(trie.leaf_at[node], trie.leaf_at[node + 1]):
            for lane in range(LANES):
                if sizes[lane] and now[(sizes[lane] + 2) * LANES + lane] >= tree.floors[leaf]:
                    hits[count], lanes[count] = leaf, lane
                    count += 1
        node += 1
    return count


@compiled
def walk(
    letters: Codes,
    starts: Ids,
    sizes: Ids,
    trie: Trie,
    tree: Tree,
    ours: Columns,
    room: Walkers,
    hits: Ids,
    lanes: Ids,
) -> int:
    """Fill `hits` with the words of the trie, by place, that the word of each of `lanes` reaches; return how many.

    The words begin in `letters` at `starts` and have `sizes` letters, 0 for no word. A word of the trie is reached
    where the best chain is what the other word asks for (`ours`) + its floor.
    """
    most = 1
    for lane in range(LANES):
        most = max(most, sizes[lane])
    odds = _open(letters, starts, sizes, tree, ours, most, room)
    return _visit(most, sizes, trie, tree, odds, room, hits, lanes)
