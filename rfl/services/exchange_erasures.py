"""Whether partners have confirmed that they keep nothing of what they were shown, and what of theirs did not fit."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, func, select

from rfl.domain.exchange import DIFFERENT, WITHDRAWN
from rfl.domain.exchange_steps import REVEALED
from rfl.domain.roles import Actor
from rfl.models.exchange_pairs import ExchangePair, ExchangeStep
from rfl.services.scope import require
from rfl.services.unit import Look

CONFIRMED_WITHIN = timedelta(days=7)  # a week's post; after that somebody asks
# The pair has ended, details had gone out, and the partner has not confirmed yet that it keeps none of them.
UNCONFIRMED = and_(
    ExchangePair.state.in_((DIFFERENT, WITHDRAWN)),
    ExchangePair.partner_erased_at.is_(None),
    select(ExchangeStep.id)
    .where(ExchangeStep.pair_id == ExchangePair.id, ExchangeStep.own, ExchangeStep.state == REVEALED)
    .exists(),
)


@dataclass(frozen=True)
class ShownNotes:
    """Pairs whose erasure is not confirmed, those of them overdue, and pairs in which something sent did not fit."""

    unconfirmed: int
    overdue: int
    broken: int


def read_shown_notes(actor: Actor) -> ShownNotes:
    """Return the figures of the actor's society; raises NotAllowed."""
    require(actor, "exchange.read")
    with Look(actor) as look:
        mine = select(func.count(ExchangePair.id)).where(ExchangePair.society_id == actor.society_id)
        late = ExchangePair.ended_at < look.at - CONFIRMED_WITHIN
        problem = ExchangeStep.pair_id == ExchangePair.id, ExchangeStep.problem != ""
        return ShownNotes(
            look.session.scalar(mine.where(UNCONFIRMED)) or 0,
            look.session.scalar(mine.where(UNCONFIRMED, late)) or 0,
            look.session.scalar(mine.where(select(ExchangeStep.id).where(*problem).exists())) or 0,
        )
