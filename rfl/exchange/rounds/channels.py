"""The chain of packages between two parties under one agreement: what was sent and what was taken last.

Each package names the one before it and the last one its sender has taken from the other side. So a package that comes
twice, too early or from a restored backup is noticed by whoever sees it first.
"""

from dataclasses import dataclass, replace
from typing import Self

from rfl.exchange.rounds.refusals import BrokenChain, EarlierMissing, Replayed, StateBehind

NOTHING = "0" * 64


@dataclass(frozen=True)
class Mark:
    """One package of a chain: its number, counted from 1, and its digest in hex."""

    sequence: int = 0
    digest: str = NOTHING


@dataclass(frozen=True)
class Channel:
    """Both directions between oneself and one partner, under one version of an agreement.

    Stored together with the effect of what was taken, or with the bytes of what was sealed, in one transaction.
    """

    sent: Mark = Mark()
    received: Mark = Mark()

    def after_sending(self, digest: str) -> Self:
        """The channel once the next package, with that digest, is sealed."""
        return replace(self, sent=Mark(self.sent.sequence + 1, digest))

    def after_taking(self, package: Mark, *, previous: str, seen: Mark) -> Self:
        """The channel once `package` is taken.

        `previous` is the digest that the package continues from; `seen` is the last one its sender has taken from here.
        Raises Replayed, EarlierMissing, BrokenChain or StateBehind.
        """
        expected = self.received.sequence + 1
        if package.sequence == self.received.sequence and package.digest != self.received.digest:
            raise BrokenChain
        if package.sequence < expected:
            raise Replayed(sequence=package.sequence)
        if package.sequence > expected:
            raise EarlierMissing(sequence=package.sequence, expected=expected)
        if previous != self.received.digest:
            raise BrokenChain
        if seen.sequence > self.sent.sequence:
            raise StateBehind
        if seen.sequence == self.sent.sequence and seen.digest != self.sent.digest:
            raise BrokenChain
        return replace(self, received=package)
