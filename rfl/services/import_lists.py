"""The file behind an import, sealed in the database: opened, sniffed, and turned into rows with stable keys.

Invariant: the same row of the same keeper's list has the same key in every file it ever comes in.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from matching.lists import fold_words
from rfl.domain.errors import RuleBroken
from rfl.domain.imports import PFIF, REQUEST, ListBasis, Reading
from rfl.domain.text import N_
from rfl.exchange.column_targets import ENQUIRER_PREFIX
from rfl.exchange.drafts import PersonDraft, RowProblem, RowSettings
from rfl.exchange.pfif import PfifNote, PfifPerson, read_pfif, to_draft
from rfl.exchange.rows import read_row, row_fingerprint
from rfl.exchange.tables import Table, read_table
from rfl.models.imports import ImportFile
from rfl.models.sealed import keyring

# What an XML document begins with, in the encodings that write "<" differently.
_XML_STARTS = (b"<?xml", b"<pfif", b"\xff\xfe<\x00", b"\xfe\xff\x00<")
# Kept of a foreign record besides what is compared: where it comes from and what it points to (never fetched).
_ORIGIN_FIELDS = (
    "author_name", "author_email", "author_phone", "source_name", "source_date", "source_url", "entry_date",
    "expiry_date", "photo_url", "profile_urls",
)  # fmt: skip


class FileGone(RuleBroken):
    """The file was removed, by somebody or because its time was over."""

    message = N_("The file of this import has been removed. Load it again.")


@dataclass(frozen=True)
class TakenRow:
    """One row that can be stored. `key` names the record, `said` its content, both as keyed fingerprints."""

    line: int
    cells: Sequence[str]
    key: str
    said: str
    draft: PersonDraft
    origin: Mapping[str, str] = field(default_factory=dict)
    expires_on: date | None = None
    request_key: str = ""
    enquirer_said: str = ""
    basis: ListBasis | None = None  # of this row alone; None where that of the whole list holds


@dataclass(frozen=True)
class BadRow:
    """One row that cannot be stored, and why."""

    line: int
    cells: Sequence[str]
    problems: Sequence[RowProblem]


@dataclass(frozen=True)
class GoneRow:
    """The order of a foreign registry to remove what was kept of a record."""

    line: int
    cells: Sequence[str]
    key: str


@dataclass(frozen=True)
class NoteRow:
    """What somebody said about a record in a foreign registry; without `content` it is to be removed."""

    line: int
    cells: Sequence[str]
    key: str
    person_key: str
    at: datetime | None = None
    content: Mapping[str, str] | None = None


ListItem = TakenRow | BadRow | GoneRow | NoteRow
Gate = Callable[[ListItem], ListItem]  # lets a row in, or turns it into a bad one


def open_to_all(item: ListItem) -> ListItem:
    """Let every row in as it is: for lists that people load with a basis of their own."""
    return item


def is_xml(data: bytes) -> bool:
    """Say whether the content is XML, whatever the file is called."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:8].lower().startswith(_XML_STARTS)


def seal_content(row: ImportFile, data: bytes) -> bytes:
    """Return the bytes of a file, sealed for its society and bound to its row."""
    return keyring().seal(row.society_id, data, bound_to=_place(row))


def open_content(row: ImportFile) -> bytes:
    """Return the bytes of the file; raises FileGone, KeyMissing or SealBroken."""
    if not row.content:
        raise FileGone
    return keyring().open(row.content, bound_to=_place(row))


def _place(row: ImportFile) -> str:
    return f"{ImportFile.__tablename__}/{row.id}/content"


def fingerprint(*parts: str) -> str:
    """Return the keyed fingerprint of several texts; it says nothing without the key of the instance."""
    return keyring().fingerprint("\x1f".join(parts).encode("utf-8", "replace"))


def file_fingerprint(society_id: str, data: bytes) -> str:
    """Return what is equal for the same file of the same society."""
    return keyring().fingerprint(b"import file\x1f" + society_id.encode() + b"\x1f" + data)


