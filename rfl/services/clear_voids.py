"""What becomes of packages about lists with names that nobody took in time: told again, or noted as not come."""

from sqlalchemy import select

from rfl.domain.clear_lists import IN, MISSED
from rfl.domain.ids import new_id
from rfl.exchange.clear_letters import LIST, RECALL, RECEIPT
from rfl.exchange.rounds.refusals import ExchangeRefused, WrongRound
from rfl.models.clear_lists import ClearLetter, ClearList
from rfl.models.exchange_rounds import ExchangePackage
from rfl.services.clear_recalls import recall_again
from rfl.services.clear_receipts import answer, answer_recall
from rfl.services.exchange_post import Taken
from rfl.services.unit import SYSTEM, Unit


def write_again(unit: Unit, package: ExchangePackage) -> list[str]:
    """Write what a recall or a receipt said, that has become a void, once more; returns the ids of the packages.

    A list itself is not written again: somebody on it may have withdrawn. Nothing is written where a later package
    of that kind is under way, since each says everything that is known by then, or to keys that are trusted no more.
    """
    letter = unit.session.get(ClearLetter, package.id)
    if letter is None or package.kind not in {RECALL, RECEIPT} or _later(unit, package, letter.list_id):
        return []
    row = unit.session.get_one(ClearList, letter.list_id, with_for_update=True, populate_existing=True)
    try:
        if package.kind == RECALL:
            return [recall_again(unit, row)]
        given = (row.answered_at, answer), (row.recall_answered_at, answer_recall)
        return [write(unit, row) for at, write in given if at is not None]
    except ExchangeRefused:
        return []


def _later(unit: Unit, package: ExchangePackage, list_id: str) -> bool:
    later = (
        select(ClearLetter.package_id)
        .join(ExchangePackage, ExchangePackage.id == ClearLetter.package_id)
        .where(
            ClearLetter.list_id == list_id,
            ExchangePackage.kind == package.kind,
            ExchangePackage.sequence > package.sequence,
            ~ExchangePackage.taken_back,
        )
    )
    return unit.session.scalar(later.limit(1)) is not None


def take_void(unit: Unit, taken: Taken, kind: str) -> ClearList:
    """Go on after a package about a list that does not come; a list that was never here is noted, so that it is seen.

    Its sender gets a receipt that says so. Raises WrongRound for the number of somebody else's list.
    """
    same = ClearList.society_id == unit.actor.society_id, ClearList.number == taken.opened.letter.round
    row = unit.session.scalar(select(ClearList).where(*same).with_for_update())
    if row is None:
        row = _note(unit, taken)
        if kind == LIST:
            answer(unit, row)
    elif (row.party, row.agreement_id) != (taken.sender, taken.agreement_row.id):
        raise WrongRound
    return row


def _note(unit: Unit, taken: Taken) -> ClearList:
    """Nothing is known of the list but its number and its sender."""
    row = ClearList(
        id=new_id(),
        society_id=unit.actor.society_id,
        agreement_id=taken.agreement_row.id,
        direction=IN,
        party=taken.sender,
        number=taken.opened.letter.round,
        format="",
        reason="",
        rows=0,
        state=MISSED,
        made_by=None if unit.actor.id == SYSTEM.id else unit.actor.id,
        made_at=unit.at,
        answered_at=unit.at,
    )
    unit.session.add(row)
    unit.session.flush()
    return row
