"""The last moment before a list leaves: nobody who withdrew since it was encoded is handed over with it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.errors import RuleBroken
from rfl.domain.exchange import BLINDED, RAISING, REFUSED
from rfl.domain.text import N_
from rfl.exchange.rounds import states, steps
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_rounds import ExchangePackage, ExchangeRound
from rfl.models.persons import Person
from rfl.services import exchange_secrets
from rfl.services.exchange_agreements import opened
from rfl.services.exchange_eligibility import AT_ONCE, judge
from rfl.services.exchange_parties import own_identity

LISTED = frozenset({steps.BLINDED, steps.GROUPING})


class SomebodyWithdrew(RuleBroken):
    """Consent was withdrawn between the encoding of a list and its first hand-over."""

    message = N_(
        "Somebody on this list has withdrawn consent since it was encoded. End this round without a result and begin "
        "a new one."
    )


def refuse_withdrawn(session: Session, package: ExchangePackage) -> None:
    """Refuse with SomebodyWithdrew the first hand-over of a list with a person whose consent was withdrawn.

    Of a round that has ended nothing is refused: its secret number is gone, so its list can be compared with nothing.
    """
    if package.kind not in LISTED or package.given_at is not None or package.round_id is None:
        return
    row = session.get_one(ExchangeRound, package.round_id)
    if row.state not in {BLINDED, RAISING}:
        return
    state = states.from_bytes(exchange_secrets.recall(row)["state"])
    if not isinstance(state, states.Blinded):
        raise TypeError(type(state).__name__)
    own = own_identity(session, row.society_id).public.digest
    partner = opened(session.get_one(ExchangeAgreement, row.agreement_id)).partner_of(own).digest
    ids = list(state.handles.values())
    for begin in range(0, len(ids), AT_ONCE):
        persons = session.scalars(select(Person).where(Person.id.in_(ids[begin : begin + AT_ONCE]))).all()
        if REFUSED in judge(session, persons, partner).values():
            raise SomebodyWithdrew
