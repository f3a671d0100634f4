"""Delivery plans: how hard news will be told, by whom, where and with whose support; approved by a second person."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from rfl.domain.errors import FieldError, NotFound, RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.persons import Identity
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.aftercare import DeliveryPlan, Disclosure
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.models.requests import TracingRequest
from rfl.models.work import Task
from rfl.services import outbox
from rfl.services.concerned import Asked, persons_concerned
from rfl.services.scope import fetch
from rfl.services.tasks import finish_task, open_task
from rfl.services.timeline import tell_timeline
from rfl.services.unit import Unit

# What a plan must say; the labels are what the form asks.
QUESTIONS = {
    "who": N_("Who tells (two trained people)?"),
    "where": N_("Where, and who else is present?"),
    "language": N_("In which language, with which interpreter?"),
    "support": N_("What support is offered afterwards, and when is the follow-up visit?"),
}
LONGEST = 1000  # characters of one answer
ANSWER_MISSING = N_("Please answer this question; hard news is never told without it.")
ANSWER_TOO_LONG = N_("This is too long. Use at most %(longest)s characters.")


class SamePerson(RuleBroken):
    """Nobody approves their own plan."""

    message = N_("You wrote this plan. A second person must approve it.")


@dataclass(frozen=True)
class PlanView:
    """A plan, or the empty one that waits to be written."""

    request_id: str
    request_number: str
    enquirer_name: str
    answers: dict[str, str]
    deliver_on: date | None
    written: bool
    approved: bool
    own: bool


def read_plan(actor: Actor, request_id: str, proposal_id: str) -> PlanView:
    """Return the plan of a request that has hard news coming; raises NotFound where none was asked for."""
    with Unit(actor) as unit:
        request = _request(unit, "plan.write", request_id, proposal_id)
        plan = _plan(unit, request_id, proposal_id)
        enquirer = unit.session.scalars(select(Person).filter_by(request_id=request.id, kind="enquirer")).one()
        view = PlanView(
            request_id=request.id,
            request_number=request.number,
            enquirer_name=Identity.from_dict(enquirer.identity).display_name(),
            answers=plan.plan if plan else {},
            deliver_on=plan.deliver_on if plan else None,
            written=plan is not None,
            approved=bool(plan and plan.approved),
            own=bool(plan and plan.made_by == actor.id),
        )
        unit.record("plan:read", request.id)
    return view


def write_plan(actor: Actor, request_id: str, proposal_id: str, *, answers: dict[str, str], deliver_on: date) -> None:
    """Write or rewrite the plan; a rewritten one has to be approved again. Raises FieldError."""
    for question in QUESTIONS:
        if not answers.get(question, "").strip():
            raise FieldError(question, ANSWER_MISSING)
        if len(answers[question]) > LONGEST:
            raise FieldError(question, ANSWER_TOO_LONG, longest=LONGEST)
    with Unit(actor) as unit:
        request = _request(unit, "plan.write", request_id, proposal_id)
        plan = _plan(unit, request_id, proposal_id)
        if plan is None:
            plan = DeliveryPlan(
                id=new_id(), society_id=request.society_id, request_id=request.id, proposal_id=proposal_id
            )
            unit.session.add(plan)
        elif plan.approved and unit.session.scalars(select(Disclosure).filter_by(plan_id=plan.id)).first():
            raise PlanInUse
        plan.made_by, plan.made_at, plan.deliver_on = actor.id, unit.at, deliver_on
        plan.approved, plan.approved_by = False, None
        plan.plan = {question: answers[question].strip() for question in QUESTIONS}
        finish_task(unit, f"plan:{_asked(unit, request_id, proposal_id).key(_proposal(unit, proposal_id))}")
        open_task(
            unit,
            "approve_plan",
            society_id=request.society_id,
            permission="plan.approve",
            once=f"approve_plan:{plan.id}",
            request_id=request.id,
            proposal_id=proposal_id,
            has_minor=request.has_minor,
        )
        tell_timeline(unit, "plan:written", request_id=request.id)
        unit.record("plan:written", plan.id, request=request.id)


def approve_plan(actor: Actor, request_id: str, proposal_id: str) -> None:
    """Approve a colleague's plan; the other side can then prepare the news. Raises SamePerson or NotFound."""
    with Unit(actor) as unit:
        request = _request(unit, "plan.approve", request_id, proposal_id)
        plan = _plan(unit, request_id, proposal_id)
        if plan is None:
            raise NotFound
        if plan.made_by == actor.id:
            raise SamePerson
        plan.approved, plan.approved_by = True, actor.id
        finish_task(unit, f"approve_plan:{plan.id}")
        asked, proposal = _asked(unit, request_id, proposal_id), _proposal(unit, proposal_id)
        outbox.post(
            unit,
            asked.society_id,
            "prepare_disclosure",
            once=f"prepare:{asked.key(proposal)}",
            proposal_id=proposal.id,
            has_minor=asked.is_minor,
        )
        tell_timeline(unit, "plan:approved", request_id=request.id)
        unit.record("plan:approved", plan.id, request=request.id)
    outbox.deliver_waiting()


class PlanInUse(RuleBroken):
    """News was prepared on this plan; changing it now would change what was approved."""

    message = N_("News is already prepared on this plan, so it can no longer be changed.")


def _request(unit: Unit, permission: str, request_id: str, proposal_id: str) -> TracingRequest:
    request = fetch(unit.session, unit.actor, permission, TracingRequest, request_id)
    wanted = select(Task.id).filter_by(
        society_id=request.society_id, request_id=request.id, proposal_id=proposal_id, kind="write_plan"
    )
    if unit.session.scalars(wanted).first() is None:
        raise NotFound
    return request


def _plan(unit: Unit, request_id: str, proposal_id: str) -> DeliveryPlan | None:
    return unit.session.scalars(
        select(DeliveryPlan).filter_by(request_id=request_id, proposal_id=proposal_id).with_for_update()
    ).first()


def _proposal(unit: Unit, proposal_id: str) -> Proposal:
    return unit.session.get_one(Proposal, proposal_id)


def _asked(unit: Unit, request_id: str, proposal_id: str) -> Asked:
    proposal = _proposal(unit, proposal_id)
    return next(one for one in persons_concerned(unit.session, proposal) if one.request_id == request_id)
