"""A long list is normalised piece by piece, on several processors where they may be used, in the order of its rows."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import chain, islice, repeat, takewhile
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, NamedTuple

from matching.people import People, PeopleArrays
from matching.profile import profile
from matching.types import PersonRecord
from matching.words import Words

# Rows handed to another process at once: enough that handing over costs little, few enough to be held in memory.
PIECE = 1_000
# Pieces under way for each process, so that none waits while the list is read.
AHEAD = 3
# Rows normalised before the processes begin, so that tables and compiled loops are loaded once and not by each.
WARMING = 50

# What makes persons of rows: the persons, and what is to be said of the rows. Handed to other processes with the rows.
Reader = Callable[[Sequence[Any]], tuple[Sequence[PersonRecord], Sequence[Any]]]


class Piece(NamedTuple):
    """Some persons laid out over a vocabulary of their own, and their profiles where these are packed.

    They were made of `rows` rows; `notes` are what the reader had to say of these.
    """

    ids: list[str]
    tokens: list[str]
    arrays: PeopleArrays
    packed: list[bytes]
    rows: int
    notes: Sequence[Any]


def as_they_are(records: Sequence[PersonRecord]) -> tuple[Sequence[PersonRecord], Sequence[Any]]:
    """Read rows that are persons already."""
    return records, ()


def lay_out(rows: Sequence[Any], *, read: Reader = as_they_are, packed: bool = True) -> Piece:
    """Normalise the persons that `read` makes of some rows."""
    words = Words(described=False)
    people = People(words)
    packs = []
    records, notes = read(rows)
    for record in records:
        person = profile(record)
        people.add(person)
        if packed:
            packs.append(person.pack())
    tokens = [words.vocabulary.token(place) for place in range(len(words))]
    return Piece(people.ids, tokens, people.arrays(), packs, len(rows), notes)


def lay_out_all(
    rows: Iterable[Any],
    workers: int,
    *,
    read: Reader = as_they_are,
    packed: bool = True,
    sizes: Iterable[int] = (),
) -> Iterator[Piece]:
    """Yield the pieces of a list in its order; the same persons whatever the number of `workers`.

    The first pieces have `sizes` rows, all others PIECE; the last has what is left.
    """
    unread = iter(rows)
    pieces = takewhile(bool, (list(islice(unread, size)) for size in chain(sizes, repeat(PIECE))))
    work = partial(lay_out, read=read, packed=packed)
    first, second = next(pieces, []), next(pieces, []) if workers > 1 else []
    if not second:  # not worth another process
        yield from (work(piece) for piece in chain([first] if first else [], pieces))
        return
    lay_out(first[:WARMING], read=read)
    with ProcessPoolExecutor(workers, initializer=_end_with_parent) as pool:
        under_way: deque[Future[Piece]] = deque()
        for piece in chain((first, second), pieces):
            under_way.append(pool.submit(work, piece))
            while len(under_way) > AHEAD * workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _end_with_parent() -> None:
    """Let this process end when the one that began it was killed: nobody else would end it."""
    if (parent := parent_process()) is not None:
        Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
