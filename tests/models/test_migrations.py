"""The revisions make exactly the tables that the code declares, up and down, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from rfl.models import db

TRIGGERS = {"disclosure_newest_choice", "telling_newest_choice"}


def tables() -> set[str]:
    with db.engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def triggers() -> set[str]:
    source = (
        "sqlite_master WHERE type = 'trigger'"
        if db.engine.dialect.name == "sqlite"
        else "pg_trigger WHERE NOT tgisinternal"
    )
    column = "name" if db.engine.dialect.name == "sqlite" else "tgname"
    with db.engine.connect() as connection:
        return set(connection.scalars(text(f"SELECT {column} FROM {source}")))


def test_the_newest_revision_is_what_the_tables_declare(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_the_gate_is_part_of_the_migrated_schema(app):
    assert triggers() >= TRIGGERS


def test_every_revision_can_be_taken_back_and_made_again(app):
    db.session.remove()
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == set(db.metadata.tables)
    assert triggers() >= TRIGGERS


@pytest.mark.parametrize("what", ["check", "foreign", "unique"])
def test_named_constraints_arrive(app, what):
    with db.engine.connect() as connection:
        inspector = inspect(connection)
        ask = {
            "check": lambda: inspector.get_check_constraints("confirmation"),
            "foreign": lambda: inspector.get_foreign_keys("disclosure"),
            "unique": lambda: inspector.get_unique_constraints("proposal"),
        }[what]
        assert len(ask()) >= 3
