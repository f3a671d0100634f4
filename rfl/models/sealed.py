"""Encrypted columns: JSON sealed with the key of the row's society, bound to its table, row and column."""

import json
from typing import Any, Protocol

from flask import current_app


class SealsValues(Protocol):
    """What a row needs of the instance's keyring."""

    def seal(self, society_id: str, plain: bytes, *, bound_to: str) -> bytes:
        """Encrypt for one society."""

    def open(self, sealed: bytes, *, bound_to: str) -> bytes:
        """Decrypt at the same place."""

    def add_society(self, society_id: str) -> None:
        """Make the first key of a new society."""

    def owners(self, prefix: str) -> set[str]:
        """Return whose keys are there, by the beginning of the name."""

    def forget(self, owner: str) -> None:
        """Delete the keys of a society or a round."""

    def index_hash(self, value: str) -> int:
        """Return the keyed 64-bit hash of a candidate key."""

    def fingerprint(self, value: bytes) -> str:
        """Return a keyed fingerprint."""

    def chain_hash(self, value: bytes) -> str:
        """Return the keyed hash of an audit entry."""


class SealedRow(Protocol):
    """A row with sealed columns."""

    id: Any
    society_id: Any


def keyring() -> SealsValues:
    """Return the keyring of the running app."""
    ring: SealsValues = current_app.extensions["rfl.keyring"]
    return ring


class Sealed:
    """A JSON value kept sealed in the binary column `_<name>`; set `id` and `society_id` first."""

    def __set_name__(self, owner: type, name: str) -> None:
        """Remember the column."""
        self.name = name

    def _place(self, row: SealedRow) -> str:
        return f"{type(row).__tablename__}/{row.id}/{self.name}"  # type: ignore[attr-defined]  # set by the mapper

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        """Return the opened value, or None where nothing is stored."""
        if row is None:
            return self
        stored = getattr(row, f"_{self.name}")
        if stored is None:
            return None
        return json.loads(keyring().open(stored, bound_to=self._place(row)))

    def __set__(self, row: Any, value: Any) -> None:
        """Seal and store; None stores nothing."""
        plain = None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
        if not (row.id and row.society_id):
            raise ValueError("a sealed value needs the row's id and society first")
        sealed = None if plain is None else keyring().seal(row.society_id, plain, bound_to=self._place(row))
        setattr(row, f"_{self.name}", sealed)