@dataclass(frozen=True)
class OpenList:
    """One list ready to be read, with what is said about it as a whole; `today` refuses later births.

    `scope` is the society that sent the list, where a society did: its rows then never meet records of anybody else.
    """

    society_id: str
    format: str
    target: str
    keeper: str
    own_domain: str
    mapping: Mapping[int, str]
    reading: Reading
    data: bytes
    at: datetime
    today: date
    scope: str = ""
    gate: Gate = open_to_all

    def table(self) -> Table:
        """Return the table of a CSV or XLSX file; raises FileRefused."""
        return read_table(self.data, encoding=self.reading.encoding or None, delimiter=self.reading.delimiter or None)

    def items(self) -> Iterator[ListItem]:
        """Yield every row in an order that is the same each time; of PFIF the persons come before the notes."""
        return map(self.gate, self._pfif_items() if self.format == PFIF else self._table_items())

    def _table_items(self) -> Iterator[ListItem]:
        table = self.table()
        settings = RowSettings(
            width=table.width, calendar=self.reading.calendar, list_date=self.reading.day(), today=self.today
        )
        for line, cells in table.rows:
            result = read_row(line, cells, self.mapping, settings=settings)
            yield self._taken(line, cells, result) if isinstance(result, PersonDraft) else BadRow(line, cells, result)

    def _taken(self, line: int, cells: list[str], draft: PersonDraft) -> TakenRow:
        about_enquirer = {at: to for at, to in self.mapping.items() if to.startswith(ENQUIRER_PREFIX)}
        about_person = {at: to for at, to in self.mapping.items() if at not in about_enquirer}
        said = self._said(cells, about_person)
        named = draft.source_record_id or said
        if self.target != REQUEST:
            return TakenRow(line, cells, self._key("person", named), said, draft, _origin_of(draft))
        enquirer_said = self._said(cells, about_enquirer)
        ref = draft.request_ref or f"{draft.source_record_id or said + enquirer_said}"
        return TakenRow(
            line,
            cells,
            self._key("sought", ref, named),
            said,
            draft,
            _origin_of(draft),
            request_key=self._key("request", ref),
            enquirer_said=enquirer_said,
        )

    def _said(self, cells: list[str], mapping: Mapping[int, str]) -> str:
        key = bytes.fromhex(fingerprint("import rows", self.society_id))
        return row_fingerprint(cells, mapping, key=key).hex()

    def _key(self, kind: str, *names: str) -> str:
        # Two camps number their lists alike, so a number means something only together with who gave it.
        return fingerprint("import", self.society_id, kind, self.scope or fold_words(self.keeper), *names)

    def _pfif_items(self) -> Iterator[ListItem]:
        for wants_notes in (False, True):
            for record in read_pfif(self.data, now=self.at, own_domain=self.own_domain):
                if isinstance(record, PfifNote) == wants_notes:
                    yield self._pfif_item(record)

    def _pfif_item(self, record: PfifPerson | PfifNote | RowProblem) -> ListItem:
        if isinstance(record, RowProblem):
            return BadRow(record.line, [str(record.params.get("record", ""))], [record])
        cells = [record.record_id]
        if isinstance(record, PfifNote):
            return self._pfif_note(record, cells)
        key = self.pfif_key(record.record_id)
        last_day = _last_day(record.expiry_date)
        if record.placeholder or (last_day and last_day < self.at.date()):
            return GoneRow(record.line, cells, key)
        origin = {"record_id": record.record_id} | {name: text for name in _ORIGIN_FIELDS if (text := record.get(name))}
        said = fingerprint("said", json.dumps(dict(record.fields), sort_keys=True))
        return TakenRow(record.line, cells, key, said, to_draft(record), origin, last_day)

    def _pfif_note(self, note: PfifNote, cells: list[str]) -> NoteRow:
        content = None if note.placeholder else {name: text for name, text in note.fields.items() if text}
        owner = self.pfif_key(note.person_record_id)
        return NoteRow(note.line, cells, self._pfif_note_key(note), owner, note.source_date, content)

    def pfif_key(self, record_id: str) -> str:
        """Return the key of a foreign record; its id is unique in the world, whoever sends it."""
        domain, _, local = record_id.partition("/")
        return fingerprint("pfif", self.society_id, *self._scope(), f"{domain.lower()}/{local}")

    def _pfif_note_key(self, note: PfifNote) -> str:
        domain, _, local = note.record_id.partition("/")
        return fingerprint("pfif note", self.society_id, *self._scope(), f"{domain.lower()}/{local}")

    def _scope(self) -> tuple[str, ...]:
        return (self.scope,) if self.scope else ()


def _origin_of(draft: PersonDraft) -> dict[str, str]:
    return {"record_id": draft.source_record_id} if draft.source_record_id else {}


def _last_day(expiry: datetime | None) -> date | None:
    """Return the last whole day before the moment of expiry: never a day too long."""
    return (expiry - timedelta(days=1)).date() if expiry else None
