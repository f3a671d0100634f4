"""The long steps of rounds, in the background: blind the own list, raise the partner's, compare both as the hub.

Each step computes without a lock and then writes packages, the next stage and the progress in one transaction. A killed
step is repeated from what the round remembers, with the same result.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, select

from matching.encoding import compare, threshold
from rfl.domain.exchange import ANSWERED, BLINDED, COMPARING, FAILED, PREPARING, RAISED, RAISING, WORK
from rfl.domain.roles import Actor
from rfl.exchange.rounds import hub, states, steps
from rfl.exchange.rounds.agreement import Agreement, Role
from rfl.exchange.rounds.hub import Delivered
from rfl.exchange.rounds.identity import PublicIdentity, pair_secret
from rfl.exchange.rounds.package import Letter
from rfl.exchange.rounds.plans import Plan
from rfl.exchange.rounds.refusals import ExchangeRefused
from rfl.exchange.rounds.steps import Outgoing
from rfl.models.accounts import Society
from rfl.models.exchange_rounds import ExchangeRound
from rfl.services import exchange_encoding, exchange_secrets
from rfl.services.exchange_endings import end
from rfl.services.exchange_parties import own_identity, pinned
from rfl.services.exchange_post import post
from rfl.services.exchange_rounds import KIND, agreement_of, partner_of, want_work
from rfl.services.runs import Claim, advance, claim, finish, report
from rfl.services.unit import SYSTEM, Chore, Look, Unit

COMMAND = "command"  # names the worker of a run that a command does itself
Progress = Callable[[int, int], None]
# Stage after a step, and what is remembered from then on.
Result = tuple[str, dict[str, Any] | None, tuple[Outgoing, ...]]


def run_exchange(held: Claim) -> None:
    """Do every long step that waits in one society, one after the other; raises LeaseLost."""
    while (round_id := _next(held.society_id)) is not None:
        _step(held, round_id)
        held.between()
    with Unit(_program(held)) as unit:
        # Whoever asks for work finds either this run, and is seen here, or none; the society's row is the lock of both.
        unit.session.get(Society, held.society_id, with_for_update={"key_share": True})
        finish(unit, held)
        unit.session.flush()
        if unit.session.scalar(_waiting(held.society_id)) is not None:
            want_work(unit, held.society_id)
        unit.record("run:ended", held.id, state="done")


def _next(society_id: str) -> str | None:
    with Look(SYSTEM) as look:
        return look.session.scalar(_waiting(society_id))


def _waiting(society_id: str) -> Select[str]:
    waiting = select(ExchangeRound.id).where(ExchangeRound.society_id == society_id, ExchangeRound.state.in_(WORK))
    return waiting.order_by(ExchangeRound.started_at, ExchangeRound.id).limit(1)


def _step(held: Claim, round_id: str) -> None:
    """Compute one step and write its result; a list that cannot be used ends the round, not the run."""
    with Look(SYSTEM) as look:
        row = look.session.get_one(ExchangeRound, round_id)
        version = row.version
        # An agreement that was revoked meanwhile ends the round here, before anything more leaves; so does a backup
        # that brought a round back without its key.
        try:
            work = STEPS[row.state](look, row, exchange_secrets.recall(row))
        except ExchangeRefused as refused:
            work = _refusing(refused)
    try:
        _write(held, round_id, version, work(lambda done, total: report(held, done, total)))
    except ExchangeRefused as refused:
        _fail(held, round_id, version, refused)


def _write(held: Claim, round_id: str, version: int, result: Result) -> None:
    """Write what a step has made; if a package or a person moved the round on meanwhile, the step is done again."""
    state, remembered, outgoing = result
    with Unit(_program(held)) as unit:
        row = unit.session.get_one(ExchangeRound, round_id, with_for_update=True)
        advance(unit, held, cursor=round_id, done=0, counts={"steps": 1})
        if row.version == version:
            agreed, agreement = agreement_of(unit.session, row, unit.at)
            for one in outgoing:
                post(unit, agreed, agreement.party(one.to).digest, one.letter, row.id)
            _move(unit, row, state, remembered)
        forgotten = row.secret is None
        unit.record("exchange:round_advanced", round_id, state=row.state)
    if forgotten:
        exchange_secrets.burn(round_id)


def _move(unit: Unit, row: ExchangeRound, state: str, remembered: dict[str, Any] | None) -> None:
    row.state = state
    if remembered is None:
        exchange_secrets.drop(row)
        return
    exchange_secrets.keep(row, remembered)
    if state == BLINDED and "list" in remembered:
        row.state = RAISING  # the partner's list came before the own one had left
    unit.session.flush()


def _fail(held: Claim, round_id: str, version: int, refused: ExchangeRefused) -> None:
    with Unit(_program(held)) as unit:
        row = unit.session.get_one(ExchangeRound, round_id, with_for_update=True)
        advance(unit, held, cursor=round_id, done=0, counts={"failed": 1})
        if row.version == version:
            end(unit, row, FAILED, refused.code)
        forgotten = row.secret is None
        unit.record("exchange:round_failed", round_id, problem=refused.code, state=row.state)
    if forgotten:
        exchange_secrets.burn(round_id)


def _refusing(refused: ExchangeRefused) -> Callable[[Progress], Result]:
    def refuse(_progress: Progress) -> Result:
        raise refused

    return refuse


def _blind(look: Look, row: ExchangeRound, known: Mapping[str, Any]) -> Callable[[Progress], Result]:
    """Encode the persons who were confirmed, without those who have withdrawn since, and blind the list."""
    _, agreement = agreement_of(look.session, row, look.at)
    partner = partner_of(look.session, row, agreement)
    listed = exchange_encoding.encode_cases(look.session, row.society_id, known["persons"], partner, agreement.repeats)
    own, other = own_identity(look.session, row.society_id), _public(look, row.society_id, partner)
    secret = pair_secret(own, other, agreement=agreement.number, epoch=agreement.epoch)
    plan, role = plan_of(agreement, row.round), Role(row.role)

    def work(progress: Progress) -> Result:
        prepared = steps.prepare(plan, role, listed, seed=known["seed"])
        after, letters = steps.blind(prepared, secret=secret, progress=progress)
        kept = {"state": states.to_bytes(after)} | ({"list": known["list"]} if "list" in known else {})
        return BLINDED, kept, letters

    return work


def _raise(look: Look, row: ExchangeRound, known: Mapping[str, Any]) -> Callable[[Progress], Result]:
    agreement_of(look.session, row, look.at)
    state = states.from_bytes(known["state"])

    def work(progress: Progress) -> Result:
        if not isinstance(state, states.Blinded):
            raise TypeError(type(state).__name__)
        after, letters = steps.raise_list(state, Letter(**known["list"]), progress=progress)
        return RAISED, {"state": states.to_bytes(after)}, letters

    return work


def _compare(look: Look, row: ExchangeRound, known: Mapping[str, Any]) -> Callable[[Progress], Result]:
    _, agreement = agreement_of(look.session, row, look.at)
    plan = plan_of(agreement, row.round)
    delivered = {
        role: Delivered(**{kind: Letter(**letter) for kind, letter in known[role.value].items()})
        for role in (Role.FIRST, Role.SECOND)
    }

    def work(_progress: Progress) -> Result:
        return ANSWERED, None, hub.join(plan, delivered, compare=_comparison(agreement.false_pairs))

    return work


def _comparison(false_pairs: int) -> hub.Comparison:
    """Compare by the rules agreed, above the score at which so many false pairs in 1,000 cases are expected."""

    def compared(left: hub.Side, right: hub.Side) -> Iterator[hub.Found]:
        # The longer list decides how many pairs meet by chance for each case of the shorter.
        longer = max(len(left.presence), len(right.presence))
        return compare(left, right, threshold(false_pairs, longer))

    return compared


STEPS: dict[str, Callable[[Look, ExchangeRound, Mapping[str, Any]], Callable[[Progress], Result]]] = {
    PREPARING: _blind,
    RAISING: _raise,
    COMPARING: _compare,
}


def _program(held: Claim) -> Actor:
    """The program itself, for the trace of the society whose round it is."""
    return replace(SYSTEM, society_id=held.society_id)


def plan_of(agreement: Agreement, number: str) -> Plan:
    """Return the terms of one round: the same for all three parties of the agreement."""
    return Plan(
        round=number,
        places=exchange_encoding.PLACES,
        cap=agreement.cap,
        minimum=agreement.minimum,
        repeats=agreement.repeats,
    )


def _public(look: Look, society_id: str, digest: str) -> PublicIdentity:
    return next(one for one in pinned(look.session, society_id) if one.digest == digest)


def resume_waiting() -> int:
    """Queue the work of every society that has some and no run for it, after a run was given up; returns how many."""
    with Look(SYSTEM) as look:
        waiting = select(ExchangeRound.society_id).where(ExchangeRound.state.in_(WORK)).distinct()
        societies = look.session.scalars(waiting).all()
    for society_id in societies:
        with Chore(replace(SYSTEM, society_id=society_id)) as chore:
            want_work(chore, society_id)
    return len(societies)


def work_now() -> None:
    """Do the long steps that wait in this instance, in this process: for commands on a machine without a worker."""
    while (held := claim(COMMAND, (KIND,))) is not None:
        run_exchange(held)
