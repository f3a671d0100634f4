"""The person's answer as the page of a pair shows it: on the side that asks, and on the side that is told."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from rfl.domain.disclosure import Choice
from rfl.domain.exchange import SAME
from rfl.models.exchange_pairs import ExchangePair
from rfl.services.exchange_answers import answer_in, answers_of, may_answer
from rfl.services.exchange_copies import find_confirmed
from rfl.services.located import Answer


@dataclass(frozen=True)
class AnswerLine:
    """One own answer, and whether a letter has carried it."""

    answer: Answer
    sent: bool


@dataclass(frozen=True)
class Answers:
    """Both directions; `told` says that the partner has let something be told, `readable` holds it once confirmed."""

    may_answer: bool = False
    own: tuple[AnswerLine, ...] = ()
    told: bool = False
    readable: Answer | None = None
    taken: bool = False


def answers_view(session: Session, pair: ExchangePair) -> Answers:
    """Return what the page of a pair shows of answers.

    What the person lets be told is shown only once two officers have confirmed that it is the person.
    """
    if pair.state != SAME:
        return Answers()
    own = tuple(
        AnswerLine(answer_in(row), row.package_id is not None) for row in answers_of(session, pair.id, own=True)
    )
    theirs = answers_of(session, pair.id, own=False)
    newest = theirs[-1] if theirs and theirs[-1].choice != Choice.NOTHING else None
    confirmed = newest is not None and find_confirmed(session, pair) is not None
    return Answers(
        may_answer(session, pair),
        own,
        newest is not None,
        answer_in(newest) if newest and confirmed else None,
        newest is not None and newest.taken_by is not None,
    )
