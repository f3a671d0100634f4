"""Imports as people handle them: load a file, say who keeps it and on which basis, watch it, remove it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rfl.domain.calendars import CALENDARS
from rfl.domain.cleaning import LINE_LENGTH, clean_line
from rfl.domain.clock import local_day, now
from rfl.domain.consent_talk import check_talk
from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.imports import PFIF, REGISTERED, TARGETS, ListBasis, Reading
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.failures import FileRefused, FileTooLarge
from rfl.exchange.limits import MAX_FILE_BYTES, MEBIBYTE
from rfl.exchange.pfif import read_pfif
from rfl.exchange.tables import read_table
from rfl.models.accounts import Society, User
from rfl.models.clear_lists import ClearList
from rfl.models.imports import ImportFile, ImportProblem, PersonSource
from rfl.models.index import MatchDue
from rfl.models.work import Run
from rfl.services.import_files import fetch_import, pfif_domain
from rfl.services.import_lists import file_fingerprint, is_xml, seal_content
from rfl.services.runs import RunView, view
from rfl.services.scope import require, within
from rfl.services.unit import Look, Unit

__all__ = [
    "AlreadyStarted",
    "FileRefused",
    "ImportLine",
    "ImportView",
    "Upload",
    "Uploaded",
    "count_waiting",
    "list_imports",
    "read_import",
    "remove_import",
    "upload",
]

KEEPER_MISSING = N_("Write who keeps this list, for example the camp or the organisation.")
NOT_OFFERED = N_("Choose one of the entries offered.")
DAY_TO_COME = N_("This day has not come yet. Write the day on which the list was written.")
MOST_LISTED = 50  # imports shown; older ones have left their records behind


class SentByPartner(RuleBroken):
    """A list that a society sent is refused towards that society, not thrown away."""

    message = N_("This list was sent by another society. Refuse it on its own page, so that the society learns of it.")


class AlreadyStarted(RuleBroken):
    """What an import stored stays, so its file stays until its time is over."""

    message = N_("This import was started already, so its file stays for 30 days and is then removed by itself.")


@dataclass(frozen=True)
class Upload:
    """What people say about a file while they load it."""

    data: bytes
    filename: str
    target: str
    keeper: str
    basis: ListBasis
    list_date: date | None = None
    calendar: str = "gregorian"


@dataclass(frozen=True)
class Uploaded:
    """Result of loading a file; `earlier` is when the very same file was loaded before."""

    id: str
    earlier: datetime | None
    needs_columns: bool


@dataclass(frozen=True)
class ImportLine:
    """One import in the list of imports."""

    id: str
    filename: str
    keeper: str
    format: str
    target: str
    rows: int
    uploaded_at: datetime
    uploaded_by: str
    run: RunView | None


@dataclass(frozen=True)
class ImportView:
    """One import with everything that its pages show."""

    line: ImportLine
    basis: ListBasis
    reading: Reading
    headers: tuple[str, ...]
    has_columns: bool
    has_file: bool
    earlier: datetime | None
    problems: int
    list_id: str | None  # of the list with names that another society sent, if this is one


@dataclass(frozen=True)
class Surveyed:
    """A file that was read from end to end and can be kept: what people said of it, its columns, rows and format."""

    given: Upload
    headers: list[str]
    rows: int
    format: str


def upload(actor: Actor, given: Upload) -> Uploaded:
    """Check a file from end to end and keep it sealed; nothing is imported yet.

    Raises NotAllowed, FieldError for a field of `Upload` or of its basis, or FileRefused.
    """
    found = survey(actor, given)
    with Unit(actor) as unit:
        row = keep(unit, found)
        earlier = _earlier(unit.session, row)
        unit.record("import:uploaded", row.id, format=row.format, rows=found.rows, again=earlier is not None)
    return Uploaded(row.id, earlier, row.format != PFIF)


def survey(actor: Actor, given: Upload) -> Surveyed:
    """Check a file from end to end; raises as `upload` does."""
    require(actor, "import.run")
    given = _checked(actor, given)
    with Look(actor) as look:
        domain = pfif_domain(look.session.get_one(Society, actor.society_id))
    return Surveyed(given, *_survey(given, PFIF if is_xml(given.data) else "", domain))


def keep(unit: Unit, found: Surveyed) -> ImportFile:
    """Keep a file that was read from end to end, sealed, within `unit`."""
    given = found.given
    row = ImportFile(
        id=new_id(),
        society_id=unit.actor.society_id,
        format=found.format,
        target=REGISTERED if found.format == PFIF else given.target,
        fingerprint=file_fingerprint(unit.actor.society_id, given.data),
        uploaded_by=unit.actor.id,
        uploaded_at=unit.at,
    )
    day = given.list_date.isoformat() if given.list_date else ""
    row.settings = Reading(given.calendar, day, rows=found.rows).to_dict()
    row.consent = given.basis.to_dict() if given.basis.purposes else {}
    row.name = given.filename
    row.about = {"keeper": given.keeper, "headers": found.headers}
    row.content = seal_content(row, given.data)
    unit.session.add(row)
    return row


def _checked(actor: Actor, given: Upload) -> Upload:
    today = local_day(now(), actor.time_zone)
    if given.target not in TARGETS:
        raise FieldError("target", NOT_OFFERED)
    if given.calendar not in CALENDARS:
        raise FieldError("calendar", NOT_OFFERED)
    if given.list_date and given.list_date > today:
        raise FieldError("list_date", DAY_TO_COME)
    if given.basis.purposes:
        check_talk(given.basis.answers(), given.basis.talk(), today=today)
    keeper = clean_line(given.keeper, "keeper", limit=LINE_LENGTH)
    if not keeper and not is_xml(given.data):
        raise FieldError("keeper", KEEPER_MISSING)
    return replace(given, keeper=keeper, filename=_plain_name(given.filename))


def _plain_name(filename: str) -> str:
    """Return the name without folders and controls; it is shown to people and used for nothing else."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(ch for ch in last if ch.isprintable())[:LINE_LENGTH]


