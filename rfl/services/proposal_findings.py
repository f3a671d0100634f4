"""What scoring found, and what writing it down changed: plain values between the two."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, slots=True)
class Scored:
    """One pair as scored: the other person, score 0..1, digest of the evidence, whether it is worth proposing."""

    other_id: str
    score: float
    digest: str
    worth: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """All pairs of one person, the token of the mark they answer (None: no mark), and the engine that scored.

    `singles` are the hashes of the person's keys of one name, for whoever looks after names that grow too common.
    """

    person_id: str
    token: str | None
    scored: tuple[Scored, ...]
    engine: str
    singles: Collection[int] = ()


@dataclass(slots=True)
class Counts:
    """What changed: proposals made, refreshed, opened again, withdrawn; persons left for later.

    Of the refreshed, `raised` and `lowered` moved notably. `unchanged` undecided ones stayed as they were, and
    `decided` ones were left alone. A pair within one society may be met from both of its sides.
    """

    proposed: int = 0
    refreshed: int = 0
    raised: int = 0
    lowered: int = 0
    unchanged: int = 0
    decided: int = 0
    reopened: int = 0
    withdrawn: int = 0
    postponed: int = 0

    def add(self, other: "Counts") -> None:
        """Add the figures of another slice."""
        for name, count in asdict(other).items():
            setattr(self, name, getattr(self, name) + count)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return what is counted, in the order in which it is read."""
        return tuple(one.name for one in fields(cls))

    def as_dict(self) -> dict[str, int]:
        """Return plain figures, for an audit entry or a run."""
        return asdict(self)
