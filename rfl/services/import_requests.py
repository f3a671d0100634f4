"""Rows of a list as tracing requests: rows of one number are one request, waiting for acceptance as any other."""

from collections.abc import Sequence

from sqlalchemy import func, select

from rfl.domain import imports as counted
from rfl.domain.ages import is_minor
from rfl.domain.cases import RequestState, SoughtStatus
from rfl.domain.consent import Basis
from rfl.domain.ids import new_id
from rfl.domain.intake import EDITABLE, Step
from rfl.domain.persons import Identity
from rfl.domain.text import N_
from rfl.models.imports import PersonSource
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services.import_lists import TakenRow, fingerprint
from rfl.services.import_persons import contact_of
from rfl.services.import_rows import ASK_CLEARED, CHILD, Slice, may_change, stamp_values
from rfl.services.intake_persons import MOST_SOUGHT, enquirer_stamp, sought_stamp
from rfl.services.numbers import REQUEST, next_number
from rfl.services.request_rows import enquirer_of, mark_children
from rfl.services.tasks import open_task
from rfl.services.timeline import tell_timeline

NOBODY_ASKS = N_("The row names no enquirer, and no earlier row of the same request does.")
ADD_ENQUIRER = N_("Write who asks for this person in at least one row of the request, before the others.")
OTHER_ENQUIRER = N_("The row names another enquirer than an earlier row of the same request.")
ONE_ENQUIRER = N_("Give every enquirer a request number of their own, or write the same enquirer in all its rows.")
ENDED = N_("The request is no longer open, so the row was not added to it.")
REOPEN = N_("Reopen the request first, or give the row a new request number.")
FULL = N_("The request has %(limit)d persons already.")
DIVIDE = N_("Give the further persons a request number of their own.")


def store_requests(part: Slice, rows: Sequence[TakenRow]) -> None:
    """Store the rows of one slice; `part.touched` then holds who must be indexed anew."""
    requests: dict[str, TracingRequest] = {}
    for row in rows:
        _store(part, row, requests)
    for request in requests.values():
        if mark_children(part.unit, request) and not part.unit.actor.minors_cleared:
            request.caseworker_id = None  # the acceptance is the task of a colleague cleared for children


def _store(part: Slice, row: TakenRow, requests: dict[str, TracingRequest]) -> None:
    person, source = part.find([row.key]).get(row.key, (None, None))
    request = _request_of(part, row, requests)
    if request is None or not _enquirer_fits(part, row, request):
        return
    if person is None:
        _add_sought(part, row, request)
    elif source is not None and source.said == row.said:
        agreed = _ask_sought(part, person)
        part.touched += [person] if agreed else []
        part.counts[counted.CHANGED if agreed else counted.UNCHANGED] += 1
    elif request.state not in EDITABLE:
        part.refuse(row, ENDED, REOPEN, "request_ref")
    elif may_change(part, row, person, source, sought_stamp):
        _write_sought(part, row, person, source)
        tell_timeline(part.unit, "person:imported_again", request_id=request.id, person_id=person.id)
        part.touched.append(person)
        part.counts[counted.CHANGED] += 1


