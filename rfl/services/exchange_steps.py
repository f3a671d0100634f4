"""What stands of the steps of a pair on this side: what was committed to and shown, and what ends it.

Reads and erases only; what arrives and what is chosen is written elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.consent import Purpose
from rfl.domain.exchange import OPENED, SAME
from rfl.domain.exchange_steps import BROKEN, COMMITTED, REVEALED, STEPS
from rfl.models.exchange_pairs import ExchangeAnswer, ExchangePair, ExchangeStep
from rfl.models.persons import Consent, Person
from rfl.services.unit import Unit

SHOWING = frozenset({OPENED, SAME})  # states of a pair in which details may be shown


@dataclass(frozen=True)
class Steps:
    """The steps of one pair by number, the own ones and those of the partner."""

    own: dict[int, ExchangeStep]
    partner: dict[int, ExchangeStep]

    def shown_by_both(self, step: int) -> bool:
        """Say whether the own details of a step went out and the partner's came in."""
        sides = (self.own.get(step), self.partner.get(step))
        return all(one is not None and one.state == REVEALED for one in sides)

    @property
    def next(self) -> int | None:
        """The step that can be chosen now; None while one is under way, and after the last."""
        first = next((step for step in STEPS if not self.shown_by_both(step)), None)
        broken = first in self.partner and self.partner[first].state == BROKEN
        return None if first is None or first in self.own or broken else first

    def readable(self, step: int) -> bool:
        """Say whether people here may read what the partner has shown: only once the own details have gone out too."""
        return self.shown_by_both(step) and self.partner[step].details is not None


def steps_of(session: Session, pair_id: str) -> Steps:
    """Return the steps of one pair."""
    rows = session.scalars(select(ExchangeStep).where(ExchangeStep.pair_id == pair_id)).all()
    return Steps({row.step: row for row in rows if row.own}, {row.step: row for row in rows if not row.own})


def erase(unit: Unit, pair: ExchangePair) -> bool:
    """Erase details and answers of both sides; returns whether the two societies had begun to show anything."""
    rows = unit.session.scalars(select(ExchangeStep).where(ExchangeStep.pair_id == pair.id)).all()
    for row in rows:
        row.details = None
    for answer in unit.session.scalars(select(ExchangeAnswer).where(ExchangeAnswer.pair_id == pair.id)):
        answer.words = None
    return bool(rows)


def begun(session: Session, pairs: Sequence[ExchangePair]) -> set[str]:
    """Return the ids of those pairs in which this side has committed to showing something."""
    ids = [one.id for one in pairs]
    return set(session.scalars(select(ExchangeStep.pair_id).where(ExchangeStep.pair_id.in_(ids), ExchangeStep.own)))


def agreed_to_showing(session: Session, person: Person) -> Consent | None:
    """Return the agreement by which this person's details may be passed to another society; None if there is none.

    As for matching, a refusal of the person or of the enquirer counts, and one agreement is enough.
    """
    asked = {person.id}
    if person.request_id:
        enquirer = Person.kind == "enquirer", Person.request_id == person.request_id
        asked |= set(session.scalars(select(Person.id).where(*enquirer)))
    newest_last = (
        select(Consent)
        .where(Consent.person_id.in_(asked), Consent.purpose == Purpose.SHARE_SOCIETIES)
        .order_by(Consent.recorded_at, Consent.id)
    )
    answers = {answer.person_id: answer for answer in session.scalars(newest_last)}
    if not answers or not all(answer.given for answer in answers.values()):
        return None
    return answers.get(person.id) or next(iter(answers.values()))


def happened(unit: Unit, round_id: str, *, own: bool) -> dict[str, str | int]:
    """Return what changed in this unit, for its entry in the trace: steps committed, revealed, refused; answers."""
    unit.session.flush()
    rows = unit.session.scalars(
        select(ExchangeStep)
        .join(ExchangePair, ExchangePair.id == ExchangeStep.pair_id)
        .where(ExchangePair.round_id == round_id, ExchangeStep.own.is_(own), ExchangeStep.changed_at == unit.at)
        .order_by(ExchangeStep.pair_id, ExchangeStep.step)
    ).all()
    found: dict[str, str | int] = {}
    for name, some in (
        ("committed", [row for row in rows if row.state == COMMITTED and not row.problem]),
        ("revealed", [row for row in rows if row.state == REVEALED and not row.problem]),
        ("refused", [row for row in rows if row.problem]),
    ):
        if some:
            found[name] = " ".join(f"{row.pair_id}:{row.step}" for row in some)
    came = (
        select(ExchangeAnswer.pair_id)
        .join(ExchangePair, ExchangePair.id == ExchangeAnswer.pair_id)
        .where(ExchangePair.round_id == round_id, ~ExchangeAnswer.own, ExchangeAnswer.at == unit.at)
    )
    if not own and (answered := unit.session.scalars(came.distinct().order_by(ExchangeAnswer.pair_id)).all()):
        found["answered"] = " ".join(answered)
    return found
