"""What an import lets in of a list that a society sent: only rows with a consent behind them that still holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.ages import is_minor
from rfl.domain.clear_lists import IN, LISTED, STORED
from rfl.domain.consent import Purpose
from rfl.domain.imports import ListBasis
from rfl.domain.text import N_
from rfl.exchange.clear_letters import Snapshot
from rfl.exchange.drafts import RowProblem
from rfl.models.clear_lists import ClearList, ClearRow
from rfl.models.exchange import ExchangeAgreement
from rfl.models.imports import PersonSource
from rfl.models.persons import Person
from rfl.services.exchange_agreements import opened
from rfl.services.import_lists import BadRow, ListItem, TakenRow, fingerprint
from rfl.services.unit import Unit

NO_CONSENT = N_("The list says nothing of a consent behind this row.")
OVER = N_("The consent behind this row ended on %(until)s.")
RECALLED = N_("The society that sent the list has recalled this row.")
CHILD = N_("By its birth or age this is a child, and children go in no list.")
ASK_SENDER = N_("Ask the society that sent the list.")
# What the answer given to the sender covers here: keeping the record and comparing it. Not passing it on.
COVERED = (Purpose.REGISTER, Purpose.MATCHING)


@dataclass(frozen=True)
class Admission:
    """The consents of one list by the fingerprints of its record numbers, and who sent it.

    `party` is the digest of the sender's keys: nobody else's rows can be mistaken for its own.
    """

    list_id: str
    party: str
    sender: str
    number: str
    snapshots: Mapping[str, Snapshot]
    standing: frozenset[str]  # fingerprints of rows that were not recalled
    today: date

    def admit(self, item: ListItem) -> ListItem:
        """Give a row its own basis and last day, or turn it into a bad one that says why it is not taken."""
        if not isinstance(item, TakenRow):
            return item
        key = ref_key(self.list_id, item.origin.get("record_id", ""))
        snapshot = self.snapshots.get(key)
        if snapshot is None:
            return refused(item, NO_CONSENT)
        if key not in self.standing:
            return refused(item, RECALLED)
        until = date.fromisoformat(snapshot.until)
        if until < self.today or date.fromisoformat(snapshot.on) > self.today:
            return refused(item, OVER, until=snapshot.until)
        if is_minor(item.draft.identity.birth, item.draft.identity.age, self.today):
            return refused(item, CHILD)
        return replace(
            item,
            # A list that only lasts longer is a newer word about the same record.
            said=fingerprint("list with names", item.said, snapshot.until),
            origin=dict(item.origin) | {"source_name": self.sender, "list": self.number[:8]},
            expires_on=min(item.expires_on or until, until),
            basis=_basis(snapshot),
        )


def _basis(snapshot: Snapshot) -> ListBasis:
    return ListBasis(
        purposes=COVERED,
        basis=snapshot.basis,
        evidence=snapshot.evidence,
        language=snapshot.language,
        on=snapshot.on,
        speaker=snapshot.speaker,
        notice_version=snapshot.notice,
    )


def ref_key(list_id: str, ref: str) -> str:
    """Return the keyed fingerprint of a record number within one list."""
    return fingerprint("clear list row", list_id, ref)


def refused(row: TakenRow, message: str, **params: object) -> BadRow:
    """Return a row as one that is not taken, with the reason."""
    problem = RowProblem(row.line, "row", message, ASK_SENDER, params)
    return BadRow(row.line, row.cells, [problem])


def list_of(session: Session, import_id: str, *, lock: bool = False) -> ClearList | None:
    """Return the list behind an import; None where no society sent it."""
    found = select(ClearList).where(ClearList.import_id == import_id, ClearList.direction == IN)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalar(found)


def admission_of(session: Session, import_id: str, today: date) -> Admission | None:
    """Return what holds for the rows of an import that a society sent, None for any other."""
    row = list_of(session, import_id)
    if row is None:
        return None
    agreement = opened(session.get_one(ExchangeAgreement, row.agreement_id))
    sender = next(one.name for one in agreement.parties if one.digest == row.party)
    rows = session.scalars(select(ClearRow).where(ClearRow.list_id == row.id)).all()
    return Admission(
        list_id=row.id,
        party=row.party,
        sender=sender,
        number=row.number,
        snapshots={one.ref_key: Snapshot(**one.snapshot) for one in rows if one.snapshot},
        standing=frozenset(one.ref_key for one in rows if one.state in {LISTED, STORED}),
        today=today,
    )


def still_admitted(unit: Unit, import_id: str, rows: Sequence[ListItem]) -> Sequence[ListItem]:
    """Return the rows of a slice, those as bad that were recalled since the list was opened.

    The list stays locked until the slice is stored: a recall comes before it or finds the person stored.
    """
    row = list_of(unit.session, import_id, lock=True)
    if row is None:
        return rows
    standing = ClearRow.list_id == row.id, ClearRow.state.in_((LISTED, STORED))
    keys = set(unit.session.scalars(select(ClearRow.ref_key).where(*standing)))

    def check(item: ListItem) -> ListItem:
        if not isinstance(item, TakenRow) or ref_key(row.id, item.origin.get("record_id", "")) in keys:
            return item
        return refused(item, RECALLED)

    return [check(item) for item in rows]


def note_taken(unit: Unit, import_id: str, rows: Sequence[ListItem]) -> None:
    """Write down which rows of a society's list became, or already were, which persons."""
    row = list_of(unit.session, import_id)
    taken = {item.key: item for item in rows if isinstance(item, TakenRow)}
    if row is None or not taken:
        return
    stored = (
        select(Person.id, Person.source_key, PersonSource.said)
        .join(PersonSource, PersonSource.id == Person.id)
        .where(Person.society_id == row.society_id, Person.source_key.in_(list(taken)))
    )
    # A record that somebody here has changed keeps its earlier words, and this row was not taken.
    found = {key: person_id for person_id, key, said in unit.session.execute(stored) if key and said == taken[key].said}
    refs = {ref_key(row.id, taken[key].origin.get("record_id", "")): person_id for key, person_id in found.items()}
    mine = ClearRow.list_id == row.id, ClearRow.ref_key.in_(list(refs)), ClearRow.state == LISTED
    for one in unit.session.scalars(select(ClearRow).where(*mine)):
        one.person_id, one.state = refs[one.ref_key], STORED
