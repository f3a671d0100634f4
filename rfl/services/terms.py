"""What every comparison of one moment stands on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matching import LEAST_SUPPORTED, VERSION, Comparison, Profile, compare, propose_at, rank
from rfl.services.corrections import EngineInUse, engine_in_use
from rfl.services.index_figures import Figures, read_figures


@dataclass(frozen=True, slots=True)
class Terms:
    """How common names are, and which engine compares."""

    figures: Figures
    engine: EngineInUse

    def compare(self, left: Profile, right: Profile) -> Comparison:
        """Compare two persons on these terms."""
        names, places = self.figures.share, self.figures.place_share
        correction, persons = self.engine.correction, self.figures.total
        return compare(left, right, rarity=names, place_rarity=places, correction=correction, persons=persons)

    def rank(self, query: Profile, candidates: Sequence[Profile], limit: int) -> list[tuple[int, Comparison]]:
        """Return those of `candidates` who may be proposed, alone or where others of their family are found."""
        return rank(
            query,
            candidates,
            rarity=self.figures.share,
            place_rarity=self.figures.place_share,
            limit=limit,
            least=min(LEAST_SUPPORTED, self.worth_from),
            correction=self.engine.correction,
            persons=self.figures.total,
        )

    @property
    def worth_from(self) -> float:
        """The score from which a pair is worth an officer's time."""
        return propose_at(self.figures.total)


def read_terms(session: Session) -> Terms:
    """Return the terms that are in force."""
    return Terms(read_figures(session), engine_in_use(session))


def terms_of_the_table(session: Session) -> Terms:
    """Return the terms in force without what was learned from decisions."""
    return Terms(read_figures(session), EngineInUse(VERSION))
