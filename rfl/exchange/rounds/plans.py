"""What all three sides of a round must hold to be the same: its number, its sizes and its limits."""

from dataclasses import dataclass
from hashlib import sha256

from rfl.exchange.rounds import headers
from rfl.exchange.rounds.agreement import Role
from rfl.exchange.rounds.headers import MAX_HEAD
from rfl.exchange.rounds.package import filled_length

# Lists grow in steps of so many cases: whoever sees a list learns in which thousand its length is.
STEP = 1_000
POINT = 32  # bytes of one blinded value
MAX_PLACES = 64  # more tokens a case find hardly more, and cost the same each
MAX_REPEATS = 4  # 8 bytes for each to the hub: no more than the 32 of a point
MAX_RULES = 32  # presence is one bit for each rule class in 32 bits


@dataclass(frozen=True)
class Plan:
    """The terms of one round, from the agreement and the profile. Raises ValueError when no round can have them."""

    round: str  # 16 random bytes, hex
    places: int  # values a case, padding included
    cap: int  # most cases of a side, before padding
    minimum: int  # fewest cases of a side, before padding
    repeats: int = 1  # in how many places one value may stand in a list

    def __post_init__(self) -> None:
        if not headers.ROUND.fullmatch(self.round) or not 1 <= self.places <= MAX_PLACES:
            raise ValueError("round or places")
        if not 1 <= self.minimum <= self.cap or not 1 <= self.repeats <= MAX_REPEATS:
            raise ValueError("limits")

    def largest(self) -> int:
        """Cases of the longest list, padding included."""
        return padded(self.cap)

    def largest_package(self) -> int:
        """Bytes of the longest package that a round can need: the limit to open its packages with."""
        content = self.largest() * self.places * POINT + 4 * MAX_HEAD
        return filled_length(content) + 4 * MAX_HEAD  # heads, signature, key of the seal: well below 8 kB

    def commitment(self, grouping: bytes) -> bytes:
        """What is promised of a grouping before it is shown: 32 bytes."""
        return sha256(b"rfl grouping 1\0" + bytes.fromhex(self.round) + grouping).digest()


def padded(cases: int) -> int:
    """So many cases with padding, up to the next full step."""
    return -(-cases // STEP) * STEP


def other(role: Role) -> Role:
    """The other society."""
    return Role.SECOND if role is Role.FIRST else Role.FIRST
