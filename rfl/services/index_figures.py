"""How common each key is: what a query may spend, which single words are not kept, how rare a name or a place is.

Counts are those of the last `recount`; a key that is not listed had fewer than COMMON_FROM postings then.
"""

import math
from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from matching import ROLES, Key, Rarity, default_place_rarity, default_rarity
from rfl.models.index import MatchCommon, MatchState
from rfl.models.sealed import keyring

# Keys with fewer postings are not counted: at a million persons the list then has 12,000 rows (measured).
COMMON_FROM = 100
# Assumed postings of a key that is not in the list; a query of 120 keys stays within the budget.
UNCOUNTED = 20
# Postings read for one query: twice as many found no more in measurements, half as many 1 point less.
BUDGET = 3_000
# The table of common names that comes with the program counts as much as so many persons of our own files.
PRIOR_PERSONS = 2_000
LEAST_PERSONS = 1_000  # for weights, while the index is nearly empty
VERSION = "version"
PERSONS = "persons:"  # + role: how many of them take part in matching


def key_hash(side: str, kind: str, value: str) -> int:
    """Return the keyed hash of one key; sides are namespaces that never meet each other."""
    return keyring().index_hash(f"{side}\x1f{kind}\x1f{value}")


def key_hashes(side: str, keys: Iterable[Key]) -> list[int]:
    """Return the keyed hashes of some keys in one namespace."""
    hash_of = keyring().index_hash
    return [hash_of(f"{side}\x1f{key.kind}\x1f{key.value}") for key in keys]


class Figures:
    """The counts of one state of the index; also the shares (0..1) of names and places that comparison asks for."""

    def __init__(self, version: str, rows: Iterable[tuple[int, int, bool]], persons: dict[str, int]) -> None:
        """Take (hash, postings, dropped) rows and the number of persons by role."""
        self.version = version
        self.counts: dict[int, int] = {}
        dropped: set[int] = set()
        for digest, count, is_dropped in rows:
            self.counts[digest] = count
            if is_dropped:
                dropped.add(digest)
        self.dropped = frozenset(dropped)
        self.persons = persons
        self.total = sum(persons.values())
        self._shares: dict[tuple[str, str], float] = {}

    def choose(self, hashes: Sequence[int], budget: int) -> list[tuple[int, float]]:
        """Return (hash, weight) of the keys to read: rarest first until `budget` postings are spent."""
        counted = sorted((self.counts.get(one, UNCOUNTED), one) for one in set(hashes) - self.dropped)
        chosen: list[tuple[int, float]] = []
        spent = 0
        for count, digest in counted:
            spent += count
            if spent > budget and chosen:
                break
            chosen.append((digest, math.log(max(self.total, LEAST_PERSONS, 2 * count) / count)))
        return chosen

    def share(self, value: str) -> float:
        """Return the share of persons (0..1) whose name has this `name` key value."""
        return self._share("name", value, default_rarity)

    def place_share(self, value: str) -> float:
        """Return the share of persons (0..1) who have this `where` key value among their places."""
        return self._share("where", value, default_place_rarity)

    def _share(self, kind: str, value: str, expected: Rarity) -> float:
        known = self._shares.get((kind, value))
        if known is None:
            known = self._shares[kind, value] = self._count_share(kind, value, expected(value))
        return known

    def _count_share(self, kind: str, value: str, expected: float) -> float:
        counts = [self.counts.get(key_hash(side, kind, value)) for side in ROLES]
        seen = sum(count for count in counts if count)
        most = seen or COMMON_FROM - 1
        measured = (most + PRIOR_PERSONS * expected) / (self.total + PRIOR_PERSONS)
        return measured if seen else min(expected, measured)


_VERSION_NOW = select(MatchState.value).where(MatchState.name == VERSION)
_cache: WeakKeyDictionary[Engine, Figures] = WeakKeyDictionary()


def read_figures(session: Session) -> Figures:
    """Return the figures in force; read again only when a recount or a dropped key changed them."""
    engine = session.get_bind().engine
    version = session.connection().scalar(_VERSION_NOW) or ""
    cached = _cache.get(engine)
    if cached is not None and cached.version == version:
        return cached
    states = session.execute(select(MatchState.name, MatchState.value)).all()
    persons = {name.removeprefix(PERSONS): int(value) for name, value in states if name.startswith(PERSONS)}
    rows = session.execute(select(MatchCommon.hash, MatchCommon.n, MatchCommon.dropped))
    _cache[engine] = Figures(version, rows, persons)
    return _cache[engine]
