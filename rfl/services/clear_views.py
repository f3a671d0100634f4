"""Lists with names as pages show them: what was sent and came, what was answered, and what is overdue."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.clear_lists import (
    ANSWER_WITHIN,
    ARRIVED,
    GOING,
    IN,
    LISTED,
    LOOK_FIRST,
    OPENED,
    OUT,
)
from rfl.domain.persons import Identity
from rfl.domain.roles import Actor
from rfl.models.accounts import User
from rfl.models.clear_lists import ClearLetter, ClearList, ClearRow
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_mail import ExchangePosting
from rfl.models.exchange_rounds import ExchangeChannel, ExchangePackage
from rfl.models.persons import Person
from rfl.services.clear_admission import ref_key
from rfl.services.clear_receipts import owes_answer
from rfl.services.exchange_agreements import opened
from rfl.services.exchange_problems import problem_words
from rfl.services.imports import was_started
from rfl.services.paging import page_within
from rfl.services.scope import fetch, require
from rfl.services.unit import Look, Unit

NEWEST = 100  # lists shown
PAGE = 50  # rows on one page


@dataclass(frozen=True)
class ListLine:
    """One list; `overdue` says that its recipient owes an answer to it, or to its recall, for more than a week."""

    id: str
    reference: str
    sent: bool
    partner: str
    number: str  # of the agreement
    format: str
    reason: str
    rows: int
    state: str
    made_at: datetime
    made_by: str
    taken: int
    refused: int
    answered_at: datetime | None
    recalled_at: datetime | None
    erased: int
    kept: int
    recall_answered_at: datetime | None
    overdue: bool


@dataclass(frozen=True)
class LetterLine:
    """One package about a list, to hand over; of one that was `taken_back`, what is downloaded stands in its place."""

    package_id: str
    kind: str
    sequence: int
    given_at: datetime | None
    received: bool
    is_there: bool
    taken_back: bool
    posted: bool
    post_problem: str


@dataclass(frozen=True)
class RowLine:
    """One row: whom it is about here, if anybody, and where it stands; `state` is a key of ROW_STATES.

    A record that has become a child's since is named only to staff cleared for them.
    """

    id: str
    person_id: str | None
    name: str
    number: str
    state: str
    on: date | None
    until: date | None


@dataclass(frozen=True)
class Summary:
    """What the consents of a list are: how many of each basis and route, and between which days they were given."""

    bases: Counter[str]
    routes: Counter[str]
    first: date
    last: date
    until: date


@dataclass(frozen=True)
class ListCard:
    """One list with everything that its page shows."""

    line: ListLine
    agreement_id: str
    legal_basis: str
    summary: Summary | None
    letters: tuple[LetterLine, ...]
    rows: tuple[RowLine, ...]
    page: int
    pages: int
    standing: int
    erased_on: datetime | None  # when rows go that wait for a person to look at them
    import_id: str | None
    can_decide: bool
    can_answer: bool


def list_lists(actor: Actor) -> list[ListLine]:
    """Return the newest lists of the actor's society; raises NotAllowed."""
    require(actor, "clear_list.read")
    with Look(actor) as look:
        return lines(look.session, actor.society_id, look.at)


def lines(session: Session, society_id: str, at: datetime) -> list[ListLine]:
    """Return the newest lists of a society as they stood at a moment."""
    mine = select(ClearList).where(ClearList.society_id == society_id)
    rows = session.scalars(mine.order_by(ClearList.made_at.desc(), ClearList.id).limit(NEWEST)).all()
    return [_line(session, row, at) for row in rows]


def read_list(actor: Actor, list_id: str, *, page: int = 1) -> ListCard:
    """Return one list with one page of its rows; an audited read. Raises NotAllowed or NotFound."""
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "clear_list.read", ClearList, list_id)
        card = _card(unit.session, actor, row, unit.at, page)
        unit.record("exchange:names_read", row.id, page=card.page)
    return card


def rows_of(actor: Actor, list_id: str, numbers: Collection[str]) -> list[str]:
    """Return the ids of the rows with these record numbers, as the list has them; raises NotAllowed or NotFound."""
    with Look(actor) as look:
        row = fetch(look.session, actor, "clear_list.read", ClearList, list_id)
        keys = [ref_key(row.id, one) for one in numbers]
        mine = ClearRow.list_id == row.id, ClearRow.ref_key.in_(keys)
        return list(look.session.scalars(select(ClearRow.id).where(*mine)))


