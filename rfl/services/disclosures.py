"""News for an enquirer: prepared by the side that asked the person concerned, told by a person of the other side.

The content is copied from the answer that was recorded; nothing can be added on the way.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError

from rfl.domain.cases import SoughtStatus
from rfl.domain.disclosure import ALLOWS_TELLING, HOW_TOLD, Choice, NotAgreed, PlanNeeded
from rfl.domain.errors import FieldError, NotFound, RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.persons import Identity
from rfl.domain.proposals import Kind, ProposalState
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.aftercare import DeliveryPlan, Disclosure, LocatedChoice, Telling
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.models.requests import TracingRequest
from rfl.services import outbox
from rfl.services.aftercare import drop_untold, newest_choice
from rfl.services.concerned import Asked, persons_concerned
from rfl.services.located import NotConfirmed
from rfl.services.matching_index import index_person
from rfl.services.scope import fetch
from rfl.services.tasks import finish_task
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

HOW_MISSING = N_("Choose how the enquirer was told.")
FUTURE = N_("The day of telling cannot be in the future.")
EARLIER = N_("The enquirer cannot have been told before the news was prepared. Check the date.")


class PreparedAlready(RuleBroken):
    """One answer makes one piece of news for one enquirer."""

    message = N_("This news is prepared already. Nothing was prepared twice.")


class ToldAlready(RuleBroken):
    """A colleague recorded the telling in the meantime."""

    message = N_("A colleague has already recorded that the enquirer was told. Nothing was recorded twice.")


class Overtaken(RuleBroken):
    """The person concerned has answered again since the news was prepared."""

    message = N_("The person concerned has changed their answer. Tell nobody; the news was withdrawn.")


@dataclass(frozen=True)
class News:
    """What one enquirer may be told, as the teller reads it."""

    id: str
    request_id: str
    request_number: str
    enquirer_name: str
    enquirer_contact: dict[str, str]
    sought_name: str
    scope: str
    words: str
    is_link: bool
    sensitive: bool
    plan: dict[str, str]
    prepared_on: date
    told_on: date | None
    how: str


def prepare(actor: Actor, proposal_id: str, person_id: str, *, sensitive: bool = False) -> str:
    """Prepare news from the newest answer and return its id; a task goes to the enquirer's society.

    Raises NotConfirmed, NotAgreed, PreparedAlready, PlanNeeded or NotFound.
    """
    with Unit(actor) as unit:
        proposal = fetch(unit.session, actor, "disclosure.prepare", Proposal, proposal_id, lock=True)
        if proposal.state != ProposalState.CONFIRMED:
            raise NotConfirmed
        asked = _asked(unit, proposal, person_id)
        choice = newest_choice(unit.session, proposal.id, person_id)
        if choice is None or choice.choice not in ALLOWS_TELLING:
            raise NotAgreed
        if unit.session.scalar(select(exists().where(Disclosure.choice_id == choice.id))):
            raise PreparedAlready
        sensitive = sensitive or choice.choice == Choice.FATE
        plan = _approved_plan(unit, proposal, asked) if sensitive else None
        row = _disclosure(unit, proposal, asked, choice, plan)
        unit.session.add(row)
        key = asked.key(proposal)
        finish_task(unit, f"prepare:{key}")
        outbox.post(
            unit,
            asked.told_society_id,
            "tell_enquirer",
            once=f"tell:{row.id}",
            proposal_id=proposal.id,
            request_id=asked.request_id,
            disclosure_id=row.id,
            has_minor=asked.is_minor,
        )
        tell_timeline(unit, "disclosure:prepared", proposal_id=proposal.id)
        unit.record("disclosure:prepared", row.id, proposal=proposal.id)
    outbox.deliver_waiting()
    return row.id


def ask_for_plan(actor: Actor, proposal_id: str, person_id: str) -> None:
    """Ask the enquirer's society for a delivery plan, because the news is hard to bear though the person lives."""
    with Unit(actor) as unit:
        proposal = fetch(unit.session, actor, "disclosure.prepare", Proposal, proposal_id)
        asked = _asked(unit, proposal, person_id)
        choice = newest_choice(unit.session, proposal.id, person_id)
        if choice is None or choice.choice not in ALLOWS_TELLING:
            raise NotAgreed
        outbox.post(
            unit,
            asked.told_society_id,
            "write_plan",
            once=f"plan:{asked.key(proposal)}",
            proposal_id=proposal.id,
            request_id=asked.request_id,
            has_minor=asked.is_minor,
        )
        unit.record("plan:asked_for", proposal.id, person=person_id)
    outbox.deliver_waiting()


def cancel(actor: Actor, proposal_id: str, person_id: str) -> None:
    """Withdraw prepared news that nobody was told yet."""
    with Unit(actor) as unit:
        proposal = fetch(unit.session, actor, "disclosure.prepare", Proposal, proposal_id, lock=True)
        _asked(unit, proposal, person_id)
        dropped = drop_untold(unit, proposal.id, person_id)
        tell_timeline(unit, "disclosure:cancelled", proposal_id=proposal.id)
        unit.record("disclosure:cancelled", proposal.id, person=person_id, dropped=dropped)


