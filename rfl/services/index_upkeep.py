"""Keeping the match index in shape: common single names leave it, and the counts of common keys are taken anew.

Queries stay right without it; they grow slower, and a stolen index says more about the commonest names.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from rfl.domain.ids import new_id
from rfl.models.index import MatchCommon, MatchKey, MatchProfile, MatchState
from rfl.models.persons import Person
from rfl.security.keys import KeyMissing
from rfl.services.index_entries import Entry, open_entry
from rfl.services.index_figures import COMMON_FROM, PERSONS, VERSION, Figures, read_figures
from rfl.services.index_postings import entry_at
from rfl.services.matching_index import index_persons
from rfl.services.unit import SYSTEM, Chore, Look, Unit

# A key of one name that more persons bear is not kept: measured recall is the same, and the 50 commonest names
# cannot be guessed from the lengths of their lists.
MOST_SINGLE = 200
BATCH = 2_000  # entries opened between two queries of a recount
REBUILT = 200  # persons in one transaction of a rebuild: others wait for it a second at most on SQLite
GROWTH = 1.2  # the index is counted anew when it has grown by a fifth since
OLDEST_COUNT = timedelta(hours=24)
COUNTED_AT, ENTRIES = "counted_at", "entries"


@dataclass(slots=True)
class _Census:
    """What a recount finds: persons taking part by role, bearers of each single key, entries read."""

    persons: Counter[str] = field(default_factory=Counter)
    singles: Counter[int] = field(default_factory=Counter)
    entries: int = 0

    def add(self, entry: Entry) -> None:
        self.entries += 1
        if entry.searching:
            self.persons[entry.role] += 1
        self.singles.update(set(entry.hashes[: entry.singles]))


def drop_common_names(person_ids: Sequence[str]) -> int:
    """Take the single-name keys of these persons out of the index where too many bear them; returns how many.

    Apart from the save, so that it holds no lock there.
    """
    if not person_ids:
        return 0
    with Look(SYSTEM) as look:
        common = find_common(look.session, _singles_of(look.session, person_ids), read_figures(look.session))
    drop_names(common)
    return len(common)


def drop_names(common: Sequence[int]) -> None:
    """Take these single-name keys (`find_common`) out of the index."""
    if common:
        with Chore(SYSTEM) as chore:
            _drop(chore.session, common)


def _singles_of(session: Session, person_ids: Sequence[str]) -> set[int]:
    singles: set[int] = set()
    for person in session.scalars(select(Person).where(Person.id.in_(person_ids))):
        try:
            entry = entry_at(session, person.slot) if person.slot is not None else None
        except KeyMissing:
            continue
        if entry is not None:
            singles.update(entry.hashes[: entry.singles])
    return singles


def find_common(session: Session, singles: Collection[int], figures: Figures) -> list[int]:
    """Return those single-name keys that have more than MOST_SINGLE postings and are not dropped yet."""
    hashes, count = sorted(set(singles) - figures.dropped), func.count()
    found = select(MatchKey.hash).where(MatchKey.hash.in_(hashes)).group_by(MatchKey.hash).having(count > MOST_SINGLE)
    return list(session.scalars(found)) if hashes else []


def _drop(session: Session, hashes: Iterable[int]) -> None:
    for digest in sorted(hashes):
        session.execute(delete(MatchKey).where(MatchKey.hash == digest))
        _put(session, MatchCommon, "hash", {"hash": digest, "n": MOST_SINGLE + 1, "dropped": True})
    _put(session, MatchState, "name", {"name": VERSION, "value": new_id()})


def _put(session: Session, table: type[MatchCommon | MatchState], key: str, values: dict[str, object]) -> None:
    upsert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = upsert(table).values(values)
    session.execute(statement.on_conflict_do_update(index_elements=[key], set_=values))


def recount() -> int:
    """Count the whole index anew and return the number of entries; entries without a key are left out.

    Reads without a lock; the figures are those of about now.
    """
    with Look(SYSTEM) as look:
        census = _take_census(look.session)
        dropped = read_figures(look.session).dropped
        common = {digest: count for digest, count in _common_keys(look.session) if digest not in dropped}
    too_common = {one for one, count in census.singles.items() if count > MOST_SINGLE} - dropped
    with Chore(SYSTEM) as chore:
        _drop(chore.session, too_common)
        _write_counts(chore.session, census, common, dropped | too_common)
        _put(chore.session, MatchState, "name", {"name": COUNTED_AT, "value": chore.at.isoformat()})
    return census.entries


def _take_census(session: Session) -> _Census:
    census = _Census()
    for slot, sealed in _all_entries(session):
        try:
            census.add(open_entry(slot, sealed))
        except KeyMissing:
            continue
    return census


def _all_entries(session: Session) -> Iterator[tuple[int, bytes]]:
    after = -1
    while True:
        batch = select(MatchProfile.slot, MatchProfile.sealed).where(MatchProfile.slot > after)
        rows = session.execute(batch.order_by(MatchProfile.slot).limit(BATCH)).all()
        yield from ((slot, sealed) for slot, sealed in rows)
        if len(rows) < BATCH:
            return
        after = rows[-1].slot


def _common_keys(session: Session) -> Iterator[tuple[int, int]]:
    count = func.count()
    rows = session.execute(select(MatchKey.hash, count).group_by(MatchKey.hash).having(count >= COMMON_FROM))
    yield from ((digest, postings) for digest, postings in rows)


def _write_counts(session: Session, census: _Census, common: dict[int, int], dropped: Iterable[int]) -> None:
    # A process that had not yet heard of a dropped key may have written a posting after it.
    gone = set(dropped)
    rows = [{"hash": one, "n": count, "dropped": False} for one, count in common.items() if one not in gone]
    rows += [{"hash": one, "n": max(census.singles[one], 1), "dropped": True} for one in gone]
    for digest in sorted(gone):
        session.execute(delete(MatchKey).where(MatchKey.hash == digest))
    session.execute(delete(MatchCommon))
    if rows:
        session.execute(insert(MatchCommon), sorted(rows, key=lambda row: row["hash"]))
    states = {f"{PERSONS}{role}": str(count) for role, count in census.persons.items()}
    for name, value in {**states, ENTRIES: str(census.entries), VERSION: new_id()}.items():
        _put(session, MatchState, "name", {"name": name, "value": value})


def recount_if_stale() -> bool:
    """Count anew when a day has passed or the index has grown by a fifth; returns whether it did."""
    with Look(SYSTEM) as look:
        states = {row.name: row.value for row in look.session.scalars(select(MatchState))}
        entries = look.session.scalar(select(func.count()).select_from(MatchProfile)) or 0
        day_ago = (look.at - OLDEST_COUNT).isoformat()
    if states.get(COUNTED_AT, "") > day_ago and entries <= int(states.get(ENTRIES, 0)) * GROWTH + COMMON_FROM:
        return False
    recount()
    return True


def rebuild() -> int:
    """Empty the index and build it again from the records; returns how many persons are in it.

    For a new version of keys or entries, or a new index key. Until it has ended matches are missed; every person
    who takes part is marked, so that the worker proposes them afterwards. Interrupted, it is simply run again.
    """
    with Chore(SYSTEM) as chore:
        for table in (MatchKey, MatchProfile, MatchCommon, MatchState):
            chore.session.execute(delete(table))
    built, after = 0, ""
    while ids := _next_persons(after):
        with Chore(SYSTEM) as chore:
            index_persons(chore, chore.session.scalars(select(Person).where(Person.id.in_(ids))).all())
            chore.session.flush()
        built, after = built + len(ids), ids[-1]
    recount()
    return built


def _next_persons(after: str) -> Sequence[str]:
    with Look(SYSTEM) as look:
        return look.session.scalars(select(Person.id).where(Person.id > after).order_by(Person.id).limit(REBUILT)).all()


def lapse_expired(limit: int = 200) -> int:
    """End the matching of registered persons whose time of keeping is over; returns how many."""
    with Look(SYSTEM) as look:
        expired = select(Person.id).where(Person.searching, Person.expires_on < look.at.date()).limit(limit)
        ids = look.session.scalars(expired).all()
    if not ids:
        return 0
    with Unit(SYSTEM) as unit:
        index_persons(unit, unit.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)).all())
        unit.record("matching:lapsed", "", persons=len(ids))
    return len(ids)
