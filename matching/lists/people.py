"""Rows of a list become persons; what cannot be read is reported with its remedy and never stops the list.

A row is left out only when it has no id or names nobody.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from matching.lists import problems as say
from matching.lists.cells import Cells
from matching.lists.formula_guard import unguard
from matching.lists.problems import Problem
from matching.lists.tables import Table
from matching.types import Name, PersonRecord

Report = Callable[[Problem], None]
_PART_NAMES = ("given", "father", "grandfather", "family")
_OTHER_NAMES = (
    ("document", "document_name"),
    ("married", "married_name"),
    ("nickname", "nickname"),
    ("other", "alternate_names"),
)


class People:
    """The persons of one table, in the order of its rows."""

    def __init__(self, table: Table, columns: Mapping[int, str], *, role: str, side: str) -> None:
        """Read `table` with `columns` (index -> field) as persons of `role`; `side` names the list in problems."""
        self._table = table
        self._columns = tuple(columns.items())
        self._role = role
        self._side = side
        self._id_columns = [index for index, field in self._columns if field == "id"]

    @property
    def count(self) -> int:
        """The number of rows."""
        return self._table.count

    def __iter__(self) -> Iterator[PersonRecord]:
        """Yield every person without reporting what could not be read."""
        return (person for _, person in self.read(lambda _: None) if person is not None)

    def read(self, report: Report, *, skip: int = 0) -> Iterator[tuple[int, PersonRecord | None]]:
        """Yield (rows read so far, the person or None for a row left out) after the first `skip` rows.

        The rows skipped still count for ids that come twice.
        """
        seen: set[int] = set()
        rows = self._table.read()
        for line, cells in islice(rows, skip):
            seen.add(hash(self._id_of(line, cells)))
        for done, (line, cells) in enumerate(rows, start=skip + 1):
            ident = self._id_of(line, cells)
            row = Cells(self._side, line, ident, self._table.headers, report)
            if ident and hash(ident) in seen:
                row.complain("id", ident, say.SAME_ID)
            seen.add(hash(ident))
            yield done, self._person(row, cells)

    def _id_of(self, line: int, cells: list[str]) -> str:
        """A list without a column of ids is known by its line numbers."""
        if not self._id_columns:
            return str(line)
        index = self._id_columns[0]
        return " ".join(unguard(cells[index]).replace("\x00", "").split()) if index < len(cells) else ""

    def _person(self, row: Cells, cells: list[str]) -> PersonRecord | None:
        row.take(cells, self._columns)
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
            role=self._role,
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


def _names(row: Cells) -> tuple[Name, ...]:
    """The names of one person: in parts and whole, romanised, and every other spelling."""
    found = []
    for kind, spelling, whole in (("original", "", "full_name"), ("romanised", "romanised_", "romanised_name")):
        parts = {part: row.text(f"{spelling}{part}_name") for part in _PART_NAMES}
        full = row.text(whole)
        if full or any(parts.values()):
            found.append(Name(kind, full=full, **parts))
    for kind, field in _OTHER_NAMES:
        found += [Name(kind, full=text) for text in row.entries(field)]
    return tuple(found)
