"""Notes on a tracing request, and which caseworker answers for it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.cleaning import clean_text
from rfl.domain.errors import FieldError
from rfl.domain.roles import Actor, may
from rfl.domain.text import N_
from rfl.models.accounts import User
from rfl.models.requests import TracingRequest
from rfl.services.scope import colleague, fetch, subject_of
from rfl.services.tasks import finish_task
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Look, Unit

NOTE_MISSING = N_("Write the note first.")
NOT_A_CASEWORKER = N_("This colleague may not work on this request. Choose another one.")


@dataclass(frozen=True)
class Colleague:
    """Somebody who may answer for a request."""

    id: str
    name: str


@dataclass(frozen=True)
class Head:
    """Which request a page is about; no personal data."""

    id: str
    number: str
    state: str


def read_head(actor: Actor, request_id: str) -> Head:
    """Return number and state of a request that the actor may change; raises NotFound."""
    with Look(actor) as look:
        request = fetch(look.session, actor, "request.write", TracingRequest, request_id)
        return Head(request.id, request.number, request.state)


def add_note(actor: Actor, request_id: str, text: str) -> None:
    """Add a note to the timeline of a request in any state; raises FieldError."""
    text = clean_text(text, "text")
    if not text:
        raise FieldError("text", NOTE_MISSING)
    with Unit(actor) as unit:
        request = fetch(unit.session, actor, "request.write", TracingRequest, request_id)
        tell_timeline(unit, "request:note", request_id=request.id, note=text)
        unit.record("request:note", request.id)


def assign_caseworker(actor: Actor, request_id: str, user_id: str) -> None:
    """Let a colleague of the same society answer for a request; raises FieldError, NotFound for a foreign one."""
    with Unit(actor) as unit:
        request = fetch(unit.session, actor, "request.write", TracingRequest, request_id, lock=True)
        user = colleague(unit.session, actor, user_id)
        if not _may_work(user, request):
            raise FieldError("caseworker", NOT_A_CASEWORKER)
        request.caseworker_id = user.id
        finish_task(unit, f"child:{request.id}")
        tell_timeline(unit, "request:assigned", request_id=request.id)
        unit.record("request:assigned", request.id, to=user.id)


def read_colleagues(actor: Actor, request_id: str) -> tuple[str, list[Colleague]]:
    """Return who answers for a request now (id or empty) and who may; raises NotFound."""
    with Look(actor) as look:
        request = fetch(look.session, actor, "request.write", TracingRequest, request_id)
        return request.caseworker_id or "", list_colleagues(look.session, request)


def list_colleagues(session: Session, request: TracingRequest) -> list[Colleague]:
    """Return everybody who may answer for this request, by name."""
    users = session.scalars(
        select(User).where(User.society_id == request.society_id, User.active).order_by(User.display_name, User.id)
    )
    return [Colleague(user.id, user.display_name) for user in users if _may_work(user, request)]


def _may_work(user: User, request: TracingRequest) -> bool:
    actor = Actor(user.id, user.society_id, frozenset(user.roles), minors_cleared=user.minors_cleared)
    return may(actor, "request.write", subject_of(request))
