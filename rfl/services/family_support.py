"""Relatives sought in one request and relatives registered by one society: which of their pairs support each other.

Only scores support, and what two people have decided: a first answer that nobody else may know yet moves no score.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from matching import Comparison, Profile, akin, supported, supports
from rfl.domain.proposals import DECIDABLE, Kind, ProposalState
from rfl.domain.roles import Actor
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.security.keys import KeyMissing
from rfl.services.matching_index import describe
from rfl.services.scope import within
from rfl.services.terms import Terms

# Proposals of one other sought person that are read, best first: further ones are too weak to support anything.
PROPOSALS_READ = 5
SUPPORTING = DECIDABLE | {ProposalState.CONFIRMED}

Pair = tuple[str, str]  # ids of a sought and a registered person


def in_the_light_of_families(
    session: Session, person: Person, found: Mapping[str, Comparison], terms: Terms
) -> dict[str, Comparison]:
    """Return `found` (id of the other -> comparison with `person`) as other pairs of the same families support it.

    Of a sought person those with registered persons, of a registered person those with sought ones; all other
    comparisons are returned as they are.
    """
    if not found or person.kind not in ("sought", "registered"):
        return dict(found)
    families = _sought_together(session, [person.id] if person.kind == "sought" else list(found))
    if not families:
        return dict(found)
    societies = _registered(session, person, found)
    pairs = {_pair(person, other): other for other in found if person.id in societies or other in societies}
    people = _People(session, societies)
    others = _other_proposals(session, families, set(societies.values()))
    lifted = dict(found)
    for family in families:
        own = {pair: found[other].score for pair, other in pairs.items() if pair[0] in family}
        rest = [row for sought in family for row in others[sought] if (row.left_id, row.right_id) not in own]
        for pair, support in supports(own | people.scores(rest, terms), people.akin).items():
            if pair in own:
                lifted[pairs[pair]] = supported(found[pairs[pair]], support)
    return lifted


def pairs_beside(session: Session, actor: Actor, proposal: Proposal) -> tuple[Proposal, ...]:
    """Return the other pairs of the families of a proposal, best first, as far as `actor` may see them.

    Others sought in the same request, proposed with persons who seem of the family of the registered one.
    """
    if proposal.kind != Kind.SOUGHT_REGISTERED:
        return ()
    families = _sought_together(session, [proposal.left_id])
    if not families:
        return ()
    others = _other_proposals(session, families, [proposal.right_society_id], within(actor, Proposal))
    rows = [row for sought, found in others.items() if sought != proposal.left_id for row in found]
    people = _People(session, {proposal.right_id: proposal.right_society_id})
    people.learn(rows)
    beside = [row for row in rows if people.akin(proposal.right_id, row.right_id)]
    return tuple(sorted(beside, key=lambda row: (-row.score, row.id)))


def _pair(person: Person, other: str) -> Pair:
    return (person.id, other) if person.kind == "sought" else (other, person.id)


def _registered(session: Session, person: Person, others: Collection[str]) -> dict[str, str]:
    """Return the society of each registered person of the pairs of `person` that are a sought and a registered one."""
    if person.kind == "registered":
        return {person.id: person.society_id}
    rows = select(Person.id, Person.society_id).where(Person.id.in_(others), Person.kind == "registered")
    return dict(session.execute(rows).all())


def _sought_together(session: Session, sought: Collection[str]) -> list[set[str]]:
    """Return the sought persons of each request of `sought` in which two or more are searched for."""
    asked = aliased(Person)
    members = (
        select(Person.request_id, Person.id)
        .where(Person.kind == "sought", Person.searching)
        .where(Person.request_id.in_(select(asked.request_id).where(asked.id.in_(sought))))
    )
    families = defaultdict[str, set[str]](set)
    for request_id, person_id in session.execute(members):
        families[request_id or ""].add(person_id)
    return [families[one] for one in sorted(families) if len(families[one]) > 1]


def _other_proposals(
    session: Session, families: Sequence[set[str]], societies: Collection[str], *also: ColumnElement[bool]
) -> defaultdict[str, list[Proposal]]:
    """Return the best proposals of each sought person with registered persons of `societies`, where `also` holds."""
    everybody = sorted(set().union(*families))
    rows = (
        select(Proposal)
        .where(Proposal.left_id.in_(everybody), Proposal.right_society_id.in_(societies))
        .where(Proposal.kind == Kind.SOUGHT_REGISTERED, Proposal.state.in_(SUPPORTING), *also)
        .order_by(Proposal.score.desc(), Proposal.id)
    )
    best = defaultdict[str, list[Proposal]](list)
    for row in session.scalars(rows):
        if len(best[row.left_id]) < PROPOSALS_READ:
            best[row.left_id].append(row)
    return best


class _People:
    """Persons described once, and who of the registered ones is of one family."""

    def __init__(self, session: Session, societies: Mapping[str, str]) -> None:
        self._session = session
        self._societies = dict(societies)
        self._profiles: dict[str, Profile | None] = {}
        self._akin: dict[Pair, float] = {}

    def learn(self, proposals: Sequence[Proposal]) -> None:
        """Take in which society registered the persons of these pairs."""
        self._societies |= {row.right_id: row.right_society_id for row in proposals}

    def scores(self, proposals: Sequence[Proposal], terms: Terms) -> dict[Pair, float]:
        """Return what each pair scores by itself; a confirmed one is certain."""
        self.learn(proposals)
        found = {}
        for row in proposals:
            score = 1.0 if row.state == ProposalState.CONFIRMED else self._score(row, terms)
            if score is not None:
                found[row.left_id, row.right_id] = score
        return found

    def akin(self, one: str, other: str) -> float:
        """Return the bits by which two registered persons of one society seem to be of one family; 0.0 for two."""
        ids = (min(one, other), max(one, other))
        if ids not in self._akin:
            apart = one == other or self._societies[one] != self._societies[other]
            self._akin[ids] = 0.0 if apart else self._seem_akin(*ids)
        return self._akin[ids]

    def _seem_akin(self, one: str, other: str) -> float:
        first, second = self._profile(one), self._profile(other)
        return 0.0 if first is None or second is None else akin(first, second)

    def _score(self, row: Proposal, terms: Terms) -> float | None:
        left, right = self._profile(row.left_id), self._profile(row.right_id)
        return None if left is None or right is None else terms.compare(left, right).score

    def _profile(self, person_id: str) -> Profile | None:
        """Return the profile of a person; None where the key of the society is missing."""
        if person_id not in self._profiles:
            try:
                self._profiles[person_id] = describe(self._session, self._session.get_one(Person, person_id))
            except KeyMissing:
                self._profiles[person_id] = None
        return self._profiles[person_id]