def _line(session: Session, row: ClearList, at: datetime) -> ListLine:
    agreement = opened(session.get_one(ExchangeAgreement, row.agreement_id))
    maker = session.get(User, row.made_by) if row.made_by else None
    waits = row.answered_at is None and at - row.made_at > ANSWER_WITHIN
    recall_waits = (
        row.recalled_at is not None and row.recall_answered_at is None and at - row.recalled_at > ANSWER_WITHIN
    )
    return ListLine(
        id=row.id,
        reference=row.number[:8],
        sent=row.direction == OUT,
        partner=next(one.name for one in agreement.parties if one.digest == row.party),
        number=agreement.number,
        format=row.format,
        reason=row.reason,
        rows=row.rows,
        state=row.state,
        made_at=row.made_at,
        made_by=maker.display_name if maker else "",
        taken=row.taken,
        refused=row.refused,
        answered_at=row.answered_at,
        recalled_at=row.recalled_at,
        erased=row.erased,
        kept=row.kept,
        recall_answered_at=row.recall_answered_at,
        overdue=(waits and row.recalled_at is None) or recall_waits,
    )


def _card(session: Session, actor: Actor, row: ClearList, at: datetime, page: int) -> ListCard:
    rows = session.scalars(select(ClearRow).where(ClearRow.list_id == row.id).order_by(ClearRow.id)).all()
    page, pages = page_within(page, len(rows), PAGE)
    agreement = opened(session.get_one(ExchangeAgreement, row.agreement_id))
    decided = row.state not in {ARRIVED, OPENED} or was_started(session, row.import_id)
    going = [one for one in rows if one.state == GOING]
    return ListCard(
        line=_line(session, row, at),
        agreement_id=row.agreement_id,
        legal_basis=agreement.clear_lists,
        summary=_summary(rows),
        letters=tuple(_letters(session, row)),
        rows=tuple(_row(session, actor, one) for one in rows[(page - 1) * PAGE : page * PAGE]),
        page=page,
        pages=pages,
        standing=sum(one.state == LISTED for one in rows),
        erased_on=row.recalled_at + LOOK_FIRST if going and row.recalled_at else None,
        import_id=row.import_id,
        can_decide=row.direction == IN and not decided,
        can_answer=owes_answer(session, row),
    )


def _summary(rows: Sequence[ClearRow]) -> Summary | None:
    told = [one.snapshot for one in rows if one.snapshot]
    if not told:
        return None
    days = [date.fromisoformat(one["on"]) for one in told]
    return Summary(
        bases=Counter(one["basis"] for one in told),
        routes=Counter(one["evidence"] for one in told),
        first=min(days),
        last=max(days),
        until=max(date.fromisoformat(one["until"]) for one in told),
    )


def _letters(session: Session, row: ClearList) -> list[LetterLine]:
    channel = session.get(ExchangeChannel, (row.agreement_id, row.party))
    seen = channel.seen if channel else 0
    found = (
        select(
            ExchangePackage.id,
            ExchangePackage.kind,
            ExchangePackage.sequence,
            ExchangePackage.given_at,
            ExchangePackage.data.is_not(None),
            ExchangePackage.taken_back,
            ExchangePosting.posted_at,
            ExchangePosting.problem,
        )
        .outerjoin(ExchangePosting, ExchangePosting.package_id == ExchangePackage.id)
        .join(ClearLetter, ClearLetter.package_id == ExchangePackage.id)
        .where(ClearLetter.list_id == row.id)
        .order_by(ExchangePackage.sequence)
    )
    return [
        LetterLine(
            key,
            kind,
            sequence,
            given,
            sequence <= seen,
            there,
            back,
            posted is not None,
            problem_words(problem) if problem else "",
        )
        for key, kind, sequence, given, there, back, posted, problem in session.execute(found)
    ]


def _row(session: Session, actor: Actor, one: ClearRow) -> RowLine:
    person = session.get(Person, one.person_id) if one.person_id else None
    told = one.snapshot or {}
    shown = person is not None and (actor.minors_cleared or not person.is_minor)
    name = Identity.from_dict(person.identity or {}).display_name() if person is not None and shown else ""
    days = [date.fromisoformat(told[key]) if told else None for key in ("on", "until")]
    number = (person.number if person is not None else told.get("ref")) or ""
    return RowLine(one.id, one.person_id if shown else None, name, number, one.state, *days)
