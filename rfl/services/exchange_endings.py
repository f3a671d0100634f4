"""How rounds end, and what becomes of packages that nobody is to take any more.

A void takes the place of such a package, so that later ones are not held up. What was handed over already cannot be
called back; whichever of the two its recipient loads first counts.
"""

from contextlib import suppress

from sqlalchemy import select, update

from rfl.domain.exchange import DONE, INVITED, VOID
from rfl.domain.exchange_steps import COMMITTED
from rfl.domain.text import N_
from rfl.exchange.rounds import package, receipts, voids
from rfl.exchange.rounds.agreement import Agreement
from rfl.exchange.rounds.channels import NOTHING, Channel, Mark
from rfl.exchange.rounds.package import Letter
from rfl.exchange.rounds.refusals import ExchangeRefused
from rfl.models.clear_lists import ClearLetter, ClearList
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_pairs import ExchangeAct, ExchangeAnswer, ExchangeStep
from rfl.models.exchange_rounds import ExchangeChannel, ExchangePackage, ExchangeRound
from rfl.services import exchange_secrets
from rfl.services.exchange_agreements import signed
from rfl.services.exchange_parties import own_identity
from rfl.services.exchange_post import GOOD_FOR, OF_A_ROUND, post, terms_with
from rfl.services.unit import Unit


class GivenUpThere(ExchangeRefused):
    """Another party has taken back what it had sealed for a round."""

    code = "given-up-there"
    message = N_("Another party has given up this round. Start a new one, if one is wanted.")


class RefusedThere(ExchangeRefused):
    """Another party could not use what was sent to it."""

    code = "refused-there"
    message = N_(
        "Another party refused a package of this round: the agreement had ended there, or more rounds were begun in "
        "the month than are agreed. Speak with them."
    )


class NotTaken(ExchangeRefused):
    """A package was out of date before it was handed over."""

    code = "not-taken"
    message = N_("A package of this round was not handed over in time. Start a new round.")


def end(unit: Unit, row: ExchangeRound, state: str, problem: str = "") -> None:
    """Bring a round to an end within `unit`: its secrets and lists go. `exchange_secrets.burn` must follow.

    Of a round that ended early, packages that may not have been taken yet are taken back.
    """
    row.state, row.ended_at, row.problem = state, unit.at, problem
    exchange_secrets.drop(row)
    lists = select(ExchangePackage).where(
        ExchangePackage.round_id == row.id,
        ExchangePackage.kind.in_(OF_A_ROUND),
        ExchangePackage.data.is_not(None),
    )
    for kept in unit.session.scalars(lists):
        if state == DONE:
            kept.data = None
        else:
            take_back(unit, kept)


def give_up(unit: Unit, row: ExchangeRound, agreement: Agreement) -> None:
    """End a round by hand, and tell those who may wait for it: a package cannot be called back once it was handed over.

    Whoever gets a void learns of it from that; keys that are trusted no more are sent nothing.
    """
    own = own_identity(unit.session, row.society_id).public.digest
    given = select(ExchangePackage.party).where(
        ExchangePackage.round_id == row.id, ExchangePackage.given_at.is_not(None)
    )
    waiting = set(unit.session.scalars(given))
    if row.state == INVITED:
        waiting.add(agreement.partner_of(own).digest)
    end(unit, row, VOID)
    agreed = unit.session.get_one(ExchangeAgreement, row.agreement_id)
    for party in sorted(waiting):
        with suppress(ExchangeRefused):
            post(unit, agreed, party, receipts.given_up().letter(row.round), row.id)


def take_back(unit: Unit, row: ExchangePackage) -> None:
    """Put a void in the place of a package, unless its recipient has confirmed it; its own bytes are gone then.

    What a letter told of pairs, showed and answered is queued again for the next one.
    """
    channel = unit.session.get_one(ExchangeChannel, (row.agreement_id, row.party))
    confirmed = row.sequence <= channel.seen or not row.digest  # rows of older versions of this program have no digest
    row.data = None if confirmed else _void(unit, row, channel)
    if row.data is None:
        return
    row.taken_back, row.size, row.created_at = True, len(row.data), unit.at
    for told in (ExchangeAct, ExchangeAnswer):
        unit.session.execute(update(told).where(told.package_id == row.id).values(package_id=None))
    shown = update(ExchangeStep).where(ExchangeStep.package_id == row.id)
    unit.session.execute(shown.values(package_id=None, state=COMMITTED))


def _void(unit: Unit, row: ExchangePackage, channel: ExchangeChannel) -> bytes | None:
    """Return a void to hand over instead of a package; None where the keys of its recipient are trusted no more."""
    session, agreed = unit.session, unit.session.get_one(ExchangeAgreement, row.agreement_id)
    try:
        agreement = signed(session, agreed)
        terms = terms_with(session, agreed, agreement, row.party)
    except ExchangeRefused:
        return None
    of_a_round = select(ExchangeRound.round).where(ExchangeRound.id == row.round_id)
    of_a_list = (
        select(ClearList.number)
        .join(ClearLetter, ClearLetter.list_id == ClearList.id)
        .where(ClearLetter.package_id == row.id)
    )
    number = session.scalars(of_a_round if row.round_id else of_a_list).one()
    before = Mark(row.sequence - 1, _digest_before(unit, row))
    sealed = package.seal(
        Letter(voids.KIND, number, 0, voids.Void(row.kind, row.digest).to_bytes()),
        identity=own_identity(session, row.society_id),
        terms=terms,
        channel=Channel(before, Mark(channel.taken, channel.taken_digest)),
        created=unit.at.replace(microsecond=0),
        expires=(unit.at + GOOD_FOR).replace(microsecond=0),
    )
    return sealed.data


def _digest_before(unit: Unit, row: ExchangePackage) -> str:
    same = ExchangePackage.agreement_id == row.agreement_id, ExchangePackage.party == row.party
    before = select(ExchangePackage.digest).where(*same, ExchangePackage.sequence == row.sequence - 1)
    return unit.session.scalar(before) or NOTHING
