"""Persons enter, leave and are found in the match index; only who may be matched stands where others search.

Keys are keyed hashes in namespaces: one for each role of those who take part in matching, one for each society
in which its own staff search. A query of one role meets only the roles it can match.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import Name, PersonRecord, Profile, UnreadableProfile, compare, keys, profile
from rfl.domain.roles import Actor
from rfl.models.persons import Person
from rfl.services.eligibility import withdraw_proposals
from rfl.services.index_batches import FIND_KINDS, Batch
from rfl.services.index_entries import open_profiles
from rfl.services.index_figures import BUDGET, Figures, key_hashes, read_figures
from rfl.services.index_postings import CANDIDATES, find_entries
from rfl.services.match_records import family_of, record_of
from rfl.services.scope import require, within
from rfl.services.unit import Unit

# Whom a person of each role can turn out to be: two registered persons are never proposed to each other.
MEETS = {"sought": ("registered", "enquirer", "sought"), "registered": ("sought",), "enquirer": ("sought",)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who shares keys with a query."""

    person_id: str
    society_id: str
    profile: Profile


def index_person(unit: Unit, person: Person) -> None:
    """Bring one person's place in the index up to date, and whether they take part in matching.

    Sets the "to be matched" mark of who takes part; call `proposing.propose_due` after the unit. Others of the
    same request whose relatives changed with it are brought up to date too. Raises KeyMissing.
    """
    index_persons(unit, [person])


def index_persons(unit: Unit, persons: Sequence[Person]) -> None:
    """Do what `index_person` does for many persons with few statements (imports, benchmarks)."""
    unit.session.flush()
    done = {person.id for person in persons}
    # Everything was flushed above, and each person is indexed once: no query below waits for a write of this loop.
    with unit.session.no_autoflush:
        batch = Batch(unit, persons)
        for person in persons:
            family = batch.family_of(person)
            concerned = person.searching
            batch.index(person, family)
            if concerned or person.searching:
                for other in family:
                    if other.searching and other.id not in done:
                        batch.index(other, batch.family_of(other), only_if_changed=True)
                        done.add(other.id)
        batch.write()


def forget_person(unit: Unit, person: Person) -> None:
    """Take a person out of the index, before the record is erased; proposals are withdrawn.

    Others of the same request no longer carry the person as a relative.
    """
    unit.session.flush()
    with unit.session.no_autoflush:
        batch = Batch(unit, [person])
        family = batch.family_of(person)
        for other in family:
            if other.searching:
                batch.index(other, [one for one in batch.family_of(other) if one.id != person.id], only_if_changed=True)
        batch.forget(person)
        batch.write()
    unit.session.flush()
    withdraw_proposals(unit, person.id)


def candidates(
    session: Session,
    query: Profile,
    sides: Sequence[str],
    *,
    figures: Figures | None = None,
    limit: int = CANDIDATES,
    budget: int = BUDGET,
) -> list[Candidate]:
    """Return the persons of the namespaces `sides` who share the rarest keys with `query`, best first.

    Persons of a society whose key is missing are left out. Reads at most about `budget` postings; `figures` are
    those in force, where the caller has read them already.
    """
    hashes = [one for side in sides for one in key_hashes(side, keys(query))]
    entries = find_entries(session, hashes, figures or read_figures(session), limit=limit, budget=budget)
    return list(_open_candidates(session, entries))


def _open_candidates(session: Session, entries: Sequence[tuple[int, bytes]]) -> Iterator[Candidate]:
    for person_id, society_id, packed in open_profiles(entries):
        yield Candidate(person_id, society_id, _profile_of(session, person_id, packed))


def _profile_of(session: Session, person_id: str, packed: bytes) -> Profile:
    try:
        return Profile.unpack(packed)
    except UnreadableProfile:
        return describe(session, session.get_one(Person, person_id))


def describe(session: Session, person: Person) -> Profile:
    """Return the normalised profile of a person from the record itself."""
    return profile(record_of(person, family_of(session, person)))


def find_people(session: Session, actor: Actor, text: str, limit: int = 20) -> list[Person]:
    """Return the persons of the actor's society whose name is most like `text`, best first.

    Any script, order and spelling. Children are left out for staff not cleared for them. Raises NotAllowed.
    Names that too many persons bear find nobody alone: `is_too_common` says so.
    """
    require(actor, "person.search")
    query = _query(text)
    found = candidates_of_society(session, query, actor.society_id)
    scored = sorted(((compare(query, one.profile).weight, one.person_id) for one in found), reverse=True)
    ids = [person_id for _, person_id in scored]
    rows = session.scalars(select(Person).where(Person.id.in_(ids), within(actor, Person))).all()
    by_id = {row.id: row for row in rows}
    return [by_id[one] for one in ids if one in by_id][:limit]


def candidates_of_society(session: Session, query: Profile, society_id: str) -> list[Candidate]:
    """Return the persons of one society who share a name key with `query`, also those who are not matched."""
    found = [key for key in keys(query) if key.kind in FIND_KINDS]
    entries = find_entries(session, key_hashes(f"find/{society_id}", found), read_figures(session))
    return list(_open_candidates(session, entries))


def is_too_common(session: Session, actor: Actor, text: str) -> bool:
    """Say whether every part of `text` is a name so common that it cannot be searched for alone."""
    figures: Figures = read_figures(session)
    found = key_hashes(f"find/{actor.society_id}", [key for key in keys(_query(text)) if key.kind in FIND_KINDS])
    return bool(found) and all(one in figures.dropped for one in found)


def _query(text: str) -> Profile:
    return profile(PersonRecord(id="", role="sought", names=(Name("original", full=text),)))
