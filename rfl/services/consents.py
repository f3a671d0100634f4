"""Consents: every answer is kept, the newest one counts, and what was never asked is off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.consent import EVERY_SOCIETY, NOTICE_VERSION, Basis, Purpose, Speaker
from rfl.domain.consent_talk import Talk, check_talk
from rfl.domain.errors import RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor, holds
from rfl.domain.text import N_
from rfl.models.accounts import User
from rfl.models.persons import Consent, Person
from rfl.models.requests import TracingRequest
from rfl.services.encoded_consents import answers_of, check_partners, partner_names
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
    partner: str = EVERY_SOCIETY  # code of the society that it is for


@dataclass(frozen=True)
class ConsentCard:
    """Everything recorded for one person: the present state by purpose, and all answers, newest first.

    `partners` gives, by code, the name of a partner society and whether encoded exchange with it is agreed to; None
    means not asked.
    """

    person_id: str
    current: Mapping[str, ConsentState]
    history: tuple[ConsentState, ...]
    may_write: bool
    request_id: str | None
    is_minor: bool
    partners: Mapping[str, tuple[str, bool | None]] = field(default_factory=dict)


def allows(session: Session, person_id: str, purpose: str) -> bool:
    """Say whether the newest recorded answer allows the purpose for all; nothing recorded allows nothing."""
    newest = (
        select(Consent.given)
        .where(Consent.person_id == person_id, Consent.purpose == purpose, Consent.partner == EVERY_SOCIETY)
        .order_by(Consent.recorded_at.desc(), Consent.id.desc())
    )
    return bool(session.scalars(newest.limit(1)).first())


def current(session: Session, person_id: str) -> dict[str, ConsentState]:
    """Return the newest answer for every purpose that was ever asked; what is missing is off."""
    return _newest(_history(session, person_id))


def record(unit: Unit, person: Person, answers: Mapping[str, bool], talk: Talk) -> None:
    """Write the answers of one conversation (purpose -> agreed?) within `unit`; the caller re-indexes the person.

    Raises FieldError for `answers`, `on`, `language`, `evidence`, `basis`, `speaker` or `partners`.
    """
    check_talk(answers, talk, today=unit.today)
    check_partners(unit.session, person.society_id, talk.partners)
    for purpose, partner, given in answers_of(answers, talk.partners):
        unit.session.add(
            Consent(
                id=new_id(),
                society_id=person.society_id,
                person_id=person.id,
                purpose=purpose,
                partner=partner,
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
        named = {"partners": " ".join(talk.partners)} if talk.partners else {}
        unit.record("consent:recorded", person.id, agreed=" ".join(agreed), refused=" ".join(refused), **named)
    propose_due(people)


def withdraw(actor: Actor, person_id: str, purpose: str, partner: str = EVERY_SOCIETY) -> None:
    """Withdraw what was agreed to for one purpose, as of today; open proposals end when it was for matching.

    With `partner`, the code of a society, only encoded exchange with that one ends. Raises NotFound, NotGiven when
    nothing is agreed to, or FieldError for `partners`.
    """
    with Unit(actor) as unit:
        person = fetch_person(unit.session, actor, person_id, WRITE, lock=True)
        state = _given(_history(unit.session, person.id), purpose, partner)
        if state is None:
            raise NotGiven
        named = (partner,) if partner else ()
        # The withdrawal needs no form and no evidence: taking back is as easy as agreeing.
        talk = Talk(unit.today, state.language, "", Basis.CONSENT, Speaker.PERSON, named)
        record(unit, person, {purpose: False}, talk)
        people = _follow(unit, person, "consent:withdrawn")
        unit.record("consent:withdrawn", person.id, purpose=purpose, **({"partners": partner} if partner else {}))
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
    names = partner_names(session, person.society_id)
    said = {code: _newest_for(history, Purpose.SHARE_ENCODED, code) for code in names}
    return ConsentCard(
        person.id,
        _newest(history),
        history,
        holds(actor, WRITE[person.kind]),
        person.request_id,
        person.is_minor,
        {code: (name, state.given if (state := said[code]) else None) for code, name in names.items()},
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
        .order_by(Consent.recorded_at.desc(), Consent.partner.desc(), Consent.id.desc())
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
            partner=row.partner,
        )
        for row, name in rows
    )


def _newest(history: tuple[ConsentState, ...]) -> dict[str, ConsentState]:
    newest: dict[str, ConsentState] = {}
    for state in history:
        if state.partner == EVERY_SOCIETY:
            newest.setdefault(state.purpose, state)
    return newest


def _newest_for(history: tuple[ConsentState, ...], purpose: str, partner: str) -> ConsentState | None:
    """Return the newest answer that counts for one society (code)."""
    counts = (one for one in history if one.purpose == purpose and one.partner in {EVERY_SOCIETY, partner})
    return next(counts, None)


def _given(history: tuple[ConsentState, ...], purpose: str, partner: str) -> ConsentState | None:
    """Return an agreement that can be withdrawn: for one society, or for any one where `partner` is empty."""
    codes = {one.partner for one in history} if partner == EVERY_SOCIETY else {partner}
    found = (_newest_for(history, purpose, code) for code in sorted(codes))
    return next((one for one in found if one is not None and one.given), None)
