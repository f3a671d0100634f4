"""A package that comes: opened, its effect written, and the chain moved on, all in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rfl.domain.exchange import ANSWERED, DONE, ENDS, FAILED, RAISED, VOID
from rfl.domain.roles import Actor
from rfl.exchange import clear_letters, pair_letters
from rfl.exchange.rounds import receipts, states, steps, voids
from rfl.exchange.rounds.agreement import Role
from rfl.exchange.rounds.refusals import ExchangeRefused, WrongRound
from rfl.models.clear_lists import ClearList
from rfl.models.exchange_rounds import ExchangeRound
from rfl.services import clear_voids, exchange_secrets
from rfl.services.clear_recalls import carry_out, take_recall
from rfl.services.clear_receipts import take_receipt
from rfl.services.clear_receiving import take_list as take_names
from rfl.services.exchange_beginnings import TooManyRounds, add_round
from rfl.services.exchange_endings import GivenUpThere, RefusedThere, end
from rfl.services.exchange_letters import take_letter
from rfl.services.exchange_pairs import Found, store_found
from rfl.services.exchange_post import OF_A_ROUND, Taken, post, take
from rfl.services.exchange_rounds import find_round, partner_of, take_for_hub, take_list
from rfl.services.exchange_steps import happened
from rfl.services.scope import require
from rfl.services.unit import SYSTEM, Unit

CONFIRMED = {Role.FIRST: 1, Role.SECOND: 2}  # bits of `receipts`: one society cannot confirm for both
# What a receipt says of a round that cannot go on.
OVER = {receipts.REFUSED: RefusedThere.code, receipts.GIVEN_UP: GivenUpThere.code}


@dataclass(frozen=True)
class Arrived:
    """What a package was about: a round or, with `names`, a list with names."""

    id: str
    names: bool


def receive(actor: Actor, data: bytes) -> str:
    """Take a package for the actor's society and return the id of its round, or of its list with names.

    Raises as `arrive` does.
    """
    return arrive(actor, data).id


def arrive(actor: Actor, data: bytes) -> Arrived:
    """Take a package for the actor's society.

    Raises NotAllowed, and for a package that cannot be taken what `exchange_post.take`, the steps of a round,
    `exchange_letters.take_letter` or the services of lists with names raise: nothing of it is kept then but an entry
    in the trace. Where the agreement has ended or allows no more rounds, the sender is answered and the chain moves
    on besides.
    """
    require(actor, "exchange.round")
    return _arrive(actor, data)


def arrive_by_post(society_id: str, data: bytes) -> Arrived:
    """Take a package that another instance posted to a society; raises as `arrive` does."""
    return _arrive(replace(SYSTEM, society_id=society_id), data)


def _arrive(actor: Actor, data: bytes) -> Arrived:
    try:
        return _receive(actor, data)
    except ExchangeRefused as refused:
        # An altered or repeated package is what an attack looks like; data protection must find it.
        with Unit(actor) as unit:
            unit.record("exchange:package_refused", actor.society_id, problem=refused.code, size=len(data))
        raise


def _receive(actor: Actor, data: bytes) -> Arrived:
    with Unit(actor) as unit:
        taken = take(unit, data)
        letter = taken.opened.letter
        row, refused = _effect(unit, taken)
        unit.session.flush()
        sequence = taken.opened.header.label.sequence
        changes = {} if isinstance(row, ClearList) else happened(unit, row.id, own=False)
        unit.record("exchange:package_taken", row.id, kind=letter.kind, sequence=sequence, **changes)
    if isinstance(row, ClearList):
        if letter.kind == clear_letters.RECALL:
            carry_out(list_id=row.id)
        return Arrived(row.id, names=True)
    if row.secret is None:
        exchange_secrets.burn(row.id)
    if refused is not None:
        raise refused
    return Arrived(row.id, names=False)


def _effect(unit: Unit, taken: Taken) -> tuple[ExchangeRound | ClearList, ExchangeRefused | None]:
    """Let a package have its effect; returns its round, and why it could have none."""
    handler = HANDLERS.get(taken.opened.letter.kind)
    if handler is None:
        raise WrongRound
    if (row := _given_up(unit, taken)) is not None:
        return row, taken.refused
    if taken.refused is not None:
        return _refuse(unit, taken, taken.refused), taken.refused
    try:
        return handler(unit, taken), None
    except TooManyRounds as refused:
        return _refuse(unit, taken, refused), refused


def _refuse(unit: Unit, taken: Taken, refused: ExchangeRefused) -> ExchangeRound:
    """End the round of a package that can never have an effect here, and answer its sender: both chains go on."""
    row = _end_round(unit, taken, refused.code)
    letter = receipts.refused([bytes.fromhex(taken.opened.digest)]).letter(row.round)
    post(unit, taken.agreement_row, taken.sender, letter, row.id)
    return row


def _end_round(unit: Unit, taken: Taken, problem: str) -> ExchangeRound:
    """Return the round of a package, ended; one that was never heard of is noted, so that it can be seen."""
    row = find_round(unit, taken.opened.letter.round)
    if row is None:
        own = taken.agreement.role_of(taken.opened.header.label.recipient)
        row = add_round(unit, taken.agreement_row, taken.agreement, own, taken.opened.letter.round, VOID)
    if row.agreement_id != taken.agreement_row.id:
        raise WrongRound
    if row.ended_at is None:
        end(unit, row, VOID, problem)
    return row


def _take_void(unit: Unit, taken: Taken) -> ExchangeRound | ClearList:
    """Go on after a package that does not come; a round that it belonged to has ended for its sender."""
    kind = voids.Void.from_bytes(taken.opened.letter.body).kind
    if kind in clear_letters.KINDS:
        return clear_voids.take_void(unit, taken, kind)
    of_a_round = kind in OF_A_ROUND
    row = find_round(unit, taken.opened.letter.round)
    if of_a_round or row is None:
        return _end_round(unit, taken, GivenUpThere.code)
    return row


def _given_up(unit: Unit, taken: Taken) -> ExchangeRound | None:
    """Return the round of a package that comes too late: it has no effect, but the chain goes on for later rounds."""
    row = find_round(unit, taken.opened.letter.round)
    over = row is not None and row.state in {VOID, FAILED} and row.agreement_id == taken.agreement_row.id
    return row if over else None


def _take_pairs(unit: Unit, taken: Taken) -> ExchangeRound:
    """Let the hub's answer become pairs to review; both others get a receipt, and what was remembered goes."""
    row = find_round(unit, taken.opened.letter.round)
    if row is None or row.state != RAISED or row.agreement_id != taken.agreement_row.id:
        raise WrongRound
    if taken.sender != taken.agreement.party(Role.HUB).digest:
        raise WrongRound
    state = states.from_bytes(exchange_secrets.recall(row)["state"])
    if not isinstance(state, states.Raised):
        raise WrongRound
    finished, outgoing = steps.take_pairs(state, taken.opened.letter)
    found = [Found(one.case, one.handle.hex(), one.partner.hex(), one.strength, one.classes) for one in finished.pairs]
    partner = partner_of(unit.session, row, taken.agreement)
    for one in outgoing:
        post(unit, taken.agreement_row, taken.agreement.party(one.to).digest, one.letter, row.id)
    end(unit, row, DONE)
    store_found(unit, row, taken.agreement, partner, found)
    return row


