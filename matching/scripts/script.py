"""What a script's file gives: how its letters fold, sound and are spelled in a-z."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_SPELLED = str.maketrans(
    {"S": "sh", "C": "ch", "Z": "zh", "c": "ts", "x": "kh", "G": "gh", "T": "th", "D": "dh", "'": ""}
)


class Letters(dict[int, str]):
    """A table for `str.translate` that drops every letter it does not know."""

    def __init__(self, sounds: dict[str, str]) -> None:
        super().__init__((ord(letter), sound) for letter, sound in sounds.items())

    def __missing__(self, letter: int) -> None:
        return None


def pairs(text: str) -> dict[str, str]:
    """Return letter -> sound of a text such as `k:k kh:x`."""
    return dict(item.split(":") for item in text.split())


def spell(sounds: str) -> str:
    """Return a reading written in a-z, as an English passport office would."""
    return sounds.translate(_SPELLED)


@dataclass(frozen=True, slots=True)
class Script:
    """One script: ISO 15924 code, the first words of its Unicode letter names, and its three tables.

    `fold` gives the own-script form in which spellings meet, `sounds` its readings (plainest first), and
    `latin` its spellings in a-z where they differ from the spelled sounds. `abjad`: short vowels are not written;
    `syllabic`: one character may be a whole name; `exact`: a name is written in one way.
    """

    code: str
    names: tuple[str, ...]
    fold: Callable[[str], str]
    sounds: Callable[[str], tuple[str, ...]]
    latin: Callable[[str], tuple[str, ...]] | None = None
    abjad: bool = False
    syllabic: bool = False
    exact: bool = False

    def spellings(self, folded: str, spoken: tuple[str, ...]) -> tuple[str, ...]:
        """Return the spellings in a-z of a folded word that sounds `spoken`, plainest first."""
        return tuple(map(spell, spoken)) if self.latin is None else self.latin(folded)
