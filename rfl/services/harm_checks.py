"""The do-no-harm check: whoever sees danger stops the search, and only another person can let it go on."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.cases import HARM_QUESTIONS, Risk, assess
from rfl.domain.cleaning import clean_text
from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.intake import Step
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.requests import HarmCheck, TracingRequest
from rfl.services.intake import step_saved
from rfl.services.proposing import propose_due
from rfl.services.request_gaps import risk_is_open
from rfl.services.request_rows import fetch_editable, reindex
from rfl.services.scope import fetch
from rfl.services.tasks import finish_task, open_task
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

UNANSWERED = N_("Answer every question with yes or no.")
NOTE_MISSING = N_("Write what you saw and what precautions you took.")
REASON_MISSING = N_("Write why the search may go on, and under which precautions.")


class AnotherPersonDecides(RuleBroken):
    """Whoever made the check cannot also set the danger aside."""

    message = N_("You made the do-no-harm check yourself. Another tracing officer must decide on the danger.")


class NoDangerOpen(RuleBroken):
    """There is nothing to decide."""

    message = N_("No danger waits for a decision here; somebody has decided on it, or it was never seen.")


def check_harm(actor: Actor, request_id: str, answers: Mapping[str, bool], note: str) -> Risk:
    """Record one check and return the risk the request now has; raises FieldError.

    A later check never sets an undecided danger aside: red stays red until another person has decided.
    """
    if set(answers) != set(HARM_QUESTIONS):
        raise FieldError(next(key for key in HARM_QUESTIONS if key not in answers), UNANSWERED)
    note, seen = clean_text(note, "note"), assess(dict(answers))
    if seen != Risk.GREEN and not note:
        raise FieldError("note", NOTE_MISSING)
    with Unit(actor) as unit:
        request = fetch_editable(unit, request_id)
        _add_check(unit, request, answers, seen, note)
        request.risk = Risk.RED if risk_is_open(request) else seen
        if seen == Risk.RED:
            request.risk_cleared_by = None
        _ask_supervisor(unit, request)
        step_saved(unit, request, Step.HARM)
        tell_timeline(unit, "request:harm_checked", request_id=request.id, risk=request.risk)
        people = reindex(unit, request)
        unit.record("request:harm_checked", request.id, risk=request.risk)
    propose_due(people)
    return Risk(request.risk)


def clear_risk(actor: Actor, request_id: str, reason: str) -> None:
    """Let a search go on although danger was seen, as another person than any who made a check, with a reason.

    Raises NotAllowed, NotFound, NoDangerOpen, AnotherPersonDecides or FieldError.
    """
    reason = clean_text(reason, "reason")
    if not reason:
        raise FieldError("reason", REASON_MISSING)
    with Unit(actor) as unit:
        request = fetch(unit.session, actor, "request.supervise", TracingRequest, request_id, lock=True)
        if not risk_is_open(request):
            raise NoDangerOpen
        if not may_clear(unit.session, request, actor):
            raise AnotherPersonDecides
        request.risk_cleared_by = actor.id
        finish_task(unit, f"risk:{request.id}")
        tell_timeline(unit, "request:risk_cleared", request_id=request.id, note=reason)
        people = reindex(unit, request)
        unit.record("request:risk_cleared", request.id)
    propose_due(people)


def may_clear(session: Session, request: TracingRequest, actor: Actor) -> bool:
    """Say whether the actor made none of the request's checks."""
    made = select(HarmCheck.id).where(HarmCheck.request_id == request.id, HarmCheck.made_by == actor.id)
    return session.scalar(made.limit(1)) is None


def newest_check(session: Session, request: TracingRequest) -> HarmCheck | None:
    """Return the last check of a request."""
    return session.scalar(
        select(HarmCheck)
        .where(HarmCheck.request_id == request.id)
        .order_by(HarmCheck.made_at.desc(), HarmCheck.id.desc())
        .limit(1)
    )


def _add_check(unit: Unit, request: TracingRequest, answers: Mapping[str, bool], risk: Risk, note: str) -> None:
    check = HarmCheck(
        id=new_id(),
        society_id=request.society_id,
        request_id=request.id,
        answers=dict(answers),
        risk=risk,
        made_by=unit.actor.id,
        made_at=unit.at,
    )
    check.note = note or None
    unit.session.add(check)


def _ask_supervisor(unit: Unit, request: TracingRequest) -> None:
    if risk_is_open(request):
        open_task(
            unit,
            "clear_risk",
            society_id=request.society_id,
            permission="request.supervise",
            once=f"risk:{request.id}",
            request_id=request.id,
            has_minor=request.has_minor,
        )
