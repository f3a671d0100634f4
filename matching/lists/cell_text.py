"""Values of workbooks and tables as the text that a person reads in the cell."""

import math
from datetime import date, datetime, time, timedelta
from typing import Any


def cell_text(value: Any) -> str:
    """Return ISO dates, whole numbers without a decimal part, lists with semicolons; nothing for what is no text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, date | time):
        return _moment_text(value)
    if isinstance(value, list | tuple):
        return ";".join(filter(None, map(cell_text, value)))
    return str(value) if isinstance(value, int | timedelta) else ""


def _number_text(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value) if math.isfinite(value) else ""


def _moment_text(value: date | time) -> str:
    """Workbooks keep every day with a time; midnight says nothing."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat()
