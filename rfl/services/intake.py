"""The interview that opens a tracing request: started once, left and taken up again, sent for acceptance when whole."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from rfl.domain.cases import SEPARATION_CAUSES, RequestState, Verb, move
from rfl.domain.cleaning import LINE_LENGTH, NAME_LENGTH, clean_line, clean_text
from rfl.domain.errors import ChangedMeanwhile, FieldError
from rfl.domain.ids import new_id
from rfl.domain.intake import CHANNELS, INTERVIEW, MEANS, PRIORITIES, News, Start, Step, step_after
from rfl.domain.persons import Identity, Place
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.requests import TracingRequest
from rfl.services.numbers import REQUEST, next_number
from rfl.services.proposing import propose_due
from rfl.services.request_gaps import NotComplete, gaps_of
from rfl.services.request_rows import fetch_editable, identity_of, reindex, sought_of, stamp, story_of
from rfl.services.scope import fetch, require
from rfl.services.tasks import finish_task, open_task
from rfl.services.timeline import tell_timeline
from rfl.services.typed_steps import forget_typed
from rfl.services.unit import Unit

NOT_OFFERED = N_("Choose one of the entries offered.")
DAY_TO_COME = N_("This day has not come yet. Enter the day on which the request was made.")


def start_request(actor: Actor, start: Start) -> str:
    """Open a draft with its case number and return its id; raises NotAllowed or FieldError."""
    require(actor, "request.write")
    with Unit(actor) as unit:
        request = TracingRequest(
            id=new_id(),
            society_id=actor.society_id,
            number=next_number(unit, actor.society_id, REQUEST),
            state=RequestState.DRAFT,
            step=Step.ENQUIRER,
            caseworker_id=actor.id,
            created_by=actor.id,
            opened_at=unit.at,
        )
        _write_start(request, checked_start(start, unit.today))
        unit.session.add(request)
        unit.session.flush()
        tell_timeline(unit, "request:opened", request_id=request.id)
        unit.record("request:opened", request.id)
    return request.id


def save_start(actor: Actor, request_id: str, start: Start, *, seen: str) -> None:
    """Change how the request came; raises ChangedMeanwhile when `seen` is no longer what is stored."""
    with Unit(actor) as unit:
        request = fetch_editable(unit, request_id)
        check_seen(seen, start_stamp(request))
        _write_start(request, checked_start(start, unit.today))
        step_saved(unit, request, Step.START)
        unit.record("request:saved", request.id, step=Step.START)


def save_news(actor: Actor, request_id: str, news: News, *, seen: str) -> None:
    """Save last news and circumstances, also for every sought person whose own page says nothing else.

    Raises ChangedMeanwhile when `seen` is no longer what is stored, FieldError.
    """
    with Unit(actor) as unit:
        request = fetch_editable(unit, request_id)
        check_seen(seen, news_stamp(request))
        before, news = read_news(request), clean_news(news)
        request.story = {**story_of(request), "news": news.to_dict()}
        for person in sought_of(unit.session, request):
            known = identity_of(person)
            person.identity = with_news(known, before, news).to_dict()
        step_saved(unit, request, Step.NEWS)
        people = reindex(unit, request)
        unit.record("request:saved", request.id, step=Step.NEWS)
    propose_due(people)


def with_news(known: Identity, before: News, news: News) -> Identity:
    """Return the identity with the request's last contact and last place, where it had none of its own."""
    if not known.last_contact or known.last_contact == before.last_contact:
        known = replace(known, last_contact=news.last_contact)
    if not known.last_place or known.last_place == before.last_place:
        known = replace(known, last_place=news.last_place)
    return known


