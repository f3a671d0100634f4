"""Which engine compares: the program's own weights, or these with a learned correction that somebody put to use.

The label of the engine is frozen with every proposal, decision and run, such as "1.0" or "1.0+3" (correction 3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matching import VERSION, Correction, CorrectionOfAnotherEngine, UnreadableCorrection
from rfl.domain.errors import RuleBroken
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.corrections import MatchingCorrection
from rfl.services.unit import SYSTEM, Look, Unit


class NoSuchCorrection(RuleBroken):
    """A correction is put to use by its number."""

    message = N_("There is no correction %(number)s. `flask rfl matching corrections` lists them.")


class CorrectionOutOfDate(RuleBroken):
    """Levels of evidence mean something else in another engine, so what was learned there does not apply."""

    message = N_("Correction %(number)s was learned for another version of the matching engine. Learn a new one.")


@dataclass(frozen=True, slots=True)
class EngineInUse:
    """What compares now: its label, the correction (None: none), and whether one is set that no longer fits."""

    label: str
    correction: Correction | None = None
    number: int | None = None
    since: datetime | None = None
    unfit: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction in a list."""

    number: int
    created_at: datetime
    engine_version: str
    active: bool
    fits: bool
    report: Mapping[str, Any]


@lru_cache(maxsize=8)
def _read(content: str) -> Correction | None:
    """Return a stored correction; None where it was learned for another engine."""
    try:
        return Correction.from_json(content)
    except (CorrectionOfAnotherEngine, UnreadableCorrection):
        return None


def engine_in_use(session: Session) -> EngineInUse:
    """Return what compares now; a correction that does not fit the running engine is left off, and said to be."""
    row = session.scalar(select(MatchingCorrection).where(MatchingCorrection.active))
    if row is None:
        return EngineInUse(VERSION)
    correction = _read(row.content)
    if correction is None:
        return EngineInUse(VERSION, number=row.number, since=row.used_since, unfit=True)
    return EngineInUse(f"{VERSION}+{row.number}", correction, row.number, row.used_since)


def same_version(label: str, other: str) -> bool:
    """Say whether two labels name one version of the engine, whatever corrections they name."""
    return label.partition("+")[0] == other.partition("+")[0]


def correction_behind(session: Session, label: str) -> Correction | None:
    """Return the correction that a label of this engine version names; None where there was none.

    Raises CorrectionOfAnotherEngine for the label of another version, or of a correction that cannot be read.
    """
    version, _, number = label.partition("+")
    if version != VERSION:
        raise CorrectionOfAnotherEngine(label)
    if not number:
        return None
    row = session.get(MatchingCorrection, int(number))
    correction = None if row is None else _read(row.content)
    if correction is None:
        raise CorrectionOfAnotherEngine(label)
    return correction


def list_corrections() -> list[CorrectionLine]:
    """Return all corrections, oldest first."""
    with Look(SYSTEM) as look:
        rows = look.session.scalars(select(MatchingCorrection).order_by(MatchingCorrection.number))
        return [
            CorrectionLine(
                row.number, row.created_at, row.engine_version, row.active, _read(row.content) is not None, row.report
            )
            for row in rows
        ]


def use_correction(actor: Actor, number: int | None) -> str:
    """Compare with correction `number` from now on, or with none; return the label of the engine then.

    Nothing is compared anew by this: proposals keep their scores until a matching run. Raises NoSuchCorrection or
    CorrectionOutOfDate.
    """
    with Unit(actor) as unit:
        before = engine_in_use(unit.session)
        chosen = None if number is None else unit.session.get(MatchingCorrection, number)
        if number is not None and chosen is None:
            raise NoSuchCorrection(number=number)
        if chosen is not None and _read(chosen.content) is None:
            raise CorrectionOutOfDate(number=chosen.number)
        in_use = update(MatchingCorrection).where(MatchingCorrection.active, MatchingCorrection.number != (number or 0))
        unit.session.execute(in_use.values(active=False, used_since=None))
        if chosen is not None and not chosen.active:
            chosen.active, chosen.used_since = True, unit.at
        unit.session.flush()
        after = engine_in_use(unit.session)
        unit.record("matching:correction_used", str(number or "none"), before=before.label, after=after.label)
    return after.label
