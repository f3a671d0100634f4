"""One entry of the match index: whose it is, under which keys it stands, what is compared; sealed and padded.

The size of a sealed entry tells at most a class of PADDING bytes, so that long names do not stand out.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import ROLES
from rfl.domain.errors import RuleBroken
from rfl.domain.text import N_
from rfl.models.index import MatchProfile
from rfl.models.sealed import keyring
from rfl.security.keys import KeyMissing

ENTRY_FORMAT = 1
# Entries measured on invented persons lie between 700 and 2,200 bytes: a class holds a mixture of them.
PADDING = 512
_HEADER = struct.Struct(">B16s16sB?HHI")
SLOTS_PER_QUERY = 500  # below the 999 bound values that old builds of SQLite take


class UnreadableEntry(RuleBroken):
    """An entry of the index was written in another format."""

    message = N_("The match index was written by another version. Run: flask rfl matching rebuild")
    status = 503


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands behind a slot; the first `singles` of `hashes` are keys of one name token."""

    person_id: str
    society_id: str
    role: str
    searching: bool
    hashes: tuple[int, ...]
    singles: int
    packed: bytes


def seal_entry(slot: int, entry: Entry) -> bytes:
    """Return the entry encrypted for its society and bound to its slot."""
    header = _HEADER.pack(
        ENTRY_FORMAT,
        entry.person_id.encode(),
        entry.society_id.encode(),
        ROLES.index(entry.role),
        entry.searching,
        len(entry.hashes),
        entry.singles,
        len(entry.packed),
    )
    plain = header + struct.pack(f">{len(entry.hashes)}q", *entry.hashes) + entry.packed
    padded = plain + bytes(-len(plain) % PADDING)
    return keyring().seal(entry.society_id, padded, bound_to=_place(slot))


def open_entry(slot: int, sealed: bytes) -> Entry:
    """Return the entry of `slot`; raises KeyMissing, SealBroken or UnreadableEntry."""
    plain = keyring().open(sealed, bound_to=_place(slot))
    if plain[0] != ENTRY_FORMAT:
        raise UnreadableEntry
    _, person, society, role, searching, count, singles, length = _HEADER.unpack_from(plain)
    start = _HEADER.size + 8 * count
    return Entry(
        person_id=person.rstrip(b"\0").decode(),
        society_id=society.rstrip(b"\0").decode(),
        role=ROLES[role],
        searching=searching,
        hashes=struct.unpack_from(f">{count}q", plain, _HEADER.size),
        singles=singles,
        packed=plain[start : start + length],
    )


def open_profiles(entries: Iterable[tuple[int, bytes]]) -> Iterator[tuple[str, str, bytes]]:
    """Yield (person id, society id, packed profile) of (slot, sealed entry) pairs, without the keys they stand under.

    Entries of a society whose key is missing are left out: others are not affected by one lost key. Raises SealBroken
    or UnreadableEntry.
    """
    open_sealed = keyring().open
    for slot, sealed in entries:
        try:
            plain = open_sealed(sealed, bound_to=_place(slot))
        except KeyMissing:
            continue
        if plain[0] != ENTRY_FORMAT:
            raise UnreadableEntry
        _, person, society, _, _, count, _, length = _HEADER.unpack_from(plain)
        start = _HEADER.size + 8 * count
        yield person.rstrip(b"\0").decode(), society.rstrip(b"\0").decode(), plain[start : start + length]


def read_sealed(session: Session, slots: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Yield (slot, sealed entry) of those slots that exist, in the order of `slots`."""
    for start in range(0, len(slots), SLOTS_PER_QUERY):
        part = slots[start : start + SLOTS_PER_QUERY]
        query = select(MatchProfile.slot, MatchProfile.sealed).where(MatchProfile.slot.in_(part))
        found = dict(session.execute(query).all())
        yield from ((slot, found[slot]) for slot in part if slot in found)


def _place(slot: int) -> str:
    return f"match_profile/{slot}"
