"""The file of a list that came: sealed until it becomes an import, and gone once it is refused or recalled."""

from sqlalchemy import delete, update

from rfl.models.clear_lists import ClearList
from rfl.models.imports import ImportFile, ImportProblem
from rfl.models.sealed import keyring
from rfl.services.unit import Unit


def seal_file(row: ClearList, data: bytes) -> bytes:
    """Return the bytes of a list, sealed for its society and bound to its row."""
    return keyring().seal(row.society_id, data, bound_to=_place(row))


def open_file(row: ClearList) -> bytes:
    """Return the bytes of a list that nobody has opened or refused yet; raises KeyMissing or SealBroken."""
    return keyring().open(row.file, bound_to=_place(row))


def drop_file(unit: Unit, row: ClearList) -> None:
    """Let the file go, with what the import kept of it to be mended: the people in it were recalled or refused."""
    row.file = b""
    if row.import_id is None:
        return
    unit.session.execute(delete(ImportProblem).where(ImportProblem.import_id == row.import_id))
    unit.session.execute(update(ImportFile).where(ImportFile.id == row.import_id).values(content=b""))


def _place(row: ClearList) -> str:
    return f"{ClearList.__tablename__}/{row.id}/file"
