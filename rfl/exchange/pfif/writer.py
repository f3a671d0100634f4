"""PFIF 1.4 out: fields in the order of the standard, no character XML forbids, and nobody called dead by default."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from xml.sax.saxutils import escape

from rfl.exchange.pfif.records import PfifNote, PfifPerson, read_time, write_time
from rfl.exchange.pfif.versions import BELIEVED_DEAD, NAMESPACE, NEWEST, NOTE_FIELDS, PERSON_FIELDS

# What XML 1.0 (section 2.2) cannot hold at all.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_pfif(
    persons: Iterable[PfifPerson],
    notes: Iterable[PfifNote] = (),
    *,
    domain: str,
    now: datetime,
    may_say_dead: bool = False,
) -> Iterator[bytes]:
    """Yield a PFIF 1.4 document record by record: all persons, then the notes.

    Ids without a domain get `domain`; foreign ids stay. A person past the expiry date at `now` becomes a placeholder
    and loses the notes. Notes that say a person is believed dead are left out entirely, their text too, unless
    `may_say_dead`. Raises ValueError for a person without a name or a note without text, person or author.
    """
    expired: set[str] = set()
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<pfif:pfif xmlns:pfif="{NAMESPACE}{NEWEST}">\n'.encode()
    for person in persons:
        fields = _person_fields(person, domain, now)
        if "full_name" not in fields:
            expired.add(fields["person_record_id"])
        yield _element("person", fields, PERSON_FIELDS)
    for note in notes:
        is_sayable = may_say_dead or note.get("status") != BELIEVED_DEAD
        if not note.placeholder and is_sayable and _full_id(note.person_record_id, domain) not in expired:
            yield _element("note", _note_fields(note, domain, now), NOTE_FIELDS)
    yield b"</pfif:pfif>\n"


def _full_id(record_id: str, domain: str) -> str:
    return record_id if "/" in record_id or not record_id else f"{domain}/{record_id}"


def _person_fields(person: PfifPerson, domain: str, now: datetime) -> dict[str, str]:
    record_id, expiry = _full_id(person.record_id, domain), person.expiry_date
    if person.placeholder or (expiry is not None and expiry <= now):
        # All three times are equal in a placeholder, so that no copy passes for newer than the removal.
        removed = write_time(expiry or now)
        times = dict.fromkeys(("entry_date", "expiry_date", "source_date"), removed)
        return {"person_record_id": record_id, **times}
    if not person.get("full_name"):
        raise ValueError("a PFIF person needs a name")
    return {**_with_times(person.fields, now), "person_record_id": record_id}


def _note_fields(note: PfifNote, domain: str, now: datetime) -> dict[str, str]:
    if not (note.get("text") and note.get("author_name") and note.person_record_id):
        raise ValueError("a PFIF note needs a text, an author and a person")
    ids = {
        "note_record_id": _full_id(note.record_id, domain),
        "person_record_id": _full_id(note.person_record_id, domain),
        "linked_person_record_id": _full_id(note.linked_person_record_id, domain),
    }
    return {**_with_times(note.fields, now), **ids}


def _with_times(fields: Mapping[str, str], now: datetime) -> dict[str, str]:
    """PFIF times have no fractions of a second; what has no time of its own was changed now."""
    written = dict(fields)
    for name in ("entry_date", "source_date", "expiry_date"):
        told = read_time(fields.get(name, ""))
        if told or name != "expiry_date":
            written[name] = write_time(told or now)
    return written


def _element(kind: str, fields: Mapping[str, str], order: tuple[str, ...]) -> bytes:
    lines = [
        f"    <pfif:{name}>{escape(text, {chr(13): '&#13;'})}</pfif:{name}>\n"
        for name in order
        if (text := _NOT_XML.sub("", fields.get(name, "")))
    ]
    return f"  <pfif:{kind}>\n{''.join(lines)}  </pfif:{kind}>\n".encode()
