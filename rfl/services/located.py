"""The person concerned is asked, and only their answer opens a way to the enquirer.

Everything here belongs to the society that asks. Nothing is written where the enquirer's side could see that an
answer exists; a change there comes only with a disclosure.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from rfl.domain.disclosure import ALLOWS_TELLING, CHOICES, LINK_CHOICES, Choice
from rfl.domain.errors import FieldError, NotFound, RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.persons import Identity
from rfl.domain.proposals import ProposalState
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.accounts import User
from rfl.models.aftercare import Disclosure, LocatedChoice, Telling
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.services import outbox
from rfl.services.aftercare import drop_untold, newest_choice
from rfl.services.concerned import Asked, persons_concerned
from rfl.services.scope import fetch
from rfl.services.tasks import finish_task, open_task
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

LONGEST_WORDS = 4000  # a message home, about a printed page

CHOICE_MISSING = N_("Choose what the person answered.")
WORDS_MISSING = N_("Write exactly what the person allows to be passed on.")
WORDS_TOO_MANY = N_("With this answer nothing may be passed on. Leave this field empty.")
WORDS_TOO_LONG = N_("This is too long. Use at most %(longest)s characters.")
WITNESS_MISSING = N_("Write who heard the answer (witness or interpreter), or that it is signed.")
DATE_MISSING = N_("Write the day on which to ask again.")
DATE_PAST = N_("Choose a day after the day of the answer.")
DATE_FUTURE = N_("The day of the answer cannot be in the future.")

FATE_LABEL = N_("The person has died; tell the family with a delivery plan")

CARRIES_WORDS = frozenset({Choice.ADDRESS, Choice.CALL, Choice.MESSAGE, Choice.FATE})


class NotConfirmed(RuleBroken):
    """Nobody is asked before two officers have confirmed."""

    message = N_("This proposal is not confirmed by two officers (any more). Nobody may be asked or told anything.")


class NotPossibleForThisPerson(RuleBroken):
    """A living person answers for themselves; for a person recorded as deceased nobody can."""

    message = N_("This answer does not fit the record of the person. Check whether they are recorded as deceased.")
    status = 422


@dataclass(frozen=True)
class Answer:
    """What the person concerned answered, as it was written down."""

    choice: str
    on: date
    language: str
    witness: str
    words: str = ""
    note: str = ""
    ask_again_on: date | None = None


@dataclass(frozen=True)
class AnswerGiven:
    """One recorded answer, for the history."""

    answer: Answer
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class PersonAsked:
    """One person whose answer is needed: who they are, how to reach them, what they answered so far."""

    person_id: str
    kind: str
    number: str | None
    request_id: str | None
    name: str
    contact: dict[str, str]
    is_link: bool
    deceased: bool
    choices: dict[str, str]  # choice -> N_ label
    answers: tuple[AnswerGiven, ...]
    news: str  # "", "possible", "prepared", "told"
    told_on: date | None
    disclosure_id: str | None


def read_asked(actor: Actor, proposal_id: str) -> tuple[PersonAsked, ...]:
    """Return the persons that the actor's society has to ask; raises NotFound where there is none."""
    with Unit(actor) as unit:
        proposal = fetch(unit.session, actor, "located.record", Proposal, proposal_id)
        if proposal.state != ProposalState.CONFIRMED:
            raise NotConfirmed
        found = tuple(_view(unit, proposal, asked) for asked in _own(unit, proposal))
        unit.record("located:read", proposal.id)
    return found


def record_answer(actor: Actor, proposal_id: str, person_id: str, *, answer: Answer) -> None:
    """Write down an answer; the newest one counts, and news prepared on an older one is withdrawn.

    Raises FieldError, NotConfirmed, NotPossibleForThisPerson or NotFound.
    """
    with Unit(actor) as unit:
        proposal = fetch(unit.session, actor, "located.record", Proposal, proposal_id, lock=True)
        if proposal.state != ProposalState.CONFIRMED:
            raise NotConfirmed
        asked = own_asked(unit, proposal, person_id)
        number, dropped = write_answer(unit, proposal, asked, answer, by=actor.id)
        unit.record("located:answered", proposal.id, person=person_id, round=number, dropped=dropped)
    outbox.deliver_waiting()


def write_answer(unit: Unit, proposal: Proposal, asked: Asked, answer: Answer, *, by: str) -> tuple[int, int]:
    """Write down an answer within `unit`; `by` is the id of who answers for it.

    Returns its number and how many pieces of prepared news it withdrew; raises FieldError or NotPossibleForThisPerson.
    """
    person = unit.session.get_one(Person, asked.person_id)
    check_answer(answer, deceased=person.condition == "deceased", today=unit.today)
    dropped = drop_untold(unit, proposal.id, person.id)
    previous = newest_choice(unit.session, proposal.id, person.id)
    row = LocatedChoice(
        id=new_id(),
        society_id=person.society_id,
        proposal_id=proposal.id,
        person_id=person.id,
        round=previous.round + 1 if previous else 1,
        choice=answer.choice,
        on=answer.on,
        language=answer.language,
        ask_again_on=answer.ask_again_on if answer.choice == Choice.ASK_AGAIN else None,
        recorded_by=by,
        recorded_at=unit.at,
    )
    row.words = {"share": answer.words.strip(), "witness": answer.witness.strip(), "note": answer.note.strip()}
    unit.session.add(row)
    _next_tasks(unit, proposal, asked, row)
    tell_timeline(unit, "located:asked", society_id=person.society_id, proposal_id=proposal.id)
    return row.round, dropped


