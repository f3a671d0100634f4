"""Reading registered persons: what a role does not open is left out, and every reading leaves a trace."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from rfl.domain.errors import NotFound
from rfl.domain.intake import Contact
from rfl.domain.persons import Identity
from rfl.domain.registrations import SENSITIVE_CONDITIONS, Condition, Registration
from rfl.domain.roles import Actor, holds
from rfl.models.accounts import User
from rfl.models.persons import Person
from rfl.services import consents
from rfl.services.request_rows import stamp
from rfl.services.scope import fetch
from rfl.services.tasks import is_open
from rfl.services.timeline import Happening, read_timeline
from rfl.services.unit import Unit

HIDDEN = ""  # what is read in place of a condition that the reader's role does not open


@dataclass(frozen=True)
class RegistrationView:
    """One registered person, complete, for those who may read it; `stamp` tells whether somebody changed it since."""

    id: str
    number: str
    identity: Identity
    registration: Registration
    contact: Contact
    condition: str
    is_minor: bool
    searching: bool
    expires_on: date | None
    created_at: datetime
    created_by: str
    may_write: bool
    handed_over: bool
    stamp: str
    consents: consents.ConsentCard
    timeline: tuple[Happening, ...]


def read(actor: Actor, person_id: str) -> RegistrationView:
    """Return one registered person; raises NotFound for everything the actor may not read."""
    with Unit(actor) as unit:
        person = fetch_registered(unit, person_id, "registration.read")
        view = RegistrationView(
            id=person.id,
            number=person.number or "",
            identity=Identity.from_dict(person.identity or {}),
            registration=Registration.from_dict(person.private),
            contact=Contact.from_dict(person.contact),
            condition=shown_condition(actor, person.condition),
            is_minor=person.is_minor,
            searching=person.searching,
            expires_on=person.expires_on,
            created_at=person.created_at,
            created_by=unit.session.scalar(select(User.display_name).where(User.id == person.created_by)) or "",
            may_write=holds(actor, "registration.write"),
            handed_over=holds(actor, "registration.write") and is_open(unit.session, handed_over_key(person.id)),
            stamp=stamp_of(person),
            consents=consents.card_of(unit.session, actor, person),
            timeline=tuple(read_timeline(unit.session, person.society_id, person_id=person.id)),
        )
        unit.record("person:read", person.id)
    return view


def handed_over_key(person_id: str) -> str:
    """Return what keeps the task about a handed-over child from being made twice."""
    return f"registered_child:{person_id}"


def shown_condition(actor: Actor, condition: str) -> str:
    """Return the condition, or `HIDDEN` when it is sensitive and none of the actor's roles opens it."""
    known = condition or Condition.UNKNOWN
    return known if known not in SENSITIVE_CONDITIONS or holds(actor, "registration.condition") else HIDDEN


def fetch_registered(unit: Unit, person_id: str, permission: str, *, lock: bool = False) -> Person:
    """Return a registered person for the actor of `unit`; persons of tracing requests are not reached from here.

    Raises NotAllowed or NotFound.
    """
    person = fetch(unit.session, unit.actor, permission, Person, person_id, lock=lock)
    if person.kind != "registered":
        raise NotFound
    return person


def stamp_of(person: Person) -> str:
    """Return the fingerprint of what can be amended: matching may touch the row in between without harm."""
    return stamp([person.identity, person.contact, person.private, person.condition, str(person.expires_on)])
