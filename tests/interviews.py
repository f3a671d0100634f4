"""Tracing requests made through the services, as far as a test needs them."""

from datetime import date

from rfl.domain.cases import HARM_QUESTIONS
from rfl.domain.consent import Evidence, Purpose
from rfl.domain.consent_talk import Talk
from rfl.domain.intake import Contact, Start
from rfl.domain.persons import Identity, PersonName, UncertainDate
from rfl.domain.roles import Actor
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services import acceptance, harm_checks, intake, intake_consent, intake_persons
from rfl.services.unit import Look

SAFE = dict.fromkeys(HARM_QUESTIONS, False)
DANGER = {**SAFE, "flees_enquirer": True}
START = Start(channel="interview", on=date(2024, 5, 2), cause="conflict", branch="Harbour branch")
CONTACT = Contact(phones="+00 555 0101", safe_way="call in the evening only")


def somebody(name: str, born: str = "1970") -> Identity:
    birth = UncertainDate(born, born) if born else UncertainDate()
    return Identity(names=(PersonName(full=name),), birth=birth)


def talk() -> Talk:
    return Talk(on=date(2024, 5, 2), language="ar", evidence=Evidence.SIGNED)


def add_sought(actor: Actor, request_id: str, name: str, *, born: str = "1970", relation: str = "brother") -> str:
    saved = intake_persons.save_sought(actor, request_id, None, somebody(name, born), relation, seen="")
    return saved.person_id


def interviewed(
    actor: Actor, *sought: str, answers: dict[str, bool] = SAFE, purposes: tuple[str, ...] = tuple(Purpose)[:2]
) -> str:
    """A whole draft: enquirer, sought persons, consent, do-no-harm check."""
    request_id = intake.start_request(actor, START)
    intake_persons.save_enquirer(actor, request_id, somebody("Mariam Haddad"), CONTACT, seen="")
    for name in sought or ("Yusuf Haddad",):
        add_sought(actor, request_id, name)
    if purposes:
        intake_consent.save_consent(actor, request_id, dict.fromkeys(purposes, True), talk())
    harm_checks.check_harm(actor, request_id, answers, "noted" if any(answers.values()) else "")
    return request_id


def submitted(actor: Actor, *sought: str, **facts: object) -> str:
    request_id = interviewed(actor, *sought, **facts)
    intake.submit(actor, request_id)
    return request_id


def accepted(actor: Actor, *sought: str, **facts: object) -> str:
    request_id = submitted(actor, *sought, **facts)
    acceptance.accept(actor, request_id)
    return request_id


def stored(actor: Actor, request_id: str) -> TracingRequest:
    with Look(actor) as look:
        return look.session.get_one(TracingRequest, request_id)


def people(actor: Actor, request_id: str, kind: str = "sought") -> list[Person]:
    with Look(actor) as look:
        rows = look.session.query(Person).filter_by(request_id=request_id, kind=kind)
        return rows.order_by(Person.position).all()
