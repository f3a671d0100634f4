"""Rounds: begun by a person who looked at the list, carried on by packages, voided when they take too long.

Every package that comes has its whole effect in one transaction or none. What must be computed for minutes is done in
the background (`exchange_work`); what the round remembers until then is sealed (`exchange_secrets`).
"""

import secrets as random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from rfl.domain.errors import RuleBroken
from rfl.domain.exchange import (
    ANSWERED,
    BLINDED,
    COLLECTING,
    COMPARING,
    DONE,
    ENDS,
    INVITED,
    PREPARING,
    RAISING,
    VOID,
)
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.rounds import steps
from rfl.exchange.rounds.agreement import Agreement, Role
from rfl.exchange.rounds.package import Letter
from rfl.exchange.rounds.randomness import new_seed
from rfl.exchange.rounds.refusals import ExchangeRefused, TooFewCases, WrongRound
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_rounds import ExchangeChannel, ExchangePackage, ExchangeRound
from rfl.services import exchange_secrets
from rfl.services.exchange_agreements import in_force, opened
from rfl.services.exchange_parties import own_identity
from rfl.services.exchange_post import OF_A_ROUND, Taken
from rfl.services.exchange_selection import choose
from rfl.services.runs import RunUnderWay, start_run
from rfl.services.scope import fetch
from rfl.services.unit import SYSTEM, Look, Unit

KIND = "exchange"  # of the background run
ROUND_BYTES = 16  # random, as the header of a package holds them
FULL = len((steps.GROUPING, steps.RAISED))  # letters that the hub needs of each society


class ListChanged(RuleBroken):
    """Other cases go than were looked at."""

    message = N_("The cases that go have changed since you looked at them. Look at the list again, then confirm it.")


class TooManyRounds(RuleBroken):
    """The agreement limits how often lists are compared."""

    message = N_("The agreement allows %(limit)d rounds a month, and as many have taken place.")


class NotAskedHere(RuleBroken):
    """The hub compares and sends no list."""

    message = N_("Your society is the hub of this agreement and sends no list of its own.")


class AlreadyPreparing(RuleBroken):
    """A button pressed twice would spend two of the rounds that are allowed in a month."""

    message = N_("A round under this agreement is being prepared already. Wait until its list is encoded.")


class RoundMovedOn(RuleBroken):
    """The round is not in a state in which this can be done."""

    message = N_("This round has moved on in the meantime. Look at it again.")


def start(actor: Actor, agreement_id: str, *, seal: str) -> str:
    """Begin a round with the cases that `seal` names and return its id; the list is encoded in the background.

    Raises NotAllowed, NotFound, NotAskedHere, AlreadyPreparing, TooManyRounds, ListChanged, TooFewCases or what
    `in_force` raises.
    """
    with Unit(actor) as unit:
        agreed = fetch(unit.session, actor, "exchange.round", ExchangeAgreement, agreement_id, lock=True)
        agreement = in_force(unit.session, agreed, unit.at)
        role = agreement.role_of(own_identity(unit.session, actor.society_id).public.digest)
        preparing = ExchangeRound.agreement_id == agreed.id, ExchangeRound.state == PREPARING
        if unit.session.scalar(select(ExchangeRound.id).where(*preparing).limit(1)):
            raise AlreadyPreparing
        row = new_round(unit, agreed, agreement, role, random.token_hex(ROUND_BYTES), PREPARING)
        _confirm(unit, row, agreement, seal, {})
        unit.record("exchange:round_started", row.id, agreement=agreed.id, cases=row.cases)
    return row.id


def confirm(actor: Actor, round_id: str, *, seal: str) -> None:
    """Take part in a round that the partner has begun, with the cases that `seal` names; raises as `start` does."""
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "exchange.round", ExchangeRound, round_id, lock=True)
        if row.state != INVITED:
            raise RoundMovedOn
        agreed = unit.session.get_one(ExchangeAgreement, row.agreement_id)
        agreement = in_force(unit.session, agreed, unit.at)
        _confirm(unit, row, agreement, seal, exchange_secrets.recall(row))
        unit.record("exchange:round_confirmed", row.id, agreement=agreed.id, cases=row.cases)


