"""Letters between two societies about pairs that a round has found: opened, judged, withdrawn.

Of a case a letter names nothing but the handles that both sides have from the hub.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from rfl.exchange.rounds import fields
from rfl.exchange.rounds.canonical import NotCanonical, decode, encode
from rfl.exchange.rounds.refusals import Malformed

KIND = "judgements"
MOST_BYTES = 8 * 1024 * 1024  # 20,000 cases with two lines each
HANDLE = re.compile(r"[0-9a-f]{32}")
TAG = re.compile(r"[0-9a-f]{64}|")
FOUND, JUDGED, OPEN, SAME, DIFFERENT, UNSURE, WITHDRAWN = (
    "found",
    "judged",
    "open",
    "same",
    "different",
    "unsure",
    "withdrawn",
)
ACTS = re.compile(f"{FOUND}|{JUDGED}|{OPEN}|{SAME}|{DIFFERENT}|{UNSURE}|{WITHDRAWN}")
LINE_FIELDS = frozenset({"mine", "yours", "act", "tag"})


@dataclass(frozen=True)
class Line:
    """One thing to tell: `mine` is the handle of the writer's case, `yours` that of the reader's.

    FOUND says that the pair has arrived. JUDGED does too, and its `tag` proves that the writer's case was judged
    different from a case of the reader before; only a reader who holds the same judgement can recognise it.
    """

    mine: str
    yours: str
    act: str
    tag: str = ""


def write(lines: Iterable[Line]) -> bytes:
    """Return the body of a letter."""
    return encode({"lines": [{"mine": one.mine, "yours": one.yours, "act": one.act, "tag": one.tag} for one in lines]})


def read(body: bytes) -> list[Line]:
    """Return the lines of a letter; raises Malformed."""
    try:
        value = decode(body, limit=MOST_BYTES)
        fields.only(value, frozenset({"lines"}))
        return [_line(one) for one in value["lines"]]
    except (NotCanonical, ValueError, TypeError):
        raise Malformed from None


def token_of(mine: str, yours: str) -> str:
    """Return what both sides remember of a pair that was judged different: the same from either handle."""
    return sha256(b"rfl not the same 1\0" + "".join(sorted((mine, yours))).encode()).hexdigest()


def tag_of(token: str, mine: str, yours: str) -> str:
    """Return what shows a remembered judgement to whoever remembers it too, for one new pair, and nothing to others."""
    return sha256(f"rfl judged before 1\0{token}".encode() + "".join(sorted((mine, yours))).encode()).hexdigest()


def _line(value: Mapping[str, object]) -> Line:
    if not isinstance(value, dict):
        raise ValueError("a line")  # noqa: TRY004 - a wrong kind in a foreign text is a wrong value
    fields.only(value, LINE_FIELDS)
    return Line(
        fields.text(value, "mine", HANDLE),
        fields.text(value, "yours", HANDLE),
        fields.text(value, "act", ACTS),
        fields.text(value, "tag", TAG),
    )
