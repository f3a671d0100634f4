"""A long list is normalised piece by piece, on several processors where they may be used, in the order of its rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import NamedTuple

from matching.people import People, PeopleArrays
from matching.profile import profile
from matching.types import PersonRecord
from matching.words import Words

# Records handed to another process at once: enough that handing over costs little, few enough to be held in memory.
PIECE = 2_000
# Pieces under way for each process, so that none waits while the list is read.
AHEAD = 2


class Piece(NamedTuple):
    """Some persons laid out over a vocabulary of their own, and their profiles where these are packed."""

    ids: list[str]
    tokens: list[str]
    arrays: PeopleArrays
    packed: list[bytes]


def lay_out(records: Sequence[PersonRecord], *, packed: bool = True) -> Piece:
    """Normalise some records."""
    words = Words(described=False)
    people = People(words)
    packs = []
    for record in records:
        person = profile(record)
        people.add(person)
        if packed:
            packs.append(person.pack())
    tokens = [words.vocabulary.token(place) for place in range(len(words))]
    return Piece(people.ids, tokens, people.arrays(), packs)


def lay_out_all(records: Iterable[PersonRecord], workers: int, *, packed: bool = True) -> Iterator[Piece]:
    """Yield the pieces of a list in its order; the same whatever the number of `workers`."""
    rows = iter(records)
    pieces = iter(lambda: list(islice(rows, PIECE)), [])
    if workers <= 1:
        yield from (lay_out(piece, packed=packed) for piece in pieces)
        return
    first = next(pieces, [])
    if len(first) < PIECE:  # not worth another process
        yield lay_out(first, packed=packed)
        return
    with ProcessPoolExecutor(workers) as pool:
        under_way: deque[Future[Piece]] = deque([pool.submit(lay_out, first, packed=packed)])
        for piece in pieces:
            under_way.append(pool.submit(lay_out, piece, packed=packed))
            while len(under_way) > AHEAD * workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
