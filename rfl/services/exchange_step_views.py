"""The steps of an opened pair as its page shows them: own details beside those of the partner, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from rfl.domain.exchange import SAME
from rfl.domain.exchange_steps import (
    AHEAD,
    ALWAYS,
    ASK,
    ASKED,
    BOTH_PRESENT,
    BOTH_SOUGHT,
    BROKEN,
    CHOOSE,
    ENTER,
    ENTERED,
    FIELDS,
    PRESENT,
    READY,
    REVEALED,
    SECOND,
    SENT,
    SHOWN,
    SOUGHT,
    STEP_TWO,
    STEPS,
    WAITING,
)
from rfl.exchange import pair_details
from rfl.models.accounts import User
from rfl.models.exchange_pairs import ExchangePair, ExchangeStep
from rfl.models.persons import Person
from rfl.services.exchange_choices import held_choice
from rfl.services.exchange_erasures import CONFIRMED_WITHIN
from rfl.services.exchange_showing import NotAgreedToShow, Offer, offer
from rfl.services.exchange_steps import SHOWING, Steps, steps_of

# What follows, by how the own record and the partner's know the person.
FOLLOWING = {
    (SOUGHT, PRESENT): ENTER,
    (PRESENT, SOUGHT): ASK,
    (SOUGHT, SOUGHT): BOTH_SOUGHT,
    (PRESENT, PRESENT): BOTH_PRESENT,
}


@dataclass(frozen=True)
class StepView:
    """One step; `own` and `partner` hold its fields where people here may read them, `problem` is one of PROBLEMS.

    `held` says that the own choice has not left yet and can be taken back.
    """

    step: int
    state: str
    own: Mapping[str, Any]
    partner: Mapping[str, Any]
    chosen_by: str
    chosen_at: datetime | None
    problem: str
    held: bool

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields to show, in their order: those that either side fills."""
        named = (*ALWAYS, *FIELDS[self.step])
        return tuple(name for name in named if name in self.own or name in self.partner)


@dataclass(frozen=True)
class Showing:
    """Everything about steps: `barred` says that nobody agreed to showing; `receipt` and `follows` are words' keys."""

    steps: tuple[StepView, ...] = ()
    offer: Offer | None = None
    barred: bool = False
    receipt: str = ""
    follows: str = ""

    @property
    def read(self) -> str:
        """The steps of the partner that a reader sees, for the trace."""
        return " ".join(str(one.step) for one in self.steps if one.partner)


def showing_of(session: Session, pair: ExchangePair, at: datetime) -> Showing:
    """Return the steps of one pair as they stand at a moment."""
    known = steps_of(session, pair.id)
    if pair.state not in SHOWING:
        return Showing(receipt=_receipt(pair, known, at))
    try:
        offered, barred = offer(session, pair), False
    except NotAgreedToShow:
        offered, barred = None, True
    return Showing(
        tuple(_step(session, pair, known, step) for step in STEPS),
        offered,
        barred,
        follows=_follows(session, pair, known),
    )


def partner_details(known: Steps, step: int) -> dict[str, Any]:
    """Return what the partner has shown in a step, nothing while people here may not read it."""
    return pair_details.read(step, known.partner[step].details["text"]) if known.readable(step) else {}


def record_of_own(session: Session, pair: ExchangePair) -> str:
    """Return how this society knows the person: a key of RECORDS."""
    return SOUGHT if session.get_one(Person, pair.person_id).kind == "sought" else PRESENT


def _step(session: Session, pair: ExchangePair, known: Steps, step: int) -> StepView:
    own, partner = known.own.get(step), known.partner.get(step)
    chosen_by = session.get(User, own.chosen_by) if own else None
    return StepView(
        step=step,
        state=_state(known, step, own, partner),
        own=pair_details.read(step, own.details["text"]) if own and own.details else {},
        partner=partner_details(known, step),
        chosen_by=chosen_by.display_name if chosen_by else "",
        chosen_at=own.committed_at if own else None,
        problem=partner.problem if partner else "",
        held=held_choice(session, pair, known, step) is not None,
    )


def _state(known: Steps, step: int, own: ExchangeStep | None, partner: ExchangeStep | None) -> str:
    if partner is not None and partner.state == BROKEN:
        return BROKEN
    if own is None:
        if known.next != step:
            return AHEAD
        return ASKED if partner is not None else CHOOSE
    if own.state == REVEALED:
        return SHOWN if known.shown_by_both(step) else SENT
    return WAITING if partner is None else READY


def _follows(session: Session, pair: ExchangePair, known: Steps) -> str:
    if pair.state != SAME:
        return ""
    if pair.copy_id is not None:
        return ENTERED
    shown = partner_details(known, SECOND)
    return FOLLOWING[record_of_own(session, pair), shown["record"]] if "names" in shown else STEP_TWO


def _receipt(pair: ExchangePair, known: Steps, at: datetime) -> str:
    if not any(one.state == REVEALED for one in known.own.values()):
        return ""
    if pair.partner_erased_at is not None:
        return "given"
    return "overdue" if pair.ended_at and at - pair.ended_at > CONFIRMED_WITHIN else "waiting"
