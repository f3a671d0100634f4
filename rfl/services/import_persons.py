"""Rows of a list as registered persons: stored once, changed only while nobody edited them, removed when told to."""

from collections.abc import Mapping, Sequence

from rfl.domain import imports as counted
from rfl.domain.ages import is_minor
from rfl.domain.ids import new_id
from rfl.domain.intake import Contact
from rfl.domain.registrations import Registration
from rfl.exchange.drafts import PersonDraft
from rfl.models.imports import PersonSource
from rfl.models.persons import Person
from rfl.services.expiry import remove_person
from rfl.services.import_lists import GoneRow, TakenRow
from rfl.services.import_rows import Slice, may_change, stamp_values
from rfl.services.numbers import REGISTERED, next_numbers
from rfl.services.timeline import tell_timeline


def store_persons(part: Slice, rows: Sequence[TakenRow]) -> None:
    """Store the rows of one slice; `part.touched` then holds who must be indexed anew."""
    known = part.find(row.key for row in rows)
    fresh: dict[str, TakenRow] = {}
    same: list[Person] = []
    for row in rows:
        if row.key in known:
            _meet(part, row, *known[row.key], same)
        elif row.key in fresh:
            _meet_in_slice(part, row, fresh[row.key])
        else:
            fresh[row.key] = row
    added = _add(part, list(fresh.values()))
    part.answer(added)
    part.touched += added
    agreed = part.answer(same)
    part.touched += [person for person in same if person.id in agreed]
    part.counts[counted.CHANGED] += len(agreed)
    part.counts[counted.UNCHANGED] += len(same) - len(agreed)


def _meet(part: Slice, row: TakenRow, person: Person, source: PersonSource | None, same: list[Person]) -> None:
    """A record that is known: the same words change nothing, newer words change what nobody edited."""
    if source is not None and (source.said == row.said or _is_older(row, source)):
        same.append(person)
    elif may_change(part, row, person, source, left_of):
        part.leave(person, source, row, row.said, _write(part, person, row))
        tell_timeline(part.unit, "person:imported_again", person_id=person.id)
        part.answer([person])
        part.touched.append(person)
        part.counts[counted.CHANGED] += 1


def _meet_in_slice(part: Slice, row: TakenRow, first: TakenRow) -> None:
    if row.said == first.said:
        part.counts[counted.UNCHANGED] += 1
    else:
        from_file = Person(id=new_id(), society_id=part.society_id, is_minor=False)
        source = PersonSource(import_id=part.import_id, line=first.line)
        may_change(part, row, from_file, source, left_of)


def _is_older(row: TakenRow, source: PersonSource) -> bool:
    """Registries send old states again; their times are text of one form, so that text order is time order."""
    told, kept = row.origin.get("source_date", ""), (source.origin or {}).get("source_date", "")
    return bool(told and kept) and told < kept


def _add(part: Slice, rows: list[TakenRow]) -> list[Person]:
    if not rows:
        return []
    numbers = next_numbers(part.unit, part.society_id, REGISTERED, len(rows))
    added, left = list[Person](), dict[str, str]()
    for row, number in zip(rows, numbers, strict=True):
        person = Person(
            id=new_id(),
            society_id=part.society_id,
            kind="registered",
            number=number,
            source_key=row.key,
            created_by=part.unit.actor.id,
            created_at=part.unit.at,
        )
        part.unit.session.add(person)
        left[person.id] = _write(part, person, row)
        added.append(person)
    part.unit.session.flush()
    for person, row in zip(added, rows, strict=True):
        part.leave(person, None, row, row.said, left[person.id])
        tell_timeline(part.unit, "person:imported", person_id=person.id)
    part.counts[counted.GOOD] += len(added)
    return added


def _write(part: Slice, person: Person, row: TakenRow) -> str:
    """Write what the row says, and return the fingerprint of how the record is left."""
    draft, today = row.draft, part.unit.today
    identity, contact = draft.identity.to_dict(), contact_of(draft.contact).to_dict()
    private = _registration_of(draft, part.fallback_day).to_dict()
    person.identity, person.contact, person.private = identity, contact, private
    person.is_minor = is_minor(draft.identity.birth, draft.identity.age, today)
    person.expires_on = row.expires_on
    return stamp_values(identity, contact, private, person.condition or "", person.expires_on)


def left_of(person: Person) -> str:
    """Return the fingerprint of everything that people can amend in a registered person."""
    return stamp_values(person.identity, person.contact, person.private, person.condition or "", person.expires_on)


def contact_of(told: Mapping[str, str]) -> Contact:
    """Return the ways to reach a person as a list gives them; several numbers stand on one line."""
    return Contact(
        address=told.get("address", ""),
        phones=told.get("phone", "").replace("\n", ", "),
        email=told.get("email", "").replace("\n", ", "),
    )


def _registration_of(draft: PersonDraft, fallback_day: str) -> Registration:
    told = draft.identity.last_contact.edtf
    exact = len(told) == len("2024-05-31") and told.replace("-", "").isdigit()
    return Registration(
        kind="list",
        on=told if exact else fallback_day,
        place=draft.identity.last_place,
        told_by="list",
        notes=draft.note,
    )


def remove_gone(part: Slice, rows: Sequence[GoneRow]) -> None:
    """Honour the orders of foreign registries to remove what was kept of their records."""
    known = part.find(row.key for row in rows)
    for row in rows:
        person, source = known.get(row.key, (None, None))
        if person is None or source is None or not person.identity:
            part.counts[counted.UNCHANGED] += 1
        else:
            remove_person(part.unit, person, source)
            part.counts[counted.REMOVED] += 1
