"""The evidence of a proposal, computed from the two records as they are now, never stored."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from matching import Comparison, Profile, compare
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.services.index_figures import read_figures
from rfl.services.matching_index import describe


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """A comparison and the two profiles it stands on; `left` is the sought person."""

    comparison: Comparison
    left: Profile
    right: Profile


def evidence_of(session: Session, proposal: Proposal) -> PairEvidence:
    """Compare both records of a proposal; raises KeyMissing when the key of a society is gone."""
    left = describe(session, session.get_one(Person, proposal.left_id))
    right = describe(session, session.get_one(Person, proposal.right_id))
    return PairEvidence(compare(left, right, rarity=read_figures(session).share), left, right)
