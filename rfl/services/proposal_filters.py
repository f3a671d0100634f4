"""What an officer can narrow the list of proposals to, and the orders to choose from.

No filter and no order depends on an answer that the reader may not know of.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from sqlalchemy import ColumnElement, and_, false, or_, select

from matching import POSSIBLE_FROM, STRONG_FROM
from rfl.domain.proposals import Kind, Verdict
from rfl.domain.review import IN_REVIEW, SHOWN_TO_ALL, Stage
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.persons import Person
from rfl.models.proposals import Decision, Proposal
from rfl.models.requests import TracingRequest
from rfl.services.scope import within

ALL = "all"
LONGEST_SEARCH = 40  # a case number has some 20 characters
BANDS = {"strong": N_("Strong"), "possible": N_("Possible"), "weak": N_("Weak")}
BAND_BOUNDS = {"strong": (STRONG_FROM, 2.0), "possible": (POSSIBLE_FROM, STRONG_FROM), "weak": (-1.0, POSSIBLE_FROM)}
ASSIGNED = {"mine": N_("Given to me"), "nobody": N_("Given to nobody")}
SORTS = {
    "first": N_("Children, then strongest"),
    "strong": N_("Strongest first"),
    "new": N_("Newest first"),
    "old": N_("Oldest first"),
}


@dataclass(frozen=True)
class Filters:
    """The state of the list, as it stands in the address; an unknown value counts as not chosen."""

    stage: str = Stage.WAITING
    kind: str = ""
    assigned: str = ""
    band: str = ""
    society: str = ""
    sort: str = "first"
    q: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """Build from the arguments of an address; what is not known is dropped."""
        known: dict[str, Any] = {
            "stage": {*Stage, ALL},
            "kind": set(Kind),
            "assigned": set(ASSIGNED),
            "band": set(BANDS),
            "sort": set(SORTS),
        }
        given = {name: value for name, value in query.items() if value in known.get(name, ())}
        given |= {name: query.get(name, "").strip()[:LONGEST_SEARCH] for name in ("q", "society")}
        return cls(**{name: str(value) for name, value in given.items()})

    def to_query(self, **changes: str) -> dict[str, Any]:
        """Return the arguments that differ from the usual list, to be put into an address."""
        usual, now = asdict(Filters()), asdict(replace(self, **changes))
        return {field.name: now[field.name] for field in fields(self) if now[field.name] != usual[field.name]}


def conditions(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what the rows of the list must fulfil; always within what the actor may see."""
    chosen = [within(actor, Proposal), *STAGE_RULES[filters.stage](actor)]
    if filters.kind:
        chosen.append(Proposal.kind == filters.kind)
    if filters.assigned:
        chosen.append(_assigned(actor, filters.assigned))
    if filters.band:
        low, high = BAND_BOUNDS[filters.band]
        chosen.append(and_(Proposal.score >= low, Proposal.score < high))
    if filters.society:
        chosen.append(_with_society(actor, filters.society))
    if filters.q:
        chosen.append(_found(actor, filters.q))
    return chosen


def _answered(actor: Actor) -> ColumnElement[bool]:
    """The actor, or where two societies are involved anybody of the actor's, has given an answer that counts."""
    mine = select(Decision.id).where(
        Decision.proposal_id == Proposal.id,
        Decision.standing,
        Decision.verdict != Verdict.INFORMATION,
        or_(
            Decision.officer_id == actor.id,
            and_(Decision.society_id == actor.society_id, Proposal.left_society_id != Proposal.right_society_id),
        ),
    )
    return mine.exists()


def _in_review() -> ColumnElement[bool]:
    return Proposal.state.in_(IN_REVIEW)


def _ended(stage: Stage) -> Callable[[Actor], list[ColumnElement[bool]]]:
    states = [state for state, shown in SHOWN_TO_ALL.items() if shown == stage]
    return lambda _: [Proposal.state.in_(states)]


STAGE_RULES: dict[str, Callable[[Actor], list[ColumnElement[bool]]]] = {
    Stage.WAITING: lambda actor: [_in_review(), ~_answered(actor)],
    Stage.ANSWERED: lambda actor: [_in_review(), _answered(actor)],
    **{stage: _ended(stage) for stage in SHOWN_TO_ALL.values()},
    ALL: lambda _: [],
}


def _assigned(actor: Actor, assigned: str) -> ColumnElement[bool]:
    left, right = Proposal.left_assignee_id, Proposal.right_assignee_id
    if assigned == "mine":
        return or_(left == actor.id, right == actor.id)
    return or_(
        and_(Proposal.left_society_id == actor.society_id, left.is_(None)),
        and_(Proposal.right_society_id == actor.society_id, right.is_(None)),
    )


def _with_society(actor: Actor, society_id: str) -> ColumnElement[bool]:
    if society_id == actor.society_id:
        return Proposal.left_society_id == Proposal.right_society_id
    return or_(Proposal.left_society_id == society_id, Proposal.right_society_id == society_id)


def _found(actor: Actor, text: str) -> ColumnElement[bool]:
    """Search by the reference, or by case numbers of the own society; foreign numbers cannot be probed."""
    number, reference = text.upper(), text.lower().replace("-", "")
    people = (
        select(Person.id)
        .outerjoin(TracingRequest, Person.request_id == TracingRequest.id)
        .where(
            within(actor, Person),
            or_(*(one.contains(number, autoescape=True) for one in (Person.number, TracingRequest.number))),
        )
    )
    named = Proposal.id.startswith(reference, autoescape=True) if reference.isascii() and reference else false()
    return or_(named, Proposal.left_id.in_(people), Proposal.right_id.in_(people))
