"""One word is compared with all words of a tree: exactly as pair by pair, but only branches that may be near are read.

A chain that is near gains enough in all. Cut where it first takes a letter behind the middle of the word, it gained
half of that before the cut or gains half behind it. So a tree of words as they are written and a tree of the same
words from their ends are walked, and each is left soon: a walk has no more than half of the word to reach its half.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.compiled import borrowing, compiled, inlined
from matching.kernel.alphabets import NO_PAIR
from matching.kernel.branches import Branches
from matching.kernel.odds import DEEPEST, IMPOSSIBLE, Codes, Columns, Limits, Odds, larger

Ids = npt.NDArray[np.int32]
# A step takes so many letters at most.
PAD = 2


class Tree(NamedTuple):
    """How the words of a trie are compared with words of one alphabet; what is gained is of `matching.kernel.gains`."""

    gains: Odds  # [codes of words, codes of the trie]
    pairs: Odds  # [codes of words, letters of the trie] most that a pair gains that begins with the letter
    letters: int  # codes of letters of the trie are below
    most: Limits  # [codes of words] what a letter or a pair gains at most
    need: Columns  # [nodes] of `needed_behind`
    asked: Columns  # [leaves] what each word of the trie asks for
    least: np.float32  # the least of them


class Word(NamedTuple):
    """A word that walks: in reading order, or from its end (`backwards`) with a tree that is read so too."""

    letters: Codes  # [letters, 2]
    asked: np.float32  # what it asks for
    cut: int  # a step from fewer letters than `cut` to `cut` or more must have gained
    half: np.float32  # so much: behind the step, or before it where the word walks backwards
    backwards: bool


class Room(NamedTuple):
    """Room for one walk after the other; a thread needs one of its own. Places are letters of the word so far.

    In a column they stand behind PAD others that are impossible, as are those that are not between its ends.
    """

    turn: Ids  # [depths, 2] the node whose turn it is, and the end of its like
    columns: Columns  # [depths, PAD + places + PAD] what the best chain gained
    ends: Ids  # [depths, 2] first and last place of a column from which enough may be gained
    needed: Columns  # [places] what a chain must have gained
    steps: Columns  # [places, letters] how far above `needed` a letter of the trie may lift a chain
    over: Columns  # [places, letters] the same of a pair that begins with the letter


def room() -> Room:
    """Return room for walks."""
    wide = DEEPEST + 2 * PAD + 1
    columns, places = np.empty((wide, wide), np.float32), np.zeros((2, wide, 2), np.int32)
    steps = np.empty((2, wide, NO_PAIR + 1), np.float32)
    return Room(places[0], columns, places[1], np.empty(wide, np.float32), steps[0], steps[1])


@compiled
def word_of(letters: Codes, asked: np.float32, least: np.float32, backwards: bool) -> Word:
    """Return a word that asks for `asked` beside words that ask for `least` or more."""
    middle = len(letters) // 2
    # Backwards the same step leads from the letters behind the cut to those before it.
    cut = len(letters) - middle + 1 if backwards else middle
    return Word(letters, asked, cut, (asked + least) / np.float32(2), backwards)


@borrowing
def _lifted(letters: Codes, k: int, most: Limits, one: np.float32, two: np.float32) -> np.float32:
    """Return what `k` letters must have gained so that one more reaches `one`, or two more that are a pair `two`."""
    needed = one - most[letters[k, 0]]
    return min(needed, two - most[letters[k + 1, 1]]) if k + 1 < len(letters) else needed


@borrowing
def _demand(word: Word, most: Limits, least: np.float32, needed: Columns) -> None:
    """Fill `needed`: the rest of the word must do for the whole, and up to the cut for its half."""
    size = len(word.letters)
    needed[size], needed[size + 1] = word.asked + least, -IMPOSSIBLE
    for k in range(size - 1, -1, -1):
        needed[k] = _lifted(word.letters, k, most, needed[k + 1], needed[k + 2])
    one, two = word.half, word.half
    for k in range(min(word.cut, size) - 1, -1, -1):
        here = _lifted(word.letters, k, most, one, two)
        if word.backwards and k >= word.cut - 2:
            # The step across may begin here, or a letter later.
            here = word.half if k == word.cut - 1 else min(word.half, word.half - most[word.letters[k, 0]])
        needed[k], one, two = max(needed[k], here), here, one


@borrowing
def _prospects(letters: Codes, gains: Odds, count: int, needed: Columns, found: Columns) -> None:
    """Fill `found`: how far above `needed` what `gains` hold may lift a chain that takes a letter or a pair."""
    size = len(letters)
    found[size] = IMPOSSIBLE
    for k in range(size):
        one, two, last = gains[letters[k, 0]], gains[letters[k, 0]], k + 1
        if k + 1 < size:
            two, last = gains[letters[k + 1, 1]], k + 2
        for code in range(count):
            found[k, code] = larger(one[code] - needed[k + 1], two[code] - needed[last])


@borrowing
def _open(word: Word, tree: Tree, room: Room) -> None:
    """Fill the room for a walk, with the column of no letter of the trie."""
    size, gaps = len(word.letters), tree.gains[0]
    _demand(word, tree.most, tree.least, room.needed)
    _prospects(word.letters, tree.gains, tree.letters, room.needed, room.steps)
    _prospects(word.letters, tree.pairs, tree.letters, room.needed, room.over)
    for k in range(size + 1):
        for code in range(tree.letters):
            room.steps[k, code] = larger(room.steps[k, code], gaps[code] - room.needed[k])
    room.columns[:] = IMPOSSIBLE
    room.ends[:, 0], room.ends[:, 1] = size + 1, -1
    k, value = 0, np.float32(0)
    while value >= room.needed[k]:
        room.columns[1, k + PAD] = value
        room.ends[1, 0], room.ends[1, 1] = 0, k
        if k < size:
            k += 1
            value = _crossing(word, k, 1, value, tree.gains[word.letters[k - 1, 0], 0])
        else:
            value = IMPOSSIBLE


@inlined
def _hopeful(column: Columns, ends: Ids, prospects: Columns, letter: int) -> bool:
    """Tell whether a letter of the trie may lift any chain of a column to what is needed."""
    for k in range(ends[0], ends[1] + 1):
        if column[k + PAD] + prospects[k, letter] >= 0:
            return True
    return False


@inlined
def _paired(letters: Codes, column: Columns, ends: Ids, gains: Odds, pair: int, needed: Columns) -> bool:
    """Tell whether a pair of the trie may lift any chain of a column to what is needed."""
    for k in range(ends[0], min(ends[1] + 1, len(letters))):
        if column[k + PAD] + gains[letters[k, 0], pair] >= needed[k + 1]:
            return True
        if k + 1 < len(letters) and column[k + PAD] + gains[letters[k + 1, 1], pair] >= needed[k + 2]:
            return True
    return False


@inlined
def _crossing(word: Word, k: int, by: int, before: np.float32, gain: np.float32) -> np.float32:
    """Return what a chain gained that arrives at place `k` `by` letters further; nothing where the cut forbids it."""
    reached = before + gain
    forbidden = k - by < word.cut <= k and (before if word.backwards else reached) < word.half
    return IMPOSSIBLE if forbidden else reached


@inlined
def _column(word: Word, gains: Odds, d: int, letter: int, pair: int, need: np.float32, room: Room) -> None:
    """Work out the column of a node from the one before it, and with a `pair` from the one before that."""
    size, ends, now, before = len(word.letters), room.ends, room.columns[d], room.columns[d - 1]
    earlier = room.columns[d - 2] if pair != NO_PAIR else room.columns[0]
    last = min(size, max(ends[d - 1, 1], ends[d - 2, 1]) + 2)
    k, value, gap = min(ends[d - 1, 0], ends[d - 2, 0] + 1), IMPOSSIBLE, gains[0, letter]
    while k <= last:
        # At place 0 nothing arrives: what stands before it in a column is impossible, whatever the last letter gains.
        one, two = gains[word.letters[k - 1, 0]], gains[word.letters[k - 1, 1]]
        added = _crossing(word, k, 1, value, one[0])
        single = _crossing(word, k, 1, before[k + PAD - 1], one[letter])
        double = _crossing(word, k, 2, before[k + PAD - 2], two[letter])
        value = larger(larger(added, before[k + PAD] + gap), larger(single, double))
        if pair != NO_PAIR:
            single = _crossing(word, k, 1, earlier[k + PAD - 1], one[pair])
            double = _crossing(word, k, 2, earlier[k + PAD - 2], two[pair])
            value = larger(value, larger(single, double))
        if value >= room.needed[k] and value >= need:
            now[k + PAD] = value
            ends[d, 0], ends[d, 1] = min(ends[d, 0], k), k
            last = max(last, min(k + 1, size))
        else:
            value = IMPOSSIBLE
        k += 1


@inlined
def _cleared(size: int, d: int, room: Room) -> None:
    """Empty a column."""
    for k in range(room.ends[d, 0], room.ends[d, 1] + 1):
        room.columns[d, k + PAD] = IMPOSSIBLE
    room.ends[d, 0], room.ends[d, 1] = size + 1, -1


@borrowing
def walk(word: Word, trie: Branches, tree: Tree, room: Room, hits: Ids) -> int:
    """Fill `hits` with words of the trie, by place, that are near and gain half where the word says; return how many.

    A word of the trie is near where the best chain gains what both ask for.
    """
    _open(word, tree, room)
    count, d, size, ends, turn = 0, 2, len(word.letters), room.ends, room.turn
    turn[d, 0], turn[d, 1] = 0, trie.follow_at[0]
    while d > 1:
        if turn[d, 0] == turn[d, 1]:
            d -= 1
            continue
        node, before = turn[d, 0], room.columns[d - 1]
        turn[d, 0] += 1
        letter, pair = int(trie.codes[node, 0]), int(trie.codes[node, 1])
        _cleared(size, d, room)
        if pair != NO_PAIR and not _paired(
            word.letters, room.columns[d - 2], ends[d - 2], tree.gains, pair, room.needed
        ):
            pair = NO_PAIR
        if pair != NO_PAIR or _hopeful(before, ends[d - 1], room.steps, letter):
            _column(word, tree.gains, d, letter, pair, tree.need[node] + word.asked, room)
        if ends[d, 1] == size:
            for leaf in range(trie.leaf_at[node], trie.leaf_at[node + 1]):
                if room.columns[d, size + PAD] >= tree.asked[leaf] + word.asked:
                    hits[count] = leaf
                    count += 1
        if ends[d, 1] >= 0 or _hopeful(before, ends[d - 1], room.over, letter):
            d += 1
            turn[d, 0], turn[d, 1] = trie.follow_at[node], trie.follow_at[node + 1]
    return count
