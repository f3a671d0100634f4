"""What every comparison of one moment stands on."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from matching import VERSION, Comparison, Profile, compare
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
        return compare(left, right, rarity=names, place_rarity=places, correction=self.engine.correction)


def read_terms(session: Session) -> Terms:
    """Return the terms that are in force."""
    return Terms(read_figures(session), engine_in_use(session))


def terms_of_the_table(session: Session) -> Terms:
    """Return the terms in force without what was learned from decisions."""
    return Terms(read_figures(session), EngineInUse(VERSION))
