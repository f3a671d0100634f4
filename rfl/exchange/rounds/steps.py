"""The steps of a society in a round: a state goes in, letters and the next state come out.

    1. blind       own list, singly blinded and shuffled, to the partner; its grouping to the hub
    2. raise_list  the partner's list, raised to the own secret, to the hub and never back
    3. take_pairs  the hub's pairs; receipts to both

Nothing is drawn here: a step repeated from the same state gives the same letters. Whoever holds both lists doubly
blinded can compare them, which is why a raised list goes to the hub alone.
"""

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from rfl.exchange.rounds import receipts
from rfl.exchange.rounds.agreement import Role
from rfl.exchange.rounds.blinding import (
    POINT,
    WIDE,
    Progress,
    blind_tokens,
    digest,
    raise_points,
    random_points,
    unreported,
)
from rfl.exchange.rounds.blinding import random_scalar as scalar_of
from rfl.exchange.rounds.lists import HASH, CaseList, Layout, check_size, lay_out, slots_of, write_grouping
from rfl.exchange.rounds.package import Letter
from rfl.exchange.rounds.pairs import read_pairs
from rfl.exchange.rounds.plans import Plan, other
from rfl.exchange.rounds.randomness import SEED, stream
from rfl.exchange.rounds.refusals import ListMalformed, OwnListReturned, RepeatedValue, WrongRound
from rfl.exchange.rounds.states import Blinded, Finished, Prepared, Raised

BLINDED = "blinded"
GROUPING = "grouping"
RAISED = "raised"
PAIRS = "pairs"
PREFIX = 8  # bytes of a value that are compared first


@dataclass(frozen=True)
class Outgoing:
    """A letter and whom it is for."""

    to: Role
    letter: Letter


def prepare(plan: Plan, role: Role, listed: CaseList, *, seed: bytes) -> Prepared:
    """Fix the list of a round and its randomness (`randomness.new_seed`).

    Raises TooFewCases or TooManyCases, and ValueError for the hub or when a case has more tokens than places.
    """
    check_size(len(listed.cases), plan)
    if role is Role.HUB or len(seed) != SEED:
        raise ValueError("role or seed")
    if len(listed.case) and np.bincount(listed.case).max() > plan.places:
        raise ValueError("more tokens than places")
    return Prepared(plan, role, listed, seed)


def blind(
    state: Prepared, *, secret: bytes, workers: int = 1, progress: Progress = unreported
) -> tuple[Blinded, tuple[Outgoing, Outgoing]]:
    """Blind the own list; `secret` is `identity.pair_secret`. `progress` counts tokens, then padding."""
    plan, seed = state.plan, state.seed
    layout = lay_out(state.listed, seed=seed, plan=plan, repeats=plan.repeats)
    scalar = scalar_of(stream(seed, "scalar", WIDE))
    points = _points(state.listed, layout, seed=seed, secret=secret, scalar=scalar, workers=workers, progress=progress)
    list_hash = sha256(points).digest()
    grouping = write_grouping(layout, list_hash=list_hash, seed=seed)
    count = len(layout.row)
    letters = (
        Outgoing(other(state.role), Letter(BLINDED, plan.round, count, plan.commitment(grouping) + points)),
        Outgoing(Role.HUB, Letter(GROUPING, plan.round, count, grouping)),
    )
    pairs = zip(state.listed.cases, layout.slot_of_case, strict=True)
    handles = {layout.handle[slot].tobytes(): case for case, slot in pairs}
    return Blinded(plan, state.role, scalar, list_hash, handles), letters


