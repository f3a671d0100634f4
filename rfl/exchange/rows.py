"""One row of a list becomes one person, or problems that name line, field and remedy.

A bad field makes its own row bad and no other; nothing is guessed in silence and nothing is dropped.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

from matching.lists import fold_words, tidy_lines
from rfl.domain.persons import Identity, NameKind, PersonName, Place
from rfl.exchange import row_problems as say
from rfl.exchange.cells import Cells
from rfl.exchange.column_targets import ENQUIRER_PREFIX
from rfl.exchange.drafts import PersonDraft, RowProblem, RowResult, RowSettings
from rfl.exchange.spreadsheets import unguard

__all__ = ["PersonDraft", "RowProblem", "RowResult", "RowSettings", "mapped_values", "read_row", "row_fingerprint"]

_STATELESS = "Nationality: stateless"
_CONTACT_FIELDS = ("phone", "email", "address")


def mapped_values(cells: Sequence[str], mapping: Mapping[int, str]) -> dict[str, list[str]]:
    """Return target -> its cells in column order, without the guards that files get against formulas."""
    values: dict[str, list[str]] = {}
    for index in sorted(mapping):
        if index < len(cells):
            values.setdefault(mapping[index], []).append(unguard(cells[index]))
    return values


def row_fingerprint(cells: Sequence[str], mapping: Mapping[int, str], *, key: bytes) -> bytes:
    """Return 32 bytes that are equal for rows that say the same, however spaced or in which order of columns.

    `key` (16 to 64 bytes, one per society) keeps stolen fingerprints from being tried against lists of names.
    """
    said = {
        target: kept
        for target, texts in mapped_values(cells, mapping).items()
        if (kept := [tidy_lines(text) for text in texts if text.strip()])
    }
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.blake2b(canonical.encode("ascii"), key=key, digest_size=32, person=b"rfl import row").digest()


def read_row(
    line: int, cells: list[str], mapping: Mapping[int, str], *, settings: RowSettings | None = None
) -> RowResult:
    """Read one row; return a PersonDraft, or all its problems. Never raises for what a cell may hold."""
    settings = settings or RowSettings()
    row = Cells(line, mapped_values(cells, mapping), settings)
    # Programs end a row with empty cells beyond the last column; they move nothing.
    if settings.width and (len(cells) < settings.width or any(cells[settings.width :])):
        row.complain("row", say.WRONG_WIDTH, say.MEND_WIDTH, found=len(cells), expected=settings.width)
        return row.problems
    draft = _draft(row)
    return row.problems or draft


def _draft(row: Cells) -> PersonDraft:
    identity = _identity(row, "")
    if not identity.names and not row.problems_with_names():
        row.complain("full_name", say.NO_NAME, say.ADD_NAME)
    has_enquirer = row.filled(ENQUIRER_PREFIX)
    enquirer = _identity(row, ENQUIRER_PREFIX) if has_enquirer else None
    if enquirer is not None and not enquirer.names:
        row.complain(ENQUIRER_PREFIX + "full_name", say.NO_ENQUIRER_NAME, say.ADD_ENQUIRER_NAME)
    stateless = [_STATELESS] if row.is_stateless("nationality") else []
    return PersonDraft(
        identity=identity,
        contact=_contact(row, ""),
        source_record_id=row.text("source_record_id"),
        note="\n".join([*row.parts("notes"), *stateless]),
        request_ref=row.text("request_ref"),
        enquirer=enquirer,
        enquirer_contact=_contact(row, ENQUIRER_PREFIX),
        relation=row.relation("relation"),
    )


def _contact(row: Cells, prefix: str) -> dict[str, str]:
    return {field: text for field in _CONTACT_FIELDS if (text := row.text(prefix + field, "\n"))}


def _identity(row: Cells, prefix: str) -> Identity:
    calendar = row.calendar()
    last_contact = row.day(prefix + "last_contact_date", calendar)
    as_of = row.day(prefix + "age_as_of", calendar)
    return Identity(
        names=_names(row, prefix),
        sex=row.sex(prefix + "sex"),
        birth=row.day(prefix + "date_of_birth", calendar),
        age=row.age(prefix + "age", as_of, last_contact),
        mother_name=row.text(prefix + "mother_name"),
        birth_place=Place(row.text(prefix + "place_of_birth", ", "), row.country(prefix + "birth_country")),
        nationalities=row.nationalities(prefix + "nationality"),
        last_place=Place(row.text(prefix + "last_known_place", ", "), row.country(prefix + "last_country")),
        last_contact=last_contact,
        relatives=row.relatives(prefix + "relatives"),
        occupation=row.text(prefix + "occupation"),
        marks=row.text(prefix + "marks"),
    )


def _names(row: Cells, prefix: str) -> tuple[PersonName, ...]:
    """Return the names of one person, each once: in parts, whole, romanised, and every other spelling."""
    found = [
        *_main_names(row, prefix, NameKind.ORIGINAL, "", "full_name"),
        *_main_names(row, prefix, NameKind.ROMANISED, "romanised_", "romanised_name"),
    ]
    for kind, field in (
        (NameKind.DOCUMENT, "document_name"),
        (NameKind.MARRIED, "married_name"),
        (NameKind.NICKNAME, "nickname"),
        (NameKind.OTHER, "alternate_names"),
    ):
        found += [PersonName(kind, full=text) for text in row.entries(prefix + field)]
    once = {(fold_words(name.text()) or name.text()): name for name in reversed(found)}
    return tuple(reversed(once.values()))


def _main_names(row: Cells, prefix: str, kind: NameKind, spelling: str, whole: str) -> list[PersonName]:
    """A list may give the parts, the whole name or both; the whole is kept beside the parts where it says more."""
    given, father, grandfather, family = (
        row.text(f"{prefix}{spelling}{part}_name") for part in ("given", "father", "grandfather", "family")
    )
    parts = PersonName(kind, given, father, grandfather, family)
    full = row.text(prefix + whole)
    names = [parts] if parts.text() else []
    if full and sorted(fold_words(full).split()) != sorted(fold_words(parts.text()).split()):
        names.append(PersonName(kind, full=full))
    return names
