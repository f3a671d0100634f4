"""The list of proposals of a society: filtered, searched, sorted, page by page; next and previous within it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from matching import band
from rfl.domain.persons import Identity
from rfl.domain.review import Stage, stage_of
from rfl.domain.roles import Actor
from rfl.models.accounts import Society, User
from rfl.models.persons import Person
from rfl.models.proposals import Decision, Proposal
from rfl.models.requests import TracingRequest
from rfl.services.answers import given_by, societies_of
from rfl.services.paging import page_within
from rfl.services.proposal_filters import Filters, conditions
from rfl.services.proposal_order import first_ids, ordered
from rfl.services.review import reference_of
from rfl.services.scope import fetch, require, within
from rfl.services.unit import Look, Unit

PAGE = 25  # rows on one page: what fits two screens
MOST_COUNTED = 1_000  # proposals counted and paged through: 40 pages are more than anybody leafs through


@dataclass(frozen=True)
class OwnRecord:
    """A record of the reader's society that a proposal is about."""

    number: str
    name: str
    kind: str


@dataclass(frozen=True)
class Row:
    """One line of the list; `others` names the other society, empty where both records are the reader's own."""

    id: str
    reference: str
    kind: str
    band: str
    stage: Stage
    has_minor: bool
    created_at: datetime
    own: tuple[OwnRecord, ...]
    other: str
    assignees: tuple[str, ...]


@dataclass(frozen=True)
class Queue:
    """One page of the list and its frame."""

    rows: tuple[Row, ...]
    total: int
    more: bool  # there are more than `total`; filters find them
    page: int
    pages: int
    societies: tuple[tuple[str, str], ...]  # (id, name) of societies that proposals of the own one are shared with


@dataclass(frozen=True)
class Neighbours:
    """The proposals before and after one in the filtered list; empty at its ends."""

    previous: str
    next: str


def list_proposals(actor: Actor, filters: Filters, *, page: int = 1) -> Queue:
    """Return one page of the filtered list; names are read, so the reading is audited. Raises NotAllowed."""
    require(actor, "proposal.read")
    with Unit(actor) as unit:
        session, wanted = unit.session, conditions(actor, filters)
        counted = select(Proposal.id).where(*wanted).limit(MOST_COUNTED + 1).subquery()
        found = session.scalar(select(func.count()).select_from(counted)) or 0
        total = min(found, MOST_COUNTED)
        page, pages = page_within(page, total, PAGE)
        ids = session.scalars(first_ids(actor, wanted, filters.sort, page * PAGE).offset((page - 1) * PAGE)).all()
        proposals = session.scalars(select(Proposal).where(Proposal.id.in_(ids)).order_by(*ordered(filters.sort))).all()
        rows = _rows(session, actor, proposals)
        societies = _societies(session, actor)
        unit.record("proposals:listed", actor.society_id, shown=len(rows), page=page)
    return Queue(rows, total, found > total, page, pages, societies)


def find_neighbours(actor: Actor, proposal_id: str, filters: Filters) -> Neighbours:
    """Return the proposals beside one in the filtered list, also after it has left the list. Raises NotFound."""
    with Look(actor) as look:
        proposal = fetch(look.session, actor, "proposal.read", Proposal, proposal_id)
        wanted = conditions(actor, filters)
        found = []
        for backwards in (True, False):
            query = first_ids(actor, wanted, filters.sort, 1, beside=proposal, backwards=backwards)
            found.append(look.session.scalar(query))
    return Neighbours(found[0] or "", found[1] or "")


def _societies(session: Session, actor: Actor) -> tuple[tuple[str, str], ...]:
    left, right, mine = Proposal.left_society_id, Proposal.right_society_id, actor.society_id
    shared = [
        select(Proposal.id).where(within(actor, Proposal), one == mine, other == Society.id).exists()
        for one, other in ((left, right), (right, left))
    ]
    rows = session.execute(select(Society.id, Society.name).where(or_(*shared)).order_by(Society.name, Society.id))
    return tuple((society_id, name) for society_id, name in rows)


@dataclass(frozen=True)
class _Known:
    """What the rows of one page need, read at once."""

    people: Mapping[str, Person]
    numbers: Mapping[str, str]
    societies: Mapping[str, str]
    officers: Mapping[str, str]
    decisions: Mapping[str, Sequence[Decision]]


def _rows(session: Session, actor: Actor, proposals: Sequence[Proposal]) -> tuple[Row, ...]:
    known = _read_known(session, actor, proposals)
    return tuple(_row(actor, proposal, known) for proposal in proposals)


def _read_known(session: Session, actor: Actor, proposals: Sequence[Proposal]) -> _Known:
    ids = {key for one in proposals for key in (one.left_id, one.right_id)}
    people = {row.id: row for row in session.scalars(select(Person).where(Person.id.in_(ids), within(actor, Person)))}
    requests = {row.request_id for row in people.values() if row.request_id}
    numbers = select(TracingRequest.id, TracingRequest.number).where(TracingRequest.id.in_(requests))
    involved = {key for one in proposals for key in societies_of(one)}
    societies = select(Society.id, Society.name).where(Society.id.in_(involved))
    officers = select(User.id, User.display_name).where(User.society_id == actor.society_id)
    decisions: dict[str, list[Decision]] = defaultdict(list)
    standing = select(Decision).where(Decision.proposal_id.in_([one.id for one in proposals]), Decision.standing)
    for decision in session.scalars(standing):
        decisions[decision.proposal_id].append(decision)
    by_id, names, staff = (_pairs(session.execute(query)) for query in (numbers, societies, officers))
    return _Known(people, by_id, names, staff, decisions)


def _pairs(rows: Iterable[Sequence[str]]) -> dict[str, str]:
    return {row[0]: row[1] for row in rows}


def _row(actor: Actor, proposal: Proposal, known: _Known) -> Row:
    societies = societies_of(proposal)
    own = [known.people[key] for key in (proposal.left_id, proposal.right_id) if key in known.people]
    others = [known.societies[key] for key in societies if key != actor.society_id]
    assignees = (proposal.left_assignee_id, proposal.right_assignee_id)
    return Row(
        id=proposal.id,
        reference=reference_of(proposal.id),
        kind=proposal.kind,
        band=band(proposal.score),
        stage=stage_of(actor, proposal.state, societies, given_by(known.decisions.get(proposal.id, ()))),
        has_minor=proposal.has_minor,
        created_at=proposal.created_at,
        own=tuple(_own(person, known) for person in own),
        other=others[0] if others else "",
        assignees=tuple(known.officers[key] for key in assignees if key and key in known.officers),
    )


def _own(person: Person, known: _Known) -> OwnRecord:
    number = person.number or known.numbers.get(person.request_id or "", "")
    return OwnRecord(number, Identity.from_dict(person.identity or {}).display_name(), person.kind)