def own_asked(unit: Unit, proposal: Proposal, person_id: str) -> Asked:
    """Return the person of the actor's society whose answer the proposal needs; raises NotFound."""
    found = [one for one in _own(unit, proposal) if one.person_id == person_id]
    if not found:
        raise NotFound
    return found[0]


def _own(unit: Unit, proposal: Proposal) -> list[Asked]:
    own = [one for one in persons_concerned(unit.session, proposal) if one.society_id == unit.actor.society_id]
    if not own:
        raise NotFound
    return own


def check_answer(answer: Answer, *, deceased: bool, today: date) -> None:
    """Raise FieldError or NotPossibleForThisPerson for an answer that cannot be written down."""
    if answer.choice not in set(Choice):
        raise FieldError("choice", CHOICE_MISSING)
    if deceased != (answer.choice == Choice.FATE):
        raise NotPossibleForThisPerson
    _check_words(answer.choice, answer.words.strip())
    if not answer.witness.strip():
        raise FieldError("witness", WITNESS_MISSING)
    if answer.on > today:
        raise FieldError("on", DATE_FUTURE)
    if answer.choice == Choice.ASK_AGAIN and answer.ask_again_on is None:
        raise FieldError("ask_again_on", DATE_MISSING)
    if answer.choice == Choice.ASK_AGAIN and answer.ask_again_on and answer.ask_again_on <= answer.on:
        raise FieldError("ask_again_on", DATE_PAST)


def _check_words(choice: str, words: str) -> None:
    if choice in CARRIES_WORDS and not words:
        raise FieldError("words", WORDS_MISSING)
    if choice not in CARRIES_WORDS and words:
        raise FieldError("words", WORDS_TOO_MANY)
    if len(words) > LONGEST_WORDS:
        raise FieldError("words", WORDS_TOO_LONG, longest=LONGEST_WORDS)


def _next_tasks(unit: Unit, proposal: Proposal, asked: Asked, row: LocatedChoice) -> None:
    key = asked.key(proposal)
    for name in ("contact", "again", "prepare"):
        finish_task(unit, f"{name}:{key}")
    if row.choice == Choice.ASK_AGAIN:
        open_task(
            unit,
            "ask_again",
            society_id=asked.society_id,
            permission="located.record",
            once=f"again:{key}",
            proposal_id=proposal.id,
            has_minor=asked.is_minor,
            due_on=row.ask_again_on,
        )
    elif row.choice == Choice.FATE:
        outbox.post(
            unit,
            asked.told_society_id,
            "write_plan",
            once=f"plan:{key}",
            proposal_id=proposal.id,
            request_id=asked.request_id,
            has_minor=asked.is_minor,
        )
    elif row.choice in ALLOWS_TELLING:
        open_task(
            unit,
            "prepare_disclosure",
            society_id=asked.society_id,
            permission="disclosure.prepare",
            once=f"prepare:{key}",
            proposal_id=proposal.id,
            has_minor=asked.is_minor,
        )


def _view(unit: Unit, proposal: Proposal, asked: Asked) -> PersonAsked:
    session = unit.session
    person = session.get_one(Person, asked.person_id)
    rows = session.scalars(
        select(LocatedChoice)
        .filter_by(proposal_id=proposal.id, person_id=person.id)
        .order_by(LocatedChoice.round.desc())
    ).all()
    disclosure = session.scalars(
        select(Disclosure)
        .filter_by(proposal_id=proposal.id, person_id=person.id)
        .order_by(Disclosure.prepared_at.desc())
        .limit(1)
    ).first()
    telling = session.get(Telling, disclosure.id) if disclosure else None
    deceased = person.condition == "deceased"
    labels = LINK_CHOICES if asked.is_link else CHOICES
    return PersonAsked(
        person_id=person.id,
        kind=person.kind,
        number=person.number,
        request_id=person.request_id,
        name=Identity.from_dict(person.identity).display_name(),
        contact=person.contact or {},
        is_link=asked.is_link,
        deceased=deceased,
        choices={Choice.FATE: FATE_LABEL} if deceased else {key.value: label for key, label in labels.items()},
        answers=tuple(_given(unit, row) for row in rows),
        news=_news(rows[0].choice if rows else "", disclosure, telling),
        told_on=telling.told_on if telling else None,
        disclosure_id=disclosure.id if disclosure else None,
    )


def _news(newest: str, disclosure: Disclosure | None, telling: Telling | None) -> str:
    if telling:
        return "told"
    if disclosure:
        return "prepared"
    return "possible" if newest in ALLOWS_TELLING else ""


def _given(unit: Unit, row: LocatedChoice) -> AnswerGiven:
    words = row.words or {}
    answer = Answer(
        choice=row.choice,
        on=row.on,
        language=row.language,
        witness=words.get("witness", ""),
        words=words.get("share", ""),
        note=words.get("note", ""),
        ask_again_on=row.ask_again_on,
    )
    by = unit.session.get(User, row.recorded_by)
    return AnswerGiven(answer, by.display_name if by else "", row.recorded_at)
