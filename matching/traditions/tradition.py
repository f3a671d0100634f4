"""What a tradition's file gives: which words of a written name are no names, and which words belong together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def table(text: str) -> dict[str, str]:
    """Return spelling -> joined form of lines such as `abd: abdul abdel abdur`."""
    rows = (line.split(":") for line in text.splitlines() if ":" in line)
    return {spelling: joined.strip() for joined, spellings in rows for spelling in (joined.strip(), *spellings.split())}


def spellings(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Tradition:
    """The customs of one family of naming traditions; every word is in lower case, in any script.

    `titles` and `particles` are left out: those of `first` only behind another word (Ben Ali, Ahmed ben Ali), and
    at the end only those of `last` (Sumon Das; Ali Vali oglu). `articles` are left out before what they belong to.
    `generic` words are kept but tell little about who somebody is. A `starts` word is joined with the word after
    it, an `ends` word with the one before it; `builds` joins the two only when both are in its pair of tables. A
    `halves` pair is taken apart where it is written as one word.
    """

    name: str
    titles: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    starts: Mapping[str, str] = field(default_factory=dict)
    ends: Mapping[str, str] = field(default_factory=dict)
    builds: tuple[tuple[Mapping[str, str], Mapping[str, str]], ...] = ()
    halves: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
