"""Notes that came with records of other registries: kept as claims, shown beside the person, never merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from rfl.domain import imports as counted
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor, holds
from rfl.domain.text import N_
from rfl.models.imports import PersonSource
from rfl.models.persons import PersonNote
from rfl.services.import_lists import NoteRow
from rfl.services.import_rows import Slice
from rfl.services.registration_reading import fetch_registered
from rfl.services.unit import Look, Unit

NO_PERSON = N_("The note is about a person whose record is neither in this file nor known here.")
LOAD_PERSON = N_("Load the file that holds the person's record first, then this one again.")

# What authors of notes claim, as PFIF 1.4 knows it; none of it changes the record.
STATUSES = {
    "information_sought": N_("Somebody asks for news of this person"),
    "is_note_author": N_("The author says: I am this person"),
    "believed_alive": N_("The author has heard that the person is alive"),
    "believed_missing": N_("The author believes that the person is missing"),
    "believed_dead": N_("The author has heard that the person has died"),
}
_SENSITIVE = frozenset({"believed_dead"})


@dataclass(frozen=True)
class ForeignNote:
    """One note as its author wrote it; `status` is a template of STATUSES or empty, `linked` a foreign record id."""

    at: datetime
    author: str
    status: str
    text: str
    last_place: str
    linked: str
    record_id: str


@dataclass(frozen=True)
class Origin:
    """Where an imported record came from, and what was said about it there."""

    record_id: str
    source_name: str
    author: str
    list_number: str  # of the list with names of another society, if it came with one
    links: tuple[str, ...]
    notes: tuple[ForeignNote, ...]


def store_notes(part: Slice, rows: Sequence[NoteRow]) -> None:
    """Store the notes of one slice; a note that is known is written anew, an expired one removed."""
    session = part.unit.session
    persons = part.find(row.person_key for row in rows)
    mine = PersonNote.society_id == part.society_id, PersonNote.source_key.in_({row.key for row in rows})
    known = {note.source_key: note for note in session.scalars(select(PersonNote).where(*mine))}
    for row in rows:
        person, _ = persons.get(row.person_key, (None, None))
        if row.content is None:
            session.execute(delete(PersonNote).where(PersonNote.source_key == row.key, mine[0]))
            part.counts[counted.REMOVED if row.key in known else counted.UNCHANGED] += 1
        elif person is None or not person.identity:
            part.refuse(row, NO_PERSON, LOAD_PERSON, "person_record_id")
        elif row.key in known and known[row.key].content == dict(row.content):
            part.counts[counted.UNCHANGED] += 1
        else:
            known[row.key] = _write(part, row, person.id, known.get(row.key))
            part.counts[counted.NOTES] += 1


def _write(part: Slice, row: NoteRow, person_id: str, note: PersonNote | None) -> PersonNote:
    if note is None:
        note = PersonNote(id=new_id(), society_id=part.society_id, source_key=row.key)
        part.unit.session.add(note)
    note.person_id, note.at = person_id, row.at or part.unit.at
    note.content = dict(row.content or {})
    return note


def read_origin(actor: Actor, person_id: str) -> Origin | None:
    """Return where a registered person's record came from; None for one registered here. Raises NotFound."""
    with Look(actor) as look:
        if look.session.get(PersonSource, person_id) is None:
            return None
    with Unit(actor) as unit:
        person = fetch_registered(unit, person_id, "registration.read")
        source = unit.session.get(PersonSource, person.id)
        rows = unit.session.scalars(
            select(PersonNote).where(PersonNote.person_id == person.id).order_by(PersonNote.at.desc(), PersonNote.id)
        ).all()
        notes = tuple(_shown(row) for row in rows)
        unit.record("person:origin_read", person.id, notes=len(notes))
    if source is None or not source.origin:
        return None
    if not holds(actor, "registration.condition"):
        notes = tuple(note for note in notes if note.status not in {STATUSES[key] for key in _SENSITIVE})
    told = source.origin
    links = [told.get("source_url", ""), told.get("photo_url", ""), *told.get("profile_urls", "").splitlines()]
    return Origin(
        record_id=told.get("record_id", ""),
        source_name=told.get("source_name", ""),
        author=told.get("author_name", ""),
        list_number=told.get("list", ""),
        links=tuple(link for link in links if link),
        notes=notes,
    )


def _shown(row: PersonNote) -> ForeignNote:
    told = row.content or {}
    return ForeignNote(
        at=row.at,
        author=told.get("author_name", ""),
        status=STATUSES.get(told.get("status", ""), ""),
        text=told.get("text", ""),
        last_place=told.get("last_known_location", ""),
        linked=told.get("linked_person_record_id", ""),
        record_id=told.get("note_record_id", ""),
    )
