"""Whose answer a confirmed proposal needs, who asks them, and which enquirer could then be told.

A registered person, or the enquirer who turns out to be sought, is asked by the society that knows them. Where two
requests seek the same person nobody was located: each enquirer is asked about the other.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.proposals import Kind
from rfl.models.persons import Person
from rfl.models.proposals import Proposal


@dataclass(frozen=True)
class Asked:
    """One person to be asked by `society_id`; their answer may be told to the enquirer of `request_id`."""

    person_id: str
    society_id: str
    sought_id: str  # the sought person of the request that gets news
    request_id: str
    told_society_id: str
    is_link: bool  # nobody was located: the news is that somebody else is looking too
    is_minor: bool

    def key(self, proposal: Proposal) -> str:
        """Return what makes tasks about this answer unique."""
        return f"{proposal.id}:{self.person_id}:{proposal.round}"


def persons_concerned(session: Session, proposal: Proposal) -> list[Asked]:
    """Return the persons whose answer the proposal needs: one, or both enquirers of a sought-with-sought match."""
    left, right = session.get_one(Person, proposal.left_id), session.get_one(Person, proposal.right_id)
    if proposal.kind != Kind.SOUGHT_SOUGHT:
        return [_asked(right, left, is_link=False)]
    return [
        _asked(_enquirer(session, left), right, is_link=True),
        _asked(_enquirer(session, right), left, is_link=True),
    ]


def _asked(person: Person, sought: Person, *, is_link: bool) -> Asked:
    return Asked(
        person_id=person.id,
        society_id=person.society_id,
        sought_id=sought.id,
        request_id=sought.request_id or "",
        told_society_id=sought.society_id,
        is_link=is_link,
        is_minor=person.is_minor or sought.is_minor,
    )


def _enquirer(session: Session, sought: Person) -> Person:
    return session.scalars(select(Person).filter_by(request_id=sought.request_id, kind="enquirer")).one()
