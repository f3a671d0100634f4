"""What the pages of the interview show: what is stored, what was typed and not saved, what is done, what is missing."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from rfl.domain.cases import HARM_QUESTIONS
from rfl.domain.errors import NotFound
from rfl.domain.intake import INTERVIEW, STEPS, Contact, Gap, News, Start, Step
from rfl.domain.persons import Identity
from rfl.domain.roles import Actor
from rfl.models.requests import TracingRequest
from rfl.services.autosave import page_stamp
from rfl.services.consents import ConsentCard, card_of
from rfl.services.harm_checks import newest_check
from rfl.services.intake import read_news, read_start
from rfl.services.request_gaps import gaps_of
from rfl.services.request_rows import enquirer_of, fetch_editable, identity_of, sought_of
from rfl.services.typed_steps import Kept, check_page, pages_typed, read_typed
from rfl.services.unit import Unit

# What the overview says of a step.
DONE, MISSING, EMPTY, TYPED = "done", "missing", "empty", "typed"


@dataclass(frozen=True)
class StepView:
    """One step of the overview: its state, what is missing in it, and whether the interview was left here."""

    step: Step
    state: str
    gaps: tuple[Gap, ...]
    left_here: bool


@dataclass(frozen=True)
class SoughtLine:
    """A sought person in the list of the interview."""

    id: str
    name: str
    relation: str
    is_minor: bool
    missing_with: tuple[str, ...]  # names of relatives missing together with the person


@dataclass(frozen=True)
class Head:
    """What stands above every page of one interview."""

    id: str
    number: str
    state: str
    has_minor: bool
    is_interview: bool
    steps: tuple[StepView, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Page:
    """One page of the interview: the head, and what stands behind its form."""

    head: Head
    kept: Kept | None
    seen: str
    start: Start | None = None
    identity: Identity | None = None
    contact: Contact | None = None
    relation: str = ""
    news: News | None = None
    consent: ConsentCard | None = None
    answers: dict[str, bool] | None = None
    note: str = ""


@dataclass(frozen=True)
class Overview:
    """The whole interview at a glance."""

    head: Head
    enquirer: str
    sought: tuple[SoughtLine, ...]
    can_remove: bool


def open_page(actor: Actor, request_id: str, page: str) -> Page:
    """Return what a page of the interview shows; raises NotFound, MoveNotPossible for an ended request."""
    with Unit(actor) as unit:
        request = fetch_editable(unit, request_id, lock=False)
        check_page(unit.session, request, page)
        view = _page(unit.session, actor, request, page)
        unit.record("request:read", request.id, step=page)
    return view


def open_overview(actor: Actor, request_id: str) -> Overview:
    """Return the state of every step, and the persons by name."""
    with Unit(actor) as unit:
        request = fetch_editable(unit, request_id, lock=False)
        view = Overview(
            head=_head(unit.session, request),
            enquirer=identity_of(enquirer_of(unit.session, request)).display_name(),
            sought=_sought_lines(unit.session, request),
            can_remove=request.state in INTERVIEW,
        )
        unit.record("request:read", request.id, step="overview")
    return view


def _page(session: Session, actor: Actor, request: TracingRequest, page: str) -> Page:
    head = _head(session, request)
    kept, seen = read_typed(session, request.id, page), page_stamp(session, request, page) or ""
    if page.startswith("sought-"):
        person = next((one for one in sought_of(session, request) if f"sought-{one.id}" == page), None)
        return Page(head, kept, seen, identity=identity_of(person), relation=person.relation if person else "")
    enquirer = enquirer_of(session, request)
    if page == Step.ENQUIRER:
        contact = Contact.from_dict(enquirer.contact if enquirer else None)
        return Page(head, kept, seen, identity=identity_of(enquirer), contact=contact)
    if page == Step.CONSENT:
        return Page(head, kept, seen, consent=card_of(session, actor, enquirer) if enquirer else None)
    if page == Step.HARM:
        check = newest_check(session, request)
        answers = {key: bool(check.answers.get(key)) for key in HARM_QUESTIONS} if check else None
        return Page(head, kept, seen, answers=answers, note=(check.note or "") if check else "")
    if page == Step.NEWS:
        return Page(head, kept, seen, news=read_news(request))
    if page == Step.START:
        return Page(head, kept, seen, start=read_start(request))
    raise NotFound


def _head(session: Session, request: TracingRequest) -> Head:
    gaps = gaps_of(session, request)
    typed = {page.partition("-")[0] for page in pages_typed(session, request.id)}
    interview = request.state in INTERVIEW
    steps = tuple(
        StepView(
            step,
            _state(step, gaps, typed, news=bool(read_news(request)), sent=not interview),
            tuple(gap for gap in gaps if gap.step == step),
            left_here=interview and request.step == step,
        )
        for step in STEPS
    )
    return Head(request.id, request.number, request.state, request.has_minor, interview, steps, tuple(gaps))


def _state(step: Step, gaps: list[Gap], typed: set[str], *, news: bool, sent: bool) -> str:
    if step in typed:
        return TYPED
    if step == Step.REVIEW:
        return DONE if sent else EMPTY
    if any(gap.step == step for gap in gaps):
        return MISSING
    return EMPTY if step == Step.NEWS and not news else DONE


def _sought_lines(session: Session, request: TracingRequest) -> tuple[SoughtLine, ...]:
    lines = []
    for person in sought_of(session, request):
        identity = identity_of(person)
        missing = tuple(kin.name for kin in identity.relatives if kin.missing_too)
        lines.append(SoughtLine(person.id, identity.display_name(), person.relation, person.is_minor, missing))
    return tuple(lines)
