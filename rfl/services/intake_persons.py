"""The persons of a tracing request: one enquirer, and any number of sought persons, added and changed one by one."""

from dataclasses import dataclass, replace

from sqlalchemy import delete, func, select, update

from rfl.domain.ages import is_minor
from rfl.domain.cases import SoughtStatus
from rfl.domain.cleaning import LINE_LENGTH, clean_line, clean_text
from rfl.domain.errors import FieldError, NotFound, RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.intake import INTERVIEW, Contact, Step
from rfl.domain.persons import RELATIONS, Identity
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.persons import Consent, Person
from rfl.models.requests import TimelineEvent, TracingRequest
from rfl.services.intake import NOT_OFFERED, check_seen, read_news, step_saved, with_news
from rfl.services.matching_index import forget_person, index_person
from rfl.services.proposing import propose_due
from rfl.services.request_rows import (
    enquirer_of,
    fetch_editable,
    mark_children,
    reindex,
    sought_of,
    stamp,
)
from rfl.services.tasks import open_task
from rfl.services.unit import Unit

NAME_MISSING = N_("Enter at least one name, in any script or spelling.")
# A family is searched for as a whole; more than this in one request is a list, and lists are imported.
MOST_SOUGHT = 60
_ONE_LINE = ("phones", "email", "safe_way", "safe_time", "languages", "guardian")


class TooManySought(RuleBroken):
    """One request holds one family."""

    message = N_("A request can hold at most %(limit)d persons. Open another request, or import a list.")


class SearchAlreadyBegan(RuleBroken):
    """What was searched for is not removed without a trace."""

    message = N_("The search for this person has begun. Propose to end it instead of removing the person.")


@dataclass(frozen=True)
class Saved:
    """Result of saving a person: the id, and whether the request has just become one about a child."""

    person_id: str
    now_child: bool


def save_enquirer(actor: Actor, request_id: str, identity: Identity, contact: Contact, *, seen: str) -> Saved:
    """Save who the enquirer is and how to reach them safely; `seen` is empty for the first time.

    Raises FieldError without a name, ChangedMeanwhile when `seen` is no longer what is stored.
    """
    with Unit(actor) as unit:
        request = fetch_editable(unit, request_id)
        person = enquirer_of(unit.session, request)
        check_seen(seen, enquirer_stamp(person))
        if person is None:
            person = _new_person(unit, request, "enquirer")
        _write_identity(unit, person, identity)
        person.contact = clean_contact(contact).to_dict()
        step_saved(unit, request, Step.ENQUIRER)
        now_child = _hand_over_child(unit, request)
        people = reindex(unit, request)
        unit.record("request:saved", request.id, step=Step.ENQUIRER, person=person.id)
    propose_due(people)
    return Saved(person.id, now_child)


def save_sought(
    actor: Actor, request_id: str, person_id: str | None, identity: Identity, relation: str, *, seen: str
) -> Saved:
    """Add a sought person (`person_id` None) or change one, at any time of an open request.

    Raises FieldError, NotFound, TooManySought, or ChangedMeanwhile when `seen` is no longer what is stored.
    """
    if relation not in RELATIONS:
        raise FieldError("relation", NOT_OFFERED)
    with Unit(actor) as unit:
        request = fetch_editable(unit, request_id)
        person = _sought(unit, request, person_id) if person_id else None
        check_seen(seen, sought_stamp(person))
        if person is None:
            person = _new_sought(unit, request)
            news = read_news(request)
            identity = with_news(identity, news, news)
        _write_identity(unit, person, identity)
        person.relation = relation
        step_saved(unit, request, Step.SOUGHT, f"sought-{person_id or 'new'}")
        now_child = _hand_over_child(unit, request)
        unit.session.flush()
        index_person(unit, person)
        unit.record("request:saved", request.id, step=Step.SOUGHT, person=person.id)
    propose_due([person.id])
    return Saved(person.id, now_child)


def remove_sought(actor: Actor, request_id: str, person_id: str) -> None:
    """Take a sought person out of an interview that is not finished; raises SearchAlreadyBegan, NotFound."""
    with Unit(actor) as unit:
        request = fetch_editable(unit, request_id)
        person = _sought(unit, request, person_id)
        if request.state not in INTERVIEW:
            raise SearchAlreadyBegan
        step_saved(unit, request, Step.SOUGHT, f"sought-{person.id}")
        _delete_person(unit, person)
        mark_children(unit, request)
        unit.record("request:person_removed", request.id, person=person.id)


def enquirer_stamp(person: Person | None) -> str:
    """Return the fingerprint of the enquirer as stored; empty before the first saving."""
    return stamp([person.identity, person.contact]) if person else ""


def sought_stamp(person: Person | None) -> str:
    """Return the fingerprint of a sought person as stored; empty for a new one."""
    return stamp([person.identity, person.relation]) if person else ""


def clean_contact(contact: Contact) -> Contact:
    """Return `contact` with clean text; raises FieldError named after the field."""
    lines = {key: clean_line(getattr(contact, key), key, limit=LINE_LENGTH) for key in _ONE_LINE}
    texts = {key: clean_text(getattr(contact, key), key) for key in ("address", "third_contact")}
    return replace(contact, **lines, **texts)


def _sought(unit: Unit, request: TracingRequest, person_id: str) -> Person:
    for person in sought_of(unit.session, request):
        if person.id == person_id:
            return person
    raise NotFound


def _new_person(unit: Unit, request: TracingRequest, kind: str) -> Person:
    person = Person(
        id=new_id(),
        society_id=request.society_id,
        kind=kind,
        request_id=request.id,
        created_by=unit.actor.id,
        created_at=unit.at,
    )
    unit.session.add(person)
    return person


def _new_sought(unit: Unit, request: TracingRequest) -> Person:
    mine = Person.request_id == request.id, Person.kind == "sought"
    count, last = unit.session.execute(
        select(func.count(), func.coalesce(func.max(Person.position), 0)).where(*mine)
    ).one()
    if count >= MOST_SOUGHT:
        raise TooManySought(limit=MOST_SOUGHT)
    person = _new_person(unit, request, "sought")
    person.position, person.status = last + 1, SoughtStatus.SEARCHING
    return person


def _write_identity(unit: Unit, person: Person, identity: Identity) -> None:
    if not identity.display_name():
        raise FieldError("names", NAME_MISSING)
    person.identity = identity.to_dict()
    person.is_minor = is_minor(identity.birth, identity.age, unit.today)


def _delete_person(unit: Unit, person: Person) -> None:
    """Delete a person for whom no search began, with what hangs on the row."""
    forget_person(unit, person)
    session = unit.session
    session.execute(delete(Consent).where(Consent.person_id == person.id))
    session.execute(update(TimelineEvent).where(TimelineEvent.person_id == person.id).values(person_id=None))
    session.delete(person)


def _hand_over_child(unit: Unit, request: TracingRequest) -> bool:
    """Ask a cleared colleague to go on, where the request became one about a child under uncleared hands."""
    now_child = mark_children(unit, request)
    if now_child and not unit.actor.minors_cleared:
        if request.caseworker_id == unit.actor.id:
            request.caseworker_id = None
        open_task(
            unit,
            "take_over_child",
            society_id=request.society_id,
            permission="request.write",
            once=f"child:{request.id}",
            request_id=request.id,
            has_minor=True,
        )
    return now_child and not unit.actor.minors_cleared
