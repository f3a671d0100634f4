"""A society that does not keep to the steps: letters with whatever it likes, sealed and signed as they should be."""

from pair_world import Side

from rfl.exchange import pair_details as details
from rfl.exchange import pair_letters as letters
from rfl.exchange.pair_letters import COMMIT, Line, Reveal
from rfl.exchange.rounds.package import Letter
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_pairs import ExchangePair
from rfl.models.exchange_rounds import ExchangeRound
from rfl.services import exchange_parcels, exchange_post
from rfl.services.exchange_agreements import opened
from rfl.services.exchange_parties import own_identity
from rfl.services.unit import SYSTEM, Look, Unit

NONCE = "5" * 64


def handles(side: Side) -> tuple[str, str]:
    with Look(SYSTEM) as look:
        pair = look.session.get_one(ExchangePair, side.pair)
        return pair.own_handle, pair.partner_handle


def bound(side: Side, text: str, step: int = 1, nonce: str = NONCE) -> str:
    """The commitment that this side would make."""
    mine, yours = handles(side)
    with Look(SYSTEM) as look:
        agreement = look.session.get_one(ExchangeAgreement, side.agreement).hash
        sender = own_identity(look.session, side.staff.id).public.digest
    return details.commitment(text, nonce, agreement=agreement, step=step, sender=sender, mine=mine, yours=yours)


def forged(side: Side, lines=(), reveals=(), answers=()) -> bytes:
    """A package of this side with whatever it likes in its letter, sealed and signed as it should be."""
    with Unit(side.staff.officer) as unit:
        row = unit.session.get_one(ExchangeRound, side.round)
        agreement = unit.session.get_one(ExchangeAgreement, row.agreement_id)
        party = opened(agreement).partner_of(own_identity(unit.session, row.society_id).public.digest).digest
        letter = Letter(letters.KIND, row.round, len(lines), letters.write(lines, reveals, answers))
        package_id = exchange_post.post(unit, agreement, party, letter, row.id)
        unit.record("exchange:letter_written", row.id)
    return exchange_post.give(side.staff.officer, package_id)


def load(side: Side, data: bytes) -> None:
    exchange_parcels.receive(side.staff.officer, data)


def commit(side: Side, text: str, step: int = 1) -> Line:
    return Line(*handles(side), COMMIT[step], bound(side, text, step))


def reveal(side: Side, text: str, step: int = 1) -> Reveal:
    return Reveal(*handles(side), step, NONCE, text)