def read_news(actor: Actor, disclosure_id: str) -> News:
    """Return the news that the actor's society may tell; raises NotFound."""
    with Unit(actor) as unit:
        row = _own_disclosure(unit, disclosure_id)
        request = unit.session.get_one(TracingRequest, row.request_id)
        enquirer = unit.session.scalars(select(Person).filter_by(request_id=request.id, kind="enquirer")).one()
        telling = unit.session.get(Telling, row.id)
        plan = unit.session.get(DeliveryPlan, row.plan_id) if row.plan_id else None
        content = row.content
        news = News(
            id=row.id,
            request_id=request.id,
            request_number=request.number,
            enquirer_name=Identity.from_dict(enquirer.identity).display_name(),
            enquirer_contact=enquirer.contact or {},
            sought_name=Identity.from_dict(unit.session.get_one(Person, row.sought_id).identity).display_name(),
            scope=row.scope,
            words=content["words"],
            is_link=content["is_link"],
            sensitive=row.sensitive,
            plan=plan.plan if plan else {},
            prepared_on=unit.day_of(row.prepared_at),
            told_on=telling.told_on if telling else None,
            how=telling.how if telling else "",
        )
        unit.record("disclosure:read", row.id, request=request.id)
    return news


def tell(actor: Actor, disclosure_id: str, *, told_on: date, how: str, note: str = "") -> None:
    """Record that a person has told the enquirer, once.

    Raises FieldError, ToldAlready, Overtaken or NotFound.
    """
    try:
        with Unit(actor) as unit:
            row = _own_disclosure(unit, disclosure_id)
            if how not in HOW_TOLD:
                raise FieldError("how", HOW_MISSING)
            if told_on > unit.today:
                raise FieldError("told_on", FUTURE)
            if told_on < unit.day_of(row.prepared_at):
                raise FieldError("told_on", EARLIER)
            if unit.session.get(Telling, row.id):
                raise ToldAlready
            telling = Telling(
                disclosure_id=row.id,
                society_id=row.society_id,
                told_by=actor.id,
                told_on=told_on,
                how=how,
                recorded_at=unit.at,
            )
            telling.note = note.strip()
            unit.session.add(telling)
            unit.session.flush()
            _after_telling(unit, row)
            unit.record("disclosure:told", row.id, request=row.request_id, how=how)
    except IntegrityError as refused:
        raise Overtaken from refused


def _asked(unit: Unit, proposal: Proposal, person_id: str) -> Asked:
    for one in persons_concerned(unit.session, proposal):
        if one.person_id == person_id and one.society_id == unit.actor.society_id:
            return one
    raise NotFound


def _approved_plan(unit: Unit, proposal: Proposal, asked: Asked) -> DeliveryPlan:
    plan = unit.session.scalars(
        select(DeliveryPlan).filter_by(request_id=asked.request_id, proposal_id=proposal.id, approved=True)
    ).first()
    if plan is None:
        raise PlanNeeded
    return plan


def _disclosure(
    unit: Unit, proposal: Proposal, asked: Asked, choice: LocatedChoice, plan: DeliveryPlan | None
) -> Disclosure:
    row = Disclosure(
        id=new_id(),
        society_id=asked.told_society_id,
        proposal_id=proposal.id,
        choice_id=choice.id,
        person_id=asked.person_id,
        scope=choice.choice,
        request_id=asked.request_id,
        sought_id=asked.sought_id,
        sensitive=plan is not None,
        plan_id=plan.id if plan else None,
        prepared_by=unit.actor.id,
        prepared_at=unit.at,
    )
    # Sealed for the society that tells: it must be readable there and nowhere else.
    row.content = {"words": (choice.words or {}).get("share", ""), "is_link": asked.is_link}
    return row


def _own_disclosure(unit: Unit, disclosure_id: str) -> Disclosure:
    row = fetch(unit.session, unit.actor, "disclosure.tell", Disclosure, disclosure_id, lock=True)
    # A child's case stays closed to staff not vetted for children, also when only the news is asked for.
    fetch(unit.session, unit.actor, "disclosure.tell", TracingRequest, row.request_id)
    return row


def _after_telling(unit: Unit, row: Disclosure) -> None:
    finish_task(unit, f"tell:{row.id}")
    proposal = unit.session.get_one(Proposal, row.proposal_id)
    sought = unit.session.get_one(Person, row.sought_id)
    if proposal.kind != Kind.SOUGHT_SOUGHT:
        # Two requests that were linked have found nobody: their search goes on.
        sought.status = SoughtStatus.TOLD
        index_person(unit, sought)
    tell_timeline(unit, "disclosure:told", request_id=row.request_id)