def _confirm(unit: Unit, row: ExchangeRound, agreement: Agreement, seal: str, known: dict[str, Any]) -> None:
    if row.role == Role.HUB:
        raise NotAskedHere
    chosen = choose(unit.session, row.society_id, agreement, partner_of(unit.session, row, agreement))
    if chosen.seal != seal:
        raise ListChanged
    if len(chosen.going) < agreement.minimum:
        raise TooFewCases(minimum=agreement.minimum, count=len(chosen.going))
    # The seed is drawn once: whatever is repeated after a crash gives the same packages.
    persons = [one.id for one in chosen.going]
    exchange_secrets.keep(row, known | {"persons": persons, "seed": new_seed()})
    row.state, row.cases = PREPARING, len(persons)
    want_work(unit, row.society_id)


def new_round(
    unit: Unit, agreed: ExchangeAgreement, agreement: Agreement, role: Role, number: str, state: str
) -> ExchangeRound:
    """Make the row of a round that was begun here or elsewhere; raises TooManyRounds."""
    month = unit.at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rounds = select(func.count()).select_from(ExchangeRound)
    rounds = rounds.where(ExchangeRound.agreement_id == agreed.id, ExchangeRound.started_at >= month)
    if (unit.session.scalar(rounds) or 0) >= agreement.rounds_a_month:
        raise TooManyRounds(limit=agreement.rounds_a_month)
    row = ExchangeRound(
        id=new_id(),
        society_id=agreed.society_id,
        agreement_id=agreed.id,
        round=number,
        role=role.value,
        state=state,
        # A package that came by post is put down to whoever agreed for this society to take such packages.
        started_by=unit.actor.id if unit.actor.id != SYSTEM.id else agreed.signed_by or agreed.created_by,
        started_at=unit.at,
        void_at=unit.at + timedelta(days=agreement.retention_days),
        cases=0,
        pairs=0,
        receipts=0,
    )
    unit.session.add(row)
    unit.session.flush()
    return row


def take_list(unit: Unit, taken: Taken) -> ExchangeRound:
    """Keep the partner's blinded list until the own one has left; a new round waits for a person to confirm it."""
    letter, own = taken.opened.letter, _own(unit)
    if taken.agreement.role_of(own) is Role.HUB or taken.sender != taken.agreement.partner_of(own).digest:
        raise WrongRound
    row = find_round(unit, letter.round)
    if row is None:
        row = new_round(unit, taken.agreement_row, taken.agreement, taken.agreement.role_of(own), letter.round, INVITED)
        exchange_secrets.keep(row, {"list": value_of(letter)})
        return row
    known = exchange_secrets.recall(row)
    if row.state not in {PREPARING, BLINDED} or "list" in known or row.agreement_id != taken.agreement_row.id:
        raise WrongRound
    exchange_secrets.keep(row, known | {"list": value_of(letter)})
    if row.state == BLINDED:
        row.state = RAISING
        want_work(unit, row.society_id)
    return row


def take_for_hub(unit: Unit, taken: Taken) -> ExchangeRound:
    """Keep what a society has sent to this hub; with the fourth letter the comparison begins."""
    letter = taken.opened.letter
    sender = taken.agreement.role_of(taken.sender)
    if taken.agreement.role_of(_own(unit)) is not Role.HUB or sender is Role.HUB:
        raise WrongRound
    row = find_round(unit, letter.round) or new_round(
        unit, taken.agreement_row, taken.agreement, Role.HUB, letter.round, COLLECTING
    )
    known: dict[str, Any] = exchange_secrets.recall(row) if row.secret else {}
    own_part = known.get(sender.value, {})
    if row.state != COLLECTING or letter.kind in own_part or row.agreement_id != taken.agreement_row.id:
        raise WrongRound
    known[sender.value] = own_part | {letter.kind: value_of(letter)}
    exchange_secrets.keep(row, known)
    if len(known) == len((Role.FIRST, Role.SECOND)) and all(len(part) == FULL for part in known.values()):
        row.state = COMPARING
        want_work(unit, row.society_id)
    return row


