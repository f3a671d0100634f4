"""The partner's record as it was shown, entered here as a registered person once both found that it is one person.

It lives as long as the pair: when the partner withdraws it, the copy is emptied.
"""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from rfl.domain.disclosure import ALLOWS_TELLING, Choice
from rfl.domain.exchange import SAME
from rfl.domain.proposals import ProposalState
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_pairs import ExchangePair
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.services.aftercare import newest_choice
from rfl.services.exchange_agreements import opened
from rfl.services.located import Answer, own_asked, write_answer
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
    """Empty the copy of a pair that ends: undecided proposals are withdrawn, and nothing more may be told.

    Number, timeline and answers about consent stay, so that it can be shown that a record was there.
    """
    if pair.copy_id is None:
        return
    close_gate(unit, pair)
    copy = unit.session.get_one(Person, pair.copy_id)
    forget_person(unit, copy)
    copy.identity = copy.contact = copy.private = None
    tell_timeline(unit, "person:taken_back_by_partner", society_id=copy.society_id, person_id=copy.id)


def find_confirmed(session: Session, pair: ExchangePair, *, lock: bool = False) -> Proposal | None:
    """Return the confirmed proposal of the own person of a pair and the copy; None while there is none."""
    both = Proposal.left_id == pair.person_id, Proposal.right_id == pair.copy_id
    found = select(Proposal).where(*both, Proposal.state == ProposalState.CONFIRMED)
    return session.scalars(found.with_for_update() if lock else found).first()


def close_gate(unit: Unit, pair: ExchangePair) -> None:
    """Let nothing more be told of the copy of a pair: an answer that allowed it counts no more, untold news is dropped.

    The person who recorded that answer stays the one who answers for the file; the witness is the partner society.
    """
    proposal = find_confirmed(unit.session, pair, lock=True)
    choice = newest_choice(unit.session, proposal.id, pair.copy_id) if proposal and pair.copy_id else None
    if proposal is None or choice is None or choice.choice not in ALLOWS_TELLING:
        return
    agreement = opened(unit.session.get_one(ExchangeAgreement, pair.agreement_id))
    partner = next(one.name for one in agreement.parties if one.digest == pair.partner)
    answer = Answer(Choice.NOTHING, unit.today, choice.language, partner)
    write_answer(unit, proposal, own_asked(unit, proposal, choice.person_id), answer, by=choice.recorded_by)
