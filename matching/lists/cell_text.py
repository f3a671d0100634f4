"""Values of workbooks and tables as the text that a person reads in the cell."""

from datetime import date, datetime, time, timedelta
from typing import Any


def cell_text(value: Any) -> str:
    """Return ISO dates, whole numbers without a decimal part, lists with semicolons; nothing for what is no text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else "" if value != value else repr(value)  # noqa: PLR0124 - NaN
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ";".join(filter(None, map(cell_text, value)))
    return str(value) if isinstance(value, int | timedelta) else ""
