"""One way to load any person of the own society, whichever kind of record it belongs to."""

from sqlalchemy.orm import Session

from rfl.domain.errors import NotFound
from rfl.domain.roles import Actor, holds
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services.scope import fetch

# kind of person -> what somebody must hold to read or to change the record it belongs to
READ = {"registered": "registration.read", "enquirer": "request.read", "sought": "request.read"}
WRITE = {"registered": "registration.write", "enquirer": "request.write", "sought": "request.write"}


def fetch_person(
    session: Session, actor: Actor, person_id: str, needed: dict[str, str] = READ, *, lock: bool = False
) -> Person:
    """Return a person whose record the actor may read (`READ`) or change (`WRITE`).

    Raises NotFound for everything else: a missing id, a foreign one, a kind of record that the actor's roles do not
    open, a child's record, and anybody in a request that concerns a child, for staff not cleared for children.
    """
    person = session.get(Person, person_id)
    if person is None or not holds(actor, needed[person.kind]):
        raise NotFound
    if person.request_id is not None:
        fetch(session, actor, needed[person.kind], TracingRequest, person.request_id)
    return fetch(session, actor, needed[person.kind], Person, person_id, lock=lock)
