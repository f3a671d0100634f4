"""The database object, its naming convention and what each kind of database needs at connection."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, String, TypeDecorator, event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
ID = String(16)
WRITES = "rfl_writes"  # execution option: this transaction will write
BUSY_SECONDS = 10  # how long a writer waits for another on SQLite (measured: 5 s is at the edge under load)


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored as UTC without zone on both databases."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; store UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as aware UTC."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


def prepare_sqlite(engine: Engine, *, durable: bool = True) -> None:
    """Make SQLite durable and strict, and let writers take the lock at the start (BEGIN IMMEDIATE).

    A transaction that reads first and writes later would fail with "database is locked" instead of waiting.
    Only throw-away databases of tests are not `durable`.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # the driver must not open transactions of its own
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={'FULL' if durable else 'OFF'}",  # an acknowledged decision survives a power cut
            "foreign_keys=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "secure_delete=ON",  # erased pages are overwritten in the file
        ):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def attach(app: Flask) -> None:
    """Connect the app to its database and to the migrations beside the tables."""
    db.init_app(app)
    with app.app_context():
        prepare_sqlite(db.engine, durable=not app.testing)
    Migrate(app, db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True, compare_type=True)
