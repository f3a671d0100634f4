"""Whole lists of tokens against each other; one thread each, and threads may share the arrays."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from matching.compiled import borrowing, compiled
from matching.kernel.alphabets import SCRIPTS
from matching.kernel.found import Found, Ids, Levels, floors, forms_of, keep, room_found
from matching.kernel.levels import LOOSE
from matching.kernel.odds import Columns, chain_room
from matching.kernel.pairs import OWN, level_of
from matching.kernel.singly import Singly
from matching.kernel.trie import LANES, Tree, Trie, Walkers, grown, needs, walk, walkers
from matching.kernel.vocabulary import MODEL_OF, NO_MODEL, TokenArrays, Vocabulary

_Value = TypeVar("_Value", bound=np.generic)
# Tokens up to which each is searched for by itself: words of one record are unlike, those of a list have alike ones.
FEW = 64


@borrowing
def _fill_matrix(a: TokenArrays, ids_a: Ids, b: TokenArrays, ids_b: Ids, rows: Columns, found: Levels) -> None:
    for p in range(len(ids_a)):
        for q in range(len(ids_b)):
            found[p, q] = level_of(a, ids_a[p], b, ids_b[q], rows)


def level_matrix(a: TokenArrays, ids_a: npt.ArrayLike, b: TokenArrays, ids_b: npt.ArrayLike) -> Levels:
    """Return the levels [n, m] of tokens `ids_a` of `a` and `ids_b` of `b`."""
    rows, columns = np.asarray(ids_a, np.int32), np.asarray(ids_b, np.int32)
    found = np.empty((len(rows), len(columns)), np.uint8)
    _fill_matrix(a, rows, b, columns, chain_room(), found)
    return found


class Searched:
    """Tokens that are searched: their trees are grown at the first question that needs them, and kept."""

    def __init__(self, vocabulary: Vocabulary, worst: int = LOOSE) -> None:
        """Take the tokens, and the level at which they are still found."""
        tokens = vocabulary.arrays()
        self._tokens, self._worst = tokens, worst
        self._singly = Singly(tokens, vocabulary.tables.odds, worst)
        self._names = _index(tokens.names >> 1, tokens.name_at)
        self._identities = _index(tokens.identity, np.arange(len(tokens.identity) + 1))
        self._tries: dict[tuple[int, bool], Trie] = {}
        self._trees: dict[tuple[int, bool, int], Tree] = {}

    def near(self, a: TokenArrays) -> tuple[npt.NDArray[np.int64], Ids, Levels]:
        """Return (indptr int64[n+1], ids, levels): for each token of `a` the tokens that are near to it.

        Ids ascend within a row. A bare initial is near to nothing; else the levels are those of comparing every pair.
        """
        b = self._tokens
        parts = [_by_table(a, b, *self._names, *self._identities, self._worst)]
        parts += self._singly.near(a) if len(a.identity) <= FEW else self._side_by_side(a)
        rows, ids, levels = (np.concatenate([part[place] for part in parts]) for place in range(3))
        _, first = np.unique(rows.astype(np.int64) * max(1, len(b.identity)) + ids, return_index=True)
        starts = np.searchsorted(rows[first], np.arange(len(a.identity) + 1))
        return starts.astype(np.int64), ids[first], levels[first]

    def _side_by_side(self, a: TokenArrays) -> list[Found]:
        room = walkers()
        ways = ((theirs, own) for theirs in range(len(SCRIPTS)) for own in (False, True))
        return [found for theirs, own in ways for found in self._by_spelling(a, theirs, room, own=own)]

    def _by_spelling(self, a: TokenArrays, theirs: int, room: Walkers, *, own: bool) -> list[Found]:
        """Return what spelling finds among the tokens in one alphabet, taken in it (`own`) or in a-z."""
        found = []
        for ours in range(len(SCRIPTS)):
            if bool(OWN[ours, theirs] & 2) != own:
                continue
            rows = np.flatnonzero(a.alphabet == ours).astype(np.int32)
            meets = (ours if OWN[ours, theirs] & 1 else 0, theirs if own else 0)
            model, trie = int(MODEL_OF[meets]), self._trie(theirs, own=own)
            if len(rows) and model != NO_MODEL and len(trie.depth):
                tree = self._tree(theirs, own, trie, meets[0], model)
                asked = floors(a, slice(None), meets[1], self._worst).astype(np.float32)
                forms = _sorted_forms(a, rows, own=meets[0] > 0)
                found.append(_search(a, self._tokens, *forms, asked, trie, tree, room, self._worst))
        return found

    def _trie(self, theirs: int, *, own: bool) -> Trie:
        if (theirs, own) not in self._tries:
            b = self._tokens
            forms, holders = forms_of(b, np.flatnonzero(b.alphabet == theirs).astype(np.int32), own=own)
            self._tries[theirs, own] = grown(b.letters, b.letter_at, forms, holders)
        return self._tries[theirs, own]

    def _tree(self, theirs: int, own: bool, trie: Trie, ours: int, model: int) -> Tree:
        if (theirs, own, ours) not in self._trees:
            b, side = self._tokens, model & 1
            odds, limits = b.odds[model >> 1], b.limits[model >> 1]
            if not side:
                odds = np.ascontiguousarray(odds.T)
            else:
                limits = np.ascontiguousarray(limits[::-1])
            asked = floors(b, trie.forms, ours, self._worst)
            self._trees[theirs, own, ours] = Tree(odds, limits, needs(trie, asked, limits[1]), asked)
        return self._trees[theirs, own, ours]


def _index(values: npt.NDArray[_Value], at: npt.NDArray[np.integer]) -> tuple[npt.NDArray[_Value], Ids]:
    """Return (values, tokens that hold them), ascending by value."""
    tokens = np.repeat(np.arange(len(at) - 1, dtype=np.int32), np.diff(at))
    order = np.argsort(values, kind="stable")
    return values[order], tokens[order]


def _sorted_forms(a: TokenArrays, tokens: Ids, *, own: bool) -> tuple[Ids, Ids]:
    """Return `forms_of` in the order of their letters: words that walk together should be alike."""
    forms, holders = forms_of(a, tokens, own=own)
    words = [a.letters[a.letter_at[form] : a.letter_at[form + 1], 0].tobytes() for form in forms]
    order = sorted(range(len(words)), key=words.__getitem__)
    return forms[order], holders[order]


@compiled
def _search(
    a: TokenArrays,
    b: TokenArrays,
    forms: Ids,
    holders: Ids,
    asked: Columns,
    trie: Trie,
    tree: Tree,
    room: Walkers,
    worst: int,
) -> Found:
    hits, lanes = np.empty(len(trie.forms) * LANES, np.int32), np.empty(len(trie.forms) * LANES, np.int32)
    starts, sizes, ours = np.zeros(LANES, np.int32), np.zeros(LANES, np.int32), np.zeros(LANES, np.float32)
    found, total, chain = room_found(), 0, chain_room()
    for first in range(0, len(forms), LANES):
        for lane in range(LANES):
            sizes[lane] = 0
            if first + lane < len(forms):
                form = forms[first + lane]
                starts[lane], ours[lane] = a.letter_at[form], asked[form]
                sizes[lane] = a.letter_at[form + 1] - a.letter_at[form]
        for hit in range(walk(a.letters, starts, sizes, trie, tree, ours, room, hits, lanes)):
            holder = holders[first + lanes[hit]]
            found, total = keep(a, holder, b, trie.tokens[hits[hit]], worst, chain, found, total)
    return found[0][:total], found[1][:total], found[2][:total]


@compiled
def _by_table(
    a: TokenArrays,
    b: TokenArrays,
    names: Ids,
    holders: Ids,
    identities: npt.NDArray[np.uint64],
    equals: Ids,
    worst: int,
) -> Found:
    found, total, chain = room_found(), 0, chain_room()
    for i in range(len(a.identity)):
        place = np.searchsorted(identities, a.identity[i])
        while place < len(identities) and identities[place] == a.identity[i]:
            found, total = keep(a, i, b, equals[place], worst, chain, found, total)
            place += 1
        for p in range(a.name_at[i], a.name_at[i + 1]):
            name = a.names[p] >> 1
            place = np.searchsorted(names, name)
            while place < len(names) and names[place] == name:
                found, total = keep(a, i, b, holders[place], worst, chain, found, total)
                place += 1
    return found[0][:total], found[1][:total], found[2][:total]
