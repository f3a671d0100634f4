"""Two records beside each other, compared now: the lines of the table, each side as the reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matching import KINDS, Comparison
from rfl.domain.persons import Identity
from rfl.domain.proposals import ProposalState
from rfl.domain.roles import Actor
from rfl.models.accounts import Society
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.models.requests import TracingRequest
from rfl.services.compared_values import Line, Record, line_of
from rfl.services.evidence import evidence_of
from rfl.services.match_records import family_of, record_of

# Of what a family explains, what is read although neither record holds a value of it.
READ_WITHOUT_VALUE = frozenset({"sibling_fits", "family_met"})
# Parts of a name that agree are read in the full name above them.
NAME_PARTS = frozenset({"given_name", "family_name"})


@dataclass(frozen=True)
class Side:
    """Whose record stands on one side; `number` is empty for a foreign record until both have confirmed."""

    own: bool
    society: str
    kind: str
    number: str
    person_id: str
    request_id: str
    is_minor: bool


@dataclass(frozen=True)
class SideBySide:
    """A comparison of this moment with every line, in the order of the kinds of evidence, and what compared."""

    comparison: Comparison
    left: Side
    right: Side
    lines: tuple[Line, ...]
    engine: str

    def unrecorded(self) -> tuple[str, ...]:
        """Return the kinds of evidence for which neither record holds anything."""
        return tuple(line.kind for line in self.lines if not line.left and not line.right and line.kind != "household")


def place_side_by_side(session: Session, actor: Actor, proposal: Proposal) -> SideBySide:
    """Compare the two records of a proposal as they are now, for the eyes of `actor`."""
    left, right = session.get_one(Person, proposal.left_id), session.get_one(Person, proposal.right_id)
    found = evidence_of(session, proposal)
    sides = (_record(session, actor, left), _record(session, actor, right))
    return SideBySide(
        found.comparison,
        _side(session, actor, proposal, left),
        _side(session, actor, proposal, right),
        tuple(line_of(item, *sides) for item in found.comparison.evidence),
        found.engine,
    )


def arrange(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines to read: contradictions first, the heaviest on top; without those that say nothing of any value.

    A line about the name that only repeats what the full name already shows is left out; it stays in what is frozen.
    """
    name = next(line for line in lines if line.kind == "name")
    read = [
        line
        for line in lines
        if (line.left or line.right or line.level in READ_WITHOUT_VALUE) and not _is_read_above(line, name)
    ]
    order = {kind: place for place, kind in enumerate(KINDS)}
    return tuple(sorted(read, key=lambda line: (min(line.weight, 0.0), order[line.kind])))


def _is_read_above(line: Line, name: Line) -> bool:
    if line.kind == "own_script_name":
        return line.says == "missing" or (line.left[:1], line.right[:1]) == (name.left[:1], name.right[:1])
    if line.kind == "father_name":
        return line.says in ("missing", "neutral")
    return line.kind in NAME_PARTS and line.says != "against"


def _record(session: Session, actor: Actor, person: Person) -> Record:
    identity = Identity.from_dict(person.identity or {})
    compared = record_of(person, family_of(session, person))
    told = {(one.relation, one.name) for one in identity.relatives}
    family = tuple(one for one in compared.relatives if (one.relation, one.name) not in told)
    return Record(identity, person.kind, family, own=person.society_id == actor.society_id)


def _side(session: Session, actor: Actor, proposal: Proposal, person: Person) -> Side:
    own = person.society_id == actor.society_id
    known = own or proposal.state == ProposalState.CONFIRMED
    return Side(
        own=own,
        society=session.get_one(Society, person.society_id).name,
        kind=person.kind,
        number=number_of(session, person) if known else "",
        person_id=person.id if own else "",
        request_id=(person.request_id or "") if own else "",
        is_minor=person.is_minor,
    )


def number_of(session: Session, person: Person) -> str:
    """Return the case number under which people find a person: of the registration, else of the request."""
    if person.request_id is None:
        return person.number or ""
    return person.number or session.get_one(TracingRequest, person.request_id).number
