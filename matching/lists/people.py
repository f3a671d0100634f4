"""Rows of a list become persons; what cannot be read is reported with its remedy and never stops the list.

A row is left out only when it has no id or names nobody.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from matching.lists import problems as say
from matching.lists.cells import Cells
from matching.lists.formula_guard import unguard
from matching.lists.problems import Problem
from matching.lists.tables import Table
from matching.loading import Piece, lay_out_all
from matching.types import Name, PersonRecord

_PARTS = ("given", "father", "grandfather", "family")
# Kind of name, the fields of its parts, the field of the whole.
_NAMES = tuple(
    (kind, tuple((part, f"{spelling}{part}_name") for part in _PARTS), whole)
    for kind, spelling, whole in (("original", "", "full_name"), ("romanised", "romanised_", "romanised_name"))
)
_OTHER_NAMES = (
    ("document", "document_name"),
    ("married", "married_name"),
    ("nickname", "nickname"),
    ("other", "alternate_names"),
)


class Row(NamedTuple):
    """One row as it stands in a list; `again` when an earlier one has the same id."""

    line: int
    cells: list[str]
    id: str
    again: bool


class Member(NamedTuple):
    """Whom a row names, and the household that it is kept under; `again` when an earlier row has the same id."""

    id: str
    household: str
    again: bool


class People:
    """The persons of one table, in the order of its rows."""

    def __init__(self, table: Table, columns: Mapping[int, str], *, role: str, side: str) -> None:
        """Read `table` with `columns` (index -> field) as persons of `role`; `side` names the list in problems."""
        self._table = table
        self._id_column = next((index for index, field in columns.items() if field == "id"), None)
        self._reader = RowReader(tuple(table.headers), tuple(columns.items()), role, side)

    @property
    def count(self) -> int:
        """The number of rows."""
        return self._table.count

    def __iter__(self) -> Iterator[PersonRecord]:
        """Yield every person without reporting what could not be read."""
        return (person for row in self._rows() for person in self._reader([row])[0])

    @property
    def has_households(self) -> bool:
        """Whether the list tells of households."""
        return any(field == "household" for _, field in self._reader.columns)

    def members(self) -> Iterator[Member]:
        """Yield of every row with an id who it is and the household, empty where none is told."""
        return (Member(row.id, self._reader.household(row), row.again) for row in self._rows() if row.id)

    def of_ids(self, wanted: Container[str]) -> Iterator[tuple[PersonRecord, str]]:
        """Yield the persons of the ids `wanted` with their households; an id that comes twice comes twice here."""
        for row in self._rows():
            if row.id in wanted:
                yield from ((person, self._reader.household(row)) for person in self._reader([row])[0])

    def laid_out(self, workers: int, *, packed: bool, skip: int = 0, sizes: Iterable[int] = ()) -> Iterator[Piece]:
        """Yield the persons after the first `skip` rows as `matching.loading` lays them out; notes are problems.

        Rows are read by the `workers` too. The rows skipped still count for ids that come twice.
        """
        rows = islice(self._rows(), skip, None)
        return lay_out_all(rows, workers, read=self._reader, packed=packed, sizes=sizes)

    def _rows(self) -> Iterator[Row]:
        seen: set[int] = set()
        for line, cells in self._table.read():
            ident = self._id_of(line, cells)
            yield Row(line, cells, ident, bool(ident) and hash(ident) in seen)
            seen.add(hash(ident))

    def _id_of(self, line: int, cells: list[str]) -> str:
        """A list without a column of ids is known by its line numbers."""
        if self._id_column is None:
            return str(line)
        if self._id_column >= len(cells):
            return ""
        return " ".join(unguard(cells[self._id_column]).replace("\x00", "").split())


@dataclass(frozen=True, slots=True)
class RowReader:
    """How rows of one list are read; handed to other processes with the rows."""

    headers: tuple[str, ...]
    columns: tuple[tuple[int, str], ...]  # index of a cell, field
    role: str
    side: str

    def __call__(self, rows: Sequence[Row]) -> tuple[list[PersonRecord], list[Problem]]:
        """Return the persons of `rows`, those left out that name nobody, and what could not be read."""
        persons, problems = [], list[Problem]()
        for row in rows:
            cells = Cells(self.side, row.line, row.id, self.headers, problems.append)
            if row.again:
                cells.complain("id", row.id, say.SAME_ID)
            cells.take(row.cells, self.columns)
            if (person := self._person(cells)) is not None:
                persons.append(person)
        return persons, problems

    def household(self, row: Row) -> str:
        """Return the household of `row`, empty where none is told; what cannot be read is not reported."""
        cells = Cells(self.side, row.line, row.id, self.headers, _unreported)
        cells.take(row.cells, [column for column in self.columns if column[1] == "household"])
        return cells.text("household")

    def _person(self, row: Cells) -> PersonRecord | None:
        if not row.id:
            row.complain("id", "", say.NO_ID)
            return None
        names = _names(row)
        if not names:
            row.complain("full_name", "", say.NO_NAME)
            return None
        last_seen = row.interval("last_contact_date")
        return PersonRecord(
            id=row.id,
            role=self.role,
            names=names,
            sex=row.sex("sex"),
            birth=row.interval("date_of_birth") or row.age("age", row.interval("age_as_of") or last_seen),
            mother=row.text("mother_name"),
            birth_place=row.text("place_of_birth"),
            birth_country=row.country("birth_country"),
            nationalities=row.countries("nationality"),
            last_place=row.text("last_known_place"),
            last_country=row.country("last_country"),
            last_seen=last_seen,
            relatives=row.relatives("relatives"),
            occupation=row.text("occupation"),
            marks=row.text("marks"),
        )


def _unreported(problem: Problem) -> None:
    """Whoever reads a row as a person has reported its problems."""
    del problem


def _names(row: Cells) -> tuple[Name, ...]:
    """The names of one person: in parts and whole, romanised, and every other spelling."""
    found = []
    for kind, fields, whole in _NAMES:
        parts = {part: text for part, field in fields if (text := row.text(field))}
        full = row.text(whole)
        if full or parts:
            found.append(Name(kind, full=full, **parts))
    for kind, field in _OTHER_NAMES:
        found += [Name(kind, full=text) for text in row.entries(field)]
    return tuple(found)
