"""Where a society stands in a round, as values that can be stored and read back.

Each stage holds only what the next step needs. What a step no longer needs is not in the stage after it, so that
storing the new stage over the old one erases it; the app seals what it stores, and lets no backup keep it.

    Prepared  tokens and seed      until its list and grouping are sealed
    Blinded   scalar, own handles  until the partner's list is raised
    Raised    own handles          until the hub's pairs have come
    Finished  the pairs            until the last of them is closed, at most the days of retention
    Ended     nothing
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rfl.exchange.rounds import fields
from rfl.exchange.rounds.agreement import Role
from rfl.exchange.rounds.blinding import SCALAR, TOKEN
from rfl.exchange.rounds.canonical import NotCanonical, decode, encode
from rfl.exchange.rounds.lists import HANDLE, CaseList
from rfl.exchange.rounds.pairs import Pair
from rfl.exchange.rounds.plans import Plan
from rfl.exchange.rounds.randomness import SEED
from rfl.exchange.rounds.refusals import StateUnusable

FORMAT = "rfl-round-state"
VERSION = 1
LENGTH = 4
MAX_HEAD = 64 * 1024 * 1024  # references of the cases are the longest part


@dataclass(frozen=True)
class Prepared:
    """A list is chosen and confirmed, nothing has left."""

    plan: Plan
    role: Role
    listed: CaseList = field(repr=False)
    seed: bytes = field(repr=False)


@dataclass(frozen=True)
class Blinded:
    """The own list has left; the partner's has not come."""

    plan: Plan
    role: Role
    scalar: bytes = field(repr=False)
    list_hash: bytes  # of the own list
    handles: Mapping[bytes, str] = field(repr=False)  # handle -> the app's reference of a case; no padding


@dataclass(frozen=True)
class Raised:
    """The partner's list has gone to the hub, and the secret of the round is gone."""

    plan: Plan
    role: Role
    list_hash: bytes
    partner_hash: bytes
    handles: Mapping[bytes, str] = field(repr=False)


@dataclass(frozen=True)
class Finished:
    """The hub has answered; only the cases of its pairs are still known by a handle."""

    plan: Plan
    role: Role
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Ended:
    """Over, finished or void; nothing of it can be brought back."""

    plan: Plan
    role: Role


State = Prepared | Blinded | Raised | Finished | Ended


def to_bytes(state: State) -> bytes:
    """A state as bytes, secrets included: for sealing at once."""
    plan = state.plan
    head: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "stage": type(state).__name__,
        "role": state.role.value,
        "plan": {name: getattr(plan, name) for name in Plan.__dataclass_fields__},
    }
    tail = b""
    match state:
        case Prepared():
            listed = state.listed
            head |= {"seed": state.seed.hex(), "cases": list(listed.cases), "rows": len(listed.case)}
            parts = (listed.case.astype("<i4"), listed.rule, listed.token, listed.presence.astype("<u4"))
            tail = b"".join(part.tobytes() for part in parts)
        case Blinded():
            head |= {"scalar": state.scalar.hex(), "list_hash": state.list_hash.hex()} | _handles(state.handles)
        case Raised():
            head |= {"list_hash": state.list_hash.hex(), "partner_hash": state.partner_hash.hex()}
            head |= _handles(state.handles)
        case Finished():
            head["pairs"] = [pair.value() for pair in state.pairs]
    written = encode(head)
    return len(written).to_bytes(LENGTH) + written + tail


def from_bytes(data: bytes) -> State:
    """Read what `to_bytes` wrote; raises StateUnusable."""
    end = LENGTH + int.from_bytes(data[:LENGTH])
    try:
        head = decode(data[LENGTH:end], limit=MAX_HEAD)
        if head["format"] != FORMAT or head["version"] != VERSION:
            raise StateUnusable
        return _read(head, data[end:])
    except (NotCanonical, ValueError, KeyError, TypeError):
        raise StateUnusable from None


def forget(state: State) -> Ended:
    """Give a round up, or close it: what stays is that it was.

    Call it when a round is void, when an agreement ends, and when the last pair of a finished round is closed.
    """
    return Ended(state.plan, state.role)


def _handles(handles: Mapping[bytes, str]) -> dict[str, Any]:
    return {"handles": [handle.hex() for handle in handles], "cases": list(handles.values())}


def _read_handles(head: Mapping[str, Any]) -> dict[bytes, str]:
    return dict(zip((_octets(handle, HANDLE) for handle in head["handles"]), head["cases"], strict=True))


def _octets(text: str, size: int) -> bytes:
    data = bytes.fromhex(text)
    if len(data) != size:
        raise ValueError("length")
    return data


def _read(head: Mapping[str, Any], tail: bytes) -> State:
    plan, role = Plan(**head["plan"]), Role(head["role"])
    match head["stage"]:
        case "Prepared":
            return Prepared(plan, role, _read_list(head, tail), _octets(head["seed"], SEED))
        case "Blinded":
            return Blinded(
                plan, role, _octets(head["scalar"], SCALAR), _octets(head["list_hash"], 32), _read_handles(head)
            )
        case "Raised":
            own, partner = (_octets(head[name], 32) for name in ("list_hash", "partner_hash"))
            return Raised(plan, role, own, partner, _read_handles(head))
        case "Finished":
            return Finished(plan, role, tuple(Pair.of(value) for value in head["pairs"]))
        case "Ended":
            return Ended(plan, role)
    raise StateUnusable


def _read_list(head: Mapping[str, Any], tail: bytes) -> CaseList:
    rows, cases = fields.number(head, "rows", least=0, most=2**31), tuple(head["cases"])
    sizes = np.cumsum([4 * rows, rows, TOKEN * rows, 4 * len(cases)]).tolist()
    if len(tail) != sizes[-1]:
        raise StateUnusable
    return CaseList(
        cases=cases,
        case=np.frombuffer(tail[: sizes[0]], "<i4"),
        rule=np.frombuffer(tail[sizes[0] : sizes[1]], np.uint8),
        token=np.frombuffer(tail[sizes[1] : sizes[2]], np.uint8).reshape(rows, TOKEN),
        presence=np.frombuffer(tail[sizes[2] :], "<u4"),
    )
