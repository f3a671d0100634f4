"""Recall of a list with names, or of rows of it: by a person, or by the program when somebody withdrew.

At the recipient the persons leave the matching at once. Their records are erased at once too, unless somebody there has
worked on them: then a person looks first, for a few days.
"""

import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from rfl.domain.clear_lists import (
    CALLED_BACK,
    GOING,
    GONE,
    IN,
    LEAVING,
    LISTED,
    LOOK_FIRST,
    MISSED,
    OUT,
    STORED,
    TAKEN,
)
from rfl.domain.consent import Basis, Purpose
from rfl.domain.errors import RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.proposals import ProposalState
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.clear_letters import Recall
from rfl.exchange.rounds.refusals import ExchangeRefused
from rfl.models.clear_lists import ClearList, ClearRow
from rfl.models.imports import PersonSource
from rfl.models.persons import Consent, Person
from rfl.models.proposals import Proposal
from rfl.services.clear_admission import ref_key
from rfl.services.clear_files import drop_file
from rfl.services.clear_receipts import answer_recall, find, is_leaving
from rfl.services.clear_selection import no_longer
from rfl.services.clear_sending import post_letter
from rfl.services.exchange_post import Taken
from rfl.services.expiry import remove_person
from rfl.services.import_persons import left_of
from rfl.services.matching_index import index_person
from rfl.services.scope import fetch
from rfl.services.timeline import tell_timeline
from rfl.services.unit import SYSTEM, Look, Unit

EVENT = "person:recalled"
SLICE = 25  # persons between two commits, about half a second
BRIEFLY = 5.0  # seconds that whoever loads a recall waits at most; the worker does the rest


class NothingToRecall(RuleBroken):
    """Every row named is recalled already, or none was named."""

    message = N_("Choose rows that were not recalled yet.")


def recall(actor: Actor, list_id: str, row_ids: Collection[str] | None = None) -> str:
    """Recall some rows of a list that was sent, or all of it; returns the id of the package to hand over.

    Raises NotAllowed, NotFound, NothingToRecall or what `exchange_post.post` raises.
    """
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "clear_list.send", ClearList, list_id, lock=True)
        standing = _standing(unit.session, row) if row.direction == OUT else []
        chosen = standing if row_ids is None else [one for one in standing if one.id in row_ids]
        package_id = _recall(unit, row, chosen, whole=row_ids is None)
        unit.record("exchange:names_recalled", row.id, rows=len(chosen), whole=row_ids is None)
    return package_id


def recall_withdrawn() -> int:
    """Recall every row whose person would not be sent any more; returns how many. Meant to run every few minutes."""
    with Look(SYSTEM) as look:
        sent = select(ClearList).where(ClearList.direction == OUT, ClearList.state != CALLED_BACK)
        due = [(row.society_id, row.id) for row in look.session.scalars(sent) if _withdrawn(look.session, row)]
    total = 0
    for society_id, list_id in due:
        try:
            with Unit(replace(SYSTEM, society_id=society_id)) as unit:
                row = unit.session.get_one(ClearList, list_id, with_for_update=True, populate_existing=True)
                chosen = _withdrawn(unit.session, row)
                _recall(unit, row, chosen, whole=False)
                unit.record("exchange:names_recalled", row.id, rows=len(chosen), whole=False)
        except (ExchangeRefused, NothingToRecall):
            continue  # the partner is no longer trusted: nothing can be sent to it
        total += len(chosen)
    return total


def _standing(session: Session, row: ClearList) -> Sequence[ClearRow]:
    return session.scalars(select(ClearRow).where(ClearRow.list_id == row.id, ClearRow.state == LISTED)).all()


def _withdrawn(session: Session, row: ClearList) -> list[ClearRow]:
    standing = {one.person_id: one for one in _standing(session, row)}
    persons = session.scalars(select(Person).where(Person.id.in_(_persons_of(row)))).all()
    return [standing[one] for one in no_longer(session, [p for p in persons if p.id in standing], row.party)]


def _persons_of(row: ClearList) -> Select[str | None]:
    return select(ClearRow.person_id).where(ClearRow.list_id == row.id)


