"""The partner's record as it was shown, entered here as a registered person once both found that it is one person.

It lives as long as the pair: when the partner withdraws it, the copy is emptied.
"""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from rfl.domain.exchange import SAME
from rfl.models.exchange_pairs import ExchangePair
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.services.aftercare import drop_untold
from rfl.services.matching_index import forget_person
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit


def vouched_for(session: Session, person_id: str) -> set[str]:
    """Return the persons whom two societies found to be this person: proposed whatever the score says."""
    either = or_(ExchangePair.person_id == person_id, ExchangePair.copy_id == person_id)
    found = select(ExchangePair.person_id, ExchangePair.copy_id).where(
        either, ExchangePair.copy_id.is_not(None), ExchangePair.state == SAME
    )
    return {one for row in session.execute(found) for one in row} - {person_id}


def empty_copy(unit: Unit, pair: ExchangePair) -> None:
    """Empty the copy of a pair that ends: undecided proposals are withdrawn, and news not told yet is too.

    Number, timeline and answers about consent stay, so that it can be shown that a record was there.
    """
    if pair.copy_id is None:
        return
    copy = unit.session.get_one(Person, pair.copy_id)
    forget_person(unit, copy)
    copy.identity = copy.contact = copy.private = None
    for proposal_id in unit.session.scalars(select(Proposal.id).where(Proposal.right_id == copy.id)):
        drop_untold(unit, proposal_id, copy.id)
    tell_timeline(unit, "person:taken_back_by_partner", society_id=copy.society_id, person_id=copy.id)