def _request_of(part: Slice, row: TakenRow, requests: dict[str, TracingRequest]) -> TracingRequest | None:
    """Return the request of a row, opened if it is new; None if the row cannot become part of one."""
    if row.request_key not in requests:
        found = part.unit.session.scalar(
            select(TracingRequest)
            .where(TracingRequest.society_id == part.society_id, TracingRequest.source_key == row.request_key)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if found is None and row.draft.enquirer is None:
            part.refuse(row, NOBODY_ASKS, ADD_ENQUIRER, "enquirer_full_name")
            return None
        requests[row.request_key] = found or _open_request(part, row, row.draft.enquirer or Identity())
    request = requests[row.request_key]
    if request.has_minor and not part.unit.actor.minors_cleared and request.created_by != part.unit.actor.id:
        part.refuse(row, CHILD, ASK_CLEARED)
        return None
    return request


def _open_request(part: Slice, row: TakenRow, enquirer: Identity) -> TracingRequest:
    unit = part.unit
    request = TracingRequest(
        id=new_id(),
        society_id=part.society_id,
        number=next_number(unit, part.society_id, REQUEST),
        state=RequestState.SUBMITTED,
        step=Step.REVIEW,
        intake_channel="partner",
        intake_on=unit.today,
        has_minor=False,
        caseworker_id=unit.actor.id,
        created_by=unit.actor.id,
        opened_at=unit.at,
        source_key=row.request_key,
    )
    unit.session.add(request)
    unit.session.flush()
    person = _new_person(part, request, "enquirer", _enquirer_key(row))
    _write_enquirer(part, row, person, None, enquirer)
    unit.session.flush()
    part.answer([person])
    part.touched.append(person)
    open_task(
        unit,
        "accept_request",
        society_id=part.society_id,
        permission="request.accept",
        once=f"accept:{request.id}",
        request_id=request.id,
    )
    tell_timeline(unit, "person:imported", request_id=request.id)
    return request


def _enquirer_key(row: TakenRow) -> str:
    return fingerprint("enquirer", row.request_key)


def _enquirer_fits(part: Slice, row: TakenRow, request: TracingRequest) -> bool:
    """Bring the enquirer up to date; False, with the row as a problem, when it names somebody else."""
    enquirer = row.draft.enquirer
    person = enquirer_of(part.unit.session, request)
    if enquirer is None or person is None:
        return True
    source = part.unit.session.get(PersonSource, person.id)
    if source is None:
        return True
    if source.said != row.enquirer_said:
        if source.import_id == part.import_id:
            part.refuse(row, OTHER_ENQUIRER, ONE_ENQUIRER, "enquirer_full_name")
            return False
        if request.state not in EDITABLE:
            part.refuse(row, ENDED, REOPEN, "request_ref")
            return False
        if not may_change(part, row, person, source, enquirer_stamp):
            return False
        _write_enquirer(part, row, person, source, enquirer)
        part.touched.append(person)
    elif part.answer([person]):
        part.touched.append(person)
    source.import_id = part.import_id
    return True


def _write_enquirer(
    part: Slice, row: TakenRow, person: Person, source: PersonSource | None, enquirer: Identity
) -> None:
    identity, contact = enquirer.to_dict(), contact_of(row.draft.enquirer_contact).to_dict()
    person.identity, person.contact = identity, contact
    person.is_minor = is_minor(enquirer.birth, enquirer.age, part.unit.today)
    part.unit.session.flush()
    part.leave(person, source, row, row.enquirer_said, stamp_values(identity, contact))


def _add_sought(part: Slice, row: TakenRow, request: TracingRequest) -> None:
    if request.state not in EDITABLE:
        part.refuse(row, ENDED, REOPEN, "request_ref")
        return
    mine = Person.request_id == request.id, Person.kind == "sought"
    count, last = part.unit.session.execute(
        select(func.count(), func.coalesce(func.max(Person.position), 0)).where(*mine)
    ).one()
    if count >= MOST_SOUGHT:
        part.refuse(row, FULL, DIVIDE, "request_ref", limit=MOST_SOUGHT)
        return
    person = _new_person(part, request, "sought", row.key)
    person.position, person.status = last + 1, SoughtStatus.SEARCHING
    _write_sought(part, row, person, None)
    part.unit.session.flush()
    _ask_sought(part, person)
    if note := _note_of(row):
        tell_timeline(part.unit, "request:note", request_id=request.id, note=note)
    part.touched.append(person)
    part.counts[counted.GOOD] += 1


def _ask_sought(part: Slice, person: Person) -> bool:
    """Record the basis for somebody sought: they were not asked, so only another basis than agreement can hold."""
    return part.basis.basis != Basis.CONSENT and bool(part.answer([person]))


def _note_of(row: TakenRow) -> str:
    """Return what a list says about a sought person that has no field of its own, for the people of the request."""
    ways = [text for key in ("phone", "email", "address") if (text := row.draft.contact.get(key, ""))]
    return "\n".join(text for text in (row.draft.note, *ways) if text)


def _new_person(part: Slice, request: TracingRequest, kind: str, key: str) -> Person:
    person = Person(
        id=new_id(),
        society_id=part.society_id,
        kind=kind,
        request_id=request.id,
        source_key=key,
        created_by=part.unit.actor.id,
        created_at=part.unit.at,
    )
    part.unit.session.add(person)
    return person


def _write_sought(part: Slice, row: TakenRow, person: Person, source: PersonSource | None) -> None:
    identity = row.draft.identity.to_dict()
    person.identity, person.relation = identity, row.draft.relation or "other"
    person.is_minor = is_minor(row.draft.identity.birth, row.draft.identity.age, part.unit.today)
    part.unit.session.flush()
    part.leave(person, source, row, row.said, stamp_values(identity, person.relation))
