"""Registered persons: "I am alive", camps, hospitals, reception lists; registered and amended.

Nothing is registered without the person's agreement or another recorded legal basis.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rfl.domain.consent import Purpose
from rfl.domain.consent_talk import Talk
from rfl.domain.dates import is_minor
from rfl.domain.errors import ChangedMeanwhile, FieldError
from rfl.domain.ids import new_id
from rfl.domain.intake import Contact
from rfl.domain.persons import Identity
from rfl.domain.registrations import CONDITIONS, NOT_OFFERED, Registration, checked
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.persons import Person
from rfl.services import consents
from rfl.services.intake_persons import clean_contact
from rfl.services.matching_index import index_person
from rfl.services.numbers import REGISTERED, next_number
from rfl.services.proposing import propose_due
from rfl.services.registration_reading import fetch_registered, handed_over_key, stamp_of
from rfl.services.scope import require
from rfl.services.tasks import finish_task, open_task
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

BASIS_MISSING = N_(
    "Nothing may be registered without a basis: record the person's agreement to be registered, or another legal basis."
)
EXPIRED = N_("Choose a day after today, or leave this empty.")


@dataclass(frozen=True)
class Draft:
    """Everything of a registered person that can be written; `condition` None leaves what is recorded."""

    identity: Identity
    registration: Registration
    contact: Contact
    condition: str | None
    expires_on: date | None = None


@dataclass(frozen=True)
class Registered:
    """Result of registering: the number, and whether the actor may still see the record (not a child's)."""

    id: str
    number: str
    visible: bool


def register(actor: Actor, draft: Draft, answers: Mapping[str, bool], talk: Talk) -> Registered:
    """Register a person with the answers to the consent questions; matching follows.

    Raises NotAllowed, or FieldError for a field of `Draft`, `Registration`, `Contact` or `Talk`, or "answers".
    """
    require(actor, "registration.write")
    if not answers.get(Purpose.REGISTER):
        raise FieldError("answers", BASIS_MISSING)
    with Unit(actor) as unit:
        person = Person(
            id=new_id(),
            society_id=actor.society_id,
            kind="registered",
            number=next_number(unit, actor.society_id, REGISTERED),
            created_by=actor.id,
            created_at=unit.at,
        )
        unit.session.add(person)
        _write(person, draft, today=unit.today)
        unit.session.flush()
        consents.record(unit, person, answers, talk)
        tell_timeline(unit, "person:registered", person_id=person.id)
        index_person(unit, person)
        hand_over_child(unit, person)
        unit.record("person:registered", person.id, minor=person.is_minor)
    propose_due([person.id])
    return Registered(person.id, person.number or "", actor.minors_cleared or not person.is_minor)


def amend(actor: Actor, person_id: str, draft: Draft, *, seen: str) -> bool:
    """Change a registered person; returns whether the actor may still see the record.

    Raises NotFound, ChangedMeanwhile when `seen` is no longer the stamp of what is stored, or FieldError.
    """
    with Unit(actor) as unit:
        person = fetch_registered(unit, person_id, "registration.write", lock=True)
        if seen != stamp_of(person):
            raise ChangedMeanwhile
        _write(person, draft, today=unit.today)
        unit.session.flush()
        tell_timeline(unit, "person:saved", person_id=person.id)
        index_person(unit, person)
        hand_over_child(unit, person)
        unit.record("person:saved", person.id, minor=person.is_minor)
    propose_due([person.id])
    return actor.minors_cleared or not person.is_minor


def take_over(actor: Actor, person_id: str) -> None:
    """Record that a colleague goes on with a child's record that somebody not cleared for children registered.

    Raises NotFound or NotAllowed.
    """
    with Unit(actor) as unit:
        person = fetch_registered(unit, person_id, "registration.write", lock=True)
        finish_task(unit, handed_over_key(person.id))
        tell_timeline(unit, "person:taken_over", person_id=person.id)
        unit.record("person:taken_over", person.id)


def hand_over_child(unit: Unit, person: Person) -> None:
    """Ask a cleared colleague to go on, where a child's record leaves the hands of whoever wrote it."""
    if unit.actor.minors_cleared or not person.is_minor:
        finish_task(unit, handed_over_key(person.id))
        return
    open_task(
        unit,
        "take_over_registered_child",
        society_id=person.society_id,
        permission="request.write",
        once=handed_over_key(person.id),
        person_id=person.id,
        has_minor=True,
    )


def _write(person: Person, draft: Draft, *, today: date) -> None:
    registration = checked(draft.registration, today)
    if draft.condition is not None:
        if draft.condition not in set(CONDITIONS):
            raise FieldError("condition", NOT_OFFERED)
        person.condition = draft.condition
    if draft.expires_on is not None and draft.expires_on != person.expires_on and draft.expires_on <= today:
        raise FieldError("expires_on", EXPIRED)
    person.expires_on = draft.expires_on
    person.identity = draft.identity.to_dict()
    person.contact = clean_contact(draft.contact).to_dict()
    person.private = registration.to_dict()
    person.is_minor = is_minor(draft.identity.birth, draft.identity.age, today)
