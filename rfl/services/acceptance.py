"""Whether a search begins: accepted, not accepted with what was offered instead, or sent back with a question."""

from rfl.domain.cases import REFUSALS, MoveNotPossible, RequestState, Verb, move
from rfl.domain.cleaning import clean_text
from rfl.domain.errors import FieldError
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.requests import TracingRequest
from rfl.services.intake import NOT_OFFERED
from rfl.services.proposing import propose_due
from rfl.services.request_gaps import NotComplete, gaps_of
from rfl.services.request_rows import reindex
from rfl.services.scope import fetch
from rfl.services.tasks import finish_task, open_task
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

OFFER_MISSING = N_("Write what the enquirer was offered instead, or that nothing else could be offered, and why.")
QUESTION_MISSING = N_("Write what the enquirer should be asked.")
REOPEN_REASON_MISSING = N_("Write why the request is taken up again.")


def accept(actor: Actor, request_id: str) -> None:
    """Begin the search: persons whose consent or legal basis allows it take part in matching from now on.

    Raises NotComplete while something is missing or danger is undecided, MoveNotPossible.
    """
    with Unit(actor) as unit:
        request = _fetch(unit, request_id)
        state = move(request.state, Verb.ACCEPT)
        # What a colleague has typed since and not saved is not part of the request, so it does not hold it up.
        gaps = [gap for gap in gaps_of(unit.session, request) if gap.code != "typed"]
        if gaps:
            raise NotComplete(gaps)
        request.state = state
        finish_task(unit, f"accept:{request.id}")
        tell_timeline(unit, "request:accepted", request_id=request.id)
        people = reindex(unit, request)
        unit.record("request:accepted", request.id)
    propose_due(people)


def refuse(actor: Actor, request_id: str, *, reason: str, offered: str) -> None:
    """Do not accept, with a reason of `REFUSALS` and what was offered instead; raises FieldError, MoveNotPossible."""
    if reason not in REFUSALS:
        raise FieldError("reason", NOT_OFFERED)
    offered = _required(offered, "offered", OFFER_MISSING)
    with Unit(actor) as unit:
        request = _fetch(unit, request_id)
        request.state, request.refusal = move(request.state, Verb.REFUSE), reason
        finish_task(unit, f"accept:{request.id}")
        tell_timeline(unit, "request:refused", request_id=request.id, note=offered, reason=reason)
        unit.record("request:refused", request.id, reason=reason)


def ask_for_information(actor: Actor, request_id: str, *, question: str) -> None:
    """Send a request back to its caseworker with what to ask the enquirer; raises FieldError, MoveNotPossible."""
    question = _required(question, "question", QUESTION_MISSING)
    with Unit(actor) as unit:
        request = _fetch(unit, request_id)
        request.state = move(request.state, Verb.ASK_FOR_INFORMATION)
        finish_task(unit, f"accept:{request.id}")
        open_task(
            unit,
            "complete_request",
            society_id=request.society_id,
            permission="request.write",
            once=f"complete:{request.id}",
            request_id=request.id,
            assignee_id=request.caseworker_id,
            has_minor=request.has_minor,
        )
        tell_timeline(unit, "request:information_needed", request_id=request.id, note=question)
        unit.record("request:information_needed", request.id)


def reconsider(actor: Actor, request_id: str, *, reason: str) -> None:
    """Take up a request that was not accepted, so that it is decided anew; raises FieldError, MoveNotPossible."""
    reason = _required(reason, "reason", REOPEN_REASON_MISSING)
    with Unit(actor) as unit:
        request = _fetch(unit, request_id)
        if request.state != RequestState.NOT_ACCEPTED:
            raise MoveNotPossible  # a closed search is reopened person by person, in `closing`
        request.state, request.refusal = move(request.state, Verb.REOPEN), ""
        open_task(
            unit,
            "accept_request",
            society_id=request.society_id,
            permission="request.accept",
            once=f"accept:{request.id}",
            request_id=request.id,
            has_minor=request.has_minor,
        )
        tell_timeline(unit, "request:reopened", request_id=request.id, note=reason)
        unit.record("request:reopened", request.id)


def _fetch(unit: Unit, request_id: str) -> TracingRequest:
    return fetch(unit.session, unit.actor, "request.accept", TracingRequest, request_id, lock=True)


def _required(text: str, field: str, missing: str) -> str:
    cleaned = clean_text(text, field)
    if not cleaned:
        raise FieldError(field, missing)
    return cleaned
