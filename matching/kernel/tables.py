"""What is known of spellings: learned odds of letters, and tables of names. One set serves the whole process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matching.equivalents import tabled_names
from matching.kernel.name_clusters import NameClusters, load_clusters
from matching.kernel.odds_file import SpellingOdds, load_odds
from matching.scripts import Reading, fold
from matching.tokens import servant_of


@dataclass(frozen=True)
class Tables:
    """Learned odds, and clusters of names or None where a measurement does without them."""

    odds: SpellingOdds
    clusters: NameClusters | None

    def names_of(self, reading: Reading) -> tuple[int, ...]:
        """Return 2 x the number of every name the word is tabled under, +1 where it is a short form; ascending."""
        tabled = tabled_names(reading.folded, fold(servant_of(reading.folded))[1])
        return tabled + self.clusters.names_of(reading) if self.clusters else tabled


@cache
def shipped_tables() -> Tables:
    """Return the tables that ship with the library."""
    return load_tables()


def load_tables(*, odds: Path | None = None, clusters: bool = True) -> Tables:
    """Return tables with other odds or without clusters, to measure what each is worth."""
    return Tables(load_odds(odds), load_clusters() if clusters else None)
