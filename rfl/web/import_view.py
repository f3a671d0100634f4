"""Rows of a list worded for the screen: what was read, and what is wrong with it."""

from dataclasses import dataclass

from flask_babel import gettext

from rfl.domain.persons import RELATIONS
from rfl.services.import_columns import Notice, Preview, PreviewRow
from rfl.services.import_problems import ProblemRow, RowProblem
from rfl.services.mappings import field_label
from rfl.web.person_view import IdentityView, view_identity


@dataclass(frozen=True)
class ProblemWords:
    """One problem: the field it is about, what is wrong, and what to do."""

    field: str
    message: str
    remedy: str


@dataclass(frozen=True)
class RowView:
    """One row of the preview."""

    line: int
    kind: str
    person: IdentityView | None
    enquirer: str
    relation: str
    text: str
    problems: tuple[ProblemWords, ...]


def view_preview(preview: Preview) -> list[RowView]:
    """Return the rows of a preview in words."""
    return [_view_row(row) for row in preview.rows]


def _view_row(row: PreviewRow) -> RowView:
    return RowView(
        row.line,
        row.kind,
        view_identity(row.identity) if row.identity else None,
        row.enquirer,
        gettext(RELATIONS[row.relation]) if row.relation in RELATIONS else "",
        row.text,
        tuple(_words(one) for one in row.problems),
    )


def problem_words(row: ProblemRow) -> tuple[ProblemWords, ...]:
    """Return everything wrong with one row in words."""
    return tuple(_words(one) for one in row.problems)


def _words(problem: RowProblem) -> ProblemWords:
    label = field_label(problem.field)
    return ProblemWords(
        gettext(label) if label else problem.field,
        gettext(problem.message) % problem.params,
        gettext(problem.remedy) % problem.params,
    )


def word_notice(notice: Notice) -> str:
    """Return a notice about the file as a whole in words."""
    text: str = gettext(notice.message) % notice.params
    return text
