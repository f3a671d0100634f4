"""Found pairs as pages show them: the own person, what agrees and how strongly, and what the other side has shown."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.encoding import RULES, threshold
from rfl.domain.exchange import ASKED, HELD, LIKELY, LIVE, NEW, OPENED, RULE_WORDS, STRONG, WEAK
from rfl.domain.persons import Identity
from rfl.domain.roles import Actor
from rfl.exchange.pair_letters import token_of
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_pairs import ExchangePair
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services.exchange_agreements import opened
from rfl.services.exchange_answer_views import Answers, answers_view
from rfl.services.exchange_pairs import judged_different
from rfl.services.exchange_step_views import Showing, showing_of
from rfl.services.paging import page_within
from rfl.services.scope import fetch, require, within
from rfl.services.unit import Unit

PAGE = 25
USUAL_CASES = 20_000  # of the labelled list on which the words for strength were counted
# What a fact of a rule is to people: keys of RULE_WORDS.
_TOLD_AS = {
    "own": "name",
    "given": "name",
    "pairs": "name",
    "first_pairs": "name",
    "triples": "name",
    "years": "birth",
    "buckets": "birth",
    "day": "date",
    "date": "date",
    "mother": "mother",
    "mothers": "mother",
    "kin": "relative",
    "kin_pairs": "relative",
    "places": "place",
}
REFERENCE = 8  # hexadecimal digits: two people on the telephone find the same pair among some thousands


@dataclass(frozen=True)
class PairCard:
    """One pair; `agrees` are keys of RULE_WORDS, `strength` is one of PAIR_STRENGTHS.

    `reference` is the same on both sides once both have opened it; `judged_before` says that the person was judged
    different from a case of this partner in an earlier round.
    """

    id: str
    state: str
    partner: str
    contact: str
    person_id: str
    request_id: str | None
    number: str
    name: str
    agrees: tuple[str, ...]
    strength: str
    reference: str
    own_verdict: str
    partner_verdict: str
    created_at: datetime
    void_at: datetime
    round_id: str
    copy_id: str | None
    showing: Showing
    answers: Answers
    judged_before: bool = False


@dataclass(frozen=True)
class PairPage:
    """One page of the pairs in one state; `counts` by state."""

    lines: tuple[PairCard, ...]
    state: str
    counts: Counter[str]
    page: int
    pages: int


def list_pairs(actor: Actor, *, state: str = NEW, page: int = 1) -> PairPage:
    """Return one page of the pairs in one state, strongest first; an audited read. Raises NotAllowed."""
    require(actor, "exchange.pair")
    with Unit(actor) as unit:
        mine = select(ExchangePair).join(Person, Person.id == ExchangePair.person_id)
        mine = mine.where(ExchangePair.society_id == actor.society_id, within(actor, Person))
        counts = Counter(unit.session.scalars(mine.with_only_columns(ExchangePair.state)))
        page, pages = page_within(page, counts[state], PAGE)
        some = mine.where(ExchangePair.state == state).order_by(ExchangePair.score.desc(), ExchangePair.id)
        rows = unit.session.scalars(some.limit(PAGE).offset((page - 1) * PAGE)).all()
        lines = tuple(_card(unit.session, row) for row in rows)
        unit.record("exchange:pairs_listed", actor.society_id, state=state, page=page)
    return PairPage(lines, state, counts, page, pages)


def read_pair(actor: Actor, pair_id: str) -> PairCard:
    """Return one pair; an audited read. Raises NotAllowed or NotFound."""
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "exchange.pair", ExchangePair, pair_id)
        fetch(unit.session, actor, "exchange.pair", Person, row.person_id)
        showing, answers = showing_of(unit.session, row, unit.at), answers_view(unit.session, row)
        before = row.state in LIVE and bool(judged_different(unit.session, row.person_id, row.partner))
        card = replace(_card(unit.session, row), showing=showing, answers=answers, judged_before=before)
        unit.record("exchange:pair_read", row.id, person=row.person_id, shown=card.showing.read)
    return card


def strength_of(score: float) -> str:
    """Return the key of PAIR_STRENGTHS for a score: where 1 and 10 false pairs in 1,000 cases begin."""
    if score >= threshold(1, USUAL_CASES):
        return STRONG
    return LIKELY if score >= threshold(10, USUAL_CASES) else WEAK


def agreeing(classes: int) -> tuple[str, ...]:
    """Return the keys of RULE_WORDS for what stands behind the rule classes whose bits are set."""
    told = {_TOLD_AS[fact] for bit, rule in enumerate(RULES) if classes >> bit & 1 for fact in rule.facts}
    return tuple(key for key in RULE_WORDS if key in told)


def _card(session: Session, row: ExchangePair) -> PairCard:
    person = session.get_one(Person, row.person_id)
    request = session.get(TracingRequest, person.request_id) if person.request_id else None
    agreement = opened(session.get_one(ExchangeAgreement, row.agreement_id))
    both = row.state not in {HELD, NEW, ASKED}
    return PairCard(
        id=row.id,
        state=row.state,
        partner=next(one.name for one in agreement.parties if one.digest == row.partner),
        contact=agreement.contact,
        person_id=person.id,
        request_id=person.request_id,
        number=(request.number if request else person.number) or "",
        name=Identity.from_dict(person.identity or {}).display_name(),
        agrees=agreeing(row.classes),
        strength=strength_of(row.score),
        reference=token_of(row.own_handle, row.partner_handle)[:REFERENCE] if both else "",
        own_verdict=row.own_verdict,
        # A verdict that is not one's own is shown once one's own is given.
        partner_verdict=row.partner_verdict if row.own_verdict or row.state != OPENED else "",
        created_at=row.created_at,
        void_at=row.void_at,
        round_id=row.round_id,
        copy_id=row.copy_id,
        showing=Showing(),
        answers=Answers(),
    )
