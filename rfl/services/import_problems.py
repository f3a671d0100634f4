"""The rows of an import that were not taken: shown in pages, and given back as a file that can be mended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from rfl.domain.imports import PFIF
from rfl.domain.roles import Actor
from rfl.exchange.drafts import RowProblem
from rfl.exchange.problem_files import BadRow, problem_file
from rfl.models.imports import ImportProblem
from rfl.services.import_files import fetch_import
from rfl.services.paging import page_within
from rfl.services.unit import Look, Unit

__all__ = [
    "ProblemPage",
    "ProblemRow",
    "RowProblem",
    "read_problems",
    "write_problem_file",
]

PAGE_SIZE = 25
_RECORD_COLUMN = "person_record_id"  # what a bad record of PFIF is known by


@dataclass(frozen=True)
class ProblemRow:
    """One bad row: where it stands, what it holds, and everything wrong with it."""

    line: int
    cells: tuple[str, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True)
class ProblemPage:
    """One page of bad rows in the order of the file."""

    rows: tuple[ProblemRow, ...]
    page: int
    pages: int
    total: int


def read_problems(actor: Actor, import_id: str, page: int = 1) -> ProblemPage:
    """Return one page of the rows that were not taken; raises NotFound, NotAllowed."""
    with Unit(actor) as unit:
        row = fetch_import(unit.session, actor, import_id)
        mine = ImportProblem.import_id == row.id
        total = unit.session.scalar(select(func.count()).select_from(ImportProblem).where(mine)) or 0
        page, pages = page_within(page, total, PAGE_SIZE)
        found = unit.session.scalars(
            select(ImportProblem)
            .where(mine)
            .order_by(ImportProblem.line, ImportProblem.id)
            .limit(PAGE_SIZE)
            .offset((page - 1) * PAGE_SIZE)
        )
        rows = tuple(_opened(one) for one in found)
        unit.record("import:problems_read", row.id, shown=len(rows))
    return ProblemPage(rows, page, pages, total)


def write_problem_file(actor: Actor, import_id: str, *, translate: Callable[[str], str]) -> bytes:
    """Return the bad rows as a CSV file that can be corrected and loaded again, with what is wrong in words.

    Raises NotFound, NotAllowed.
    """
    with Look(actor) as look:
        row = fetch_import(look.session, actor, import_id)
        headers = [_RECORD_COLUMN] if row.format == PFIF else list((row.about or {}).get("headers", ()))
        found = look.session.scalars(
            select(ImportProblem)
            .where(ImportProblem.import_id == row.id)
            .order_by(ImportProblem.line, ImportProblem.id)
            .execution_options(yield_per=500)
        )
        data = problem_file(headers, _bad_rows(_opened(one) for one in found), translate=translate)
    # Built without the write lock, which a large file would hold for long; nothing leaves before the entry.
    with Unit(actor) as unit:
        unit.record("import:problems_exported", row.id)
    return data


def _bad_rows(rows: Iterator[ProblemRow]) -> Iterator[BadRow]:
    return ((row.cells, row.problems) for row in rows)


def _opened(row: ImportProblem) -> ProblemRow:
    told = row.content or {}
    problems = tuple(
        RowProblem(row.line, one["field"], one["message"], one["remedy"], one["params"])
        for one in told.get("problems", ())
    )
    return ProblemRow(row.line, tuple(told.get("cells", ())), problems)
