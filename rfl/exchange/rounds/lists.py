"""A case list laid out for a round: every case has as many places as any other, and no place tells whose it is.

A grouping says which place of the list belongs to which slot and rule class, and which handle and presence bits a slot
has. It is promised by its hash before the lists are seen, and only the hub gets it.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rfl.exchange.rounds.blinding import TOKEN
from rfl.exchange.rounds.plans import MAX_RULES, STEP, Plan, padded
from rfl.exchange.rounds.randomness import below, shuffled, stream
from rfl.exchange.rounds.refusals import ListMalformed, TooFewCases, TooManyCases

HANDLE = 16
HASH = 32
SLOT = np.dtype("<u4")
PRESENCE = np.dtype("<u4")


@dataclass(frozen=True, eq=False)
class CaseList:
    """Tokens of one society's cases. Raises ValueError when the arrays do not fit together.

    Rows are tokens; a case has no more rows than the round has places, chosen by whoever made them.
    """

    cases: tuple[str, ...]  # the app's own references, in the order of their numbers; they stay here
    case: NDArray[np.int32]  # (rows,) number of the case
    rule: NDArray[np.uint8]  # (rows,) rule class, below 32
    token: NDArray[np.uint8]  # (rows, 16)
    presence: NDArray[np.uint32]  # (cases,) bit r: the case could make a token of rule class r

    def __post_init__(self) -> None:
        rows = len(self.case)
        if self.rule.shape != (rows,) or self.token.shape != (rows, TOKEN) or len(self.presence) != len(self.cases):
            raise ValueError("shapes")
        if rows and (self.case.min() < 0 or self.case.max() >= len(self.cases) or self.rule.max() >= MAX_RULES):
            raise ValueError("numbers")
        if len(set(self.cases)) != len(self.cases):
            raise ValueError("a case twice")


@dataclass(frozen=True, eq=False)
class Layout:
    """Where everything stands in the list that is sent."""

    row: NDArray[np.int64]  # (places of the list,) row of the CaseList, or -1 for padding
    slot: NDArray[np.uint32]  # (places of the list,)
    rule: NDArray[np.uint8]  # (places of the list,)
    presence: NDArray[np.uint32]  # (slots,)
    handle: NDArray[np.uint8]  # (slots, 16)
    slot_of_case: NDArray[np.int64]  # (cases,)


@dataclass(frozen=True, eq=False)
class Grouping:
    """What the hub is told about a list."""

    list_hash: bytes  # SHA-256 of the points that it belongs to
    slot: NDArray[np.uint32]
    rule: NDArray[np.uint8]
    presence: NDArray[np.uint32]
    handle: NDArray[np.uint8]

    @classmethod
    def from_bytes(cls, data: bytes, *, count: int, plan: Plan) -> Self:
        """Read the grouping of a list of `count` values; raises ListMalformed or TooManyCases."""
        slots = slots_of(count, plan)
        sizes = (HASH, count * SLOT.itemsize, count, slots * PRESENCE.itemsize, slots * HANDLE, HASH)
        if len(data) != sum(sizes):
            raise ListMalformed
        ends = np.cumsum(sizes)
        parts = [data[end - size : end] for size, end in zip(sizes, ends.tolist(), strict=True)]
        grouping = cls(
            list_hash=parts[0],
            slot=np.frombuffer(parts[1], SLOT),
            rule=np.frombuffer(parts[2], np.uint8),
            presence=np.frombuffer(parts[3], PRESENCE),
            handle=np.frombuffer(parts[4], np.uint8).reshape(slots, HANDLE),
        )
        if grouping.slot.max() >= slots or grouping.rule.max() >= MAX_RULES:
            raise ListMalformed
        if not (np.bincount(grouping.slot, minlength=slots) == plan.places).all():
            raise ListMalformed
        if len({handle.tobytes() for handle in grouping.handle}) != slots:
            raise ListMalformed
        return grouping


def slots_of(count: int, plan: Plan) -> int:
    """Cases, padding included, in a list of `count` values; raises ListMalformed or TooManyCases."""
    slots, rest = divmod(count, plan.places)
    if rest or slots % STEP or not slots:
        raise ListMalformed
    if slots > plan.largest():
        raise TooManyCases(cap=plan.cap)
    return slots


def check_size(cases: int, plan: Plan) -> None:
    """Refuse one's own list outside the agreement; raises TooFewCases or TooManyCases."""
    if cases < plan.minimum:
        raise TooFewCases(minimum=plan.minimum, count=cases)
    if cases > plan.cap:
        raise TooManyCases(cap=plan.cap)


