"""What officers' judgements change in the weights: bits per kind and level, and what a sum then promises.

The table of weights stays; a correction lies on top of it and can be taken off again. It fits one engine and one
table only: levels mean something else elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matching import siblings, weights
from matching.levels import KINDS, LEVELS, MOST_LEVELS
from matching.types import Evidence
from matching.version import VERSION

# Levels without weight: what is missing on a side says nothing, and what is merely shown is for the eye.
NEUTRAL = frozenset(("missing", "shown"))
FORMAT = 1
_NOTHING: Mapping[tuple[str, str], float] = MappingProxyType({})


class UnreadableCorrection(ValueError):
    """The text is not a correction that `to_json` wrote."""


class CorrectionOfAnotherEngine(ValueError):
    """The correction was learned for another engine or another table of weights; learn it again."""


def table_digest() -> str:
    """Return a short hash of the table of weights and of what turns their sum into a score."""
    rows = [(row.kind, row.level, row.bits) for row in weights.TABLE]
    numbers = (weights.PRIOR_BITS, weights.TOKEN_LEVELS, weights.NOISE, weights.NAME_KNEE, weights.BEYOND_KNEE)
    rival = ([(row.kind, row.level, row.bits) for row in siblings.TABLE], siblings.PRIOR_BITS)
    return hashlib.blake2b(repr((rows, numbers, rival)).encode(), digest_size=8).hexdigest()


def is_neutral(kind: str, level: str) -> bool:
    """Tell whether a finding is left as it is: missing, merely shown, or of a sibling, which follows from the rest."""
    return level in NEUTRAL or kind == siblings.KIND


def added_by(correction: Correction | None) -> NDArray[np.float64]:
    """Return what a correction adds by number of kind and level; nothing where there is none."""
    return np.zeros((len(KINDS), MOST_LEVELS)) if correction is None else correction.array()


def score_of(total: float, asked: float, correction: Correction | None) -> float:
    """Return the score 0..1 of a sum of bits, of which a list asks for so many more (`weights.size_bits`)."""
    total -= asked
    return weights.probability(total) if correction is None else correction.probability(total)


@dataclass(frozen=True, slots=True)
class Correction:
    """Bits added per (kind, level) of evidence; then score = 1 / (1 + 2^-(slope * (sum + PRIOR_BITS) + offset)).

    `slope` is above 0, so that more bits never mean a lower score; `offset` is in bits.
    """

    bits: Mapping[tuple[str, str], float] = field(default_factory=lambda: _NOTHING)
    slope: float = 1.0
    offset: float = 0.0
    engine: str = VERSION
    table: str = field(default_factory=table_digest)

    def added(self, kind: str, level: str) -> float:
        """Return the bits that one finding gains or loses."""
        return 0.0 if is_neutral(kind, level) else self.bits.get((kind, level), 0.0)

    def array(self) -> NDArray[np.float64]:
        """Return the bits added by number of kind and level."""
        made = np.zeros((len(KINDS), MOST_LEVELS))
        for kind, level in self.bits:
            if level in LEVELS.get(kind, ()):
                made[KINDS.index(kind), LEVELS[kind].index(level)] = self.added(kind, level)
        return made

    def probability(self, total: float) -> float:
        """Return the score 0..1 of a sum of corrected bits."""
        shifted = self.slope * (total + weights.PRIOR_BITS) + self.offset
        return 1.0 / (1.0 + math.exp2(-max(-60.0, min(60.0, shifted))))

    def sum_of(self, score: float) -> float:
        """Return the sum of corrected bits that has this score; minus infinity for 0, infinity for 1."""
        if score <= 0.0:
            return -math.inf
        return (
            math.inf
            if score >= 1.0
            else (math.log2(score / (1.0 - score)) - self.offset) / self.slope - weights.PRIOR_BITS
        )

    def put_on(self, evidence: Iterable[Evidence], *, persons: int = 0) -> tuple[Evidence, ...]:
        """Return findings with the bits of the table as a comparison with this correction gives them.

        `persons` are those of `matching.compare`.
        """
        return self._shift(evidence, 1.0, persons)

    def take_off(self, evidence: Iterable[Evidence], *, persons: int = 0) -> tuple[Evidence, ...]:
        """Return corrected findings with the bits that the table alone gives them, among so many `persons`."""
        return self._shift(evidence, -1.0, persons)

    def _shift(self, evidence: Iterable[Evidence], sign: float, persons: int) -> tuple[Evidence, ...]:
        """Move what is found by `sign` x the bits added, and weigh the sum against a sibling again."""
        moved = [replace(item, weight=item.weight + sign * self.added(item.kind, item.level)) for item in evidence]
        others = [item for item in moved if item.kind != siblings.KIND]
        total = sum(item.weight for item in others) + weights.PRIOR_BITS - weights.size_bits(persons)
        level, bits = siblings.rival(total, {item.kind: item.level for item in others})
        return tuple(replace(item, level=level, weight=bits) if item.kind == siblings.KIND else item for item in moved)

    def check(self) -> None:
        """Raise CorrectionOfAnotherEngine unless it was learned for the running engine and its table."""
        if (self.engine, self.table) != (VERSION, table_digest()):
            raise CorrectionOfAnotherEngine(f"learned for engine {self.engine}, this is {VERSION}")

    def to_json(self) -> str:
        """Return JSON text, the same for equal corrections."""
        bits: dict[str, dict[str, float]] = {}
        for (kind, level), value in sorted(self.bits.items()):
            bits.setdefault(kind, {})[level] = value
        plain = {"format": FORMAT, "engine": self.engine, "table": self.table}
        return json.dumps(plain | {"slope": self.slope, "offset": self.offset, "bits": bits}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Correction:
        """Build from `to_json` text; raises UnreadableCorrection, or CorrectionOfAnotherEngine."""
        try:
            found = cls._read(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError) as wrong:
            raise UnreadableCorrection("not a correction") from wrong
        found.check()
        return found

    @classmethod
    def _read(cls, plain: Mapping[str, object]) -> Correction:
        bits = {
            (str(kind), str(level)): float(value)
            for kind, levels in plain["bits"].items()  # type: ignore[attr-defined]  # anything else is refused above
            for level, value in levels.items()
        }
        slope, offset = (float(plain[name]) for name in ("slope", "offset"))  # type: ignore[arg-type]  # the same
        finite = all(map(math.isfinite, (slope, offset, *bits.values())))
        if plain["format"] != FORMAT or not finite or slope <= 0:
            raise ValueError("out of range")
        return cls(MappingProxyType(bits), slope, offset, str(plain["engine"]), str(plain["table"]))
