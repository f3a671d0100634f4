"""The register of exchange for the data-protection officer: what went where and when, what was found, what is overdue.

It names no person. How many pairs a partner's rounds find is shown, because a partner that finds far more or far fewer
than before may be trying out invented cases, or may have changed its list.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rfl.domain.exchange import DONE
from rfl.domain.roles import Actor
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_pairs import ExchangePair
from rfl.models.exchange_rounds import ExchangeChannel, ExchangePackage, ExchangeRound
from rfl.services.clear_views import ListLine, lines
from rfl.services.exchange_agreements import opened
from rfl.services.exchange_waiting import RECEIPT_WITHIN, count_overdue
from rfl.services.paging import page_within
from rfl.services.scope import require
from rfl.services.unit import Look

PAGE = 50  # lines of one page of each table
# So many times more, or fewer, pairs for a hundred cases than the median of the rounds before is worth a question.
UNUSUAL = 3.0
ROUNDS_TO_COMPARE = 3  # with fewer rounds before it, nothing is unusual yet


@dataclass(frozen=True)
class RoundLine:
    """One round of the register; `rate` is pairs for 100 cases of the own list, `unusual` is far from rounds before."""

    reference: str
    number: str
    partner: str
    role: str
    state: str
    started_at: datetime
    ended_at: datetime | None
    cases: int
    pairs: int
    rate: float | None
    unusual: bool
    outcomes: Counter[str]


@dataclass(frozen=True)
class SentLine:
    """One package that was made here; `overdue` is one that its recipient has not confirmed within a week."""

    kind: str
    to: str
    number: str
    sequence: int
    size: int
    created_at: datetime
    given_at: datetime | None
    received: bool
    overdue: bool


@dataclass(frozen=True)
class Register:
    """One page of each of the two tables; `overdue` counts all packages that are not confirmed within a week."""

    rounds: tuple[RoundLine, ...]
    rounds_page: int
    rounds_pages: int
    sent: tuple[SentLine, ...]
    sent_page: int
    sent_pages: int
    overdue: int
    names: tuple[ListLine, ...]  # lists with names


def read_register(actor: Actor, *, rounds_page: int = 1, sent_page: int = 1) -> Register:
    """Return a page of rounds and one of packages of the actor's society, newest first; raises NotAllowed."""
    require(actor, "exchange.read")
    with Look(actor) as look:
        rows = select(ExchangeAgreement).where(ExchangeAgreement.society_id == actor.society_id)
        agreements = {row.id: row for row in look.session.scalars(rows)}
        mine = ExchangePackage.society_id == actor.society_id
        count = look.session.scalar(select(func.count()).select_from(ExchangePackage).where(mine)) or 0
        rounds = _rounds(look.session, actor, agreements)
        rounds_page, rounds_pages = page_within(rounds_page, len(rounds), PAGE)
        sent_page, sent_pages = page_within(sent_page, count, PAGE)
        return Register(
            rounds=tuple(rounds[(rounds_page - 1) * PAGE : rounds_page * PAGE]),
            rounds_page=rounds_page,
            rounds_pages=rounds_pages,
            sent=tuple(_sent(look.session, actor, agreements, look.at, sent_page)),
            sent_page=sent_page,
            sent_pages=sent_pages,
            overdue=count_overdue(look.session, actor.society_id, look.at),
            names=tuple(lines(look.session, actor.society_id, look.at)),
        )


def unusual(rate: float | None, before: Sequence[float]) -> bool:
    """Say whether a rate is far from the median of the rounds before."""
    if rate is None or len(before) < ROUNDS_TO_COMPARE:
        return False
    usual = median(before)
    return rate > UNUSUAL * usual or rate * UNUSUAL < usual


def _rounds(session: Session, actor: Actor, agreements: dict[str, ExchangeAgreement]) -> list[RoundLine]:
    mine = select(ExchangeRound).where(ExchangeRound.society_id == actor.society_id)
    outcomes: dict[str, Counter[str]] = {}
    pairs = select(ExchangePair.round_id, ExchangePair.state).where(ExchangePair.society_id == actor.society_id)
    for round_id, state in session.execute(pairs):
        outcomes.setdefault(round_id, Counter())[state] += 1
    lines, before = [], dict[str, list[float]]()
    for row in session.scalars(mine.order_by(ExchangeRound.started_at, ExchangeRound.id)):
        agreement = opened(agreements[row.agreement_id])
        others = [one.name for one in agreement.parties if one.role.value not in {row.role, "hub"}]
        rate = 100 * row.pairs / row.cases if row.state == DONE and row.cases else None
        known = before.setdefault(row.agreement_id, [])
        lines.append(
            RoundLine(
                reference=row.round[:8],
                number=agreement.number,
                partner=", ".join(others),
                role=row.role,
                state=row.state,
                started_at=row.started_at,
                ended_at=row.ended_at,
                cases=row.cases,
                pairs=row.pairs,
                rate=rate,
                unusual=unusual(rate, known),
                outcomes=outcomes.get(row.id, Counter()),
            )
        )
        known += [] if rate is None else [rate]
    return lines[::-1]


def _sent(
    session: Session, actor: Actor, agreements: dict[str, ExchangeAgreement], at: datetime, page: int
) -> list[SentLine]:
    seen = {
        (row.agreement_id, row.party): row.seen
        for row in session.scalars(select(ExchangeChannel).where(ExchangeChannel.agreement_id.in_(list(agreements))))
    }
    mine = select(
        ExchangePackage.agreement_id,
        ExchangePackage.party,
        ExchangePackage.kind,
        ExchangePackage.sequence,
        ExchangePackage.size,
        ExchangePackage.created_at,
        ExchangePackage.given_at,
    ).where(ExchangePackage.society_id == actor.society_id)
    newest_first = mine.order_by(ExchangePackage.created_at.desc(), ExchangePackage.id)
    rows = session.execute(newest_first.limit(PAGE).offset((page - 1) * PAGE))
    lines = []
    for agreement_id, party, kind, sequence, size, made, given in rows:
        agreement = opened(agreements[agreement_id])
        received = sequence <= seen.get((agreement_id, party), 0)
        name = next(one.name for one in agreement.parties if one.digest == party)
        overdue = not received and given is not None and at - given > RECEIPT_WITHIN
        lines.append(SentLine(kind, name, agreement.number, sequence, size, made, given, received, overdue))
    return lines
