"""What a round of encoded exchange costs a society: processor time of every step, and the length of every message.

    python benchmarks/exchange_cost.py [--cases 1000] [--places 48 64] [--filled 1.0]

Both lists have N cases. Tokens are random stand-ins: the cost does not depend on what they mean. All of it is counted:
hashing, blinding, raising, laying out, signing, sealing and opening. The comparison at the hub is another measurement.
`--filled` is the share of places that hold a token; the rest is padding, which needs no multiplication.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np

sys.path.append(str(Path(__file__).resolve().parent.parent))

from matching.encoding import REPEATS
from rfl.exchange.rounds import steps
from rfl.exchange.rounds.agreement import Role
from rfl.exchange.rounds.channels import Channel
from rfl.exchange.rounds.identity import Identity, pair_secret
from rfl.exchange.rounds.lists import CaseList
from rfl.exchange.rounds.package import Letter, Terms, open_, seal
from rfl.exchange.rounds.plans import Plan

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ROUND = "0123456789abcdef" * 2
Result = TypeVar("Result")


def stand_ins(cases: int, places: int, filled: float, seed: int) -> CaseList:
    """A list of random tokens."""
    drawn = np.random.default_rng(seed)
    tokens = round(places * filled)
    return CaseList(
        cases=tuple(str(number) for number in range(cases)),
        case=np.repeat(np.arange(cases, dtype=np.int32), tokens),
        rule=drawn.integers(0, 26, cases * tokens, dtype=np.uint8),
        token=drawn.integers(0, 256, (cases * tokens, 16), dtype=np.uint8),
        presence=drawn.integers(1, 2**26, cases, dtype=np.uint32),
    )


def timed(title: str, work: Callable[[], Result], costs: dict[str, float]) -> Result:
    """Do `work` and note its processor seconds."""
    started = time.process_time()
    result = work()
    costs[title] = time.process_time() - started
    return result


def posted(letter: Letter, sender: Identity, to: Identity, costs: dict[str, float]) -> Letter:
    """A letter after it was sealed and opened; prints the length of its package."""
    agreed = {"agreement": "ab" * 32, "profile": "cd" * 32, "epoch": 1}
    here, there = Terms(to.public, **agreed), Terms(sender.public, **agreed)
    made = timed(
        f"seal {letter.kind}",
        lambda: seal(letter, identity=sender, terms=here, channel=Channel(), created=NOW, expires=LATER),
        costs,
    )
    print(f"    {letter.kind:10} {len(made.data) / 1e6:8.2f} MB")
    opened = timed(
        f"open {letter.kind}",
        lambda: open_(made.data, identity=to, terms=there, channel=Channel(), now=NOW),
        costs,
    )
    return opened.letter


def measure(cases: int, places: int, filled: float) -> None:
    """Play one side's part against a list of the same length and print what it cost."""
    plan = Plan(round=ROUND, places=places, cap=max(cases, 50), minimum=50, repeats=REPEATS)
    own, partner, hub = (Identity.generate(code, code) for code in ("AA", "BB", "HUB"))
    secret = pair_secret(own, partner.public, agreement="1", epoch=1)
    costs: dict[str, float] = {}
    print(f"{cases:,} x {cases:,} cases, {places} places, {filled:.0%} filled")
    other = steps.prepare(plan, Role.SECOND, stand_ins(cases, places, filled, 2), seed=os.urandom(32))
    # The partner's list costs the partner; the same work is counted on the own side.
    _, (from_partner, _) = steps.blind(other, secret=secret)
    mine = steps.prepare(plan, Role.FIRST, stand_ins(cases, places, filled, 1), seed=os.urandom(32))
    state, (blinded, grouping) = timed("blind", lambda: steps.blind(mine, secret=secret), costs)
    unpaid: dict[str, float] = {}
    posted(blinded.letter, own, partner, costs)
    posted(grouping.letter, own, hub, costs)
    arrived = posted(from_partner.letter, partner, own, unpaid)
    _, (raised,) = timed("raise", lambda: steps.raise_list(state, arrived), costs)
    posted(raised.letter, own, hub, costs)
    for title, seconds in costs.items():
        print(f"    {title:16} {seconds:8.2f} s")
    print(f"  a side: {sum(costs.values()):.1f} s of processor time, {sum(costs.values()) / cases * 1e3:.2f} ms a case")


def main() -> None:
    """Read the arguments and measure each number of places."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1_000)
    parser.add_argument("--places", type=int, nargs="+", default=[48, 64])
    parser.add_argument("--filled", type=float, default=1.0)
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors")
    for places in arguments.places:
        measure(arguments.cases, places, arguments.filled)


if __name__ == "__main__":
    main()