def without_repeats(listed: CaseList, repeats: int) -> NDArray[np.int64]:
    """The rows whose token stands in the whole list at most `repeats` times; what many cases share says little."""
    values = np.ascontiguousarray(listed.token).view([("high", "<u8"), ("low", "<u8")]).reshape(-1)
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.flatnonzero(counts[inverse] <= repeats)


def lay_out(listed: CaseList, *, seed: bytes, plan: Plan, repeats: int) -> Layout:
    """Give each case a slot, fill places and slots with padding, and shuffle the places: one seed, one layout.

    Raises ValueError when a case has more tokens than places.
    """
    rows = without_repeats(listed, repeats)
    rows = rows[np.argsort(listed.case[rows], kind="stable")]
    case = listed.case[rows]
    place = np.arange(len(rows)) - np.searchsorted(case, case)
    if len(place) and place.max() >= plan.places:
        raise ValueError("more tokens than places")
    slots = padded(len(listed.cases))
    order = shuffled(seed, "slots", slots)
    slot_of_case = order[: len(listed.cases)]

    row = np.full((slots, plan.places), -1, dtype=np.int64)
    row[slot_of_case[case], place] = rows
    presence = np.zeros(slots, dtype=np.uint32)
    presence[slot_of_case] = listed.presence
    # A slot of padding has the bits of a case drawn by lot: the bits of real slots would stand out beside empty ones.
    models = below(seed, "models", np.full(slots - len(listed.cases), len(listed.cases)))
    presence[order[len(listed.cases) :]] = listed.presence[models]
    rule = _padding_rules(presence, plan.places, seed)
    rule[slot_of_case[case], place] = listed.rule[rows]

    position = shuffled(seed, "places", slots * plan.places)
    return Layout(
        row=row.reshape(-1)[position],
        slot=(position // plan.places).astype(SLOT),
        rule=rule.reshape(-1)[position],
        presence=presence,
        handle=np.frombuffer(stream(seed, "handles", slots * HANDLE), np.uint8).reshape(slots, HANDLE),
        slot_of_case=slot_of_case,
    )


def write_grouping(layout: Layout, *, list_hash: bytes, seed: bytes) -> bytes:
    """The bytes that are promised and sent: hash of the list, slots, rules, presence, handles, and a random end."""
    parts = (layout.slot.astype(SLOT), layout.rule, layout.presence.astype(PRESENCE), layout.handle)
    return b"".join([list_hash, *(part.tobytes() for part in parts), stream(seed, "commitment", HASH)])


def _padding_rules(presence: NDArray[np.uint32], places: int, seed: bytes) -> NDArray[np.uint8]:
    """A rule class for every place of every slot, by lot among the classes its case could make; class 0 where none."""
    makes = (presence[:, None] >> np.arange(MAX_RULES, dtype=np.uint32)) & 1 == 1
    ranked = np.argsort(~makes, axis=1, kind="stable").astype(np.uint8)  # classes it could make stand first
    bounds = np.repeat(np.maximum(makes.sum(axis=1), 1), places)
    drawn = below(seed, "rules", bounds).reshape(len(presence), places)
    ranked[~makes.any(axis=1)] = 0
    return np.take_along_axis(ranked, drawn, axis=1)
