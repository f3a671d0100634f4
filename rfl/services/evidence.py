"""The evidence of a proposal, computed from the two records as they are now, never stored."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from matching import Comparison, Correction, Profile, compare
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.services.corrections import engine_in_use
from rfl.services.index_figures import read_figures
from rfl.services.matching_index import describe


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """A comparison and the two profiles it stands on; `left` is the sought person, `engine` what compared."""

    comparison: Comparison
    left: Profile
    right: Profile
    engine: str = ""


def evidence_of(session: Session, proposal: Proposal) -> PairEvidence:
    """Compare both records of a proposal; raises KeyMissing when the key of a society is gone."""
    engine = engine_in_use(session)
    return compare_pair(session, proposal, engine.correction, engine=engine.label)


def compare_pair(
    session: Session, proposal: Proposal, correction: Correction | None, *, engine: str = ""
) -> PairEvidence:
    """Compare both records with this correction or none; raises KeyMissing."""
    left = describe(session, session.get_one(Person, proposal.left_id))
    right = describe(session, session.get_one(Person, proposal.right_id))
    figures = read_figures(session)
    found = compare(left, right, rarity=figures.share, place_rarity=figures.place_share, correction=correction)
    return PairEvidence(found, left, right, engine)
