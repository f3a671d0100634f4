"""How migrations run: on the app's own connection, in one transaction, the same revisions on both databases."""

from typing import Any

from alembic import context
from flask import current_app

from rfl.models.db import UtcDateTime

database = current_app.extensions["migrate"].db
metadata = database.metadatas[None]


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our moments as plain timestamps, so that old revisions do not depend on today's code."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def run() -> None:
    """Apply or write revisions; only with a connection, since some statements depend on the database."""
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            transaction_per_migration=True,
            render_item=render_item,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
