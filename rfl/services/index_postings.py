"""The index in the database: entries and postings written together, candidates read rarest key first."""

import json
import secrets
from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.orm import Session

from rfl.models.index import MatchKey, MatchProfile
from rfl.services.index_entries import SLOTS_PER_QUERY, Entry, open_entry, seal_entry
from rfl.services.index_figures import BUDGET, Figures

CANDIDATES = 300
SLOT_BITS = 31  # what both databases store in four bytes; random, so that it is tied to no case row
_QUERY = {
    "sqlite": "json_each(:keys) q CROSS JOIN match_key k ON k.hash = (q.value ->> 0)",
    "postgresql": "unnest(CAST(:hashes AS bigint[]), CAST(:weights AS float8[])) q(hash, weight) "
    "JOIN match_key k ON k.hash = q.hash",
}
_WEIGHT = {"sqlite": "q.value ->> 1", "postgresql": "q.weight"}
# The best slots are chosen first; only their entries are read.
CANDIDATES_OF = {
    dialect: text(
        f"SELECT p.slot, p.sealed FROM (SELECT k.slot AS slot, SUM({_WEIGHT[dialect]}) AS weight FROM {source} "  # noqa: S608 - constants
        "GROUP BY k.slot ORDER BY weight DESC, k.slot LIMIT :limit) best "
        "JOIN match_profile p ON p.slot = best.slot ORDER BY best.weight DESC, best.slot"
    )
    for dialect, source in _QUERY.items()
}


class Postings:
    """Entries to be written at once, for one person or for a slice of an import."""

    def __init__(self, figures: Figures) -> None:
        """Collect; single names too common to keep (`figures.dropped`) are left out."""
        self._dropped = figures.dropped
        self._new: list[dict[str, object]] = []
        self._changed: list[dict[str, object]] = []
        self._gone: list[int] = []
        self._keys: list[dict[str, int]] = []
        self._old_keys: list[dict[str, int]] = []

    def put(self, slot: int, entry: Entry, old: Entry | None) -> None:
        """Place `entry` at `slot`, where `old` stands now."""
        before = set(old.hashes) if old else set()
        after = set(entry.hashes)
        self._keys += [{"hash": one, "slot": slot} for one in sorted(after - before - self._dropped)]
        self._old_keys += [{"at_hash": one, "at_slot": slot} for one in sorted(before - after)]
        sealed = seal_entry(slot, entry)
        if old is None:
            self._new.append({"slot": slot, "sealed": sealed})
        else:
            self._changed.append({"at_slot": slot, "sealed": sealed})

    def remove(self, slot: int, old: Entry) -> None:
        """Take the entry out of the index."""
        self._gone.append(slot)
        self._old_keys += [{"at_hash": one, "at_slot": slot} for one in sorted(set(old.hashes))]

    def write(self, session: Session) -> None:
        """Write everything; deletes go by exact primary key, since no index tells the keys of a slot."""
        here = MatchKey.hash == bindparam("at_hash"), MatchKey.slot == bindparam("at_slot")
        connection = session.connection()
        if self._old_keys:
            connection.execute(delete(MatchKey).where(*here), self._old_keys)
        if self._gone:
            connection.execute(delete(MatchProfile).where(MatchProfile.slot.in_(self._gone)))
        if self._changed:
            same_slot = MatchProfile.slot == bindparam("at_slot")
            connection.execute(update(MatchProfile).where(same_slot), self._changed)
        if self._new:
            connection.execute(insert(MatchProfile), self._new)
        if self._keys:
            connection.execute(insert(MatchKey), self._keys)


def free_slots(session: Session, count: int) -> list[int]:
    """Return `count` different random slots that nobody has."""
    found: set[int] = set()
    while len(found) < count:
        drawn = {secrets.randbits(SLOT_BITS) for _ in range(min(count - len(found), SLOTS_PER_QUERY))}
        found |= drawn - set(session.scalars(select(MatchProfile.slot).where(MatchProfile.slot.in_(drawn))))
    return list(found)


def entry_at(session: Session, slot: int) -> Entry | None:
    """Return the entry of a slot, None where there is none; raises KeyMissing, SealBroken, UnreadableEntry."""
    sealed = session.scalar(select(MatchProfile.sealed).where(MatchProfile.slot == slot))
    return None if sealed is None else open_entry(slot, sealed)


def find_entries(
    session: Session,
    hashes: Sequence[int],
    figures: Figures,
    *,
    limit: int = CANDIDATES,
    budget: int = BUDGET,
) -> Sequence[tuple[int, bytes]]:
    """Return (slot, sealed entry) of who shares the most and rarest keys with `hashes`, best first, at most `limit`."""
    chosen = figures.choose(hashes, budget)
    if not chosen:
        return []
    dialect = session.get_bind().dialect.name
    if dialect == "sqlite":
        query: dict[str, object] = {"keys": json.dumps(chosen, separators=(",", ":"))}
    else:
        query = {"hashes": [digest for digest, _ in chosen], "weights": [weight for _, weight in chosen]}
    rows = session.connection().execute(CANDIDATES_OF[dialect], {**query, "limit": limit})
    return [(slot, sealed) for slot, sealed in rows]
