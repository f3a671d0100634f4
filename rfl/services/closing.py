"""How a search ends: person by person, proposed by one of the staff and approved by another; and how it is reopened."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.cases import (
    NEEDS_TELLING,
    OUTCOMES,
    MoveNotPossible,
    Outcome,
    RequestState,
    SoughtStatus,
    Verb,
    move,
)
from rfl.domain.cleaning import clean_text
from rfl.domain.disclosure import Choice
from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.proposals import Kind
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.aftercare import Disclosure, Telling
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.models.requests import TracingRequest
from rfl.services.intake import NOT_OFFERED
from rfl.services.proposing import propose_due
from rfl.services.request_rows import reindex, sought_of, story_of
from rfl.services.scope import fetch
from rfl.services.tasks import finish_task, open_task
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

NOT_TOLD = N_(
    "This outcome says that the family has this news, but nobody has recorded telling the enquirer. Record the "
    "telling first, or choose that the family found the person itself."
)
NO_OUTCOME = N_("Choose an outcome for at least one person.")
REASON_MISSING = N_("Write your reason; the next person and the file need it.")
NOBODY_CHOSEN = N_("Choose at least one person for whom the search goes on.")


class SecondPersonCloses(RuleBroken):
    """Whoever proposed to end a search cannot approve it."""

    message = N_("You proposed to end this search yourself. Another tracing officer must approve it.")


@dataclass(frozen=True)
class Ending:
    """A proposal to end searches: who made it, the reason, and the outcome of each person concerned."""

    by: str
    reason: str
    outcomes: Mapping[str, str]


def propose_closing(actor: Actor, request_id: str, *, outcomes: Mapping[str, str], reason: str) -> None:
    """Propose how the search ended for some or all persons: `outcomes` maps person ids to `OUTCOMES` keys.

    Raises FieldError named `outcome-<person id>` for an outcome that is not possible, `outcomes` for none at all.
    """
    reason = required_reason(reason)
    chosen = {person_id: outcome for person_id, outcome in outcomes.items() if outcome}
    with Unit(actor) as unit:
        request = fetch(unit.session, actor, "request.propose_closing", TracingRequest, request_id, lock=True)
        state = move(request.state, Verb.PROPOSE_CLOSING)
        check_outcomes(unit.session, request, chosen)
        request.state, request.closing_proposed_by = state, actor.id
        request.story = {**story_of(request), "ending": {"reason": reason, "outcomes": chosen}}
        open_task(
            unit,
            "approve_closing",
            society_id=request.society_id,
            permission="request.approve_closing",
            once=f"closing:{request.id}",
            request_id=request.id,
            has_minor=request.has_minor,
        )
        tell_timeline(unit, "request:closing_proposed", request_id=request.id, note=reason)
        unit.record("request:closing_proposed", request.id)


def approve_closing(actor: Actor, request_id: str) -> RequestState:
    """End the searches as proposed, as another person; the request is closed once no search is left.

    Raises SecondPersonCloses, MoveNotPossible, or FieldError when an outcome is no longer possible.
    """
    with Unit(actor) as unit:
        request = _fetch_for_approval(unit, request_id)
        move(request.state, Verb.APPROVE_CLOSING)
        if request.closing_proposed_by == actor.id:
            raise SecondPersonCloses
        outcomes = read_ending(request).outcomes
        check_outcomes(unit.session, request, outcomes)
        left = end_searches(unit.session, request, outcomes)
        _settle(request, Verb.END_SOME if left else Verb.APPROVE_CLOSING)
        if not left:
            request.closed_by, request.closed_at = actor.id, unit.at
        finish_task(unit, f"closing:{request.id}")
        event = "request:search_ended" if left else "request:closed"
        tell_timeline(unit, event, request_id=request.id)
        people = reindex(unit, request)
        unit.record(event, request.id, persons=len(outcomes))
        state = RequestState(request.state)
    propose_due(people)
    return state


def decline_closing(actor: Actor, request_id: str, *, reason: str) -> None:
    """Let the search go on, with a reason; raises FieldError, MoveNotPossible."""
    reason = required_reason(reason)
    with Unit(actor) as unit:
        request = _fetch_for_approval(unit, request_id)
        _settle(request, Verb.DECLINE_CLOSING)
        request.closing_proposed_by = None
        finish_task(unit, f"closing:{request.id}")
        tell_timeline(unit, "request:closing_declined", request_id=request.id, note=reason)
        people = reindex(unit, request)
        unit.record("request:closing_declined", request.id)
    propose_due(people)


def reopen(actor: Actor, request_id: str, *, persons: frozenset[str], reason: str) -> None:
    """Take up a closed search again for the `persons` chosen; raises FieldError, MoveNotPossible."""
    reason = required_reason(reason)
    with Unit(actor) as unit:
        request = fetch(unit.session, actor, "request.propose_closing", TracingRequest, request_id, lock=True)
        if request.state != RequestState.CLOSED:
            raise MoveNotPossible
        chosen = [person for person in sought_of(unit.session, request) if person.id in persons]
        if not chosen or len(chosen) != len(persons):
            raise FieldError("persons", NOBODY_CHOSEN)
        for person in chosen:
            person.status, person.outcome = SoughtStatus.SEARCHING, ""
        request.state = move(request.state, Verb.REOPEN)
        request.closing_proposed_by, request.closed_by, request.closed_at = None, None, None
        tell_timeline(unit, "request:reopened", request_id=request.id, note=reason)
        people = reindex(unit, request)
        unit.record("request:reopened", request.id, persons=len(chosen))
    propose_due(people)


def read_ending(request: TracingRequest) -> Ending:
    """Return what is proposed about ending a search; empty where nothing is proposed."""
    words = story_of(request).get("ending") or {}
    return Ending(request.closing_proposed_by or "", words.get("reason", ""), words.get("outcomes", {}))


def check_outcomes(session: Session, request: TracingRequest, outcomes: Mapping[str, str]) -> None:
    """Refuse outcomes that the file does not bear out; raises FieldError."""
    open_ids = {person.id for person in sought_of(session, request) if person.status != SoughtStatus.ENDED}
    if not outcomes or not set(outcomes) <= open_ids:
        raise FieldError("outcomes", NO_OUTCOME)
    told = told_scopes(session, request)
    for person_id, outcome in outcomes.items():
        if outcome not in OUTCOMES:
            raise FieldError(f"outcome-{person_id}", NOT_OFFERED)
        if outcome in NEEDS_TELLING and not _borne_out(outcome, told.get(person_id, set())):
            raise FieldError(f"outcome-{person_id}", NOT_TOLD)


def told_scopes(session: Session, request: TracingRequest) -> dict[str, set[str]]:
    """Return what this enquirer was told, by sought person: the scopes of the recorded tellings.

    That another family looks for the same person is no news of the person, so it does not count.
    """
    rows = session.execute(
        select(Disclosure.sought_id, Disclosure.scope)
        .join(Telling, Telling.disclosure_id == Disclosure.id)
        .join(Proposal, Proposal.id == Disclosure.proposal_id)
        .where(Disclosure.request_id == request.id, Proposal.kind != Kind.SOUGHT_SOUGHT)
    )
    told: dict[str, set[str]] = {}
    for person_id, scope in rows:
        told.setdefault(person_id, set()).add(scope)
    return told


def _borne_out(outcome: str, scopes: set[str]) -> bool:
    """A death is told as a fate and nothing else; contact and limited news never are."""
    if outcome == Outcome.DEATH_CONFIRMED:
        return Choice.FATE in scopes
    return bool(scopes - {Choice.FATE})


def end_searches(session: Session, request: TracingRequest, outcomes: Mapping[str, str]) -> list[Person]:
    """Write the outcomes and return the persons for whom the search goes on."""
    people = sought_of(session, request)
    for person in people:
        if person.id in outcomes:
            person.status, person.outcome = SoughtStatus.ENDED, outcomes[person.id]
    return [person for person in people if person.status != SoughtStatus.ENDED]


def required_reason(text: str) -> str:
    """Return the reason, clean; raises FieldError when there is none."""
    reason = clean_text(text, "reason")
    if not reason:
        raise FieldError("reason", REASON_MISSING)
    return reason


def _fetch_for_approval(unit: Unit, request_id: str) -> TracingRequest:
    return fetch(unit.session, unit.actor, "request.approve_closing", TracingRequest, request_id, lock=True)


def _settle(request: TracingRequest, verb: Verb) -> None:
    """Make the move; what was proposed is history and stands in the timeline."""
    request.state = move(request.state, verb)
    request.story = {key: value for key, value in story_of(request).items() if key != "ending"}
