"""PFIF 1.4 of the own caseload: foreign records keep their ids, nobody is called dead unless that was asked for."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from rfl.domain.cases import SEARCHING, SoughtStatus
from rfl.domain.persons import Identity
from rfl.domain.registrations import Condition
from rfl.domain.text import N_
from rfl.exchange.pfif import PfifNote, PfifPerson, person_from_identity, write_pfif
from rfl.models.accounts import Society
from rfl.models.imports import PersonSource
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services.export_rows import number_of
from rfl.services.import_files import pfif_domain

Pair = tuple[Person, TracingRequest | None]

IS_SOUGHT = N_("The family seeks news of this person.")
WAS_REGISTERED = N_("This person was registered.")
REPORTED_DEAD = N_("This person was registered as deceased.")
# Detained or injured is nobody's business but the person's own; a registry needs to know only that they live.
_ALIVE = frozenset({Condition.WELL, Condition.INJURED, Condition.DETAINED})


def write_document(
    session: Session,
    society: Society,
    people: Iterable[Pair],
    *,
    at: datetime,
    may_say_dead: bool,
    translate: Callable[[str], str],
) -> Iterator[bytes]:
    """Yield a PFIF document of `people`: all persons, then one note for each of whom something is to be said.

    Sought persons are in it only while the search goes on. Photos, contacts and free texts never are.
    """
    domain = pfif_domain(society)
    notes: list[PfifNote] = []

    def persons() -> Iterator[PfifPerson]:
        for person, request in people:
            if request is not None and (person.status != SoughtStatus.SEARCHING or request.state not in SEARCHING):
                continue
            if (record := _record(session, person, request, society, at)) is None:
                continue
            status, text = _said(person, request)
            if status:
                notes.append(_note(record.record_id, society.name, status, translate(text), at))
            yield record

    # The writer takes the notes after the last person, so the list is complete by then.
    return write_pfif(
        persons(),
        notes,
        domain=domain,
        now=at,
        may_say_dead=may_say_dead,
    )


def record_id_of(session: Session, person: Person, request: TracingRequest | None, society: Society) -> str:
    """Return the id under which a person stands in a document: that of the registry the record came from, if any."""
    foreign = _foreign(session, person)
    return str(foreign.get("record_id") or f"{pfif_domain(society)}/{number_of(person, request)}")


def _foreign(session: Session, person: Person) -> dict[str, str]:
    source = session.get(PersonSource, person.id)
    return (source.origin or {}) if source is not None and source.format == "pfif" else {}


def _record(
    session: Session, person: Person, request: TracingRequest | None, society: Society, at: datetime
) -> PfifPerson | None:
    identity = Identity.from_dict(person.identity or {})
    if not identity.display_name():
        return None
    foreign = _foreign(session, person)
    expiry = datetime.combine(person.expires_on + timedelta(days=1), time(), UTC) if person.expires_on else None
    return person_from_identity(
        identity,
        record_id=record_id_of(session, person, request, society),
        source_date=person.created_at if not foreign else at,
        expiry_date=expiry,
        source_name=foreign.get("source_name") or society.name,
    )


def _said(person: Person, request: TracingRequest | None) -> tuple[str, str]:
    """Return status and sentence of the note about a person; empty where nothing is to be said."""
    if request is not None:
        return "information_sought", IS_SOUGHT
    if person.condition == Condition.DECEASED:
        return "believed_dead", REPORTED_DEAD
    return ("believed_alive", WAS_REGISTERED) if person.condition in _ALIVE else ("", "")


def _note(record_id: str, author: str, status: str, text: str, at: datetime) -> PfifNote:
    told = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    fields = {"author_name": author, "source_date": told, "entry_date": told, "status": status, "text": text}
    return PfifNote(f"{record_id}.note", fields, person_record_id=record_id)