def _survey(given: Upload, file_format: str, domain: str) -> tuple[list[str], int, str]:
    """Return column names, number of rows and format; whatever is wrong with the file as a whole is raised here."""
    if file_format == PFIF:
        return [], sum(1 for _ in read_pfif(given.data, now=now(), own_domain=domain)), PFIF
    if len(given.data) > MAX_FILE_BYTES:
        raise FileTooLarge(limit=MAX_FILE_BYTES // MEBIBYTE)
    table = read_table(given.data, given.filename)
    return table.headers, sum(1 for _ in table.rows), table.format


def _earlier(session: Session, row: ImportFile) -> datetime | None:
    """Return when the same file was loaded last before this one."""
    same = select(func.max(ImportFile.uploaded_at)).where(
        ImportFile.society_id == row.society_id,
        ImportFile.fingerprint == row.fingerprint,
        ImportFile.id != row.id,
        ImportFile.uploaded_at <= row.uploaded_at,
    )
    return session.scalar(same)


def list_imports(actor: Actor) -> list[ImportLine]:
    """Return the newest imports that the actor may see; raises NotAllowed."""
    require(actor, "import.run")
    with Look(actor) as look:
        rules = [within(actor, ImportFile)]
        if not actor.minors_cleared:
            rules.append(ImportFile.uploaded_by == actor.id)
        rows = look.session.execute(
            select(ImportFile, Run, User.display_name)
            .outerjoin(Run, Run.id == ImportFile.run_id)
            .outerjoin(User, User.id == ImportFile.uploaded_by)
            .where(*rules)
            .order_by(ImportFile.uploaded_at.desc(), ImportFile.id)
            .limit(MOST_LISTED)
        ).all()
        return [_line(row, run, name) for row, run, name in rows]


def read_import(actor: Actor, import_id: str) -> ImportView:
    """Return one import; raises NotFound, NotAllowed."""
    with Look(actor) as look:
        row = fetch_import(look.session, actor, import_id)
        run = look.session.get(Run, row.run_id) if row.run_id else None
        name = look.session.scalar(select(User.display_name).where(User.id == row.uploaded_by))
        has_file = look.session.scalar(select(func.length(ImportFile.content)).where(ImportFile.id == row.id))
        problems = select(func.count()).select_from(ImportProblem).where(ImportProblem.import_id == row.id)
        return ImportView(
            line=_line(row, run, name),
            basis=ListBasis.from_dict(row.consent),
            reading=Reading.from_dict(row.settings),
            headers=tuple((row.about or {}).get("headers", ())),
            has_columns=bool(row.mapping) or row.format == PFIF,
            has_file=bool(has_file),
            earlier=_earlier(look.session, row),
            problems=look.session.scalar(problems) or 0,
            list_id=look.session.scalar(select(ClearList.id).where(ClearList.import_id == row.id)),
        )


def _line(row: ImportFile, run: Run | None, name: str | None) -> ImportLine:
    return ImportLine(
        id=row.id,
        filename=row.name or "",
        keeper=(row.about or {}).get("keeper", ""),
        format=row.format,
        target=row.target,
        rows=Reading.from_dict(row.settings).rows,
        uploaded_at=row.uploaded_at,
        uploaded_by=name or "",
        run=view(run) if run else None,
    )


def count_waiting(actor: Actor, import_id: str) -> int:
    """Return how many persons of an import still wait to be matched; raises NotFound, NotAllowed."""
    with Look(actor) as look:
        row = fetch_import(look.session, actor, import_id)
        waiting = (
            select(func.count())
            .select_from(MatchDue)
            .join(PersonSource, PersonSource.id == MatchDue.person_id)
            .where(PersonSource.import_id == row.id)
        )
        return look.session.scalar(waiting) or 0


def remove_import(actor: Actor, import_id: str) -> None:
    """Remove a file that was never started; raises NotFound, NotAllowed, AlreadyStarted or SentByPartner."""
    with Unit(actor) as unit:
        row = fetch_import(unit.session, actor, import_id, lock=True)
        if row.run_id is not None:
            raise AlreadyStarted
        if unit.session.scalar(select(ClearList.id).where(ClearList.import_id == row.id)):
            raise SentByPartner
        unit.session.delete(row)
        unit.record("import:removed", import_id)


def was_started(session: Session, import_id: str | None) -> bool:
    """Say whether an import has begun to store rows."""
    return bool(import_id and session.scalar(select(ImportFile.run_id).where(ImportFile.id == import_id)))
