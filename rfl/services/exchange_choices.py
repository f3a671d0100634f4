"""A choice of what to show is taken back as long as its commitment has not left: the partner cannot rely on it yet."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from rfl.domain.errors import RuleBroken
from rfl.domain.exchange_steps import REVEALED
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.pair_letters import COMMIT, KIND
from rfl.models.exchange_mail import ExchangePosting
from rfl.models.exchange_pairs import ExchangeAct, ExchangePair, ExchangeStep
from rfl.models.exchange_rounds import ExchangeChannel, ExchangePackage
from rfl.services.exchange_endings import take_back
from rfl.services.exchange_pairs import fetch_pair
from rfl.services.exchange_steps import SHOWING, Steps, steps_of
from rfl.services.unit import Unit


class ChoiceLeft(RuleBroken):
    """The partner may hold the commitment, and another one would look like a lie."""

    message = N_("The letter with this choice has left, or nothing was chosen: there is nothing to take back.")


@dataclass(frozen=True)
class Held:
    """A commitment that is still here: its line, and the letter that holds it, if one was written."""

    act: ExchangeAct
    package: ExchangePackage | None


def take_choice_back(actor: Actor, pair_id: str, step: int) -> None:
    """Forget what was chosen for a step; a letter that holds it is replaced by a void, and the rest of it told again.

    Raises NotAllowed, NotFound or ChoiceLeft.
    """
    with Unit(actor) as unit:
        pair = fetch_pair(unit.session, actor, pair_id)
        # Whoever posts a package holds this row while choosing it.
        unit.session.get(ExchangeChannel, (pair.agreement_id, pair.partner), with_for_update=True)
        known = steps_of(unit.session, pair.id)
        held = held_choice(unit.session, pair, known, step, lock=True)
        if held is None:
            raise ChoiceLeft
        if held.package is not None:
            _unwrite(unit, held.package)
        row = known.own[step]
        unit.session.delete(held.act)
        unit.session.delete(row)
        package_id = held.package.id if held.package else ""
        unit.record("exchange:choice_taken_back", pair.id, step=step, commitment=row.commitment, package=package_id)


def held_choice(session: Session, pair: ExchangePair, known: Steps, step: int, *, lock: bool = False) -> Held | None:
    """Return the commitment to a step where it can be taken back; None once the partner may know of it.

    With `lock` nobody hands the letter over meanwhile.
    """
    own, theirs = known.own.get(step), known.partner.get(step)
    if pair.state not in SHOWING or own is None or (theirs is not None and theirs.state == REVEALED):
        return None
    act = _line(session, pair, own)
    if act is None:
        return None
    if act.package_id is None:
        return None if _written_since(session, act) else Held(act, None)
    package = session.get_one(ExchangePackage, act.package_id, with_for_update=lock or None, populate_existing=lock)
    tried = session.get(ExchangePosting, package.id)
    here = package.data is not None and package.given_at is None and tried is None
    return Held(act, package) if here else None


def _line(session: Session, pair: ExchangePair, own: ExchangeStep) -> ExchangeAct | None:
    return session.scalar(
        select(ExchangeAct).where(
            ExchangeAct.round_id == pair.round_id,
            ExchangeAct.own_handle == pair.own_handle,
            ExchangeAct.partner_handle == pair.partner_handle,
            ExchangeAct.act == COMMIT[own.step],
            ExchangeAct.tag == own.commitment,
        )
    )


def _written_since(session: Session, act: ExchangeAct) -> bool:
    """Say whether a letter was written since the choice: the partner may have one that is out of date here by now."""
    letters = select(ExchangePackage.id).where(
        ExchangePackage.round_id == act.round_id,
        ExchangePackage.kind == KIND,
        ExchangePackage.created_at > act.made_at,
    )
    return session.scalar(letters.limit(1)) is not None


def _unwrite(unit: Unit, package: ExchangePackage) -> None:
    """Replace a letter that never left by a void; its other lines count as queued now, so none of them has left."""
    lines = update(ExchangeAct).where(ExchangeAct.package_id == package.id)
    unit.session.execute(lines.values(made_at=unit.at))
    take_back(unit, package)
    if package.data is None:  # the keys of the partner are trusted no more: no letter goes to it
        raise ChoiceLeft
    unit.session.flush()
