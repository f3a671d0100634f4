"""The tables, one file per aggregate; importing this package makes them all known."""

from rfl.models import (
    accounts,
    aftercare,
    audit,
    corrections,
    exchange,
    imports,
    index,
    persons,
    proposals,
    requests,
    work,
)
from rfl.models.db import db

__all__ = [
    "accounts",
    "aftercare",
    "audit",
    "corrections",
    "db",
    "exchange",
    "imports",
    "index",
    "persons",
    "proposals",
    "requests",
    "work",
]
