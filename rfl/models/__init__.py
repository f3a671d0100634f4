"""The tables, one file per aggregate; importing this package makes them all known."""

from rfl.models import (
    accounts,
    aftercare,
    audit,
    clear_lists,
    corrections,
    exchange,
    exchange_mail,
    exchange_pairs,
    exchange_rounds,
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
    "clear_lists",
    "corrections",
    "db",
    "exchange",
    "exchange_mail",
    "exchange_pairs",
    "exchange_rounds",
    "imports",
    "index",
    "persons",
    "proposals",
    "requests",
    "work",
]