def _take_receipt(unit: Unit, taken: Taken) -> ExchangeRound:
    """Note that a party has what was sent, or has erased it; the hub is done once both have confirmed its answer."""
    row = find_round(unit, taken.opened.letter.round)
    if row is None or row.agreement_id != taken.agreement_row.id:
        raise WrongRound
    receipt = receipts.Receipt.of(taken.opened.letter, row.round)
    if (problem := OVER.get(receipt.meaning)) is not None and row.state not in ENDS:
        end(unit, row, VOID, problem)
    if row.role == Role.HUB and row.state == ANSWERED and receipt.meaning == receipts.TAKEN:
        row.receipts |= CONFIRMED[taken.agreement.role_of(taken.sender)]
        if row.receipts == sum(CONFIRMED.values()):
            end(unit, row, DONE)
    return row


HANDLERS: dict[str, Callable[[Unit, Taken], ExchangeRound | ClearList]] = {
    steps.BLINDED: take_list,
    steps.GROUPING: take_for_hub,
    steps.RAISED: take_for_hub,
    steps.PAIRS: _take_pairs,
    receipts.KIND: _take_receipt,
    voids.KIND: _take_void,
    pair_letters.KIND: take_letter,
    clear_letters.LIST: take_names,
    clear_letters.RECALL: take_recall,
    clear_letters.RECEIPT: take_receipt,
}
