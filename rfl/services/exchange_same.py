"""From "the same person" to a proposal: what the partner has shown becomes a registered person of this society.

Linked, not merged: from here on it is reviewed, confirmed by two officers and told like any other.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rfl.domain.consent import NOTICE_VERSION, Evidence, Purpose
from rfl.domain.dates import is_minor
from rfl.domain.errors import RuleBroken
from rfl.domain.exchange import SAME
from rfl.domain.exchange_steps import FIRST, PRESENT, SECOND, SOUGHT, THIRD
from rfl.domain.ids import new_id
from rfl.domain.intake import Contact
from rfl.domain.persons import Age, Identity, PersonName, Place, Relative, UncertainDate
from rfl.domain.registrations import Condition, Registration
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.persons import Consent, Person
from rfl.services.exchange_pairs import PairMovedOn, fetch_pair
from rfl.services.exchange_step_views import partner_details, record_of_own
from rfl.services.exchange_steps import Steps, steps_of
from rfl.services.matching_index import index_person
from rfl.services.numbers import REGISTERED, next_number
from rfl.services.proposing import propose_due
from rfl.services.registrations import hand_over_child
from rfl.services.scope import require
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

# What the agreement that came with the record allows here: the partner lets nobody go into exchange who has not
# agreed to being compared, and shows nobody who has not agreed to being passed on.
ALLOWED = (Purpose.REGISTER, Purpose.MATCHING)


class NothingToEnter(RuleBroken):
    """Only somebody whom the partner is in contact with, and whose name it has shown, is entered for a search."""

    message = N_(
        "The partner's record can be entered once both sides have shown step 2 with a name, if your case is a search "
        "and the partner is in contact with the person."
    )


def enter_copy(actor: Actor, pair_id: str) -> str:
    """Enter the partner's record as a registered person and let it be proposed; returns the id of the person.

    Raises NotAllowed, NotFound, PairMovedOn when it is entered already or the pair has ended, or NothingToEnter.
    """
    require(actor, "registration.write")
    with Unit(actor) as unit:
        pair = fetch_pair(unit.session, actor, pair_id)
        if pair.state != SAME or pair.copy_id is not None:
            raise PairMovedOn
        known = steps_of(unit.session, pair.id)
        shown = partner_details(known, SECOND)
        if "names" not in shown or (record_of_own(unit.session, pair), shown["record"]) != (SOUGHT, PRESENT):
            raise NothingToEnter
        person = _register(unit, known, shown)
        pair.copy_id = person.id
        unit.session.flush()
        index_person(unit, person)
        hand_over_child(unit, person)
        unit.record("exchange:copy_registered", pair.id, person=person.id)
    propose_due([person.id])
    return person.id


def _register(unit: Unit, known: Steps, shown: Mapping[str, Any]) -> Person:
    identity = identity_from(partner_details(known, FIRST), shown)
    last = partner_details(known, THIRD)
    person = Person(
        id=new_id(),
        society_id=unit.actor.society_id,
        kind="registered",
        number=next_number(unit, unit.actor.society_id, REGISTERED),
        condition=Condition.UNKNOWN,
        is_minor=is_minor(identity.birth, identity.age, unit.today),
        created_by=unit.actor.id,
        created_at=unit.at,
    )
    person.identity = identity.to_dict()
    person.contact = Contact(safe_way=last.get("contact", "")).to_dict()
    notes = last.get("circumstances", "")
    person.private = Registration("partner", on=unit.today.isoformat(), told_by="staff", notes=notes).to_dict()
    unit.session.add(person)
    unit.session.flush()
    for purpose in ALLOWED:
        unit.session.add(_consent(unit, person, purpose, shown["agreed"]))
    tell_timeline(unit, "person:registered", person_id=person.id)
    return person


def _consent(unit: Unit, person: Person, purpose: Purpose, agreed: Mapping[str, str]) -> Consent:
    """The agreement as the partner recorded it."""
    return Consent(
        id=new_id(),
        society_id=person.society_id,
        person_id=person.id,
        purpose=purpose,
        given=True,
        basis=agreed["basis"],
        evidence=Evidence.LIST,
        speaker=agreed["speaker"],
        notice_version=NOTICE_VERSION,
        language=agreed["language"],
        on=date.fromisoformat(agreed["on"]),
        recorded_by=unit.actor.id,
        recorded_at=unit.at,
    )


def identity_from(first: Mapping[str, Any], second: Mapping[str, Any]) -> Identity:
    """Return the identity that the details of the first two steps make; a region alone is a last place too."""
    told = [(one["relation"], one["name"]) for one in second.get("parents", ())]
    mothers = [name for relation, name in told if relation == "mother"]
    others = [pair for pair in told if pair != ("mother", mothers[0] if mothers else "")]
    age = second.get("age")
    return Identity(
        names=tuple(PersonName(**one) for one in second["names"]),
        sex=first.get("sex", ""),
        birth=UncertainDate(**second.get("birth", {})),
        age=Age(**age) if age else None,
        mother_name=mothers[0] if mothers else "",
        birth_place=Place(**second.get("birth_place", {})),
        last_place=Place(**(second.get("last_place") or first.get("region") or {})),
        relatives=tuple(Relative(relation, name) for relation, name in others),
    )
