"""Choosing what the columns of a list mean, and looking at its first rows as they would be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rfl.domain.consent import Purpose
from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.imports import PFIF, ListBasis, Reading
from rfl.domain.persons import Identity
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.drafts import RowProblem
from rfl.exchange.encodings import CHOICES
from rfl.exchange.tables import Notice
from rfl.models.imports import ImportFile
from rfl.models.work import Run
from rfl.services.import_files import check_ready, fetch_import, open_list
from rfl.services.import_lists import BadRow, GoneRow, ListItem, NoteRow, OpenList
from rfl.services.mappings import SAMPLES, check_mapping, propose_mapping, remember_mapping, stored
from rfl.services.runs import LIVE, RunUnderWay
from rfl.services.unit import Unit

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "Columns",
    "NoColumns",
    "Notice",
    "Preview",
    "PreviewRow",
    "read_columns",
    "read_preview",
    "save_columns",
    "save_reading",
]

PREVIEW = 20  # rows shown before the import starts: one screen
SHOWN_SAMPLES = 2  # values of a column that make its meaning clear
LONGEST_SAMPLE = 60
ENCODINGS = CHOICES  # names of letters that can be chosen, the commonest first
NOT_OFFERED = N_("Choose one of the entries offered.")
DELIMITERS = {",": N_("Comma"), ";": N_("Semicolon"), "\t": N_("Tab"), "|": N_("Vertical bar")}


class NoColumns(RuleBroken):
    """PFIF says itself what each field means."""

    message = N_("This file says itself what its fields mean; there are no columns to choose.")


@dataclass(frozen=True)
class Column:
    """One column of the list: its name, two of its values, and the field chosen for it (empty: left out)."""

    index: int
    header: str
    samples: tuple[str, ...]
    chosen: str


@dataclass(frozen=True)
class Columns:
    """What the mapping page shows; `known` says that this society chose columns for such a list before."""

    columns: tuple[Column, ...]
    known: bool
    notices: tuple[Notice, ...]
    encoding: str
    delimiter: str


@dataclass(frozen=True)
class PreviewRow:
    """One row as it would be read; `kind` is taken, bad, gone or note."""

    line: int
    kind: str
    identity: Identity | None = None
    enquirer: str = ""
    relation: str = ""
    text: str = ""
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True)
class Preview:
    """The first rows of a list; `matched` says whether its people will take part in matching."""

    rows: tuple[PreviewRow, ...]
    matched: bool


def read_columns(actor: Actor, import_id: str) -> Columns:
    """Return the columns of a list with what was chosen or is proposed; raises NotFound, NoColumns, FileGone."""
    with Unit(actor) as unit:
        row = fetch_import(unit.session, actor, import_id)
        if row.format == PFIF:
            raise NoColumns
        opened = open_list(unit.session, row, unit.at)
        unit.record("import:read", row.id)
        samples = _samples(opened)
        chosen, known = dict(opened.mapping), False
        if not chosen:
            headers = (row.about or {}).get("headers", [])
            chosen, known = propose_mapping(unit.session, row.society_id, row.target, headers, samples)
    table = opened.table()
    columns = tuple(
        Column(index, header, _first_values(samples, index), chosen.get(index, ""))
        for index, header in enumerate(table.headers)
    )
    return Columns(columns, known, table.notices, table.encoding, table.delimiter)


def _samples(opened: OpenList) -> list[list[str]]:
    return [cells for _, cells in islice(opened.table().rows, SAMPLES)]


def _first_values(samples: Sequence[Sequence[str]], index: int) -> tuple[str, ...]:
    values = (row[index].strip() for row in samples if index < len(row))
    return tuple(islice((value[:LONGEST_SAMPLE] for value in values if value), SHOWN_SAMPLES))


def save_columns(actor: Actor, import_id: str, mapping: Mapping[int, str]) -> None:
    """Keep what each column means, also for the next list of this shape.

    Raises FieldError for `column-<index>` or "columns", RunUnderWay, NotFound, NoColumns.
    """
    with Unit(actor) as unit:
        row = _changeable(unit, import_id)
        check_mapping(row.target, mapping)
        headers = (row.about or {}).get("headers", [])
        if any(index >= len(headers) for index in mapping):
            raise FieldError("columns", NOT_OFFERED)
        row.mapping = stored(mapping)
        remember_mapping(unit, row.society_id, row.target, headers, mapping)
        unit.record("import:mapped", row.id, columns=len(mapping))


def save_reading(actor: Actor, import_id: str, *, encoding: str, delimiter: str) -> None:
    """Read a CSV file with other letters or another delimiter ("" finds them again); columns are chosen anew.

    Raises FieldError for "encoding" or "delimiter", FileRefused when the file does not fit them, RunUnderWay.
    """
    if encoding and encoding not in ENCODINGS:
        raise FieldError("encoding", NOT_OFFERED)
    if delimiter and delimiter not in DELIMITERS:
        raise FieldError("delimiter", NOT_OFFERED)
    with Unit(actor) as unit:
        row = _changeable(unit, import_id)
        reading = replace(Reading.from_dict(row.settings), encoding=encoding, delimiter=delimiter)
        table = replace(open_list(unit.session, row, unit.at), reading=reading).table()
        row.settings = replace(reading, rows=sum(1 for _ in table.rows)).to_dict()
        row.about = {**(row.about or {}), "headers": table.headers}
        row.mapping = {}
        unit.record("import:reading_changed", row.id)


def _changeable(unit: Unit, import_id: str) -> ImportFile:
    row = fetch_import(unit.session, unit.actor, import_id, lock=True)
    if row.format == PFIF:
        raise NoColumns
    run = unit.session.get(Run, row.run_id) if row.run_id else None
    if run is not None and run.state in LIVE:
        raise RunUnderWay
    return row


def read_preview(actor: Actor, import_id: str) -> Preview:
    """Return the first rows as they would be read; raises NotFound, FileGone, FieldError without columns."""
    with Unit(actor) as unit:
        row = fetch_import(unit.session, actor, import_id)
        check_ready(row)
        opened = open_list(unit.session, row, unit.at)
        basis = ListBasis.from_dict(row.consent)
        unit.record("import:previewed", row.id)
    rows = tuple(_shown(item) for item in islice(opened.items(), PREVIEW))
    # A list that a society sent has a basis for each row, and no row without one is taken.
    return Preview(rows, bool(opened.scope) or Purpose.MATCHING in basis.purposes)


def _shown(item: ListItem) -> PreviewRow:
    if isinstance(item, BadRow):
        return PreviewRow(
            item.line, "bad", text=" · ".join(cell for cell in item.cells if cell)[:200], problems=tuple(item.problems)
        )
    if isinstance(item, GoneRow):
        return PreviewRow(item.line, "gone", text=" ".join(item.cells))
    if isinstance(item, NoteRow):
        return PreviewRow(item.line, "note", text=(item.content or {}).get("text", "")[:200])
    enquirer = item.draft.enquirer.display_name() if item.draft.enquirer else ""
    return PreviewRow(item.line, "taken", item.draft.identity, enquirer, item.draft.relation)
