"""Letters to a partner about found pairs: what was queued goes into one package; a letter of theirs takes effect."""

from sqlalchemy import select

from rfl.domain.errors import RuleBroken
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange import pair_letters
from rfl.exchange.pair_letters import Line
from rfl.exchange.rounds.package import Letter
from rfl.models.exchange import ExchangeAgreement
from rfl.models.exchange_pairs import ExchangeAct, ExchangePair
from rfl.models.exchange_rounds import ExchangeRound
from rfl.services.exchange_agreements import opened
from rfl.services.exchange_answers import due_answers, take_answers, told
from rfl.services.exchange_pairs import take_lines, withdraw_unfit
from rfl.services.exchange_parties import own_identity
from rfl.services.exchange_post import Taken, post
from rfl.services.exchange_shown import due, mark_sent, reveal, take_commitments, take_reveals
from rfl.services.exchange_steps import happened
from rfl.services.scope import fetch
from rfl.services.unit import Unit

DONE = "done"  # state of a round whose pairs have arrived


class HubFirst(RuleBroken):
    """A letter about pairs that have not arrived here."""

    message = N_(
        "This letter is about pairs that have not arrived yet. Load the package of the hub first, then this one."
    )


class NothingToTell(RuleBroken):
    """Letters are written when there is something in them, or to confirm what was received."""

    message = N_("The pairs of this round have not arrived yet, so there is nothing to tell the partner.")


def write_letter(actor: Actor, round_id: str) -> str:
    """Put everything queued about a round into one package for the partner and return its id.

    A letter with nothing in it still confirms to the partner what was taken. Raises NotAllowed, NotFound, NothingToTell
    or what `post` raises.
    """
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "exchange.round", ExchangeRound, round_id, lock=True)
        package_id, count = post_letter(unit, row)
        unit.record("exchange:letter_written", row.id, lines=count, **happened(unit, row.id, own=True))
    return package_id


def post_letter(unit: Unit, row: ExchangeRound) -> tuple[str, int]:
    """Do so within `unit`; returns the id of the package and how many lines it has."""
    if row.state != DONE:
        raise NothingToTell
    mine = select(ExchangePair).where(ExchangePair.round_id == row.id).with_for_update()
    withdraw_unfit(unit, unit.session.scalars(mine).all())
    unit.session.flush()
    queued = select(ExchangeAct).where(ExchangeAct.round_id == row.id, ExchangeAct.package_id.is_(None))
    acts = unit.session.scalars(queued.order_by(ExchangeAct.id)).all()
    lines = [Line(one.own_handle, one.partner_handle, one.act, one.tag) for one in acts]
    agreement = unit.session.get_one(ExchangeAgreement, row.agreement_id)
    shown = due(unit, row)
    answers = due_answers(unit, row)
    body = pair_letters.write(lines, [reveal(*one) for one in shown], [told(*one) for one in answers])
    letter = Letter(pair_letters.KIND, row.round, len(lines), body)
    package_id = post(unit, agreement, opened(agreement).partner_of(_own(unit, row)).digest, letter, row.id)
    for one in acts:
        one.package_id = package_id
    mark_sent(unit, [step for _, step in shown], package_id)
    for _, answer in answers:
        answer.package_id = package_id
    return package_id, len(lines)


def take_letter(unit: Unit, taken: Taken) -> ExchangeRound:
    """Let a partner's letter have its effect within `unit`; raises HubFirst or Malformed."""
    letter = taken.opened.letter
    same = ExchangeRound.society_id == unit.actor.society_id, ExchangeRound.round == letter.round
    row = unit.session.scalar(select(ExchangeRound).where(*same).with_for_update())
    if row is None or row.state != DONE or row.agreement_id != taken.agreement_row.id:
        raise HubFirst
    if taken.sender != taken.agreement.partner_of(_own(unit, row)).digest:
        raise HubFirst
    contents = pair_letters.read(letter.body)
    pairs = take_lines(unit, row, contents.lines)
    take_commitments(unit, pairs, contents.lines)
    take_reveals(unit, row, pairs, contents.reveals)
    take_answers(unit, pairs, contents.answers)
    return row


def _own(unit: Unit, row: ExchangeRound) -> str:
    return own_identity(unit.session, row.society_id).public.digest
