"""What a random walk knows and what must hold after every step of it, asked of the database itself."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, text
from staff import Staff

from rfl.domain.errors import RuleBroken
from rfl.domain.proposals import DECIDABLE
from rfl.domain.roles import Actor
from rfl.models.aftercare import Disclosure, LocatedChoice, Telling
from rfl.models.audit import AuditEntry
from rfl.models.persons import Person
from rfl.models.proposals import Decision, Proposal
from rfl.models.requests import TracingRequest
from rfl.services import audit, requests
from rfl.services.request_case import read_case
from rfl.services.unit import SYSTEM, Chore, Look
from rfl.services.work_list import read_work


@dataclass
class Walked:
    """What happened in all walks together: acts that worked and acts that were refused, by name."""

    done: Counter = field(default_factory=Counter)
    refused: Counter = field(default_factory=Counter)
    steps: int = 0


def entries_after(seq: int) -> list[AuditEntry]:
    with Look(SYSTEM) as look:
        return list(look.session.scalars(select(AuditEntry).where(AuditEntry.seq > seq).order_by(AuditEntry.seq)))


def newest_entry() -> int:
    with Look(SYSTEM) as look:
        return look.session.scalar(select(func.max(AuditEntry.seq))) or 0


def perform(walked: Walked, name: str, actor: Actor, act: Callable[[], Any]) -> Any:
    """Do one act: it leaves exactly one entry of its actor, or none when a rule refuses it; nothing else may happen."""
    before, refused = newest_entry(), None
    try:
        result = act()
    except RuleBroken as broken:
        result = refused = broken
    left = entries_after(before)
    if refused:
        assert left == [], f"{name} was refused ({refused!r}) and left an entry"
        walked.refused[name] += 1
        return refused
    own = [entry.event for entry in left if entry.actor_id == actor.id]
    assert len(own) == 1, f"{name} left {own}"
    assert {entry.actor_id for entry in left} <= {actor.id, SYSTEM.id}, f"{name}: somebody else's entry"
    walked.done[name] += 1
    return result


def check_news() -> None:
    """No news without two standing "same" of two officers, one of each society, and the scope that was chosen last."""
    with Look(SYSTEM) as look:
        for news in look.session.scalars(select(Disclosure)):
            proposal = look.session.get_one(Proposal, news.proposal_id)
            standing = look.session.scalars(select(Decision).filter_by(proposal_id=proposal.id, standing=True)).all()
            same = [one for one in standing if one.verdict == "same"]
            assert len({one.officer_id for one in same}) == len(same) == 2, "news without two officers"
            sides = {proposal.left_society_id, proposal.right_society_id}
            assert {one.society_id for one in same} == sides, "news without an officer of each society"
            telling = look.session.get(Telling, news.id)
            allowed = select(LocatedChoice).filter_by(proposal_id=news.proposal_id, person_id=news.person_id)
            if telling:  # a later answer cannot reach back
                allowed = allowed.where(LocatedChoice.recorded_at <= telling.recorded_at)
            newest = look.session.scalars(allowed.order_by(LocatedChoice.round.desc()).limit(1)).one()
            assert (newest.id, newest.choice) == (news.choice_id, news.scope), "news that was not allowed"
            assert telling is None or telling.society_id == news.society_id


def check_proposals() -> None:
    """Nobody who does not take part in matching has a proposal that waits for an answer."""
    with Look(SYSTEM) as look:
        people = Person.id.in_((Proposal.left_id, Proposal.right_id))
        stale = select(Proposal.state).join(Person, people).where(Proposal.state.in_(DECIDABLE), ~Person.searching)
        assert look.session.scalars(stale).all() == [], "a proposal waits about somebody who is not searched for"


def check_status() -> None:
    """A search is called told only when somebody was told."""
    with Look(SYSTEM) as look:
        told = select(Disclosure.sought_id).join(Telling, Telling.disclosure_id == Disclosure.id)
        wrong = select(Person.id).where(Person.status == "told", Person.id.not_in(told))
        assert look.session.scalars(wrong).all() == [], "a family is called informed and nobody told them"


def check_chain() -> None:
    with Look(SYSTEM) as look:
        checked = audit.verify(look.session)
        assert checked.first_bad is None
        assert (checked.entries, checked.head) == audit.read_head(look.session)


def seen_by(staff: Staff, *, tasks: bool) -> list:
    """Return everything that the caseworkers of a society see of their requests: list, pages, and their tasks."""
    listing = requests.list_requests(staff.caseworker, requests.Filter(state=""))
    cases = [read_case(staff.caseworker, line.id) for line in listing.lines]
    return [listing, cases, read_work(staff.caseworker) if tasks else None]


def has_untold_news() -> bool:
    with Look(SYSTEM) as look:
        told = select(Telling.disclosure_id)
        return bool(look.session.scalar(select(func.count()).where(Disclosure.id.not_in(told))))


def proposals_in_order(known: dict[str, int]) -> list[Proposal]:
    """Return all proposals in the order in which their persons came, so that a walk can be walked again."""
    with Look(SYSTEM) as look:
        rows = look.session.scalars(select(Proposal)).all()
    return sorted(rows, key=lambda row: (known[row.left_id], known[row.right_id]))


def people_of(request_id: str) -> list[Person]:
    with Look(SYSTEM) as look:
        rows = select(Person).filter_by(request_id=request_id)
        return list(look.session.scalars(rows.order_by(Person.kind, Person.position)))


def row_of(model: type, key: str) -> Any:
    with Look(SYSTEM) as look:
        return look.session.get_one(model, key, populate_existing=True)


def request_of(request_id: str) -> TracingRequest:
    return row_of(TracingRequest, request_id)


def let_expire(person_id: str) -> None:
    """Set the last day of a registered person to one long past, as if the time had gone by."""
    with Chore(SYSTEM) as chore:
        chore.session.execute(text("UPDATE person SET expires_on = '2020-01-01' WHERE id = :id"), {"id": person_id})


def rows_of(model: type) -> list:
    with Look(SYSTEM) as look:
        return list(look.session.scalars(select(model)))
