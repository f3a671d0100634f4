"""Lists that leave the program: the own caseload, without children for staff not cleared, never more than was agreed.

What is said of a sought person is what the enquirer may know: answers of located persons are in no list.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from rfl.domain.consent import Purpose
from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.exports import CSV, FORMATS, NEEDED, OWN, PFIF, REASONS, RECIPIENTS, REGISTERED, SUBJECTS
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.spreadsheets import write_csv, write_xlsx
from rfl.models.accounts import Society
from rfl.models.persons import Consent, Person
from rfl.models.requests import TracingRequest
from rfl.services.export_rows import headers_of, row_of
from rfl.services.pfif_export import write_document
from rfl.services.scope import require, within
from rfl.services.unit import Look, Unit

MOST_PERSONS = 50_000  # a file of about 25 MB, the largest that staff can open and carry
READ_AT_ONCE = 500  # persons opened between two reads of the database
NOT_OFFERED = N_("Choose one of the entries offered.")
CONFIRM_CONTACTS = N_("Confirm that the file will hold ways to reach people, or take the first tick away.")
CONTACTS_STAY = N_("Ways to reach people are only for files that stay with your own staff.")
PFIF_IS_FOR_OTHERS = N_("PFIF is for other registries. Choose who receives the file, or another format.")
NO_CONTACTS_IN_PFIF = N_("PFIF files never hold ways to reach people. Take this tick away, or choose another format.")
DEAD_ONLY_IN_PFIF = N_("This choice exists only for registered persons in PFIF.")


class TooManyPersons(RuleBroken):
    """More than one file can hold."""

    message = N_("The list would hold more than %(limit)d persons. Ask your administrator for a copy of the database.")


@dataclass(frozen=True)
class Wanted:
    """What to export, for whom and why."""

    subject: str
    format: str
    recipient: str
    reason: str
    contacts: bool = False
    contacts_confirmed: bool = False
    may_say_dead: bool = False


@dataclass(frozen=True)
class Export:
    """A finished file; `left_out` are persons without the agreement that the recipient needs."""

    data: bytes
    mimetype: str
    suffix: str
    persons: int
    left_out: int


MIMETYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pfif": "application/xml",
}
SUFFIXES = {"csv": "csv", "xlsx": "xlsx", "pfif": "xml"}


def export(actor: Actor, wanted: Wanted, *, translate: Callable[[str], str] = str) -> Export:
    """Write the own caseload to a file; nothing leaves before the entry in the trace is written.

    Raises NotAllowed, TooManyPersons, or FieldError for a field of `Wanted`.
    """
    require(actor, "export.run")
    _check(wanted)
    with Look(actor) as look:
        society = look.session.get_one(Society, actor.society_id)
        total = look.session.scalar(select(func.count()).select_from(_chosen(actor, wanted).subquery())) or 0
        if total > MOST_PERSONS:
            raise TooManyPersons(limit=MOST_PERSONS)
        people = _Agreed(look.session, actor, wanted)
        data = _write(look.session, actor, society, wanted, people, look.at, translate)
    with Unit(actor) as unit:
        unit.record(
            "export:written",
            actor.society_id,
            what=wanted.subject,
            format=wanted.format,
            recipient=wanted.recipient,
            reason=wanted.reason,
            contacts=wanted.contacts,
            dead=wanted.may_say_dead,
            persons=people.given,
            left_out=people.left_out,
        )
    return Export(data, MIMETYPES[wanted.format], SUFFIXES[wanted.format], people.given, people.left_out)


def _check(wanted: Wanted) -> None:
    offered = {"subject": SUBJECTS, "format": FORMATS, "recipient": RECIPIENTS, "reason": REASONS}
    for field, choices in offered.items():
        if getattr(wanted, field) not in choices:
            raise FieldError(field, NOT_OFFERED)
    rules = (
        ("recipient", wanted.format == PFIF and wanted.recipient == OWN, PFIF_IS_FOR_OTHERS),
        ("contacts", wanted.contacts and wanted.format == PFIF, NO_CONTACTS_IN_PFIF),
        ("contacts", wanted.contacts and wanted.recipient != OWN, CONTACTS_STAY),
        ("contacts_confirmed", wanted.contacts and not wanted.contacts_confirmed, CONFIRM_CONTACTS),
        (
            "may_say_dead",
            wanted.may_say_dead and (wanted.format, wanted.subject) != (PFIF, REGISTERED),
            DEAD_ONLY_IN_PFIF,
        ),
    )
    for field, broken, message in rules:
        if broken:
            raise FieldError(field, message)


def _chosen(actor: Actor, wanted: Wanted) -> Select[Person, TracingRequest | None]:
    """Return the query of the persons that the actor may see; a child in a request closes all of it."""
    rows = select(Person, TracingRequest).outerjoin(TracingRequest, TracingRequest.id == Person.request_id)
    rows = rows.where(within(actor, Person), Person.kind == wanted.subject, Person._identity.is_not(None))  # noqa: SLF001 - the sealed column itself
    if wanted.subject != REGISTERED:
        rows = rows.where(within(actor, TracingRequest))
    return rows.order_by(Person.created_at, Person.id)


class _Agreed:
    """The persons of a list, opened a few hundred at a time, and how many were given and left out."""

    def __init__(self, session: Session, actor: Actor, wanted: Wanted) -> None:
        self._session, self._actor, self._wanted = session, actor, wanted
        self.given = self.left_out = 0

    def __iter__(self) -> Iterator[tuple[Person, TracingRequest | None]]:
        needed = NEEDED.get(self._wanted.recipient)
        offset = 0
        query = _chosen(self._actor, self._wanted)
        while batch := self._session.execute(query.limit(READ_AT_ONCE).offset(offset)).all():
            agreed = self._who_agreed([(one, request) for one, request in batch], needed)
            for person, request in batch:
                if person.id in agreed:
                    self.given += 1
                    yield person, request
                else:
                    self.left_out += 1
            offset += READ_AT_ONCE
            self._session.expunge_all()

    def _who_agreed(self, batch: list[tuple[Person, TracingRequest | None]], needed: Purpose | None) -> set[str]:
        """Return who may be passed on; for somebody sought the enquirer's answer counts too, and any refusal."""
        if needed is None:
            return {person.id for person, _ in batch}
        requests = {request.id for _, request in batch if request is not None}
        askers = select(Person.request_id, Person.id).where(Person.kind == "enquirer", Person.request_id.in_(requests))
        enquirers = {one.request_id: one.id for one in self._session.execute(askers)}
        asked = {person.id: [person.id, enquirers.get(person.request_id, "")] for person, _ in batch}
        answers = self._newest({one for ids in asked.values() for one in ids if one}, needed)
        said = {person_id: {answers[one] for one in ids if one in answers} for person_id, ids in asked.items()}
        return {person_id for person_id, given in said.items() if given == {True}}

    def _newest(self, ids: set[str], purpose: Purpose) -> dict[str, bool]:
        newest_last = (
            select(Consent.person_id, Consent.given)
            .where(Consent.person_id.in_(ids), Consent.purpose == purpose)
            .order_by(Consent.recorded_at, Consent.id)
        )
        return {one.person_id: one.given for one in self._session.execute(newest_last)}


def _write(
    session: Session,
    actor: Actor,
    society: Society,
    wanted: Wanted,
    people: _Agreed,
    at: datetime,
    translate: Callable[[str], str],
) -> bytes:
    if wanted.format == PFIF:
        return b"".join(
            write_document(session, society, people, at=at, may_say_dead=wanted.may_say_dead, translate=translate)
        )
    inside = wanted.recipient == OWN
    rows = (row_of(actor, person, request, contacts=wanted.contacts, inside=inside) for person, request in people)
    headers = headers_of(wanted.subject, contacts=wanted.contacts)
    return b"".join(write_csv(headers, rows)) if wanted.format == CSV else write_xlsx(headers, rows)
