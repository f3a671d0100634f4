"""The list of tracing requests: filtered, by age, with what is overdue; only of one's own society."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from rfl.domain.cases import RequestState
from rfl.domain.date_vocabulary import fold
from rfl.domain.intake import PRIORITIES
from rfl.domain.roles import Actor
from rfl.models.accounts import User
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services.actions import has_overdue
from rfl.services.paging import page_within
from rfl.services.request_rows import identity_of
from rfl.services.scope import require, within
from rfl.services.unit import Unit

PAGE_SIZE = 25
LONGEST_NUMBER = 30
ENDED = frozenset({RequestState.CLOSED, RequestState.NOT_ACCEPTED})


@dataclass(frozen=True)
class Filter:
    """What the list shows: `state` is a RequestState, "open" for all that have not ended, or empty for all."""

    state: str = "open"
    mine: bool = False
    priority: str = ""
    overdue: bool = False
    number: str = ""
    newest_first: bool = False
    page: int = 1


@dataclass(frozen=True)
class Line:
    """One request of the list."""

    id: str
    number: str
    state: str
    priority: str
    enquirer: str
    sought: tuple[str, ...]
    opened_at: datetime
    days: int
    caseworker: str
    has_minor: bool
    overdue: bool


@dataclass(frozen=True)
class Listing:
    """One page of the list; `pages` is at least 1."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int


def list_requests(actor: Actor, wanted: Filter) -> Listing:
    """Return one page of the requests that the actor may see; unknown filter values show nothing."""
    require(actor, "request.read")
    with Unit(actor) as unit:
        session = unit.session
        rules = [within(actor, TracingRequest), *_conditions(actor, wanted, unit.today)]
        total = session.scalar(select(func.count()).select_from(TracingRequest).where(*rules)) or 0
        page, pages = page_within(wanted.page, total, PAGE_SIZE)
        late = has_overdue(unit.today).label("late")
        order = TracingRequest.opened_at.desc() if wanted.newest_first else TracingRequest.opened_at
        rows = session.execute(
            select(TracingRequest, late)
            .where(*rules)
            .order_by(order, TracingRequest.id)
            .limit(PAGE_SIZE)
            .offset((page - 1) * PAGE_SIZE)
        ).all()
        lines = _lines(session, [(request, bool(overdue)) for request, overdue in rows], unit.at)
        unit.record("request:listed", actor.society_id, found=total, page=page)
    return Listing(lines, total, page, pages)


def _conditions(actor: Actor, wanted: Filter, today: date) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = []
    if wanted.state == "open":
        rules.append(TracingRequest.state.not_in(ENDED))
    elif wanted.state:
        rules.append(TracingRequest.state == wanted.state)
    if wanted.mine:
        rules.append(TracingRequest.caseworker_id == actor.id)
    if wanted.priority:
        rules.append(TracingRequest.priority == (wanted.priority if wanted.priority in PRIORITIES else ""))
    if wanted.overdue:
        rules.append(has_overdue(today))
    number = fold(wanted.number[:LONGEST_NUMBER])  # digits as a phone in Arabic or Persian types them count too
    if number:
        rules.append(TracingRequest.number.icontains(number, autoescape=True))
    return rules


def _lines(session: Session, rows: list[tuple[TracingRequest, bool]], at: datetime) -> tuple[Line, ...]:
    keys = [request.id for request, _ in rows]
    people: dict[str, list[Person]] = {key: [] for key in keys}
    for person in session.scalars(
        select(Person).where(Person.request_id.in_(keys)).order_by(Person.position, Person.id)
    ):
        people[person.request_id or ""].append(person)
    workers = {request.caseworker_id for request, _ in rows if request.caseworker_id}
    names = {user.id: user.display_name for user in session.scalars(select(User).where(User.id.in_(workers)))}
    return tuple(
        _line(request, people[request.id], names.get(request.caseworker_id or "", ""), at, overdue=overdue)
        for request, overdue in rows
    )


def _line(request: TracingRequest, people: list[Person], caseworker: str, at: datetime, *, overdue: bool) -> Line:
    names = {person.id: identity_of(person).display_name() for person in people}
    return Line(
        id=request.id,
        number=request.number,
        state=request.state,
        priority=request.priority,
        enquirer=next((names[person.id] for person in people if person.kind == "enquirer"), ""),
        sought=tuple(names[person.id] for person in people if person.kind == "sought"),
        opened_at=request.opened_at,
        days=(at - request.opened_at).days,
        caseworker=caseworker,
        has_minor=request.has_minor,
        overdue=overdue,
    )
