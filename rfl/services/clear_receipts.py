"""What a recipient tells the sender of a list with names: taken, refused, recalled rows erased; and what it hears."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from rfl.domain.clear_lists import (
    ANSWERED,
    CALLED_BACK,
    DECLINED,
    GOING,
    GONE,
    IN,
    LEAVING,
    LISTED,
    MISSED,
    OPENED,
    OUT,
    STORED,
    TAKEN,
)
from rfl.exchange import clear_letters as letters
from rfl.exchange.clear_letters import Receipt
from rfl.exchange.rounds.refusals import ExchangeRefused, WrongRound
from rfl.models.clear_lists import ClearList, ClearRow
from rfl.services.clear_admission import list_of
from rfl.services.clear_files import drop_file
from rfl.services.clear_sending import post_letter
from rfl.services.exchange_post import Taken
from rfl.services.unit import Unit

# What a receipt says of a list, by its state at the recipient, and what its sender makes of it.
SAID = {TAKEN: letters.TAKEN, CALLED_BACK: letters.TAKEN, DECLINED: letters.REFUSED, MISSED: letters.MISSED}
HEARD = {letters.TAKEN: ANSWERED, letters.REFUSED: DECLINED, letters.MISSED: MISSED}


def acknowledge(unit: Unit, import_id: str) -> None:
    """Tell the sender how many rows of its list were taken, once the import of it is done; nothing for other imports.

    Where the sender is no longer trusted the import ends without a receipt.
    """
    row = list_of(unit.session, import_id, lock=True)
    if row is None:
        return
    if row.state == OPENED:
        row.state = TAKEN
    row.taken = _count(unit, row, STORED, LEAVING, GOING, GONE)
    row.refused = row.rows - row.taken
    if row.recalled_at is not None:
        drop_file(unit, row)
    try:
        answer(unit, row)
    except ExchangeRefused:
        row.answered_at = None


def answer(unit: Unit, row: ClearList) -> str:
    """Write the receipt for a list that was imported, refused or missed; returns the id of the package.

    Raises as `exchange_post.post` does.
    """
    package = post_letter(unit, row, Receipt(SAID[row.state], taken=row.taken, refused=row.refused).letter(row.number))
    row.answered_at = unit.at
    return package.id


def answer_recall(unit: Unit, row: ClearList) -> str:
    """Write the receipt for a recall: what is erased by now, and what waits for a person to look at it.

    Returns the id of the package; raises as `exchange_post.post` does.
    """
    row.erased, row.kept = _count(unit, row, GONE), _count(unit, row, GOING)
    package = post_letter(unit, row, Receipt(letters.RECALLED, erased=row.erased, kept=row.kept).letter(row.number))
    row.recall_answered_at = unit.at
    return package.id


def is_leaving(session: Session, row: ClearList) -> bool:
    """Say whether recalled persons of a list are still being taken out."""
    some = select(ClearRow.id).where(ClearRow.list_id == row.id, ClearRow.state == LEAVING).limit(1)
    return session.scalar(some) is not None


def owes_answer(session: Session, row: ClearList) -> bool:
    """Say whether the sender of a list that came waits for a receipt that could be written by now."""
    recalled = row.recalled_at is not None and row.recall_answered_at is None and not is_leaving(session, row)
    return row.direction == IN and (recalled or (row.state in {TAKEN, DECLINED} and row.answered_at is None))


def take_receipt(unit: Unit, taken: Taken) -> ClearList:
    """Note what the recipient of a list says of it; raises WrongRound or ListMalformed."""
    letter = taken.opened.letter
    row = find(unit, taken, OUT)
    receipt = Receipt.of(letter)
    if max(receipt.taken + receipt.refused, receipt.erased + receipt.kept) > row.rows:
        raise WrongRound
    if receipt.act == letters.RECALLED:
        if row.recalled_at is None:
            raise WrongRound
        row.erased, row.kept, row.recall_answered_at = receipt.erased, receipt.kept, unit.at
        return row
    row.taken, row.refused, row.answered_at = receipt.taken, receipt.refused, unit.at
    if row.state != CALLED_BACK:
        row.state = HEARD[receipt.act]
    if row.state == MISSED:  # nothing is there that could be recalled
        listed = ClearRow.list_id == row.id, ClearRow.state == LISTED
        unit.session.execute(update(ClearRow).where(*listed).values(state=GONE))
    return row


def find(unit: Unit, taken: Taken, direction: str) -> ClearList:
    """Return the list that a letter is about, locked; of that sender, that agreement and that direction only.

    Raises WrongRound.
    """
    same = ClearList.society_id == unit.actor.society_id, ClearList.number == taken.opened.letter.round
    row = unit.session.scalar(select(ClearList).where(*same).with_for_update())
    if row is None or (row.direction, row.party, row.agreement_id) != (
        direction,
        taken.sender,
        taken.agreement_row.id,
    ):
        raise WrongRound
    return row


def _count(unit: Unit, row: ClearList, *states: str) -> int:
    unit.session.flush()
    rows = select(func.count()).select_from(ClearRow).where(ClearRow.list_id == row.id)
    # A row that was recalled before anybody imported it has no person and was never taken.
    if STORED in states:
        rows = rows.where(ClearRow.person_id.is_not(None))
    return unit.session.scalar(rows.where(ClearRow.state.in_(states))) or 0
