"""Consents worded for the screen: what is allowed now, what was never asked, and the whole history."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask_babel import gettext

from rfl.domain.consent import BASES, EVIDENCES, PURPOSES, SPEAKERS, Basis, Evidence, Purpose, Speaker
from rfl.services.consents import ConsentCard, ConsentState
from rfl.web.languages import language_name


@dataclass(frozen=True)
class PartnerView:
    """Whether one partner society may be sent somebody in encoded form; `state` is agreed, refused or not_asked."""

    code: str
    name: str
    state: str


@dataclass(frozen=True)
class AnswerView:
    """One recorded answer in words; `state` is agreed, some (named societies only), refused or not_asked.

    `partner` says in words which society it is for; `partners` says of each society which state holds for it.
    """

    purpose: str
    label: str
    state: str
    on: date | None = None
    language: str = ""
    speaker: str = ""
    evidence: str = ""
    basis: str = ""
    notice_version: str = ""
    recorded_at: datetime | None = None
    recorded_by: str = ""
    partner: str = ""
    partners: tuple[PartnerView, ...] = ()


@dataclass(frozen=True)
class CardView:
    """The consents of one person: one line per purpose, and all answers, newest first."""

    person_id: str
    lines: tuple[AnswerView, ...]
    history: tuple[AnswerView, ...]
    may_write: bool
    request_id: str | None
    is_minor: bool


def view_card(card: ConsentCard) -> CardView:
    """Return a consent card worded in the language of the screen, one line for every purpose there is."""
    lines = tuple(
        _answer(card.current[purpose]) if purpose in card.current else _never_asked(purpose) for purpose in Purpose
    )
    lines = tuple(_by_partner(card, line) if line.purpose == Purpose.SHARE_ENCODED else line for line in lines)
    named = {(state.purpose, state.recorded_at) for state in card.history if state.partner and state.given}
    history = tuple(_of_history(card, state, named) for state in card.history)
    return CardView(card.person_id, lines, history, card.may_write, card.request_id, card.is_minor)


def _of_history(card: ConsentCard, state: ConsentState, named: AbstractSet[tuple[str, datetime]]) -> AnswerView:
    """Return one recorded answer with its society; `named` are answers that named some and left others."""
    name, _ = card.partners.get(state.partner, (state.partner, None))
    others = not state.partner and (state.purpose, state.recorded_at) in named
    return replace(_answer(state), partner=gettext("all others") if others else name)


def _by_partner(card: ConsentCard, line: AnswerView) -> AnswerView:
    """Return the line of encoded exchange with what holds for each society."""
    states = {None: "not_asked", True: "agreed", False: "refused"}
    partners = tuple(PartnerView(code, name, states[given]) for code, (name, given) in card.partners.items())
    if line.state == "agreed" or all(one.state != "agreed" for one in partners):
        return replace(line, partners=partners)
    return replace(line, partners=partners, state="some")


def _never_asked(purpose: Purpose) -> AnswerView:
    return AnswerView(purpose.value, gettext(PURPOSES[purpose]), "not_asked")


def _answer(state: ConsentState) -> AnswerView:
    return AnswerView(
        purpose=state.purpose,
        label=gettext(PURPOSES[Purpose(state.purpose)]),
        state="agreed" if state.given else "refused",
        on=state.on,
        language=language_name(state.language) if state.language else "",
        speaker=gettext(SPEAKERS[Speaker(state.speaker)]) if state.speaker else "",
        evidence=gettext(EVIDENCES[Evidence(state.evidence)]) if state.evidence else "",
        basis=gettext(BASES[Basis(state.basis)]),
        notice_version=state.notice_version,
        recorded_at=state.recorded_at,
        recorded_by=state.recorded_by,
    )