def _recall(unit: Unit, row: ClearList, chosen: Sequence[ClearRow], *, whole: bool) -> str:
    if not chosen:
        raise NothingToRecall
    refs = tuple(str(one.snapshot["ref"]) for one in chosen)
    for one in chosen:
        one.state = GONE
    unit.session.flush()
    if whole or not _standing(unit.session, row):
        row.state = CALLED_BACK
    row.recalled_at, row.recall_answered_at = unit.at, None
    return post_letter(unit, row, Recall(() if whole else refs).letter(row.number)).id


def recall_again(unit: Unit, row: ClearList) -> str:
    """Write everything that was recalled of a list once more, within `unit`; twice has no further effect.

    Returns the id of the package; raises as `exchange_post.post` does.
    """
    gone = unit.session.scalars(select(ClearRow).where(ClearRow.list_id == row.id, ClearRow.state == GONE)).all()
    refs = () if row.state == CALLED_BACK else tuple(str(one.snapshot["ref"]) for one in gone)
    return post_letter(unit, row, Recall(refs).letter(row.number)).id


def take_recall(unit: Unit, taken: Taken) -> ClearList:
    """Mark the recalled rows of a list that came, within `unit`; `carry_out` then takes the persons out.

    Raises WrongRound or ListMalformed.
    """
    letter = Recall.of(taken.opened.letter)
    row = find(unit, taken, IN)
    rows = select(ClearRow).where(ClearRow.list_id == row.id, ClearRow.state.in_((LISTED, STORED)))
    if letter.refs:
        rows = rows.where(ClearRow.ref_key.in_([ref_key(row.id, one) for one in letter.refs]))
    for one in unit.session.scalars(rows).all():
        one.state = LEAVING
    row.recalled_at, row.recall_answered_at = unit.at, None
    unit.session.flush()
    left = select(ClearRow.id).where(ClearRow.list_id == row.id, ClearRow.state.in_((LISTED, STORED))).limit(1)
    if row.state != MISSED and (not letter.refs or unit.session.scalar(left) is None):
        row.state = CALLED_BACK
    if row.state in {CALLED_BACK, TAKEN}:
        drop_file(unit, row)
    if not is_leaving(unit.session, row):
        answer_recall(unit, row)
    return row


def carry_out(seconds: float = BRIEFLY, *, list_id: str | None = None) -> int:
    """Take the persons of recalled rows out, a few at a time so that colleagues can save meanwhile; returns how many.

    Of one list or of all; what is left after `seconds` is done by the next call. When a list is through, its sender is
    told.
    """
    until, total = time.monotonic() + seconds, 0
    with Look(SYSTEM) as look:
        due = select(ClearRow.society_id, ClearRow.list_id).where(ClearRow.state == LEAVING).distinct()
        found = look.session.execute(due if list_id is None else due.where(ClearRow.list_id == list_id)).all()
    for society_id, one in found:
        while time.monotonic() < until and (count := _take_out(society_id, one)):
            total += count
    return total


def _take_out(society_id: str, list_id: str) -> int:
    """Take a few persons of one list out; with the last of them, write the receipt."""
    with Unit(replace(SYSTEM, society_id=society_id)) as unit:
        row = unit.session.get_one(ClearList, list_id, with_for_update=True, populate_existing=True)
        leaving = select(ClearRow).where(ClearRow.list_id == row.id, ClearRow.state == LEAVING)
        some = unit.session.scalars(leaving.order_by(ClearRow.id).limit(SLICE)).all()
        for one in some:
            one.state = _withdraw(unit, row, one) if one.person_id else GONE
            one.snapshot = None if one.state == GONE else one.snapshot
        unit.session.flush()
        if some and not is_leaving(unit.session, row):
            with suppress(ExchangeRefused):  # the sender is no longer trusted: nothing can be sent to it
                answer_recall(unit, row)
        unit.record("exchange:names_withdrawn", row.id, rows=len(some))
    return len(some)


