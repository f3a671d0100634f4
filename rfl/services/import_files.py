"""One way to load an import for somebody who may see it, and to open its list."""

from datetime import datetime

from sqlalchemy.orm import Session, undefer

from rfl.domain.clock import local_day
from rfl.domain.errors import FieldError, NotFound
from rfl.domain.imports import PFIF, Reading
from rfl.domain.roles import Actor
from rfl.models.accounts import Society
from rfl.models.imports import ImportFile
from rfl.services.clear_admission import admission_of
from rfl.services.import_lists import OpenList, open_content, open_to_all
from rfl.services.mappings import NO_NAME_COLUMN, check_mapping
from rfl.services.scope import fetch
from rfl.services.societies import zone_of


def fetch_import(session: Session, actor: Actor, import_id: str, *, lock: bool = False) -> ImportFile:
    """Return an import of the actor's society; a list may hold children, so staff not cleared see only their own.

    Raises NotAllowed or NotFound.
    """
    row = fetch(session, actor, "import.run", ImportFile, import_id, lock=lock)
    if row.uploaded_by != actor.id and not actor.minors_cleared:
        raise NotFound
    return row


def open_list(session: Session, row: ImportFile, at: datetime) -> OpenList:
    """Return the list of an import, opened; raises FileGone."""
    sealed = session.get_one(ImportFile, row.id, options=[undefer(ImportFile.content)])
    society = session.get_one(Society, row.society_id)
    today = local_day(at, zone_of(society))
    admission = admission_of(session, row.id, today)
    return OpenList(
        society_id=row.society_id,
        format=row.format,
        target=row.target,
        keeper=(row.about or {}).get("keeper", ""),
        own_domain=pfif_domain(society),
        mapping={int(index): key for index, key in row.mapping.items()},
        reading=Reading.from_dict(row.settings),
        data=open_content(sealed),
        at=at,
        today=today,
        scope=admission.party if admission else "",
        gate=admission.admit if admission else open_to_all,
    )


def check_ready(row: ImportFile) -> None:
    """Refuse an import whose columns were not chosen yet; raises FieldError for a column or "columns"."""
    if row.format == PFIF:
        return
    if not row.mapping:
        raise FieldError("columns", NO_NAME_COLUMN)
    check_mapping(row.target, {int(index): key for index, key in row.mapping.items()})


def pfif_domain(society: Society) -> str:
    """Return the domain under which a society gives out record ids; only the society itself may give them.

    Without one of its own it is a name below `.invalid`, which RFC 2606 keeps from ever belonging to anybody.
    """
    return str(society.settings.get("pfif_domain") or f"{society.code.lower()}.rfl.invalid").lower()
