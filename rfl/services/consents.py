"""Consents: every answer is kept, the newest one counts, and what was never asked is off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.consent import NOTICE_VERSION, Basis, Speaker
from rfl.domain.consent_talk import Talk, check_talk
from rfl.domain.errors import RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor, holds
from rfl.domain.text import N_
from rfl.models.accounts import User
from rfl.models.persons import Consent, Person
from rfl.models.requests import TracingRequest
from rfl.services.matching_index import index_person
from rfl.services.person_rows import READ, WRITE, fetch_person
from rfl.services.proposing import propose_due
from rfl.services.request_rows import reindex
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit


class NotGiven(RuleBroken):
    """Only what was agreed to can be withdrawn."""

    message = N_("There is no agreement to withdraw for this purpose. Somebody may have withdrawn it already.")


@dataclass(frozen=True)
class ConsentState:
    """One recorded answer for one purpose."""

    purpose: str
    given: bool
    basis: str
    evidence: str
    speaker: str
    language: str
    notice_version: str
    on: date
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class ConsentCard:
    """Everything recorded for one person: the present state by purpose, and all answers, newest first."""

    person_id: str
    current: Mapping[str, ConsentState]
    history: tuple[ConsentState, ...]
    may_write: bool
    request_id: str | None
    is_minor: bool


def allows(session: Session, person_id: str, purpose: str) -> bool:
    """Say whether the newest recorded answer allows the purpose; nothing recorded allows nothing."""
    newest = (
        select(Consent.given)
        .where(Consent.person_id == person_id, Consent.purpose == purpose)
        .order_by(Consent.recorded_at.desc(), Consent.id.desc())
    )
    return bool(session.scalars(newest.limit(1)).first())


def current(session: Session, person_id: str) -> dict[str, ConsentState]:
    """Return the newest answer for every purpose that was ever asked; what is missing is off."""
    return _newest(_history(session, person_id))


def record(unit: Unit, person: Person, answers: Mapping[str, bool], talk: Talk) -> None:
    """Write the answers of one conversation (purpose -> agreed?) within `unit`; the caller re-indexes the person.

    Raises FieldError for `answers`, `on`, `language`, `evidence`, `basis` or `speaker`.
    """
    check_talk(answers, talk, today=unit.today)
    for purpose, given in answers.items():
        unit.session.add(
            Consent(
                id=new_id(),
                society_id=person.society_id,
                person_id=person.id,
                purpose=purpose,
                given=given,
                basis=talk.basis,
                evidence=talk.evidence,
                speaker=talk.speaker,
                notice_version=NOTICE_VERSION,
                language=talk.language,
                on=talk.on,
                recorded_by=unit.actor.id,
                recorded_at=unit.at,
            )
        )
    unit.session.flush()


def record_answers(actor: Actor, person_id: str, answers: Mapping[str, bool], talk: Talk) -> None:
    """Record the answers of one conversation about one person, and let matching follow them.

    Raises NotFound, or FieldError as `record` does.
    """
    with Unit(actor) as unit:
        person = fetch_person(unit.session, actor, person_id, WRITE, lock=True)
        record(unit, person, answers, talk)
        people = _follow(unit, person, "consent:recorded")
        agreed = sorted(purpose for purpose, given in answers.items() if given)
        refused = sorted(purpose for purpose, given in answers.items() if not given)
        unit.record("consent:recorded", person.id, agreed=" ".join(agreed), refused=" ".join(refused))
    propose_due(people)


def withdraw(actor: Actor, person_id: str, purpose: str) -> None:
    """Withdraw what was agreed to for one purpose, as of today; open proposals end when it was for matching.

    Raises NotFound, or NotGiven when nothing is agreed to.
    """
    with Unit(actor) as unit:
        person = fetch_person(unit.session, actor, person_id, WRITE, lock=True)
        state = current(unit.session, person.id).get(purpose)
        if state is None or not state.given:
            raise NotGiven
        today = unit.today
        # The withdrawal needs no form and no evidence: taking back is as easy as agreeing.
        record(unit, person, {purpose: False}, Talk(today, state.language, "", Basis.CONSENT, Speaker.PERSON))
        people = _follow(unit, person, "consent:withdrawn")
        unit.record("consent:withdrawn", person.id, purpose=purpose)
    propose_due(people)


def read_card(actor: Actor, person_id: str) -> ConsentCard:
    """Return everything recorded for one person; raises NotFound."""
    with Unit(actor) as unit:
        person = fetch_person(unit.session, actor, person_id, READ)
        card = card_of(unit.session, actor, person)
        unit.record("consent:read", person.id)
    return card


def card_of(session: Session, actor: Actor, person: Person) -> ConsentCard:
    """Return the consent card of a person already loaded for the actor."""
    history = _history(session, person.id)
    return ConsentCard(
        person.id, _newest(history), history, holds(actor, WRITE[person.kind]), person.request_id, person.is_minor
    )


def _follow(unit: Unit, person: Person, event: str) -> list[str]:
    """Tell the timeline and let matching follow; the enquirer's answer counts for everybody in the request."""
    if person.request_id is None:
        tell_timeline(unit, event, person_id=person.id)
        index_person(unit, person)
        return [person.id]
    tell_timeline(unit, event, request_id=person.request_id, person_id=person.id)
    return reindex(unit, unit.session.get_one(TracingRequest, person.request_id))


def _history(session: Session, person_id: str) -> tuple[ConsentState, ...]:
    rows = session.execute(
        select(Consent, User.display_name)
        .outerjoin(User, User.id == Consent.recorded_by)
        .where(Consent.person_id == person_id)
        .order_by(Consent.recorded_at.desc(), Consent.id.desc())
    )
    return tuple(
        ConsentState(
            purpose=row.purpose,
            given=row.given,
            basis=row.basis,
            evidence=row.evidence,
            speaker=row.speaker,
            language=row.language,
            notice_version=row.notice_version,
            on=row.on,
            recorded_at=row.recorded_at,
            recorded_by=name or "",
        )
        for row, name in rows
    )


def _newest(history: tuple[ConsentState, ...]) -> dict[str, ConsentState]:
    newest: dict[str, ConsentState] = {}
    for state in history:
        newest.setdefault(state.purpose, state)
    return newest
