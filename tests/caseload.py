"""Small invented caseloads: requests and registered persons ready for matching, without the screens."""

from datetime import date

from rfl.domain.consent import NOTICE_VERSION, Purpose
from rfl.domain.ids import new_id
from rfl.domain.persons import Identity, PersonName, UncertainDate
from rfl.domain.roles import Actor
from rfl.models.persons import Consent, Person
from rfl.models.requests import TracingRequest
from rfl.services.matching_index import index_persons
from rfl.services.unit import Unit


def identity(name: str, birth: str = "", **more) -> Identity:
    return Identity(names=(PersonName(full=name),), birth=UncertainDate(birth, birth), **more)


def add_person(unit: Unit, kind: str, who: Identity, *, given: bool | None = True, **columns) -> Person:
    person = Person(
        id=columns.pop("id", None) or new_id(),
        society_id=unit.actor.society_id,
        kind=kind,
        created_by=unit.actor.id,
        created_at=unit.at,
        **columns,
    )
    person.identity = who.to_dict()
    unit.session.add(person)
    unit.session.flush()
    if given is not None:
        answer(unit, person, given=given)
    return person


def answer(unit: Unit, person: Person, *, given: bool) -> None:
    unit.session.add(
        Consent(
            id=new_id(),
            society_id=person.society_id,
            person_id=person.id,
            purpose=Purpose.MATCHING,
            given=given,
            notice_version=NOTICE_VERSION,
            on=date(2026, 1, 2),
            recorded_by=person.created_by,
            recorded_at=unit.at,
        )
    )


def add_registered(actor: Actor, who: Identity, **columns) -> str:
    with Unit(actor) as unit:
        person = add_person(unit, "registered", who, **columns)
        index_persons(unit, [person])
        unit.record("person:registered", person.id)
    return person.id


def add_request(
    actor: Actor, enquirer: Identity, *sought: tuple[str, Identity], state: str = "accepted", given: bool = True
) -> tuple[str, list[str]]:
    """Return the id of the enquirer and the ids of the sought persons, given as (relation, identity)."""
    with Unit(actor) as unit:
        request = TracingRequest(
            id=new_id(),
            society_id=actor.society_id,
            number=f"X-T-{new_id()}",
            state=state,
            created_by=actor.id,
            opened_at=unit.at,
        )
        unit.session.add(request)
        unit.session.flush()
        first = add_person(unit, "enquirer", enquirer, given=given, request_id=request.id)
        others = [
            add_person(unit, "sought", who, given=None, request_id=request.id, position=place, relation=relation)
            for place, (relation, who) in enumerate(sought)
        ]
        index_persons(unit, [first, *others])
        unit.record("request:opened", request.id)
    return first.id, [person.id for person in others]


YUSUF_ARABIC = identity("يوسف أحمد حداد", "1994-05-12", mother_name="سلمى", sex="male")