def raise_list(
    state: Blinded, letter: Letter, *, workers: int = 1, progress: Progress = unreported
) -> tuple[Raised, tuple[Outgoing]]:
    """Raise the partner's list for the hub.

    Raises WrongRound, ListMalformed, TooManyCases, OwnListReturned, RepeatedValue or InvalidPoint.
    """
    plan = state.plan
    if letter.kind != BLINDED or letter.round != plan.round:
        raise WrongRound
    slots_of(letter.count, plan)
    if len(letter.body) != HASH + letter.count * POINT:
        raise ListMalformed
    commitment, points = letter.body[:HASH], letter.body[HASH:]
    partner_hash = sha256(points).digest()
    if partner_hash == state.list_hash:
        raise OwnListReturned
    refuse_repeats(points, POINT, plan.repeats)
    higher = raise_points(points, scalar=state.scalar, workers=workers, progress=progress)
    digests = _digests(points, higher, owner=other(state.role), repeats=plan.repeats)
    raised = Letter(RAISED, plan.round, letter.count, commitment + partner_hash + digests)
    after = Raised(plan, state.role, state.list_hash, partner_hash, state.handles)
    return after, (Outgoing(Role.HUB, raised),)


def take_pairs(state: Raised, letter: Letter) -> tuple[Finished, tuple[Outgoing, Outgoing]]:
    """Take the hub's answer and tell both others.

    The hub learns that its answer arrived, the partner that its list and the secret it was raised with are gone. Raises
    WrongRound, TooManyPairs, ListMalformed or UnknownHandle.
    """
    if letter.kind != PAIRS or letter.round != state.plan.round:
        raise WrongRound
    pairs = read_pairs(letter.body, count=letter.count, handles=state.handles)
    answered = receipts.taken([sha256(letter.body).digest()])
    gone = receipts.erased([state.partner_hash])
    return Finished(state.plan, state.role, pairs), (
        Outgoing(Role.HUB, answered.letter(state.plan.round)),
        Outgoing(other(state.role), gone.letter(state.plan.round)),
    )


def _digests(points: bytes, higher: bytes, *, owner: Role, repeats: int) -> bytes:
    """What the hub compares: for every value of the owner's list one digest for each place it may have in the other.

    Values that stand in a list more than once are numbered here, so that nothing stands twice in what the hub gets:
    from what stands together inside one list, lists have been read back. The second of one list and the third of the
    other still have one digest in common.
    """
    met: Counter[bytes] = Counter()
    made = []
    for start in range(0, len(points), POINT):
        point, raised = points[start : start + POINT], higher[start : start + POINT]
        own = met[point]
        met[point] += 1
        places = ((own, there) if owner is Role.FIRST else (there, own) for there in range(repeats))
        made += [digest(raised, *place) for place in places]
    return b"".join(made)


def refuse_repeats(values: bytes, width: int, repeats: int) -> None:
    """Raise RepeatedValue when one value of `width` bytes stands there more than `repeats` times."""
    table = np.frombuffer(values, np.uint8).reshape(-1, width)
    begins = np.ascontiguousarray(table[:, :PREFIX]).view("<u8").reshape(-1)
    _, inverse, counts = np.unique(begins, return_inverse=True, return_counts=True)
    suspects = table[counts[inverse] > repeats]
    if any(number > repeats for number in Counter(value.tobytes() for value in suspects).values()):
        raise RepeatedValue


def _points(
    listed: CaseList, layout: Layout, *, seed: bytes, secret: bytes, scalar: bytes, workers: int, progress: Progress
) -> bytes:
    """The points of the list in the order of the layout: blinded tokens, and random points for padding."""
    real = layout.row >= 0
    tokens = listed.token[layout.row[real]].tobytes()
    padding = stream(seed, "padding", int((~real).sum()) * WIDE)
    points = np.empty((len(layout.row), POINT), dtype=np.uint8)
    blinded = blind_tokens(tokens, secret=secret, scalar=scalar, workers=workers, progress=progress)
    points[real] = np.frombuffer(blinded, np.uint8).reshape(-1, POINT)
    filled = random_points(padding, workers=workers, progress=progress)
    points[~real] = np.frombuffer(filled, np.uint8).reshape(-1, POINT)
    return points.tobytes()
