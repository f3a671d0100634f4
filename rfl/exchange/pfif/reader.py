"""PFIF in: each record is read for itself, under the names of 1.4; a bad one becomes a problem and harms no other.

Invariant: when `read_pfif` returns, the document is well-formed and harmless from end to end.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from matching.lists import tidy_lines
from rfl.domain.text import N_
from rfl.exchange.drafts import RowProblem
from rfl.exchange.failures import EmptyFile, FileTooLarge
from rfl.exchange.limits import MAX_FILE_BYTES, MAX_RECORD_ID_CHARS, MEBIBYTE
from rfl.exchange.pfif.parsing import RawRecord, parse_records
from rfl.exchange.pfif.records import PfifNote, PfifPerson, read_time
from rfl.exchange.pfif.versions import NOTE_FIELDS, PERSON_FIELDS, PLACEHOLDER_FIELDS, VERSIONS

# Clocks of other registries may be a day ahead; a date beyond that would beat every later correction.
_CLOCK_TOLERANCE = timedelta(days=1)
_TIMES = ("source_date", "entry_date", "expiry_date")

EXPORT_AGAIN = N_("Correct the record in the registry it comes from and export it again.")
MISSING_FIELD = N_("The record %(record)s lacks a field that PFIF demands.")
BAD_ID = N_("The record %(record)s has no id of the form domain/number.")
OUR_ID = N_("The record %(record)s has an id that only this system may give.")
CHECK_SOURCE = N_("Ask the sender where the record comes from. Do not change the id by hand.")
BAD_TIME = N_("The time in the record %(record)s cannot be read. It must look like 2024-05-31T12:00:00Z.")
FUTURE_TIME = N_("The record %(record)s says that it was changed in the future.")
REPEATED_FIELD = N_("The record %(record)s has the same field twice.")
OVERLONG_FIELD = N_("The record %(record)s has a field that is far too long.")
OTHER_PERSON = N_("The note %(record)s stands inside one person but names another.")
SURPLUS_NOTES = N_("The record %(record)s has %(count)d notes more than are taken.")

PfifResult = PfifPerson | PfifNote | RowProblem


def read_pfif(data: bytes, *, now: datetime, own_domain: str = "") -> Iterator[PfifResult]:
    """Check a whole document, then yield its persons, each followed by its notes, and a problem for every bad record.

    A record past its expiry date at `now` comes as a placeholder that holds only its id and dates, and so do its
    notes: what was kept of them is to be removed. Ids of `own_domain` are refused, since only this system gives
    them. Raises FileTooLarge, EmptyFile and the failures of `parse_records`, before anything is yielded.
    """
    if len(data) > MAX_FILE_BYTES:
        raise FileTooLarge(limit=MAX_FILE_BYTES // MEBIBYTE)
    if not data.strip():
        raise EmptyFile
    expired = {
        fields["person_record_id"]
        for version, raw in parse_records(data)
        if raw.kind == "person" and _is_expired(fields := _current_names(raw, version), now)
    }
    reading = _Reading(now, own_domain.lower(), frozenset(expired - {""}))
    return (result for version, raw in parse_records(data) for result in reading.results(raw, version))


def _current_names(raw: RawRecord, version: str) -> dict[str, str]:
    """Return the fields under their names of 1.4; unknown ones are left out, both ids are always there."""
    known = PERSON_FIELDS if raw.kind == "person" else NOTE_FIELDS
    renamed = VERSIONS[version].renamed
    fields = {renamed.get(name, name): text for name, text in raw.fields.items() if text}
    if "other" in raw.fields and renamed.get("other"):
        fields["description"] = _description_of(raw.fields["other"])
    kept = {name: tidy_lines(fields[name]) for name in known if fields.get(name)}
    return {f"{raw.kind}_record_id": "", **kept}


def _description_of(other: str) -> str:
    """Before 1.4 a description stood in `other` behind a label, its lines indented; other labels stay as they are."""
    lines = [line.strip() for line in other.splitlines()]
    return "\n".join(line.removeprefix("description:").strip() for line in lines if line != "description:")


def _is_expired(fields: dict[str, str], now: datetime) -> bool:
    expiry = read_time(fields.get("expiry_date", ""))
    return expiry is not None and expiry <= now


class _Reading:
    """What holds for all records of one document while they are checked."""

    def __init__(self, now: datetime, own_domain: str, expired: frozenset[str]) -> None:
        self._now = now
        self._own_domain = own_domain
        self._expired = expired

    def results(self, raw: RawRecord, version: str) -> Iterator[PfifResult]:
        """Yield what one top-level element holds."""
        fields = _current_names(raw, version)
        if raw.kind == "note":
            yield self._note(raw, fields, version)
            return
        yield self._person(raw, fields, version)
        owner = fields["person_record_id"]
        for note in raw.notes:
            yield self._note(note, _current_names(note, version), version, owner=owner)
        if raw.surplus_notes:
            yield _problem(raw, "note", SURPLUS_NOTES, owner, count=raw.surplus_notes)

    def _person(self, raw: RawRecord, fields: dict[str, str], version: str) -> PfifPerson | RowProblem:
        record_id = fields["person_record_id"]
        if record_id in self._expired:
            kept = {name: fields[name] for name in PLACEHOLDER_FIELDS if name in fields}
            problem = self._bad_id(raw, record_id)
            return problem or PfifPerson(record_id, kept, raw.line, version, placeholder=True)
        problem = self._first_problem(raw, fields, VERSIONS[version].person_mandatory, record_id)
        return problem or PfifPerson(record_id, _with_full_name(fields), raw.line, version)

    def _note(self, raw: RawRecord, fields: dict[str, str], version: str, *, owner: str = "") -> PfifNote | RowProblem:
        record_id, person = fields["note_record_id"], fields.get("person_record_id") or owner
        if person in self._expired and record_id:
            return PfifNote(record_id, {}, raw.line, version, placeholder=True, person_record_id=person)
        if owner and person != owner:
            return _problem(raw, "person_record_id", OTHER_PERSON, record_id)
        mandatory = ("person_record_id", *VERSIONS[version].note_mandatory)
        problem = self._first_problem(raw, {**fields, "person_record_id": person}, mandatory, record_id)
        return problem or PfifNote(record_id, fields, raw.line, version, person_record_id=person)

    def _first_problem(
        self, raw: RawRecord, fields: dict[str, str], mandatory: tuple[str, ...], record_id: str
    ) -> RowProblem | None:
        missing = next((name for name in mandatory if not fields.get(name)), None)
        if missing:
            return _problem(raw, missing, MISSING_FIELD, record_id)
        for names, message in ((raw.repeated, REPEATED_FIELD), (raw.overlong, OVERLONG_FIELD)):
            if names:
                return _problem(raw, names[0], message, record_id)
        return self._bad_id(raw, record_id) or self._bad_time(raw, fields, record_id)

    def _bad_id(self, raw: RawRecord, record_id: str) -> RowProblem | None:
        domain, slash, local = record_id.partition("/")
        field = f"{raw.kind}_record_id"
        if not (domain and slash and local) or len(record_id) > MAX_RECORD_ID_CHARS:
            return _problem(raw, field, BAD_ID, record_id)
        if self._own_domain and domain.lower() == self._own_domain:
            return _problem(raw, field, OUR_ID, record_id, remedy=CHECK_SOURCE)
        return None

    def _bad_time(self, raw: RawRecord, fields: dict[str, str], record_id: str) -> RowProblem | None:
        # An unreadable expiry date cannot be honoured, so the record is not taken at all.
        for name in _TIMES:
            if fields.get(name) and read_time(fields[name]) is None:
                return _problem(raw, name, BAD_TIME, record_id)
        changed = read_time(fields.get("source_date", ""))
        if changed and changed > self._now + _CLOCK_TOLERANCE:
            return _problem(raw, "source_date", FUTURE_TIME, record_id)
        return None


def _with_full_name(fields: dict[str, str]) -> dict[str, str]:
    """Versions before 1.3 have no full name; the parts in their order are one."""
    parts = " ".join(fields[name] for name in ("given_name", "family_name") if name in fields)
    return fields if fields.get("full_name") else {**fields, "full_name": parts}


def _problem(
    raw: RawRecord, field: str, message: str, record_id: str, *, remedy: str = EXPORT_AGAIN, **params: object
) -> RowProblem:
    shown = record_id[:MAX_RECORD_ID_CHARS] or "?"
    return RowProblem(raw.line, field, message, remedy, {"record": shown, **params})
