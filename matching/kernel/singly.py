"""A few unlike words are searched for, each by itself; `matching.kernel.walk` says how."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.compiled import compiled
from matching.kernel.branches import Branches, branches_of, mirrored, needed_behind
from matching.kernel.found import LEAST, Found, Ids, floors, forms_of, keep, room_found
from matching.kernel.gains import Gains, gains_of, left_over
from matching.kernel.odds import Codes, Columns, chain_room
from matching.kernel.odds_file import SpellingOdds
from matching.kernel.pairs import OWN
from matching.kernel.trie import grown
from matching.kernel.vocabulary import MODEL_OF, NO_MODEL, TokenArrays
from matching.kernel.walk import Room, Tree, room, walk, word_of


class Singly:
    """Tokens that are searched by words one after the other: trees are grown when first needed, and kept."""

    def __init__(self, tokens: TokenArrays, learned: SpellingOdds, worst: int) -> None:
        """Take the tokens, the odds they were laid out with, and the level at which they are still found."""
        self._tokens, self._learned, self._worst = tokens, learned, worst
        self._alphabets: list[int] = np.unique(tokens.alphabet).tolist()
        self._gains: dict[int, Gains] = {}
        self._tries: dict[tuple[int, bool], tuple[Branches, ...]] = {}
        self._trees: dict[tuple[int, bool, int], tuple[Tree, ...]] = {}

    def near(self, a: TokenArrays) -> list[Found]:
        """Return what spelling finds, alphabet by alphabet of either side."""
        space, ways, found = room(), (a.letters, mirrored(a.letters, a.letter_at)), []
        for theirs in self._alphabets:
            for ours in np.unique(a.alphabet).tolist():
                tokens = np.flatnonzero(a.alphabet == ours).astype(np.int32)
                own = OWN[ours, theirs]
                meets = (ours if own & 1 else 0, theirs if own & 2 else 0)
                model, tries = int(MODEL_OF[meets]), self._tries_of(theirs, own=bool(own & 2))
                if model == NO_MODEL or not tries:
                    continue
                forms, holders = forms_of(a, tokens, own=meets[0] > 0)
                values = self._gains_of(model).word_values
                asked = left_over(values, a.letters, a.letter_at, forms, floors(a, forms, meets[1], self._worst))
                trees = self._trees_of(theirs, bool(own & 2), meets[0], model)
                asks = Asks(ways, a.letter_at, forms, holders, asked)
                found.append(_search(a, self._tokens, asks, tries, trees, space, self._worst))
        return found

    def _gains_of(self, model: int) -> Gains:
        if model not in self._gains:
            self._gains[model] = gains_of(self._learned, model >> 1, model & 1, LEAST[self._worst])
        return self._gains[model]

    def _tries_of(self, theirs: int, *, own: bool) -> tuple[Branches, ...]:
        """Return the words in an alphabet as they are read and from their ends; nothing where there is none."""
        if (theirs, own) not in self._tries:
            b = self._tokens
            forms, holders = forms_of(b, np.flatnonzero(b.alphabet == theirs).astype(np.int32), own=own)
            tries = [grown(way, b.letter_at, forms, holders) for way in (b.letters, mirrored(b.letters, b.letter_at))]
            self._tries[theirs, own] = tuple(branches_of(trie) for trie in tries if len(trie.depth))
        return self._tries[theirs, own]

    def _trees_of(self, theirs: int, own: bool, ours: int, model: int) -> tuple[Tree, ...]:
        if (theirs, own, ours) not in self._trees:
            b, gained, trees = self._tokens, self._gains_of(model), []
            for trie, pairs in zip(self._tries_of(theirs, own=own), gained.pairs, strict=True):
                asked = floors(b, trie.forms, ours, self._worst)
                beyond = left_over(gained.tree_values, b.letters, b.letter_at, trie.forms, asked)
                letters, need = int(trie.codes[:, 0].max()) + 1, needed_behind(trie, beyond, gained.tree_most)
                trees.append(Tree(gained.gains, pairs, letters, gained.word_most, need, beyond, beyond.min()))
            self._trees[theirs, own, ours] = tuple(trees)
        return self._trees[theirs, own, ours]


class Asks(NamedTuple):
    """Forms of tokens that are searched for."""

    ways: tuple[Codes, Codes]  # letters of all forms as they are read, and each form's from its end
    letter_at: Ids  # [all forms+1] where a form begins in them
    forms: Ids
    holders: Ids  # token of each form, ascending
    asked: Columns  # what each form asks for, beyond the values of its letters


@compiled
def _search(
    a: TokenArrays,
    b: TokenArrays,
    asks: Asks,
    tries: tuple[Branches, ...],
    trees: tuple[Tree, ...],
    space: Room,
    worst: int,
) -> Found:
    """Return what is near to the forms; `tries` and `trees` are in reading order and backwards."""
    hits, last = np.empty(len(tries[0].forms), np.int32), np.zeros(len(b.identity), np.int32)
    found, total, chain = room_found(), 0, chain_room()
    for place in range(len(asks.forms)):
        start, end = asks.letter_at[asks.forms[place]], asks.letter_at[asks.forms[place] + 1]
        holder = asks.holders[place]
        for way in range(2 if end > start else 0):
            word = word_of(asks.ways[way][start:end], asks.asked[place], trees[way].least, way > 0)
            for hit in range(walk(word, tries[way], trees[way], space, hits)):
                token = tries[way].tokens[hits[hit]]
                if last[token] <= holder:
                    last[token] = holder + 1
                    found, total = keep(a, holder, b, token, worst, chain, found, total)
    return found[0][:total], found[1][:total], found[2][:total]
