"""What scores may do to proposals: make, refresh, withdraw, open again. Never touch what people have decided."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, delete, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from matching import LEAST_SUPPORT
from rfl.domain.ids import new_id
from rfl.domain.proposals import Given, Kind, ProposalState, state_after
from rfl.domain.review import IN_REVIEW
from rfl.models.index import MatchDue
from rfl.models.persons import Person
from rfl.models.proposals import Decision, Proposal
from rfl.services.corrections import same_version
from rfl.services.eligibility import tell_both_sides, withdraw
from rfl.services.match_marks import mark_relatives_due
from rfl.services.proposal_findings import Counts, Finding, Scored
from rfl.services.unit import Unit

KINDS = {"registered": Kind.SOUGHT_REGISTERED, "enquirer": Kind.SOUGHT_ENQUIRER, "sought": Kind.SOUGHT_SOUGHT}
IDS_PER_QUERY = 400  # pairs take two bound values each, and old builds of SQLite take 999
NOTABLE_CHANGE = 0.1  # of a score: what an officer would call raised or lowered after a new run
SMALLEST_CHANGE = 0.001  # of a score; shares drift with every recount, and a smaller step tells an officer nothing

Pair = tuple[str, str]  # ids, the sought person first; of two sought persons the smaller id first
Facts = Row[str, str, str, str | None, bool, bool]


@dataclass(slots=True)
class _Work:
    """One short write: who takes part now, the pairs to settle, whose mark must stay."""

    unit: Unit
    people: dict[str, Facts]
    counts: Counts = field(default_factory=Counts)
    pairs: dict[Pair, Scored] = field(default_factory=dict)
    engines: dict[Pair, str] = field(default_factory=dict)
    owners: dict[Pair, set[str]] = field(default_factory=dict)
    postponed: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)  # sought persons of pairs whose score others of the request stand on


def apply_findings(unit: Unit, findings: Sequence[Finding]) -> Counts:
    """Write what `findings` say and clear their marks, unless a newer save set them again.

    Records that somebody else is changing at this moment are left alone and their marks stay.
    """
    ids = {one.person_id for one in findings} | {pair.other_id for one in findings for pair in one.scored}
    work = _Work(unit, _lock_people(unit.session, sorted(ids)))
    for finding in findings:
        _collect(work, finding)
    existing = {(row.left_id, row.right_id): row for row in _lock_proposals(unit.session, sorted(work.pairs))}
    fresh = [pair for pair in sorted(work.pairs) if pair not in existing and work.pairs[pair].worth]
    for pair in sorted(existing):
        _refresh(work, existing[pair], work.pairs[pair])
    for pair in set(fresh) - _propose(work, fresh):
        work.postponed |= work.owners[pair]
    _clear_marks(work, findings)
    mark_relatives_due(unit.session, work.moved, unit.at)
    return work.counts


def _parts(values: Sequence[object]) -> Iterator[Sequence[object]]:
    for start in range(0, len(values), IDS_PER_QUERY):
        yield values[start : start + IDS_PER_QUERY]


def _lock_people(session: Session, ids: Sequence[str]) -> dict[str, Facts]:
    """Return who can be read and kept as they are until the commit; whoever is being edited now is left out."""
    columns = Person.id, Person.kind, Person.society_id, Person.request_id, Person.searching, Person.is_minor
    found: dict[str, Facts] = {}
    for part in _parts(ids):
        rows = select(*columns).where(Person.id.in_(part)).order_by(Person.id)
        for row in session.execute(rows.with_for_update(read=True, skip_locked=True)):
            found[row.id] = row
    return found


def _lock_proposals(session: Session, pairs: Sequence[Pair]) -> Iterator[Proposal]:
    for part in _parts(pairs):
        wanted = select(Proposal).where(tuple_(Proposal.left_id, Proposal.right_id).in_(part))
        locked = wanted.order_by(Proposal.left_id, Proposal.right_id).with_for_update(skip_locked=True)
        yield from session.scalars(locked.execution_options(populate_existing=True))


def _collect(work: _Work, finding: Finding) -> None:
    own = work.people.get(finding.person_id)
    if own is None:
        work.postponed.add(finding.person_id)
        return
    for scored in finding.scored:
        other = work.people.get(scored.other_id)
        if other is None:
            work.postponed.add(finding.person_id)
        elif own.searching and other.searching and (pair := canonical(own, other)):
            work.pairs[pair] = scored
            work.engines[pair] = finding.engine
            work.owners.setdefault(pair, set()).add(finding.person_id)


def canonical(one: Facts, other: Facts) -> Pair | None:
    """Return the pair in its order, or None where the two can never be proposed to each other."""
    if one.request_id is not None and one.request_id == other.request_id:
        return None
    left, right = sorted((one, other), key=lambda person: (person.kind != "sought", person.id))
    return (left.id, right.id) if left.kind == "sought" else None


def _propose(work: _Work, pairs: Sequence[Pair]) -> set[Pair]:
    """Make the proposals; returns those made: others exist after all, made or held by somebody at this moment."""
    if not pairs:
        return set()
    session = work.unit.session
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    fresh = insert(Proposal).on_conflict_do_nothing().returning(Proposal.id, Proposal.left_id, Proposal.right_id)
    rows = session.connection().execute(fresh, [_values(work, pair) for pair in pairs])
    made = {(left_id, right_id): proposal_id for proposal_id, left_id, right_id in rows}
    for pair in sorted(made):
        tell_both_sides(work.unit, "proposal:proposed", made[pair], {work.people[one].society_id for one in pair})
        _note_move(work, pair, work.pairs[pair].score)
    work.counts.proposed += len(made)
    return set(made)


def _values(work: _Work, pair: Pair) -> dict[str, object]:
    left, right, scored = work.people[pair[0]], work.people[pair[1]], work.pairs[pair]
    return {
        "id": new_id(),
        "kind": KINDS[right.kind],
        "left_id": left.id,
        "right_id": right.id,
        "left_society_id": left.society_id,
        "right_society_id": right.society_id,
        "state": ProposalState.OPEN,
        "round": 1,
        "score": scored.score,
        "digest": scored.digest,
        "engine_version": work.engines[pair],
        "has_minor": left.is_minor or right.is_minor,
        "created_at": work.unit.at,
        "changed_at": work.unit.at,
        "version": 1,
    }


def _refresh(work: _Work, proposal: Proposal, scored: Scored) -> None:
    minor = work.people[proposal.left_id].is_minor or work.people[proposal.right_id].is_minor
    if proposal.has_minor != minor:
        proposal.has_minor = minor
    if proposal.state in IN_REVIEW:
        _refresh_undecided(work, proposal, scored)
    elif proposal.state == ProposalState.WITHDRAWN:
        _restore(work, proposal, scored)
    elif proposal.state == ProposalState.DIFFERENT and scored.worth:
        _ask_again_if_changed(work, proposal, scored)
    else:
        work.counts.decided += 1


def _refresh_undecided(work: _Work, proposal: Proposal, scored: Scored) -> None:
    """A score moves alike with and without a first answer: in a list of new scores an old one would give it away."""
    step = scored.score - proposal.score
    if proposal.state == ProposalState.OPEN and not scored.worth:
        withdraw(work.unit, proposal)
        _note_move(work, _pair(proposal), proposal.score)
        work.counts.withdrawn += 1
    elif proposal.digest != scored.digest or abs(step) >= SMALLEST_CHANGE:
        _write_score(work, proposal, scored)
        work.counts.refreshed += 1
        work.counts.raised += step >= NOTABLE_CHANGE
        work.counts.lowered += -step >= NOTABLE_CHANGE
    else:
        engine = work.engines[_pair(proposal)]
        if proposal.engine_version != engine:
            proposal.engine_version = engine
        work.counts.unchanged += 1


def _pair(proposal: Proposal) -> Pair:
    return proposal.left_id, proposal.right_id


def _note_move(work: _Work, pair: Pair, score: float) -> None:
    if score >= LEAST_SUPPORT:
        work.moved.add(pair[0])


def _write_score(work: _Work, proposal: Proposal, scored: Scored) -> None:
    _note_move(work, _pair(proposal), max(scored.score, proposal.score))
    proposal.score, proposal.digest = scored.score, scored.digest
    proposal.engine_version = work.engines[_pair(proposal)]
    proposal.changed_at = work.unit.at


def _standing(session: Session, proposal: Proposal) -> Sequence[Decision]:
    query = select(Decision).where(Decision.proposal_id == proposal.id, Decision.standing)
    return session.scalars(query).all()


def _restore(work: _Work, proposal: Proposal, scored: Scored) -> None:
    """Both take part again: the question stands where it was, with the answers that were given."""
    standing = _standing(work.unit.session, proposal)
    if not (standing or scored.worth):
        return
    proposal.state = state_after(Given(one.officer_id, one.society_id, one.verdict) for one in standing)
    _write_score(work, proposal, scored)
    _tell(work, proposal, "proposal:restored")


def _ask_again_if_changed(work: _Work, proposal: Proposal, scored: Scored) -> None:
    """Two persons called different stay so until something that was compared has changed.

    A new version of the engine may see the same values otherwise: its first look is noted, and only what changes
    after that asks again.
    """
    session, engine = work.unit.session, work.engines[_pair(proposal)]
    answered = {proposal.digest, *(one.digest for one in _standing(session, proposal))}
    if not same_version(proposal.engine_version, engine):
        proposal.digest, proposal.engine_version = scored.digest, engine
        answered.add(scored.digest)
    if scored.digest in answered:
        work.counts.decided += 1
        return
    session.execute(update(Decision).where(Decision.proposal_id == proposal.id).values(standing=False))
    proposal.state, proposal.round = ProposalState.OPEN, proposal.round + 1
    _write_score(work, proposal, scored)
    _tell(work, proposal, "proposal:reopened")


def _tell(work: _Work, proposal: Proposal, event: str) -> None:
    tell_both_sides(work.unit, event, proposal.id, {proposal.left_society_id, proposal.right_society_id})
    work.counts.reopened += 1


def _clear_marks(work: _Work, findings: Iterable[Finding]) -> None:
    work.counts.postponed = len(work.postponed)
    for finding in findings:
        if finding.person_id not in work.postponed and finding.token is not None:
            mark = MatchDue.person_id == finding.person_id, MatchDue.token == finding.token
            work.unit.session.execute(delete(MatchDue).where(*mark))
