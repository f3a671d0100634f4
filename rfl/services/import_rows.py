"""One slice of a list becomes rows of the database: new, changed, known already, removed, or a problem.

Invariant: storing the same slice again changes nothing, and nothing that somebody edited by hand is overwritten.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from matching.lists import fold_words
from rfl.domain import imports as counted
from rfl.domain.consent import NOTICE_VERSION
from rfl.domain.ids import new_id
from rfl.domain.imports import ListBasis
from rfl.domain.persons import Identity
from rfl.domain.text import N_
from rfl.exchange.drafts import RowProblem
from rfl.models.imports import ImportProblem, PersonSource
from rfl.models.persons import Consent, Person
from rfl.services.import_lists import BadRow, ListItem, TakenRow
from rfl.services.request_rows import stamp
from rfl.services.unit import Unit

EDITED = N_("The record was changed by hand since the list was loaded, so it was left as it is.")
EDIT_BY_HAND = N_("Open the record, compare it with this row, and change there what is still right.")
SAME_NUMBER = N_("Another row of this file (line %(first)d) has the same record number and says something else.")
ONE_NUMBER_EACH = N_("Give every person a number of their own, or keep only the row that is right.")
OTHER_HUMAN = N_("The record number belongs to a record with another name and another birth.")
CHECK_NUMBER = N_("Check the number. If it was given anew to somebody else, leave the number of this row empty.")
CHILD = N_("The record of this row is a child's, and you are not cleared for children's records.")
ASK_CLEARED = N_("Ask a colleague who is cleared for children's records to load this row.")


@dataclass
class Slice:
    """What holds for the rows of one slice while they are stored, and what came of them."""

    unit: Unit
    import_id: str
    format: str
    basis: ListBasis
    fallback_day: str
    counts: Counter[str] = field(default_factory=Counter)
    touched: list[Person] = field(default_factory=list)
    bases: Mapping[str, ListBasis] = field(default_factory=dict)  # of single rows, by their keys, before `basis`

    @property
    def society_id(self) -> str:
        """The society whose list it is."""
        return self.unit.actor.society_id

    def refuse(self, row: ListItem, message: str, remedy: str, field_name: str = "row", **params: object) -> None:
        """Keep a row as a problem."""
        self.keep_bad(BadRow(row.line, row.cells, [RowProblem(row.line, field_name, message, remedy, params)]))

    def keep_bad(self, row: BadRow) -> None:
        """Keep a row and what is wrong with it, sealed, for the problem file."""
        problem = ImportProblem(id=new_id(), society_id=self.society_id, import_id=self.import_id, line=row.line)
        problem.content = {
            "cells": list(row.cells),
            "problems": [
                {"field": one.field, "message": one.message, "remedy": one.remedy, "params": dict(one.params)}
                for one in row.problems
            ],
        }
        self.unit.session.add(problem)
        self.counts[counted.BAD] += 1

    def find(self, keys: Iterable[str]) -> dict[str, tuple[Person, PersonSource | None]]:
        """Return the persons already stored under these keys, each with where it came from."""
        rows = self.unit.session.execute(
            select(Person, PersonSource)
            .outerjoin(PersonSource, PersonSource.id == Person.id)
            .where(Person.society_id == self.society_id, Person.source_key.in_(set(keys)))
            .with_for_update(of=Person)
            .execution_options(populate_existing=True)
        )
        return {person.source_key or "": (person, source) for person, source in rows}

    def leave(self, person: Person, source: PersonSource | None, row: TakenRow, said: str, left: str) -> None:
        """Write down where a record came from and how this slice leaves it."""
        if source is None:
            source = PersonSource(id=person.id, society_id=person.society_id)
            self.unit.session.add(source)
        source.import_id, source.line, source.format = self.import_id, row.line, self.format
        source.said, source.left = said, left
        source.origin = dict(row.origin) or None

    def answer(self, persons: Sequence[Person]) -> set[str]:
        """Record the basis of the list for whom it was never asked; returns the ids of those it was recorded for.

        An answer that a person gave in the meantime, above all a refusal, is not touched by a newer list.
        """
        bases = {one.id: self.bases.get(one.source_key or "", self.basis) for one in persons}
        if not any(basis.purposes for basis in bases.values()):
            return set()
        self.unit.session.flush()
        asked = select(Consent.person_id, Consent.purpose).where(Consent.person_id.in_([one.id for one in persons]))
        known = {(person_id, purpose) for person_id, purpose in self.unit.session.execute(asked)}
        fresh = [
            self._consent(person.id, purpose, bases[person.id])
            for person in persons
            for purpose in bases[person.id].purposes
            if (person.id, purpose) not in known
        ]
        self.unit.session.add_all(fresh)
        return {one.person_id for one in fresh}

    def _consent(self, person_id: str, purpose: str, basis: ListBasis) -> Consent:
        talk = basis.talk()
        return Consent(
            id=new_id(),
            society_id=self.society_id,
            person_id=person_id,
            purpose=purpose,
            given=True,
            basis=talk.basis,
            evidence=talk.evidence,
            speaker=talk.speaker,
            notice_version=basis.notice_version or NOTICE_VERSION,
            language=talk.language,
            on=talk.on,
            recorded_by=self.unit.actor.id,
            recorded_at=self.unit.at,
        )


def may_change(
    part: Slice, row: TakenRow, person: Person, source: PersonSource | None, now_left: Callable[[Person], str]
) -> bool:
    """Say whether a changed row may change its record; if not, the row is kept as a problem with the reason."""
    if source is not None and source.import_id == part.import_id and source.line != row.line:
        part.refuse(row, SAME_NUMBER, ONE_NUMBER_EACH, "source_record_id", first=source.line)
    elif person.is_minor and not part.unit.actor.minors_cleared:
        part.refuse(row, CHILD, ASK_CLEARED)
    elif source is None or source.left != now_left(person):
        part.refuse(row, EDITED, EDIT_BY_HAND)
    elif not could_be_one(Identity.from_dict(person.identity or {}), row.draft.identity):
        part.refuse(row, OTHER_HUMAN, CHECK_NUMBER, "source_record_id")
    else:
        return True
    return False


def could_be_one(stored: Identity, told: Identity) -> bool:
    """Say whether two states of one record share a word of a name or the birth; an emptied record fits everything.

    Numbers are given twice in real lists. A wrong "no" costs a look by a person, a wrong "yes" a record.
    """
    mine, theirs = _words(stored), _words(told)
    same_birth = bool(stored.birth) and stored.birth.edtf == told.birth.edtf
    return not mine or bool(mine & theirs) or same_birth


def _words(identity: Identity) -> set[str]:
    return {word for name in identity.names for word in fold_words(name.text()).split()}


def stamp_values(*values: Any) -> str:
    """Return the fingerprint of what an import wrote."""
    return stamp(list(values))


def totals(counts: Mapping[str, int]) -> dict[str, int]:
    """Return all figures of `COUNTS`, zero where nothing happened."""
    return {name: counts.get(name, 0) for name in counted.COUNTS}
