"""A list with names that came: kept sealed, looked at, then opened as an import or refused by a person."""

from sqlalchemy import select

from rfl.domain.clear_lists import ARRIVED, DECLINED, IN, OPENED, TAKEN
from rfl.domain.errors import RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.imports import REGISTERED, ListBasis
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.clear_letters import ClearList as ListLetter
from rfl.exchange.rounds.refusals import TooManyCases, WrongRound
from rfl.models.clear_lists import ClearList
from rfl.models.exchange import ExchangeAgreement
from rfl.services import imports
from rfl.services.clear_files import drop_file, open_file, seal_file
from rfl.services.clear_receipts import answer, answer_recall, owes_answer
from rfl.services.clear_selection import allowed
from rfl.services.clear_sending import keep_rows
from rfl.services.exchange_agreements import opened
from rfl.services.exchange_post import Taken
from rfl.services.imports import Upload, Uploaded
from rfl.services.scope import fetch, require
from rfl.services.unit import SYSTEM, Look, Unit


class ListDecided(RuleBroken):
    """Opened, refused or recalled already."""

    message = N_("This list was opened, refused or recalled already. Look at it again.")


def take_list(unit: Unit, taken: Taken) -> ClearList:
    """Keep a list that a partner sent, sealed, within `unit`; nothing of it is imported yet.

    Raises NamesNotAgreed, TooManyCases, WrongRound, ListMalformed or what `in_force` raises.
    """
    letter = taken.opened.letter
    agreement, partner = allowed(unit.session, taken.agreement_row, unit)
    same = ClearList.society_id == unit.actor.society_id, ClearList.number == letter.round
    if taken.sender != partner or unit.session.scalar(select(ClearList.id).where(*same)):
        raise WrongRound
    if letter.count > agreement.cap:
        raise TooManyCases(cap=agreement.cap)
    found = ListLetter.of(letter)
    row = ClearList(
        id=new_id(),
        society_id=unit.actor.society_id,
        agreement_id=taken.agreement_row.id,
        direction=IN,
        party=taken.sender,
        number=letter.round,
        format=found.format,
        reason=found.reason,
        rows=len(found.snapshots),
        state=ARRIVED,
        made_by=None if unit.actor.id == SYSTEM.id else unit.actor.id,
        made_at=unit.at,
    )
    row.file = seal_file(row, found.file)
    unit.session.add(row)
    unit.session.flush()
    keep_rows(unit, row, found, {})
    return row


def open_as_import(actor: Actor, list_id: str) -> Uploaded:
    """Make an import of a list: its columns are chosen, its rows looked at and started like those of any other.

    Raises NotAllowed, NotFound, ListDecided, or FileRefused for a file that cannot be read.
    """
    require(actor, "import.run")
    with Look(actor) as look:
        row = fetch(look.session, actor, "clear_list.take", ClearList, list_id)
        given = _upload_of(look, row)
    found = imports.survey(actor, given)
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "clear_list.take", ClearList, list_id, lock=True)
        if row.state != ARRIVED:
            raise ListDecided
        kept = imports.keep(unit, found)
        unit.session.flush()
        row.import_id, row.state, row.file = kept.id, OPENED, b""
        unit.record("exchange:names_opened", row.id, rows=found.rows, format=kept.format)
    return Uploaded(kept.id, None, needs_columns=bool(found.headers))


def _upload_of(look: Look, row: ClearList) -> Upload:
    if row.state != ARRIVED:
        raise ListDecided
    look.session.refresh(row, ["file"])
    agreement = opened(look.session.get_one(ExchangeAgreement, row.agreement_id))
    sender = next(one for one in agreement.parties if one.digest == row.party)
    suffix = {"pfif": "xml"}.get(row.format, row.format)
    # No basis for the list as a whole: every row brings its own or is not taken.
    name = f"{sender.code}-{row.number[:8]}.{suffix}"
    return Upload(open_file(row), name, REGISTERED, sender.name, ListBasis())


def decline(actor: Actor, list_id: str) -> None:
    """Refuse a list that was not imported: its file goes, and the sender is told.

    Raises NotAllowed, NotFound, ListDecided or what `exchange_post.post` raises.
    """
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "clear_list.take", ClearList, list_id, lock=True)
        if row.state not in {ARRIVED, OPENED} or imports.was_started(unit.session, row.import_id):
            raise ListDecided
        row.state, row.taken, row.refused = DECLINED, 0, row.rows
        drop_file(unit, row)
        answer(unit, row)
        unit.record("exchange:names_declined", row.id, rows=row.rows)


def answer_again(actor: Actor, list_id: str) -> None:
    """Write a receipt that the sender still waits for, where it could not be written before.

    Raises NotAllowed, NotFound, ListDecided or what `exchange_post.post` raises.
    """
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "clear_list.take", ClearList, list_id, lock=True)
        if not owes_answer(unit.session, row):
            raise ListDecided
        if row.answered_at is None and row.state in {TAKEN, DECLINED}:
            answer(unit, row)
        else:
            answer_recall(unit, row)
        unit.record("exchange:names_answered", row.id, taken=row.taken, refused=row.refused)
