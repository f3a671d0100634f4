"""Invented encoded lists with known common cases, and a whole round between two societies and a hub in memory."""

from dataclasses import dataclass, field

import numpy as np

from rfl.exchange.rounds import steps
from rfl.exchange.rounds.agreement import Role
from rfl.exchange.rounds.hub import Delivered, Side, join
from rfl.exchange.rounds.lists import CaseList
from rfl.exchange.rounds.plans import Plan
from rfl.exchange.rounds.states import Blinded, Prepared, Raised, State

ROUND = "0123456789abcdef" * 2
SECRET = b"pair secret of the tests, 32 b.."
SOCIETIES = (Role.FIRST, Role.SECOND)


def plan(**changed) -> Plan:
    """Few places, so that a padded list is made in a second."""
    return Plan(**({"round": ROUND, "places": 3, "cap": 1_000, "minimum": 5} | changed))


def case_list(name: str, *, cases: int = 8, shared: int = 3, places: int = 3) -> CaseList:
    """Cases `name-0`...; the first `shared` have the same tokens in every list, the others tokens of their own."""
    case = np.repeat(np.arange(cases, dtype=np.int32), places)
    rule = np.tile(np.arange(places, dtype=np.uint8), cases)
    known = np.random.default_rng(1).integers(0, 256, (shared * places, 16), dtype=np.uint8)
    seed = sum(name.encode())
    own = np.random.default_rng(seed).integers(0, 256, ((cases - shared) * places, 16), dtype=np.uint8)
    presence = np.full(cases, 2**places - 1, dtype=np.uint32)
    names = tuple(f"{name}-{number}" for number in range(cases))
    return CaseList(names, case, rule, np.concatenate([known, own]), presence)


def equal_values(left: Side, right: Side, least: float = 2.0) -> list[tuple[int, int, float, int]]:
    """The simplest comparison: the number of values that are equal, where that is `least` or more."""
    owners = {}
    for case, rule, value in zip(left.case, left.rule, left.value, strict=True):
        owners.setdefault((value.tobytes(), int(rule)), []).append(int(case))
    found = {}
    for case, rule, value in zip(right.case, right.rule, right.value, strict=True):
        for owner in owners.get((value.tobytes(), int(rule)), ()):
            number, classes = found.get((owner, int(case)), (0.0, 0))
            found[owner, int(case)] = (number + 1, classes | 1 << int(rule))
    return [(*cases, *evidence) for cases, evidence in found.items() if evidence[0] >= least]


@dataclass
class Table:
    """A round played to its end, with every state and letter on the way."""

    plan: Plan = field(default_factory=plan)
    lists: dict = field(default_factory=lambda: {role: case_list(role.value) for role in SOCIETIES})
    prepared: dict = field(default_factory=dict)
    blinded: dict = field(default_factory=dict)
    raised: dict = field(default_factory=dict)
    finished: dict = field(default_factory=dict)
    sent: list = field(default_factory=list)

    def letter(self, sender: Role, kind: str, to: Role | None = None):
        """The letter of that kind that somebody sent."""
        return next(
            out.letter for who, out in self.sent if who is sender and out.letter.kind == kind and to in {None, out.to}
        )

    def delivered(self) -> dict[Role, Delivered]:
        """What the hub has got."""
        return {
            role: Delivered(self.letter(role, steps.GROUPING), self.letter(role, steps.RAISED)) for role in SOCIETIES
        }

    def keep(self, sender: Role, step) -> object:
        """Note what a step sent and hand its state on."""
        state, letters = step
        self.sent += [(sender, letter) for letter in letters]
        return state

    def play(self) -> "Table":
        """All steps of all three."""
        for number, role in enumerate(SOCIETIES, 1):
            self.prepared[role] = steps.prepare(self.plan, role, self.lists[role], seed=bytes([number]) * 32)
            self.blinded[role] = self.keep(role, steps.blind(self.prepared[role], secret=SECRET))
        for role, partner in zip(SOCIETIES, SOCIETIES[::-1], strict=True):
            letter = self.letter(partner, steps.BLINDED)
            self.raised[role] = self.keep(role, steps.raise_list(self.blinded[role], letter))
        answers = join(self.plan, self.delivered(), compare=equal_values)
        self.sent += [(Role.HUB, answer) for answer in answers]
        for role in SOCIETIES:
            answer = self.letter(Role.HUB, steps.PAIRS, role)
            self.finished[role] = self.keep(role, steps.take_pairs(self.raised[role], answer))
        return self


def secrets_of(state: State) -> tuple[bytes, ...]:
    """What must not be found in a database, its log or a later backup once the state is left."""
    match state:
        case Prepared():
            return (state.seed, *(token.tobytes() for token in state.listed.token))
        case Blinded():
            return (state.scalar, *state.handles)
        case Raised():
            return tuple(state.handles)
        case _:
            return ()
