"""Rounds as pages show them: where each stands, what to do next, and the packages to hand over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rfl.domain.exchange import ENDS, NEW, WORK
from rfl.domain.roles import Actor
from rfl.exchange.rounds.agreement import Agreement
from rfl.models.accounts import User
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_mail import ExchangePosting
from rfl.models.exchange_pairs import ExchangeAct, ExchangePair
from rfl.models.exchange_rounds import ExchangeChannel, ExchangePackage, ExchangeRound
from rfl.services.exchange_agreements import opened
from rfl.services.exchange_letters import DONE
from rfl.services.exchange_problems import problem_words
from rfl.services.exchange_rounds import KIND
from rfl.services.paging import page_within
from rfl.services.runs import RunView, newest_run
from rfl.services.scope import fetch, require
from rfl.services.unit import Look

PAGE = 25  # rounds on one page


@dataclass(frozen=True)
class PackageLine:
    """One package; `received` says that its recipient has confirmed it, `is_there` that it can be downloaded.

    Of one that was `taken_back`, what is downloaded is a note in its place.
    """

    id: str
    kind: str
    to: str
    to_code: str
    sequence: int
    size: int
    created_at: datetime
    given_at: datetime | None
    received: bool
    is_there: bool
    taken_back: bool
    posted: bool
    post_problem: str

    def file_name(self, code: str) -> str:
        """Return the name of the file that a society with that code hands over: recipient, sender, number."""
        return f"{self.to_code}-{code}-{self.sequence:04}.rfl"


@dataclass(frozen=True)
class RoundCard:
    """One round; `state` is a key of ROUND_STATES, `problem` the code of a refusal."""

    id: str
    reference: str
    code: str  # of the own society
    agreement_id: str
    number: str
    partners: tuple[str, ...]
    role: str
    state: str
    started_by: str
    started_at: datetime
    void_at: datetime
    ended_at: datetime | None
    cases: int
    pairs: int
    problem: str
    can_end: bool
    can_write: bool
    to_tell: int
    new_pairs: int
    packages: tuple[PackageLine, ...]  # what is to be handed over first
    run: RunView | None

    @property
    def works(self) -> bool:
        """Say whether something goes on in the background."""
        return self.state in WORK


@dataclass(frozen=True)
class RoundPage:
    """One page of the rounds of a society."""

    lines: tuple[RoundCard, ...]
    page: int
    pages: int


def list_rounds(actor: Actor, *, page: int = 1) -> RoundPage:
    """Return one page of the rounds of the actor's society, newest first; raises NotAllowed."""
    require(actor, "exchange.round")
    with Look(actor) as look:
        mine = select(ExchangeRound).where(ExchangeRound.society_id == actor.society_id)
        count = look.session.scalar(select(func.count()).select_from(mine.subquery())) or 0
        page, pages = page_within(page, count, PAGE)
        newest_first = mine.order_by(ExchangeRound.started_at.desc(), ExchangeRound.id)
        rows = look.session.scalars(newest_first.limit(PAGE).offset((page - 1) * PAGE)).all()
        return RoundPage(tuple(_card(look.session, actor, row) for row in rows), page, pages)


def all_rounds(actor: Actor) -> list[RoundCard]:
    """Return every round of the actor's society, newest first, for commands; raises NotAllowed."""
    first = list_rounds(actor)
    more = (list_rounds(actor, page=page).lines for page in range(2, first.pages + 1))
    return [*first.lines, *(line for lines in more for line in lines)]


def read_round(actor: Actor, round_id: str) -> RoundCard:
    """Return one round; raises NotAllowed or NotFound."""
    with Look(actor) as look:
        return _card(look.session, actor, fetch(look.session, actor, "exchange.round", ExchangeRound, round_id))


def file_name(actor: Actor, package_id: str) -> str:
    """Return the name of the file of one package; raises NotAllowed or NotFound."""
    with Look(actor) as look:
        package = fetch(look.session, actor, "exchange.round", ExchangePackage, package_id)
        if package.round_id is None:
            return f"package-{package.sequence:04}.rfl"
        card = _card(look.session, actor, look.session.get_one(ExchangeRound, package.round_id))
        return next(one for one in card.packages if one.id == package.id).file_name(card.code)


def _handing_over(one: PackageLine) -> tuple[bool, bool, str, int]:
    return one.received, one.given_at is not None, one.to, one.sequence


def _card(session: Session, actor: Actor, row: ExchangeRound) -> RoundCard:
    agreement = opened(session.get_one(ExchangeAgreement, row.agreement_id))
    untold = select(ExchangeAct.id).where(ExchangeAct.round_id == row.id, ExchangeAct.package_id.is_(None))
    new = select(func.count()).where(ExchangePair.round_id == row.id, ExchangePair.state == NEW)
    person = session.get(User, row.started_by)
    return RoundCard(
        id=row.id,
        reference=row.round[:8],
        code=next(one.code for one in agreement.parties if one.role.value == row.role),
        agreement_id=row.agreement_id,
        number=agreement.number,
        partners=tuple(f"{one.name}" for one in agreement.parties if one.role.value != row.role),
        role=row.role,
        state=row.state,
        started_by=person.display_name if person else "",
        started_at=row.started_at,
        void_at=row.void_at,
        ended_at=row.ended_at,
        cases=row.cases,
        pairs=row.pairs,
        problem=row.problem,
        can_end=row.state not in ENDS,
        can_write=row.state == DONE and row.role != "hub",
        to_tell=len(session.scalars(untold).all()),
        new_pairs=session.scalar(new) or 0,
        packages=tuple(sorted(_packages(session, row, agreement), key=_handing_over)),
        run=newest_run(session, actor, KIND) if row.state in WORK else None,
    )


def _packages(session: Session, row: ExchangeRound, agreement: Agreement) -> Sequence[PackageLine]:
    names = {one.digest: one for one in agreement.parties}
    seen = select(ExchangeChannel.party, ExchangeChannel.seen).where(ExchangeChannel.agreement_id == row.agreement_id)
    taken = {party: sequence for party, sequence in session.execute(seen)}  # noqa: C416 - rows of two columns
    return [
        PackageLine(
            key,
            kind,
            names[party].name,
            names[party].code,
            number,
            size,
            made,
            given,
            number <= taken.get(party, 0),
            there,
            back,
            posted is not None,
            problem_words(problem) if problem else "",
        )
        for key, kind, party, number, size, made, given, there, back, posted, problem in _columns(session, row.id)
    ]


def _columns(session: Session, round_id: str) -> Sequence[Any]:
    """Return what a line shows of every package of a round, without the bytes: a list has megabytes."""
    kept = select(ExchangePackage).where(ExchangePackage.round_id == round_id)
    return session.execute(
        kept.with_only_columns(
            ExchangePackage.id,
            ExchangePackage.kind,
            ExchangePackage.party,
            ExchangePackage.sequence,
            ExchangePackage.size,
            ExchangePackage.created_at,
            ExchangePackage.given_at,
            ExchangePackage.data.is_not(None),
            ExchangePackage.taken_back,
            ExchangePosting.posted_at,
            ExchangePosting.problem,
        )
        .outerjoin(ExchangePosting, ExchangePosting.package_id == ExchangePackage.id)
        .order_by(ExchangePackage.party, ExchangePackage.sequence)
    ).all()
