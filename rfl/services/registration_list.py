"""The list of registered persons: of the own society, of a volunteer only their own, children for cleared staff."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from rfl.domain.persons import Identity
from rfl.domain.registrations import CONDITIONS, SENSITIVE_CONDITIONS
from rfl.domain.roles import Actor, holds
from rfl.models.accounts import User
from rfl.models.persons import Person
from rfl.services.paging import page_within
from rfl.services.registration_reading import shown_condition
from rfl.services.scope import require, within
from rfl.services.unit import Unit

PAGE_SIZE = 25  # rows that fit on two screens; more is what the search is for


@dataclass(frozen=True)
class Wanted:
    """What to list; empty or False means no filter."""

    mine: bool = False
    condition: str = ""
    children: bool = False
    unmatched: bool = False  # only those who do not take part in matching
    page: int = 1


@dataclass(frozen=True)
class RegistrationLine:
    """One registered person in a list."""

    id: str
    number: str
    identity: Identity
    condition: str
    is_minor: bool
    searching: bool
    created_at: datetime
    created_by: str


@dataclass(frozen=True)
class RegistrationPage:
    """One page of the list, newest first; `pages` is at least 1."""

    lines: tuple[RegistrationLine, ...]
    page: int
    pages: int
    total: int


def list_registrations(actor: Actor, wanted: Wanted) -> RegistrationPage:
    """Return one page of the registered persons that the actor may see; raises NotAllowed."""
    require(actor, "registration.read")
    with Unit(actor) as unit:
        rules = [within(actor, Person), Person.kind == "registered", *_filters(actor, wanted)]
        total = unit.session.scalar(select(func.count()).select_from(Person).where(*rules)) or 0
        page, pages = page_within(wanted.page, total, PAGE_SIZE)
        rows = unit.session.execute(
            select(Person, User.display_name)
            .outerjoin(User, User.id == Person.created_by)
            .where(*rules)
            .order_by(Person.created_at.desc(), Person.id)
            .limit(PAGE_SIZE)
            .offset((page - 1) * PAGE_SIZE)
        ).all()
        lines = tuple(_line(actor, person, name) for person, name in rows)
        unit.record("persons:listed", actor.society_id, shown=len(lines), page=page)
    return RegistrationPage(lines, page, pages, total)


def conditions_offered(actor: Actor) -> dict[str, str]:
    """Return the conditions by which the actor may filter: a filter would tell what a hidden condition is."""
    permitted = holds(actor, "registration.condition")
    return {str(key): label for key, label in CONDITIONS.items() if permitted or key not in SENSITIVE_CONDITIONS}


def _filters(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = []
    if wanted.mine:
        rules.append(Person.created_by == actor.id)
    if wanted.condition in conditions_offered(actor):
        rules.append(Person.condition == wanted.condition)
    if wanted.children:
        rules.append(Person.is_minor.is_(True))
    if wanted.unmatched:
        rules.append(Person.searching.is_(False))
    return rules


def _line(actor: Actor, person: Person, name: str | None) -> RegistrationLine:
    return RegistrationLine(
        id=person.id,
        number=person.number or "",
        identity=Identity.from_dict(person.identity or {}),
        condition=shown_condition(actor, person.condition),
        is_minor=person.is_minor,
        searching=person.searching,
        created_at=person.created_at,
        created_by=name or "",
    )
