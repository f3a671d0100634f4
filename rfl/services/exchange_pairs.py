"""Pairs that a round has found: opened by both societies or by none, judged by people, remembered when different.

Nobody learns that the other side has opened a pair before this side has opened it too. Of the other case only a handle
is known here; what agrees and how strongly comes from the hub.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.errors import RuleBroken
from rfl.domain.exchange import (
    ASKED,
    DIFFERENT,
    GOES,
    HELD,
    LIVE,
    NEW,
    NOT_OPENED,
    OPENED,
    OPENING,
    REFUSED,
    SAME,
    WITHDRAWN,
)
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange import pair_letters as letters
from rfl.exchange.pair_letters import Line
from rfl.exchange.rounds.agreement import Agreement
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_pairs import ExchangeAct, ExchangeNotSame, ExchangePair
from rfl.models.exchange_rounds import ExchangeRound
from rfl.models.persons import Person
from rfl.services.encoded_consents import digests_of
from rfl.services.exchange_agreements import in_force
from rfl.services.exchange_copies import empty_copy
from rfl.services.exchange_eligibility import judge
from rfl.services.exchange_steps import agreed_to_showing, begun, erase
from rfl.services.scope import fetch
from rfl.services.unit import Unit

VERDICTS = (letters.SAME, letters.DIFFERENT, letters.UNSURE)


class PairMovedOn(RuleBroken):
    """The pair is not in a state in which this can be done."""

    message = N_("This pair has moved on in the meantime. Look at it again.")


class NoLongerTakesPart(RuleBroken):
    """Consent was withdrawn, the search ended, or somebody was left out since the list was sent."""

    message = N_(
        "This person no longer takes part in encoded exchange. The pair is withdrawn, and the partner told so."
    )


@dataclass(frozen=True)
class Found:
    """A pair as the hub reported it; handles in hex, `classes` bit n where the two agree in rule class n."""

    person_id: str
    own_handle: str
    partner_handle: str
    score: float
    classes: int


def store_found(
    unit: Unit, row: ExchangeRound, agreement: Agreement, partner: str, found: Iterable[Found]
) -> list[ExchangePair]:
    """Keep the pairs of a round and queue their receipt; persons who stopped taking part meanwhile are withdrawn."""
    pairs = []
    for one in found:
        known = judged_different(unit.session, one.person_id, partner)
        pair = ExchangePair(
            id=new_id(),
            society_id=row.society_id,
            agreement_id=row.agreement_id,
            round_id=row.id,
            partner=partner,
            person_id=one.person_id,
            own_handle=one.own_handle,
            partner_handle=one.partner_handle,
            score=one.score,
            classes=one.classes,
            # Judged different from somebody of this partner before: perhaps from this very case.
            state=HELD if known else NEW,
            created_at=unit.at,
            void_at=unit.at + timedelta(days=agreement.retention_days),
        )
        unit.session.add(pair)
        pairs.append(pair)
        for token in known:
            tell(unit, pair, letters.JUDGED, letters.tag_of(token, pair.own_handle, pair.partner_handle))
        if not known:
            tell(unit, pair, letters.FOUND)
    unit.session.flush()
    row.pairs = len(pairs)
    withdraw_unfit(unit, pairs)
    return pairs


def open_pair(actor: Actor, pair_id: str) -> None:
    """Ask to open a pair; it is open once the partner has asked too.

    Raises NotAllowed, NotFound, PairMovedOn, NoLongerTakesPart or what `in_force` raises.
    """
    with Unit(actor) as unit:
        pair = fetch_pair(unit.session, actor, pair_id)
        _require(pair.state == NEW)
        in_force(unit.session, unit.session.get_one(ExchangeAgreement, pair.agreement_id), unit.at)
        fit = not withdraw_unfit(unit, [pair])
        if fit:
            pair.state = OPENING[pair.state, pair.partner_opened]
            tell(unit, pair, letters.OPEN)
        event = "exchange:pair_opened" if fit else "exchange:pairs_withdrawn"
        unit.record(event, pair.id, person=pair.person_id, state=pair.state)
    if not fit:
        raise NoLongerTakesPart


def close_pair(actor: Actor, pair_id: str) -> None:
    """Do not open a pair; the partner is told nothing. Raises NotAllowed, NotFound or PairMovedOn."""
    with Unit(actor) as unit:
        pair = fetch_pair(unit.session, actor, pair_id)
        _require(pair.state == NEW)
        pair.state = NOT_OPENED
        unit.record("exchange:pair_closed", pair.id, person=pair.person_id)


def judge_pair(actor: Actor, pair_id: str, verdict: str) -> None:
    """Say what this society finds: a key of PAIR_VERDICTS; one "different" decides, "same" needs both.

    Raises NotAllowed, NotFound or PairMovedOn.
    """
    with Unit(actor) as unit:
        pair = fetch_pair(unit.session, actor, pair_id)
        _require(pair.state == OPENED and verdict in VERDICTS)
        pair.own_verdict = verdict
        tell(unit, pair, verdict)
        settle(unit, pair)
        unit.record("exchange:pair_judged", pair.id, person=pair.person_id, verdict=verdict, state=pair.state)


def settle(unit: Unit, pair: ExchangePair) -> None:
    """Let the verdicts of both sides decide, and remember a pair that is not one person."""
    verdicts = {pair.own_verdict, pair.partner_verdict}
    if letters.DIFFERENT in verdicts:
        end_pair(unit, pair, DIFFERENT)
        token = letters.token_of(pair.own_handle, pair.partner_handle)
        if unit.session.get(ExchangeNotSame, (pair.person_id, token)) is None:
            unit.session.add(
                ExchangeNotSame(
                    person_id=pair.person_id,
                    token=token,
                    society_id=pair.society_id,
                    partner=pair.partner,
                    made_at=unit.at,
                )
            )
    elif verdicts == {letters.SAME}:
        pair.state = SAME


def end_pair(unit: Unit, pair: ExchangePair, state: str) -> None:
    """End a pair: what was shown of it goes on this side, and the partner gets a receipt for that."""
    pair.state, pair.ended_at = state, unit.at
    empty_copy(unit, pair)
    if erase(unit, pair):
        tell(unit, pair, letters.ERASED)


def take_lines(unit: Unit, row: ExchangeRound, lines: Sequence[Line]) -> dict[tuple[str, str], ExchangePair]:
    """Let the partner's lines about one round have their effect; lines about pairs deleted here have none.

    Returns the pairs of the round by own and partner's handle.
    """
    mine = select(ExchangePair).where(ExchangePair.round_id == row.id).with_for_update()
    pairs = {(one.own_handle, one.partner_handle): one for one in unit.session.scalars(mine)}
    for line in lines:
        pair = pairs.get((line.yours, line.mine))
        if pair is not None and pair.state in (LIVE | {NOT_OPENED, SAME}):
            _take(unit, pair, line)
        elif pair is not None and line.act == letters.ERASED:
            pair.partner_erased_at = pair.partner_erased_at or unit.at
    for pair in pairs.values():
        if pair.state == HELD:  # the partner has told all it remembers, and this pair is none of it
            pair.state = NEW
    return pairs


def _take(unit: Unit, pair: ExchangePair, line: Line) -> None:
    if line.act == letters.JUDGED:
        tags = {
            letters.tag_of(token, pair.own_handle, pair.partner_handle)
            for token in judged_different(unit.session, pair.person_id, pair.partner)
        }
        if line.tag in tags and pair.state != SAME:
            end_pair(unit, pair, DIFFERENT)
    elif line.act == letters.OPEN:
        pair.partner_opened = True
        if pair.state == ASKED:
            pair.state = OPENED
    elif line.act in VERDICTS and pair.state == OPENED:
        pair.partner_verdict = line.act
        settle(unit, pair)
    elif line.act == letters.WITHDRAWN:
        end_pair(unit, pair, WITHDRAWN)


def judged_different(session: Session, person_id: str, partner: str) -> list[str]:
    """Return the tokens of the cases of a partner (digest) from which a person was judged different.

    They hold under all keys that the society has or had: the token is made of handles, so new keys do not change it.
    """
    mine = ExchangeNotSame.person_id == person_id, ExchangeNotSame.partner.in_(digests_of(session, partner))
    return list(session.scalars(select(ExchangeNotSame.token).where(*mine).order_by(ExchangeNotSame.token)))


def tell(unit: Unit, pair: ExchangePair, act: str, tag: str = "") -> None:
    """Queue something for the next letter to the partner."""
    unit.session.add(
        ExchangeAct(
            society_id=pair.society_id,
            round_id=pair.round_id,
            own_handle=pair.own_handle,
            partner_handle=pair.partner_handle,
            act=act,
            tag=tag,
            made_at=unit.at,
        )
    )


def withdraw_unfit(unit: Unit, pairs: Sequence[ExchangePair]) -> int:
    """Withdraw those of `pairs` whose persons no longer take part, and queue a tombstone for each; returns how many."""
    found = unfit(unit.session, pairs)
    for pair in found:
        tell(unit, pair, letters.WITHDRAWN)  # before the receipt, which is for a pair that has ended
        end_pair(unit, pair, WITHDRAWN)
    return len(found)


def unfit(session: Session, pairs: Sequence[ExchangePair]) -> list[ExchangePair]:
    """Return those of `pairs` that must be withdrawn.

    A pair that both found to be one person is withdrawn only when somebody withdrew consent: that the search has ended
    then is what it was for. Once this side has begun to show details, the agreement to that must stand too.
    """
    open_pairs = [one for one in pairs if one.state in LIVE or one.state == SAME]
    reasons: dict[tuple[str, str], str] = {}
    for partner in {one.partner for one in open_pairs}:
        ids = {one.person_id for one in open_pairs if one.partner == partner}
        persons = [session.get_one(Person, person_id) for person_id in sorted(ids)]
        reasons |= {(person_id, partner): why for person_id, why in judge(session, persons, partner).items()}
    ends = {SAME: frozenset({REFUSED})}
    showing = begun(session, open_pairs)
    return [
        one
        for one in open_pairs
        if ((why := reasons[one.person_id, one.partner]) != GOES and why in ends.get(one.state, {why}))
        or (one.id in showing and agreed_to_showing(session, session.get_one(Person, one.person_id)) is None)
    ]


def fetch_pair(session: Session, actor: Actor, pair_id: str) -> ExchangePair:
    """Return a pair of the actor's society, locked; raises NotAllowed or NotFound."""
    pair = fetch(session, actor, "exchange.pair", ExchangePair, pair_id, lock=True)
    fetch(session, actor, "exchange.pair", Person, pair.person_id)
    return pair


def _require(possible: bool) -> None:  # noqa: FBT001 - the condition is the whole sentence
    if not possible:
        raise PairMovedOn
