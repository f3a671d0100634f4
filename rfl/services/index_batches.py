"""Persons brought up to date in the index together: what they need is read at once, and what is new written at once.

The number of statements does not grow with the number of persons, so that lists and requests are indexed alike.
"""

from collections.abc import Sequence

from sqlalchemy import delete

from matching import Key, Profile, keys, profile
from rfl.models.index import MatchDue
from rfl.models.persons import Person
from rfl.services.eligibility import read_grounds, withdraw_proposals
from rfl.services.index_entries import Entry, open_entry, read_sealed
from rfl.services.index_figures import key_hashes, read_figures
from rfl.services.index_postings import Postings, free_slots
from rfl.services.match_marks import mark_due
from rfl.services.match_records import households_of, record_of
from rfl.services.unit import Unit

FIND_KINDS = frozenset({"name", "pair"})  # staff search by name; the other kinds need more than a text


class Batch:
    """Some persons, the others of their requests, and the index as it stands; `write` ends it.

    What was changed before must be flushed, and no query of this class waits for a write of its own: use it within
    `no_autoflush`.
    """

    def __init__(self, unit: Unit, persons: Sequence[Person]) -> None:
        """Read everything about `persons`, some hundreds at most, and the others of their requests."""
        session = unit.session
        self._unit = unit
        self._households = households_of(session, persons)
        everybody = {one.id: one for household in self._households.values() for one in household}
        everybody |= {one.id: one for one in persons}
        self._grounds = read_grounds(session, list(everybody.values()))
        self._slots: dict[str, int | None] = {one.id: one.slot for one in everybody.values()}
        self._sealed = dict(read_sealed(session, [slot for slot in self._slots.values() if slot is not None]))
        self._free = free_slots(session, sum(self._slots[one.id] is None for one in persons))
        self._postings = Postings(read_figures(session))
        self._marked: list[str] = []
        self._unmarked: list[str] = []

    def family_of(self, person: Person) -> list[Person]:
        """Return the other persons of the same request, as `match_records.family_of` does."""
        household = self._households.get(person.request_id or "", [])
        return [one for one in household if one.id != person.id]

    def index(self, person: Person, family: Sequence[Person], *, only_if_changed: bool = False) -> None:
        """Bring one person's entry, mark and taking part up to date; raises KeyMissing."""
        self._set_searching(person)
        slot = self._slots[person.id]
        old = self._entry_at(slot)
        entry = make_entry(person, profile(record_of(person, family)))
        if only_if_changed and entry == old:
            return
        if slot is None:
            slot = person.slot = self._slots[person.id] = self._free.pop()
        self._postings.put(slot, entry, old)
        self._mark(person)

    def forget(self, person: Person) -> None:
        """Take the entry and the mark of a person away."""
        slot = self._slots[person.id]
        old = self._entry_at(slot)
        if slot is not None and old is not None:
            self._postings.remove(slot, old)
        person.searching, person.slot = False, None
        self._mark(person)

    def write(self) -> None:
        """Write entries, postings and marks."""
        self._postings.write(self._unit.session)
        self._write_marks()

    def _entry_at(self, slot: int | None) -> Entry | None:
        return open_entry(slot, self._sealed[slot]) if slot is not None and slot in self._sealed else None

    def _set_searching(self, person: Person) -> None:
        searching = self._grounds.allow(person)
        stopped = person.searching and not searching
        person.searching = searching
        if stopped:
            # Written before the proposals are read: a matching under way then waits, or sees that it stopped.
            self._unit.session.flush()
            withdraw_proposals(self._unit, person.id)

    def _mark(self, person: Person) -> None:
        (self._marked if person.searching else self._unmarked).append(person.id)

    def _write_marks(self) -> None:
        session, at = self._unit.session, self._unit.at
        if self._unmarked:
            session.execute(delete(MatchDue).where(MatchDue.person_id.in_(self._unmarked)))
        mark_due(session, self._marked, at)


def make_entry(person: Person, described: Profile) -> Entry:
    """Return the entry of a person in its present state."""
    found = keys(described)
    sides = [(f"find/{person.society_id}", [key for key in found if key.kind in FIND_KINDS])]
    if person.searching:
        sides.append((person.kind, list(found)))
    singles = _hashes(sides, single=True)
    return Entry(
        person_id=person.id,
        society_id=person.society_id,
        role=person.kind,
        searching=person.searching,
        hashes=(*singles, *_hashes(sides, single=False)),
        singles=len(singles),
        packed=described.pack(),
    )


def single_hashes(person: Person, described: Profile) -> set[int]:
    """Return the hashes of the keys of one name token, under which `make_entry` places a person."""
    singles = [key for key in keys(described) if key.single]
    sides = [f"find/{person.society_id}", *([person.kind] if person.searching else [])]
    return {one for side in sides for one in key_hashes(side, singles)}


def _hashes(sides: Sequence[tuple[str, Sequence[Key]]], *, single: bool) -> list[int]:
    return [one for side, some in sides for one in key_hashes(side, [key for key in some if key.single == single])]
