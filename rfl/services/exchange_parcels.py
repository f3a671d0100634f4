"""A package that comes: opened, its effect written, and the chain moved on, all in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rfl.domain.exchange import ANSWERED, DONE, FAILED, RAISED, VOID
from rfl.domain.roles import Actor
from rfl.exchange import clear_letters, pair_letters
from rfl.exchange.rounds import receipts, states, steps
from rfl.exchange.rounds.agreement import Role
from rfl.exchange.rounds.refusals import ExchangeRefused, WrongRound
from rfl.models.clear_lists import ClearList
from rfl.models.exchange_rounds import ExchangeRound
from rfl.services import exchange_secrets
from rfl.services.clear_recalls import carry_out, take_recall
from rfl.services.clear_receipts import take_receipt
from rfl.services.clear_receiving import take_list as take_names
from rfl.services.exchange_letters import take_letter
from rfl.services.exchange_pairs import Found, store_found
from rfl.services.exchange_post import Taken, post, take
from rfl.services.exchange_rounds import end, find_round, partner_of, take_for_hub, take_list
from rfl.services.scope import require
from rfl.services.unit import SYSTEM, Unit

CONFIRMED = {Role.FIRST: 1, Role.SECOND: 2}  # bits of `receipts`: one society cannot confirm for both


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
    in the trace.
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
        handler = HANDLERS.get(letter.kind)
        if handler is None:
            raise WrongRound
        row = _given_up(unit, taken) or handler(unit, taken)
        unit.session.flush()
        unit.record("exchange:package_taken", row.id, kind=letter.kind, sequence=taken.opened.header.label.sequence)
    if isinstance(row, ClearList):
        if letter.kind == clear_letters.RECALL:
            carry_out(list_id=row.id)
        return Arrived(row.id, names=True)
    if row.secret is None:
        exchange_secrets.burn(row.id)
    return Arrived(row.id, names=False)


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
    pair_letters.KIND: take_letter,
    clear_letters.LIST: take_names,
    clear_letters.RECALL: take_recall,
    clear_letters.RECEIPT: take_receipt,
}