def submit(actor: Actor, request_id: str) -> None:
    """Send a whole request for acceptance; raises NotComplete while something is missing, MoveNotPossible."""
    with Unit(actor) as unit:
        request = fetch(unit.session, actor, "request.write", TracingRequest, request_id, lock=True)
        state = move(request.state, Verb.SUBMIT)
        gaps = [gap for gap in gaps_of(unit.session, request) if gap.code != "risk"]
        if gaps:
            raise NotComplete(gaps)
        request.state, request.step = state, Step.REVIEW
        forget_typed(unit.session, request.id)
        finish_task(unit, f"complete:{request.id}")
        open_task(
            unit,
            "accept_request",
            society_id=request.society_id,
            permission="request.accept",
            once=f"accept:{request.id}",
            request_id=request.id,
            has_minor=request.has_minor,
        )
        tell_timeline(unit, "request:submitted", request_id=request.id)
        unit.record("request:submitted", request.id)


def check_seen(seen: str, stored: str) -> None:
    """Refuse to write over what somebody else saved since the page was shown; raises ChangedMeanwhile."""
    if seen != stored:
        raise ChangedMeanwhile


def step_saved(unit: Unit, request: TracingRequest, step: Step, *pages: str) -> None:
    """Remember how far the interview has come and forget what was typed; a later change goes to the timeline."""
    forget_typed(unit.session, request.id, *(pages or (step,)))
    if request.state in INTERVIEW:
        request.step = step if step == Step.SOUGHT else step_after(step)
    else:
        tell_timeline(unit, "request:saved", request_id=request.id)


def read_start(request: TracingRequest) -> Start:
    """Return how a request came."""
    told = story_of(request).get("start", {})
    return Start(
        channel=request.intake_channel,
        on=request.intake_on or request.opened_at.date(),
        cause=request.separation_cause,
        priority=request.priority,
        branch=told.get("branch", ""),
        interpreter=bool(told.get("interpreter")),
        language=told.get("language", ""),
    )


def read_news(request: TracingRequest) -> News:
    """Return last news and circumstances of a request."""
    return News.from_dict(story_of(request).get("news"))


def start_stamp(request: TracingRequest) -> str:
    """Return the fingerprint of how the request came, as stored."""
    return stamp(asdict(read_start(request)))


def news_stamp(request: TracingRequest) -> str:
    """Return the fingerprint of last news and circumstances, as stored."""
    return stamp(read_news(request).to_dict())


def checked_start(start: Start, today: date) -> Start:
    """Return `start` with clean text; raises FieldError for a value that is not offered or a day to come."""
    offered = {"channel": CHANNELS, "cause": SEPARATION_CAUSES, "priority": PRIORITIES}
    for field, choices in offered.items():
        if getattr(start, field) not in choices:
            raise FieldError(field, NOT_OFFERED)
    if start.on > today:
        raise FieldError("on", DAY_TO_COME)
    return replace(
        start,
        branch=clean_line(start.branch, "branch", limit=NAME_LENGTH),
        language=clean_line(start.language, "language", limit=NAME_LENGTH),
    )


def _write_start(request: TracingRequest, start: Start) -> None:
    request.intake_channel, request.intake_on = start.channel, start.on
    request.separation_cause, request.priority = start.cause, start.priority
    words = {"branch": start.branch, "interpreter": start.interpreter, "language": start.language}
    request.story = {**story_of(request), "start": words}


_LINES = frozenset({"separation_place", "rumour_source"})
_PARAGRAPHS = frozenset({"content", "present", "route", "rumours", "looked", "organisations"})


def clean_news(news: News) -> News:
    """Return `news` with clean text; raises FieldError named after the field of the form."""
    if news.means not in MEANS:
        raise FieldError("means", NOT_OFFERED)
    words: dict[str, Any] = {key: clean_line(getattr(news, key), key) for key in _LINES}
    words |= {key: clean_text(getattr(news, key), key) for key in _PARAGRAPHS}
    place = Place(
        text=clean_line(news.last_place.text, "last_place", limit=LINE_LENGTH),
        country=news.last_place.country,
        region=clean_line(news.last_place.region, "last_region", limit=NAME_LENGTH),
        directions=clean_text(news.last_place.directions, "last_directions"),
    )
    return replace(news, last_place=place, **words)
