"""Contradictions that an answer would make: one person confirmed with two, or A is B, B is C, but A is not C.

Only proposals that the actor may see are followed, so that a warning never tells of a third society's caseload.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from rfl.domain.proposals import ProposalState, Verdict
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.proposals import Proposal
from rfl.services.scope import within

# A chain of confirmed matches longer than this is no family; the limit bounds the work of one page.
MOST_RECORDS = 60

CONFLICTS = {
    "confirmed_elsewhere": N_(
        "A record of this pair is already confirmed as the same person as another record. "
        "Both can be right only if all of them are one person."
    ),
    "called_different": N_(
        "Through confirmed matches this answer would join two records that were marked as different persons."
    ),
    "joined_by_others": N_(
        "Other confirmed matches already say that these two records are one person. "
        "The answer “not the same person” contradicts them."
    ),
}


@dataclass(frozen=True)
class Conflict:
    """One contradiction: its kind (a key of `CONFLICTS`), the verdict that would make it, the proposals it is with."""

    kind: str
    verdict: str
    proposal_ids: tuple[str, ...]


def find_conflicts(session: Session, actor: Actor, proposal: Proposal) -> tuple[Conflict, ...]:
    """Return the contradictions that a verdict on `proposal` would make, as far as `actor` may see them."""
    edges = _confirmed_around(session, actor, proposal)
    left, right = _joined(proposal.left_id, edges), _joined(proposal.right_id, edges)
    ends = {proposal.left_id, proposal.right_id}
    beside = [edge for edge in edges if ends & {edge.left_id, edge.right_id}]
    apart = _called_different(session, actor, left, right, without=proposal.id)
    found = [
        Conflict("confirmed_elsewhere", Verdict.SAME, _ids(beside)),
        Conflict("called_different", Verdict.SAME, _ids(apart)),
        Conflict("joined_by_others", Verdict.DIFFERENT, _ids(edges) if proposal.right_id in left else ()),
    ]
    return tuple(one for one in found if one.proposal_ids)


def _ids(proposals: Iterable[Proposal]) -> tuple[str, ...]:
    return tuple(sorted(one.id for one in proposals))


def _confirmed_around(session: Session, actor: Actor, proposal: Proposal) -> list[Proposal]:
    """Return the other confirmed proposals in reach of either record, step by step."""
    edges: dict[str, Proposal] = {}
    known, frontier = {proposal.left_id, proposal.right_id}, {proposal.left_id, proposal.right_id}
    while frontier and len(known) <= MOST_RECORDS:
        touching = select(Proposal).where(
            within(actor, Proposal),
            Proposal.state == ProposalState.CONFIRMED,
            Proposal.id != proposal.id,
            or_(Proposal.left_id.in_(frontier), Proposal.right_id.in_(frontier)),
        )
        reached: set[str] = set()
        for edge in session.scalars(touching.order_by(Proposal.id).limit(MOST_RECORDS)):
            edges[edge.id] = edge
            reached |= {edge.left_id, edge.right_id}
        frontier = reached - known
        known |= reached
    return list(edges.values())


def _joined(start: str, edges: Iterable[Proposal]) -> set[str]:
    """Return the records that confirmed matches make one person with `start`."""
    joined, waiting = {start}, [start]
    pairs = [{edge.left_id, edge.right_id} for edge in edges]
    while waiting:
        here = waiting.pop()
        new = set().union(*(pair for pair in pairs if here in pair)) - joined
        joined |= new
        waiting += new
    return joined


def _called_different(
    session: Session, actor: Actor, left: set[str], right: set[str], *, without: str
) -> list[Proposal]:
    """Return proposals marked as different that stand between the two groups, or inside their union."""
    everyone = left | right
    query = select(Proposal).where(
        within(actor, Proposal),
        Proposal.state == ProposalState.DIFFERENT,
        Proposal.id != without,
        Proposal.left_id.in_(everyone),
        Proposal.right_id.in_(everyone),
    )
    return list(session.scalars(query.order_by(Proposal.id).limit(MOST_RECORDS)))
