"""Everything the enquirer's side may know of one tracing request; nothing of proposals or of an unanswered question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from rfl.domain.cases import HARM_QUESTIONS, SEARCHING, RequestState, SoughtStatus
from rfl.domain.intake import EDITABLE, Contact, News, Start
from rfl.domain.persons import Identity
from rfl.domain.roles import Actor, may
from rfl.models.accounts import User
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services.actions import ActionCard, list_actions
from rfl.services.closing import Ending, read_ending
from rfl.services.consents import ConsentCard, card_of
from rfl.services.harm_checks import may_clear, newest_check
from rfl.services.intake import read_news, read_start
from rfl.services.request_gaps import risk_is_open
from rfl.services.request_rows import enquirer_of, identity_of, sought_of
from rfl.services.scope import fetch, subject_of
from rfl.services.timeline import Happening, read_timeline
from rfl.services.unit import Unit


@dataclass(frozen=True)
class SoughtCard:
    """One sought person as the enquirer's side knows them."""

    id: str
    identity: Identity
    relation: str
    status: str
    outcome: str
    is_minor: bool


@dataclass(frozen=True)
class HarmCard:
    """The newest do-no-harm check, and whether danger still waits for a decision that this reader can make."""

    risk: str
    yes: tuple[str, ...]
    note: str
    by: str
    at: datetime
    is_open: bool
    may_clear: bool


@dataclass(frozen=True)
class Acts:
    """What the reader can do to this request now."""

    edit: bool
    accept: bool
    plan: bool
    propose_closing: bool
    decide_closing: bool
    reopen: bool
    reconsider: bool
    supervise: bool
    see_proposals: bool


@dataclass(frozen=True)
class Case:
    """One tracing request, ready to show."""

    id: str
    number: str
    state: str
    opened_at: datetime
    start: Start
    has_minor: bool
    refusal: str
    caseworker: str
    caseworker_id: str
    enquirer: Identity
    contact: Contact
    consent: ConsentCard | None
    sought: tuple[SoughtCard, ...]
    news: News
    harm: HarmCard | None
    actions: tuple[ActionCard, ...]
    ending: Ending
    ending_by: str
    timeline: Sequence[Happening]
    acts: Acts


def read_case(actor: Actor, request_id: str) -> Case:
    """Return a tracing request with everything on its page; raises NotFound, NotAllowed."""
    with Unit(actor) as unit:
        request = fetch(unit.session, actor, "request.read", TracingRequest, request_id)
        case = _case(unit.session, actor, request, unit.today)
        unit.record("request:read", request.id)
    return case


def _case(session: Session, actor: Actor, request: TracingRequest, today: date) -> Case:
    enquirer, ending = enquirer_of(session, request), read_ending(request)
    return Case(
        id=request.id,
        number=request.number,
        state=request.state,
        opened_at=request.opened_at,
        start=read_start(request),
        has_minor=request.has_minor,
        refusal=request.refusal,
        caseworker=_name(session, request.caseworker_id),
        caseworker_id=request.caseworker_id or "",
        enquirer=identity_of(enquirer),
        contact=Contact.from_dict(enquirer.contact if enquirer else None),
        consent=card_of(session, actor, enquirer) if enquirer else None,
        sought=tuple(_sought_card(person) for person in sought_of(session, request)),
        news=read_news(request),
        harm=_harm(session, actor, request),
        actions=tuple(list_actions(session, request.id, today)),
        ending=ending,
        ending_by=_name(session, ending.by),
        timeline=read_timeline(session, request.society_id, request_id=request.id),
        acts=_acts(actor, request),
    )


def _sought_card(person: Person) -> SoughtCard:
    status = person.status or SoughtStatus.SEARCHING
    return SoughtCard(person.id, identity_of(person), person.relation, status, person.outcome, person.is_minor)


def _harm(session: Session, actor: Actor, request: TracingRequest) -> HarmCard | None:
    check = newest_check(session, request)
    if check is None:
        return None
    waits = risk_is_open(request)
    return HarmCard(
        risk=request.risk,
        yes=tuple(HARM_QUESTIONS[key][0] for key in HARM_QUESTIONS if check.answers.get(key)),
        note=check.note or "",
        by=_name(session, check.made_by),
        at=check.made_at,
        is_open=waits,
        may_clear=waits and may(actor, "request.supervise", subject_of(request)) and may_clear(session, request, actor),
    )


def _acts(actor: Actor, request: TracingRequest) -> Acts:
    def can(permission: str, *states: str) -> bool:
        return request.state in states and may(actor, permission, subject_of(request))

    state = RequestState
    return Acts(
        edit=can("request.write", *EDITABLE),
        accept=can("request.accept", state.SUBMITTED),
        plan=can("request.write", *SEARCHING),
        propose_closing=can("request.propose_closing", state.ACCEPTED),
        decide_closing=can("request.approve_closing", state.CLOSING_PROPOSED)
        and request.closing_proposed_by != actor.id,
        reopen=can("request.propose_closing", state.CLOSED),
        reconsider=can("request.accept", state.NOT_ACCEPTED),
        supervise=can("request.supervise", *EDITABLE),
        see_proposals=can("proposal.read", *RequestState),
    )


def _name(session: Session, user_id: str | None) -> str:
    user = session.get(User, user_id) if user_id else None
    return user.display_name if user else ""
