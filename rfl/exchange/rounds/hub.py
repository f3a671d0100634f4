"""The hub's step: four letters go in, two answers and two receipts come out; it keeps nothing between rounds.

It holds no key that opens a token: values are digests of points raised to two secrets that it never gets. What it
sees is which of them are equal, of which rule class they are and which classes a case could make.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from rfl.exchange.rounds import receipts
from rfl.exchange.rounds.agreement import Role
from rfl.exchange.rounds.blinding import DIGEST
from rfl.exchange.rounds.lists import HASH, Grouping
from rfl.exchange.rounds.package import Letter
from rfl.exchange.rounds.pairs import MAX_PAIRS_A_CASE, write_pairs
from rfl.exchange.rounds.plans import Plan, other
from rfl.exchange.rounds.refusals import GroupingMismatch, ListMalformed, TooManyPairs, WrongRound
from rfl.exchange.rounds.steps import GROUPING, PAIRS, RAISED, Outgoing, refuse_repeats


@dataclass(frozen=True, eq=False)
class Side:
    """One list as the comparison gets it, padding included: padding is equal to nothing."""

    case: NDArray[np.int32]  # (values,) number of the case, below the length of `presence`
    rule: NDArray[np.uint8]  # (values,) rule class
    value: NDArray[np.uint8]  # (values, 8); no two are equal
    presence: NDArray[np.uint32]  # (cases,) bit r: the case could make a token of rule class r


Found = tuple[int, int, float, int]  # left case, right case, score, bit mask of the rule classes that were equal
Comparison = Callable[[Side, Side], Iterable[Found]]  # left is the first society, right the second


@dataclass(frozen=True)
class Delivered:
    """What one society has sent to the hub: its own grouping, and the other's list raised."""

    grouping: Letter
    raised: Letter


def join(plan: Plan, delivered: Mapping[Role, Delivered], *, compare: Comparison) -> tuple[Outgoing, ...]:
    """Compare the two lists and tell each society the pairs that `compare` yields, above the threshold agreed.

    The answers come with receipts that the four letters are erased: store the sealed answers and erase the letters in
    one transaction. Raises WrongRound, ListMalformed, TooManyCases, RepeatedValue, GroupingMismatch or TooManyPairs.
    """
    groupings, sides = {}, {}
    for owner in (Role.FIRST, Role.SECOND):
        groupings[owner], sides[owner] = _side(plan, owner, delivered)
    limit = MAX_PAIRS_A_CASE * min(len(side.presence) for side in sides.values())
    found = _checked(compare(sides[Role.FIRST], sides[Role.SECOND]), limit)
    left, right = (groupings[role].handle for role in (Role.FIRST, Role.SECOND))
    named = [(left[one].tobytes(), right[two].tobytes(), score, classes) for one, two, score, classes in found]
    turned = [(partner, own, score, classes) for own, partner, score, classes in named]
    gone = receipts.erased(sha256(body).digest() for body in _bodies(delivered)).letter(plan.round)
    return (
        Outgoing(Role.FIRST, Letter(PAIRS, plan.round, len(named), write_pairs(named))),
        Outgoing(Role.SECOND, Letter(PAIRS, plan.round, len(turned), write_pairs(turned))),
        Outgoing(Role.FIRST, gone),
        Outgoing(Role.SECOND, gone),
    )


def _side(plan: Plan, owner: Role, delivered: Mapping[Role, Delivered]) -> tuple[Grouping, Side]:
    """The owner's list: grouped by the owner, raised by the partner, each held against the other."""
    told, raised = delivered[owner].grouping, delivered[other(owner)].raised
    if (told.kind, raised.kind) != (GROUPING, RAISED) or {told.round, raised.round} != {plan.round}:
        raise WrongRound
    if told.count != raised.count or len(raised.body) != 2 * HASH + raised.count * plan.repeats * DIGEST:
        raise ListMalformed
    grouping = Grouping.from_bytes(told.body, count=told.count, plan=plan)
    commitment, list_hash, digests = raised.body[:HASH], raised.body[HASH : 2 * HASH], raised.body[2 * HASH :]
    if commitment != plan.commitment(told.body) or list_hash != grouping.list_hash:
        raise GroupingMismatch
    refuse_repeats(digests, DIGEST, 1)
    return grouping, Side(
        case=np.repeat(grouping.slot.astype(np.int32), plan.repeats),
        rule=np.repeat(grouping.rule, plan.repeats),
        value=np.frombuffer(digests, np.uint8).reshape(-1, DIGEST),
        presence=grouping.presence,
    )


def _checked(found: Iterable[Found], limit: int) -> list[Found]:
    """What was found; raises TooManyPairs, and ValueError for a comparison that contradicts itself."""
    kept = list(islice(found, limit + 1))
    if len(kept) > limit:
        raise TooManyPairs
    if len({(one, two) for one, two, _, _ in kept}) != len(kept) or not all(math.isfinite(pair[2]) for pair in kept):
        raise ValueError("a pair twice, or without a score")
    return kept


def _bodies(delivered: Mapping[Role, Delivered]) -> list[bytes]:
    """The bodies of the four letters."""
    return [letter.body for role in (Role.FIRST, Role.SECOND) for letter in _letters(delivered[role])]


def _letters(sent: Delivered) -> tuple[Letter, Letter]:
    return sent.grouping, sent.raised
