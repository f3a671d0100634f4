"""Rows that could not be taken, as a file that can be corrected and loaded again.

The last column says what is wrong in words; it is known by its name and never imported.
"""

from collections.abc import Callable, Iterable, Sequence

from matching.lists import fold_words
from rfl.domain.text import N_
from rfl.exchange.column_targets import TARGETS
from rfl.exchange.columns import PROBLEM_HEADER
from rfl.exchange.drafts import RowProblem
from rfl.exchange.spreadsheets import unguard, write_csv

ONE_PROBLEM = N_("Line %(line)d, %(field)s: %(message)s %(remedy)s")
WHOLE_ROW = N_("row")

BadRow = tuple[Sequence[str], Sequence[RowProblem]]


def _untranslated(message: str) -> str:
    return message


def problem_text(problem: RowProblem, *, translate: Callable[[str], str] = _untranslated) -> str:
    """Return one problem as a sentence with its line, field and remedy, in the language of `translate`."""
    label = (
        TARGETS[problem.field].label
        if problem.field in TARGETS
        else WHOLE_ROW
        if problem.field == "row"
        else problem.field
    )
    said = {"message": problem.message, "remedy": problem.remedy}
    filled = {part: translate(text) % problem.params for part, text in said.items()}
    return translate(ONE_PROBLEM) % {"line": problem.line, "field": translate(label), **filled}


def problem_file(
    headers: Sequence[str], bad_rows: Iterable[BadRow], *, translate: Callable[[str], str] = _untranslated
) -> bytes:
    """Return a CSV file of the original columns and cells plus the problem column.

    A problem column that the list already had, from an earlier round, is replaced.
    """
    kept = [index for index, name in enumerate(headers) if fold_words(name) != PROBLEM_HEADER]
    rows = (_row(cells, problems, kept, len(headers), translate) for cells, problems in bad_rows)
    return b"".join(write_csv([*(headers[index] for index in kept), PROBLEM_HEADER], rows))


def _row(
    cells: Sequence[str], problems: Sequence[RowProblem], kept: list[int], width: int, translate: Callable[[str], str]
) -> list[str]:
    known = [unguard(cells[index]) if index < len(cells) else "" for index in kept]
    said = "\n".join(problem_text(problem, translate=translate) for problem in problems)
    # Cells beyond the last column stay visible behind the explanation, where a person can move them back.
    return [*known, said, *(unguard(cell) for cell in cells[width:])]