def void(actor: Actor, round_id: str) -> None:
    """End a round without a result; what it remembered is erased. Raises NotAllowed, NotFound or RoundMovedOn."""
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "exchange.round", ExchangeRound, round_id, lock=True)
        if row.state in ENDS:
            raise RoundMovedOn
        end(unit, row, VOID)
        unit.record("exchange:round_voided", row.id)
    exchange_secrets.burn(round_id)


def void_overdue() -> int:
    """End every round that has taken longer than agreed, or whose agreement no longer holds; returns how many."""
    with Look(SYSTEM) as look:
        live = look.session.scalars(select(ExchangeRound).where(ExchangeRound.state.not_in(ENDS))).all()
        ids = [
            (row.society_id, row.id)
            for row in live
            if row.void_at < look.at or not _may_go_on(look.session, row, look.at)
        ]
        over = set(look.session.scalars(select(ExchangeRound.id).where(ExchangeRound.secret.is_(None), _is_over())))
    exchange_secrets.burn_left_over(over.__contains__)
    for society_id, round_id in ids:
        with Unit(replace(SYSTEM, society_id=society_id)) as unit:
            row = unit.session.get_one(ExchangeRound, round_id, with_for_update=True)
            if row.state not in ENDS:
                end(unit, row, VOID)
            unit.record("exchange:rounds_voided", round_id, state=row.state)
        exchange_secrets.burn(round_id)
    return len(ids)


def _may_go_on(session: Session, row: ExchangeRound, at: datetime) -> bool:
    """Say whether a round could still take a package: nothing else is worth keeping its secrets for."""
    try:
        agreement_of(session, row, at)
    except ExchangeRefused:
        return False
    return True


def _is_over() -> ColumnElement[bool]:
    """The hub forgets when it has answered, the others when the round ends."""
    return ExchangeRound.state.in_(ENDS | {ANSWERED})


def end(unit: Unit, row: ExchangeRound, state: str, problem: str = "") -> None:
    """Bring a round to an end within `unit`: its secrets and lists go. `exchange_secrets.burn` must follow.

    A package that its recipient still has to take stays where the round ended early: without it no later one can be
    taken. The secret number of the round is gone, so a blinded list shows nothing any more.
    """
    row.state, row.ended_at, row.problem = state, unit.at, problem
    exchange_secrets.drop(row)
    stays = state != DONE and _may_go_on(unit.session, row, unit.at)
    channel = and_(
        ExchangeChannel.agreement_id == ExchangePackage.agreement_id, ExchangeChannel.party == ExchangePackage.party
    )
    lists = select(ExchangePackage, ExchangeChannel.seen).join(ExchangeChannel, channel)
    for kept, seen in unit.session.execute(
        lists.where(ExchangePackage.round_id == row.id, ExchangePackage.kind.in_(OF_A_ROUND))
    ):
        if not stays or kept.sequence <= seen:
            kept.data = None


def want_work(unit: Unit, society_id: str) -> None:
    """Queue the background work of a society, unless it is under way: that one takes up everything there is."""
    try:
        start_run(unit, KIND, society_id, 1)
    except RunUnderWay:
        return


def find_round(unit: Unit, number: str) -> ExchangeRound | None:
    """Return the round with that number of the actor's society, locked."""
    same = ExchangeRound.society_id == unit.actor.society_id, ExchangeRound.round == number
    return unit.session.scalar(select(ExchangeRound).where(*same).with_for_update())


def partner_of(session: Session, row: ExchangeRound, agreement: Agreement) -> str:
    """Return the digest of the other society of a round."""
    return agreement.partner_of(own_identity(session, row.society_id).public.digest).digest


def agreement_of(
    session: Session, row: ExchangeRound, at: datetime | None = None
) -> tuple[ExchangeAgreement, Agreement]:
    """Return the agreement of a round; with `at`, only if it is in force then."""
    agreed = session.get_one(ExchangeAgreement, row.agreement_id)
    return agreed, in_force(session, agreed, at) if at else opened(agreed)


def value_of(letter: Letter) -> dict[str, Any]:
    """Return a letter as `exchange_secrets` keeps it."""
    return {"kind": letter.kind, "round": letter.round, "count": letter.count, "body": letter.body}


def _own(unit: Unit) -> str:
    return own_identity(unit.session, unit.actor.society_id).public.digest
