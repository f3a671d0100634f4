"""Receipts: one side tells another what it took, refused or erased, so that a missing one can be shown as overdue."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from rfl.exchange.rounds import fields
from rfl.exchange.rounds.canonical import NotCanonical, decode, encode
from rfl.exchange.rounds.package import Letter
from rfl.exchange.rounds.refusals import ListMalformed, WrongRound

KIND = "receipt"
MAX_BYTES = 4096
TAKEN = "taken"
ERASED = "erased"
REFUSED = "refused"
GIVEN_UP = "given-up"
MEANING = re.compile(f"{TAKEN}|{ERASED}|{REFUSED}|{GIVEN_UP}")


@dataclass(frozen=True)
class Receipt:
    """`meaning` says what was done with the things of these SHA-256 hashes (hex), in order."""

    meaning: str
    things: tuple[str, ...]

    def letter(self, round_id: str) -> Letter:
        """The letter to send."""
        body = encode({"meaning": self.meaning, "things": sorted(self.things)})
        return Letter(KIND, round_id, len(self.things), body)

    @classmethod
    def of(cls, letter: Letter, round_id: str) -> Self:
        """Read a receipt of that round; raises WrongRound or ListMalformed."""
        if letter.kind != KIND or letter.round != round_id:
            raise WrongRound
        try:
            value = decode(letter.body, limit=MAX_BYTES)
            fields.only(value, frozenset({"meaning", "things"}))
            things = value["things"]
            if not isinstance(things, list) or len(things) != letter.count or not _hashes(things):
                raise ListMalformed
            return cls(fields.text(value, "meaning", MEANING), tuple(things))
        except (NotCanonical, ValueError):
            raise ListMalformed from None


def erased(things: Iterable[bytes]) -> Receipt:
    """These are gone, by their hashes."""
    return Receipt(ERASED, tuple(sorted(thing.hex() for thing in things)))


def taken(things: Iterable[bytes]) -> Receipt:
    """These have arrived and are stored, by their hashes."""
    return Receipt(TAKEN, tuple(sorted(thing.hex() for thing in things)))


def refused(things: Iterable[bytes]) -> Receipt:
    """These have arrived and have no effect here, by their hashes; what they belong to cannot go on."""
    return Receipt(REFUSED, tuple(sorted(thing.hex() for thing in things)))


def given_up() -> Receipt:
    """The round goes on no more, and what belonged to it is gone."""
    return Receipt(GIVEN_UP, ())


def _hashes(things: list[object]) -> bool:
    return all(isinstance(thing, str) and fields.HEX_256.fullmatch(thing) for thing in things)
