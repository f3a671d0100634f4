"""From a saved person to proposals: candidates are read and scored with no lock held, then written in one short act.

The person, its keys and its "to be matched" mark are committed before this begins. Of two who save at once, the
one who commits later therefore sees the other; and a crash in between leaves the mark, which a worker picks up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from matching import Comparison, Profile
from rfl.domain.errors import ChangedMeanwhile
from rfl.models.index import MatchDue
from rfl.models.persons import Person
from rfl.models.proposals import Proposal
from rfl.security.keys import KeyMissing
from rfl.services.exchange_copies import vouched_for
from rfl.services.family_support import in_the_light_of_families
from rfl.services.index_batches import single_hashes
from rfl.services.index_figures import read_figures
from rfl.services.index_upkeep import drop_common_names, drop_names, find_common
from rfl.services.matching_index import MEETS, candidates, describe
from rfl.services.proposal_findings import Counts, Finding, Scored
from rfl.services.proposal_updates import apply_findings
from rfl.services.terms import Terms, read_terms
from rfl.services.unit import SYSTEM, Chore, Look, Unit

PROPOSALS_PER_PERSON = 50  # more than any officer can look at; the best ones come first
SLICE = 20  # persons scored between two short write transactions


@dataclass(frozen=True, slots=True)
class Due:
    """A person waiting to be matched, and the token of the save that asked for it."""

    person_id: str
    token: str | None


def propose_due(person_ids: Sequence[str]) -> Counts:
    """Match those of `person_ids`, and of the persons in their requests, who carry the mark; clear the marks.

    Call it after the unit that saved them. Never fails because somebody else is busy with the same records: the
    mark then stays, and a worker comes back to it.
    """
    with Look(SYSTEM) as look:
        due = _read_due(look.session, person_ids)
    total = _match_all(due)
    with Look(SYSTEM) as look:
        # Relatives sought together, of whom one was found before the other: now each is weighed with the other.
        known = {one.token for one in due}
        again = [one for one in _read_due(look.session, person_ids) if one.token not in known]
    total.add(_match_all(again))
    matched = {one.person_id for one in due}
    drop_common_names([one for one in person_ids if one not in matched])
    return total


def _match_all(due: Sequence[Due]) -> Counts:
    total = Counts()
    for start in range(0, len(due), SLICE):
        try:
            total.add(_match(due[start : start + SLICE]))
        except (ChangedMeanwhile, OperationalError):
            continue
    return total


def propose_waiting(*, since: datetime, limit: int = 200) -> int:
    """Match persons whose mark was set before `since`, oldest first; returns how many were taken up."""
    with Look(SYSTEM) as look:
        waiting = select(MatchDue.person_id).where(MatchDue.at < since).order_by(MatchDue.at).limit(limit)
        ids = look.session.scalars(waiting).all()
    try:
        propose_due(ids)
    finally:
        _put_back(ids)
    return len(ids)


def _put_back(person_ids: Sequence[str]) -> None:
    """Let whoever could not be matched now (locked, key missing) wait behind the others."""
    if person_ids:
        with Chore(SYSTEM) as chore:
            chore.session.execute(update(MatchDue).where(MatchDue.person_id.in_(person_ids)).values(at=chore.at))


def _match(due: Sequence[Due]) -> Counts:
    with Look(SYSTEM) as look:
        findings = list(find(look.session, due))
        singles = {one for found in findings for one in found.singles}
        common = find_common(look.session, singles, read_figures(look.session))
    with Unit(SYSTEM) as unit:
        counts = apply_findings(unit, findings)
        subject = due[0].person_id if len(due) == 1 else ""
        unit.record("proposals:updated", subject, persons=len(due), **counts.as_dict())
    drop_names(common)
    return counts


def _read_due(session: Session, person_ids: Sequence[str]) -> list[Due]:
    ids = list(dict.fromkeys(person_ids))
    requests = select(Person.request_id).where(Person.id.in_(ids), Person.request_id.is_not(None))
    marked = (
        select(MatchDue.person_id, MatchDue.token)
        .join(Person, Person.id == MatchDue.person_id)
        .where(or_(Person.id.in_(ids), Person.request_id.in_(requests)))
    )
    return [Due(person_id, token) for person_id, token in session.execute(marked.order_by(Person.id))]


def find(session: Session, due: Sequence[Due]) -> Iterator[Finding]:
    """Yield for each person that still takes part what its candidates and its earlier proposals score now."""
    terms = read_terms(session)
    wanted = select(Person).where(Person.id.in_([one.person_id for one in due]))
    people = {row.id: row for row in session.scalars(wanted)}
    for one in due:
        person = people.get(one.person_id)
        if person is None:
            continue
        try:
            yield _finding(session, one, person, terms)
        except KeyMissing:
            continue  # the mark stays until the key of that society is back


def _finding(session: Session, due: Due, person: Person, terms: Terms) -> Finding:
    if not person.searching:
        return Finding(due.person_id, due.token, (), terms.engine.label)
    query = describe(session, person)
    scored = tuple(_score(session, person, query, terms))
    return Finding(due.person_id, due.token, scored, terms.engine.label, single_hashes(person, query))


def _score(session: Session, person: Person, query: Profile, terms: Terms) -> Iterator[Scored]:
    found = candidates(session, query, MEETS[person.kind], figures=terms.figures)
    met = [one for one in found if one.person_id != person.id]
    profiles = {one.person_id: one.profile for one in met}
    ranked = terms.rank(query, [one.profile for one in met], PROPOSALS_PER_PERSON)
    scored = {met[place].person_id: comparison for place, comparison in ranked}
    vouched = vouched_for(session, person.id)
    known = dict.fromkeys([*_earlier(session, person), *sorted(vouched)])
    for other in known:
        if other not in scored and (again := _compare_again(session, query, other, profiles.get(other), terms)):
            scored[other] = again
    for other, comparison in in_the_light_of_families(session, person, scored, terms).items():
        worth = comparison.score >= terms.worth_from or other in vouched
        if worth or other in known:
            yield Scored(other, comparison.score, comparison.digest(), worth)


def _earlier(session: Session, person: Person) -> list[str]:
    """Return who was proposed with this person before."""
    pairs = select(Proposal.left_id, Proposal.right_id).where(
        or_(Proposal.left_id == person.id, Proposal.right_id == person.id)
    )
    return [right if left == person.id else left for left, right in session.execute(pairs)]


def _compare_again(
    session: Session, query: Profile, other_id: str, known: Profile | None, terms: Terms
) -> Comparison | None:
    """Compare with somebody proposed before; None while the key of their society is missing."""
    try:
        other = known or describe(session, session.get_one(Person, other_id))
    except KeyMissing:
        return None
    return terms.compare(query, other)
