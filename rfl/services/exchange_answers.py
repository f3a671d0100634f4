"""What the person of a pair says may be shared: recorded by the society in contact, told to the other in a letter.

Only an answer that lets something be told ever travels, and that it no longer does. A refusal looks like no answer.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.cleaning import clean_line, clean_text
from rfl.domain.disclosure import Choice
from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.exchange import SAME
from rfl.domain.exchange_steps import PRESENT, SECOND, SOUGHT, TOLD_CHOICES
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.pair_letters import MOST_ANSWERS, MOST_NUMBER, Told
from rfl.models.exchange_pairs import ExchangeAnswer, ExchangePair
from rfl.models.exchange_rounds import ExchangeRound
from rfl.services import outbox
from rfl.services.exchange_copies import close_gate, find_confirmed
from rfl.services.exchange_pairs import PairMovedOn, fetch_pair
from rfl.services.exchange_shown import Pairs
from rfl.services.exchange_step_views import partner_details, record_of_own
from rfl.services.exchange_steps import steps_of
from rfl.services.located import CHOICE_MISSING, Answer, NotConfirmed, check_answer, own_asked, write_answer
from rfl.services.scope import require
from rfl.services.unit import Unit

NOT_TOLD = N_("This answer lets nothing be told, so the partner is told nothing. Record it in your own file.")


class NobodyToTell(RuleBroken):
    """An answer is for a partner who is looking for the person."""

    message = N_(
        "An answer can be sent once both found that it is one person, both have shown step 2, your society is in "
        "contact with the person, and the partner is looking for them."
    )


def tell_answer(actor: Actor, pair_id: str, answer: Answer) -> None:
    """Record what the person lets be told and queue it for the next letter; "nothing" takes an earlier answer back.

    Raises NotAllowed, NotFound, NobodyToTell, or FieldError for `choice`, `words`, `witness`, `language` or `on`.
    """
    require(actor, "located.record")
    with Unit(actor) as unit:
        pair = fetch_pair(unit.session, actor, pair_id)
        if not may_answer(unit.session, pair):
            raise NobodyToTell
        earlier = answers_of(unit.session, pair.id, own=True)
        if answer.choice not in TOLD_CHOICES and not (earlier and answer.choice == Choice.NOTHING):
            raise FieldError("choice", NOT_TOLD if answer.choice in set(Choice) else CHOICE_MISSING)
        if not answer.language or len(earlier) >= MOST_NUMBER:
            raise FieldError("language", CHOICE_MISSING)
        check_answer(answer, deceased=False, today=unit.today)
        row = _row(pair, unit, own=True, number=len(earlier) + 1, choice=answer.choice, on=answer.on)
        row.language, row.recorded_by = answer.language, actor.id
        row.words = {"share": clean_text(answer.words, "words"), "witness": clean_line(answer.witness, "witness")}
        unit.session.add(row)
        unit.record("exchange:answer_recorded", pair.id, person=pair.person_id, number=row.number)


def may_answer(session: Session, pair: ExchangePair) -> bool:
    """Say whether the partner is looking for the person whom this society is in contact with."""
    shown = partner_details(steps_of(session, pair.id), SECOND)
    return pair.state == SAME and shown.get("record") == SOUGHT and record_of_own(session, pair) == PRESENT


def take_over(actor: Actor, pair_id: str) -> str:
    """Let the partner's newest answer count as that of the copy; returns the id of the confirmed proposal.

    Raises NotAllowed, NotFound, PairMovedOn where there is no answer to take over, or NotConfirmed before two officers
    have confirmed.
    """
    require(actor, "located.record")
    with Unit(actor) as unit:
        pair = fetch_pair(unit.session, actor, pair_id)
        told = answers_of(unit.session, pair.id, own=False)
        if pair.state != SAME or not told or told[-1].taken_by or told[-1].choice == Choice.NOTHING:
            raise PairMovedOn
        proposal, newest = find_confirmed(unit.session, pair, lock=True), told[-1]
        if proposal is None:
            raise NotConfirmed
        asked = own_asked(unit, proposal, pair.copy_id or "")
        number, _ = write_answer(unit, proposal, asked, answer_in(newest), by=actor.id)
        newest.taken_by = actor.id
        unit.record("exchange:answer_taken_over", pair.id, proposal=proposal.id, round=number)
        proposal_id = proposal.id
    outbox.deliver_waiting()
    return proposal_id


def answer_in(row: ExchangeAnswer) -> Answer:
    """Return the answer that a row holds."""
    words = row.words or {}
    return Answer(row.choice, row.on, row.language, words.get("witness", ""), words.get("share", ""))


def answers_of(session: Session, pair_id: str, *, own: bool) -> Sequence[ExchangeAnswer]:
    """Return the answers of one side about a pair, the newest last."""
    mine = ExchangeAnswer.pair_id == pair_id, ExchangeAnswer.own.is_(own)
    return session.scalars(select(ExchangeAnswer).where(*mine).order_by(ExchangeAnswer.number)).all()


def due_answers(unit: Unit, row: ExchangeRound) -> Sequence[tuple[ExchangePair, ExchangeAnswer]]:
    """Return the own answers of a round that no letter has carried yet."""
    ready = (
        select(ExchangePair, ExchangeAnswer)
        .join(ExchangeAnswer, ExchangeAnswer.pair_id == ExchangePair.id)
        .where(
            ExchangePair.round_id == row.id,
            ExchangePair.state == SAME,
            ExchangeAnswer.own,
            ExchangeAnswer.package_id.is_(None),
        )
        .order_by(ExchangeAnswer.at, ExchangeAnswer.number)
    )
    return [(pair, answer) for pair, answer in unit.session.execute(ready.limit(MOST_ANSWERS))]


def told(pair: ExchangePair, row: ExchangeAnswer) -> Told:
    """Return what a letter says of an own answer."""
    one = answer_in(row)
    handles = pair.own_handle, pair.partner_handle
    return Told(*handles, row.number, one.choice, one.on.isoformat(), one.language, one.words, one.witness)


def take_answers(unit: Unit, pairs: Pairs, answers: Iterable[Told]) -> None:
    """Keep the partner's answers; one that lets nothing be told any more closes the gate at once.

    Answers about pairs that are not one person, that are not newer, or of a partner not in contact have no effect.
    """
    for one in answers:
        pair = pairs.get((one.yours, one.mine))
        if pair is None or pair.state != SAME or not _in_contact(unit.session, pair):
            continue
        known = answers_of(unit.session, pair.id, own=False)
        if known and known[-1].number >= one.number:
            continue
        row = _row(pair, unit, own=False, number=one.number, choice=one.choice, on=date.fromisoformat(one.on))
        row.language, row.words = one.language, {"share": one.words, "witness": one.witness}
        unit.session.add(row)
        unit.session.flush()
        if one.choice == Choice.NOTHING:
            close_gate(unit, pair)


def _in_contact(session: Session, pair: ExchangePair) -> bool:
    shown = partner_details(steps_of(session, pair.id), SECOND)
    return shown.get("record") == PRESENT and record_of_own(session, pair) == SOUGHT


def _row(pair: ExchangePair, unit: Unit, *, own: bool, number: int, choice: str, on: date) -> ExchangeAnswer:
    ids = {"id": new_id(), "society_id": pair.society_id, "pair_id": pair.id}
    return ExchangeAnswer(**ids, own=own, number=number, choice=choice, on=on, at=unit.at)
