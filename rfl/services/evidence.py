"""The evidence of a proposal, computed from the two records as they are now, never stored."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from matching import Comparison, Profile
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.services.family_support import in_the_light_of_families
from rfl.services.matching_index import describe
from rfl.services.terms import Terms, read_terms


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """A comparison and the two profiles it stands on; `left` is the sought person, `engine` what compared."""

    comparison: Comparison
    left: Profile
    right: Profile
    engine: str = ""


def evidence_of(session: Session, proposal: Proposal) -> PairEvidence:
    """Compare both records of a proposal, in the light of the families of both.

    Raises KeyMissing when the key of a society is gone.
    """
    terms = read_terms(session)
    found = compare_pair(session, proposal, terms)
    person = session.get_one(Person, proposal.left_id)
    light = in_the_light_of_families(session, person, {proposal.right_id: found.comparison}, terms)
    return replace(found, comparison=light[proposal.right_id])


def compare_pair(session: Session, proposal: Proposal, terms: Terms) -> PairEvidence:
    """Compare the two records alone; raises KeyMissing."""
    left = describe(session, session.get_one(Person, proposal.left_id))
    right = describe(session, session.get_one(Person, proposal.right_id))
    return PairEvidence(terms.compare(left, right), left, right, terms.engine.label)