def _withdraw(unit: Unit, row: ClearList, one: ClearRow) -> str:
    """Take one person out of the matching; returns the state of the row after it."""
    person = unit.session.get_one(Person, one.person_id, with_for_update=True, populate_existing=True)
    source = unit.session.get_one(PersonSource, person.id)
    if _stands_elsewhere(unit.session, row, person) or person.identity is None:
        return GONE
    if source.left == left_of(person) and not _confirmed(unit.session, person):
        remove_person(unit, person, source, EVENT)
        return GONE
    _stop_matching(unit, person)
    return GOING


def _stands_elsewhere(session: Session, row: ClearList, person: Person) -> bool:
    """Say whether another list of the same sender, which was not recalled, still holds the person."""
    other = select(ClearRow.id).join(ClearList, ClearList.id == ClearRow.list_id)
    other = other.where(
        ClearRow.person_id == person.id,
        ClearRow.state == STORED,
        ClearList.party == row.party,
        ClearList.id != row.id,
    )
    return session.scalar(other.limit(1)) is not None


def _confirmed(session: Session, person: Person) -> bool:
    sides = or_(Proposal.left_id == person.id, Proposal.right_id == person.id)
    return bool(session.scalar(select(exists().where(sides, Proposal.state == ProposalState.CONFIRMED))))


def _stop_matching(unit: Unit, person: Person) -> None:
    """Record that what covered the matching has ended; open proposals end with it."""
    unit.session.add(
        Consent(
            id=new_id(),
            society_id=person.society_id,
            person_id=person.id,
            purpose=Purpose.MATCHING,
            given=False,
            basis=Basis.CONSENT,
            on=unit.today,
            # A package may come without a person: then whoever imported the record stands for this side.
            recorded_by=person.created_by if unit.actor.id == SYSTEM.id else unit.actor.id,
            recorded_at=unit.at,
        )
    )
    unit.session.flush()
    tell_timeline(unit, EVENT, society_id=person.society_id, person_id=person.id)
    index_person(unit, person)


def erase_due() -> int:
    """Erase what came with lists and whose time is over, recalled or by the day sent with it; returns how many rows.

    A sender that recalled rows learns when the last of them is gone.
    """
    with Look(SYSTEM) as look:
        over = or_(
            (ClearRow.state == GOING) & (ClearList.recalled_at < look.at - LOOK_FIRST),
            (ClearRow.state == STORED) & (Person.expires_on < look.at.date()),
        )
        due = (
            select(ClearList.society_id, ClearList.id)
            .join(ClearRow, ClearRow.list_id == ClearList.id)
            .join(Person, Person.id == ClearRow.person_id)
            .where(ClearList.direction == IN, over)
        )
        found = sorted({(society_id, list_id) for society_id, list_id in look.session.execute(due)})
    return sum(_erase(society_id, list_id) for society_id, list_id in found)


def _erase(society_id: str, list_id: str) -> int:
    count, was_going = 0, False
    with Unit(replace(SYSTEM, society_id=society_id)) as unit:
        row = unit.session.get_one(ClearList, list_id, with_for_update=True, populate_existing=True)
        rows = select(ClearRow).where(ClearRow.list_id == row.id, ClearRow.state.in_((GOING, STORED)))
        for one in unit.session.scalars(rows).all():
            person = unit.session.get_one(Person, one.person_id, with_for_update=True, populate_existing=True)
            recalled = one.state == GOING and row.recalled_at is not None and row.recalled_at < unit.at - LOOK_FIRST
            expired = one.state == STORED and person.expires_on is not None and person.expires_on < unit.at.date()
            if not recalled and not expired:
                continue
            if person.identity is not None and not (expired and _stands_elsewhere(unit.session, row, person)):
                remove_person(unit, person, unit.session.get_one(PersonSource, person.id), EVENT)
            one.state, one.snapshot = GONE, None
            count, was_going = count + 1, was_going or recalled
        if was_going:
            try:
                answer_recall(unit, row)
            except ExchangeRefused:
                row.recall_answered_at = None
        unit.record("exchange:names_erased", row.id, rows=count)
    return count
