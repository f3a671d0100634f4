"""A database filled with invented persons through the program's own index, and with proposals between them."""

import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from caseload import Caseload
from sqlalchemy import delete, insert, select
from staff import Staff

from matching import VERSION
from rfl.domain.consent import NOTICE_VERSION, Purpose
from rfl.domain.ids import new_id
from rfl.domain.persons import Identity
from rfl.domain.proposals import Kind
from rfl.models import db
from rfl.models.index import MatchDue
from rfl.models.persons import Consent, Person
from rfl.models.proposals import Proposal
from rfl.models.requests import TracingRequest
from rfl.services.matching_index import index_persons
from rfl.services.numbers import REGISTERED, REQUEST, next_numbers
from rfl.services.unit import SYSTEM, Chore, Unit

BATCH = 400  # persons in one transaction while loading
SOUGHT_SHARE = 0.3  # of the persons loaded; the others are registered, and there are few enquirers to say
PROPOSAL_SHARE = 0.2  # open proposals for each person: a list that nobody has worked through for long


@dataclass
class Records:
    """New persons of one transaction, each with an agreement to matching; stored and indexed together."""

    unit: Unit
    requests: list[TracingRequest] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)

    def add(self, kind: str, who: Identity, request_id: str | None = None) -> Person:
        """Add one person."""
        person = Person(
            id=new_id(), society_id=self.unit.actor.society_id, kind=kind, request_id=request_id,
            created_by=self.unit.actor.id, created_at=self.unit.at, relation="son" if kind == "sought" else "",
        )  # fmt: skip
        person.identity = who.to_dict()
        self.persons.append(person)
        return person

    def add_sought(self, who: Identity) -> Person:
        """Add a request in search for one sought person, of whose enquirer nothing is known."""
        request = TracingRequest(
            id=new_id(), society_id=self.unit.actor.society_id, state="accepted",
            created_by=self.unit.actor.id, opened_at=self.unit.at,
        )  # fmt: skip
        self.requests.append(request)
        return self.add("sought", who, request.id)

    def index(self) -> None:
        """Store and index everybody."""
        self._number(REQUEST, self.requests)
        self._number(REGISTERED, [person for person in self.persons if person.kind == "registered"])
        for rows in (self.requests, self.persons, [self._agreement(person) for person in self.persons]):
            self.unit.session.add_all(rows)
            self.unit.session.flush()
        index_persons(self.unit, self.persons)

    def _number(self, series: str, rows: list[TracingRequest] | list[Person]) -> None:
        numbers = next_numbers(self.unit, self.unit.actor.society_id, series, len(rows)) if rows else []
        for row, number in zip(rows, numbers, strict=True):
            row.number = number

    def _agreement(self, person: Person) -> Consent:
        return Consent(
            id=new_id(), society_id=person.society_id, person_id=person.id, purpose=Purpose.MATCHING, given=True,
            notice_version=NOTICE_VERSION, on=date(2026, 1, 1), recorded_by=person.created_by, recorded_at=self.unit.at,
        )  # fmt: skip


def load(caseload: Caseload, societies: tuple[Staff, Staff], count: int) -> list[Identity]:
    """Load `count` persons, in turn for both societies, and proposals between them; returns who is sought."""
    sought: list[Identity] = []
    for start in range(0, count, BATCH):
        actor = societies[start // BATCH % 2].officer
        with Unit(actor) as unit:
            records = Records(unit)
            for who in caseload.people(min(BATCH, count - start)):
                if caseload.random.random() < SOUGHT_SHARE:
                    sought.append(who)
                    records.add_sought(who)
                else:
                    records.add("registered", who)
            records.index()
            unit.record("import:loaded", "", persons=len(records.persons))
        db.session.remove()
    propose(caseload, int(count * PROPOSAL_SHARE))
    return sought


def propose(caseload: Caseload, count: int) -> None:
    """Put `count` open proposals between any two persons, and take the marks away.

    The matching of what was loaded is a run of its own; here every save is measured for itself.
    """
    with Chore(SYSTEM) as chore:
        chore.session.execute(delete(MatchDue))
        found = chore.session.execute(select(Person.kind, Person.id, Person.society_id).order_by(Person.id)).all()
        sought, registered = ([one for one in found if one.kind == kind] for kind in ("sought", "registered"))
        pairs = {(caseload.random.choice(sought), caseload.random.choice(registered)) for _ in range(count)}
        rows = [
            {
                "id": new_id(), "kind": Kind.SOUGHT_REGISTERED, "left_id": left.id, "right_id": right.id,
                "left_society_id": left.society_id, "right_society_id": right.society_id, "state": "open",
                "score": caseload.random.uniform(0.5, 1.0), "digest": "", "engine_version": VERSION,
                "created_at": chore.at, "changed_at": chore.at,
            }
            for left, right in sorted(pairs, key=lambda pair: (pair[0].id, pair[1].id))
        ]  # fmt: skip
        chore.session.execute(insert(Proposal), rows)
