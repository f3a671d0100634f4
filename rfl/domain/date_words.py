"""What an uncertain date says, as a sentence template and its values, so that any language can word it."""

import re
from dataclasses import dataclass
from datetime import date

from rfl.domain.edtf_bounds import strict_bounds
from rfl.domain.persons import UncertainDate
from rfl.domain.text import N_


@dataclass(frozen=True)
class PartialDate:
    """A Gregorian year, month of a year, or day, for the web layer to format; `str` gives it in ISO form."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Return "1994", "1994-05" or "1994-05-12"."""
        return "-".join(f"{part:02}" for part in (self.year, self.month, self.day) if part is not None)


Words = tuple[str, dict[str, PartialDate | str]]
"""A template marked for translation, and what fills its named places."""

NOT_RECORDED = N_("Not recorded")
AS_TOLD = N_("%(told)s (as told, not reckoned)")
ONE_OF = N_("%(first)s or %(second)s")
AT_LATEST = N_("%(date)s or earlier")
AT_EARLIEST = N_("%(date)s or later")
BETWEEN = {"": N_("Between %(start)s and %(end)s"), "~": N_("About %(start)s to %(end)s")}
SINGLE = {
    "": N_("%(date)s"),
    "~": N_("About %(date)s"),
    "?": N_("%(date)s, uncertain"),
    "%": N_("About %(date)s, uncertain"),
}
_TWO_DAYS = re.compile(r"\[([^,]+),([^,]+)\]")
_PARTS = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?([?~%]?)")


def _partial(edtf: str) -> tuple[PartialDate, str] | None:
    found = _PARTS.fullmatch(edtf)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups()[:3])
    return PartialDate(year or 0, month, day), found[4]


def _shortened(first: date, last: date) -> dict[str, PartialDate | str]:
    """Name whole years as years: "between 1990 and 1994" rather than by their first and last days."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return {"start": PartialDate(first.year), "end": PartialDate(last.year)}
    return {
        "start": PartialDate(first.year, first.month, first.day),
        "end": PartialDate(last.year, last.month, last.day),
    }


def _open_words(edtf: str) -> Words | None:
    start, slash, end = edtf.partition("/")
    known = _partial(end if start in ("", "..") else start) if slash else None
    if known is None or not (start in ("", "..") or end in ("", "..")):
        return None
    return (AT_LATEST if start in ("", "..") else AT_EARLIEST), {"date": known[0]}


def _set_words(edtf: str) -> Words | None:
    found = _TWO_DAYS.fullmatch(edtf)
    first, second = (_partial(found[1]), _partial(found[2])) if found else (None, None)
    return (ONE_OF, {"first": first[0], "second": second[0]}) if first and second else None


def date_words(told: UncertainDate) -> Words:
    """Return (template, values) saying what the date means in the Gregorian calendar.

    Values are PartialDate (format them in the reader's language) or, for a date that could not be reckoned,
    the words it was told in. The original words and calendar stay in `told` for showing beside it.
    """
    if not told.edtf:
        return (AS_TOLD, {"told": told.original}) if told.original else (NOT_RECORDED, {})
    if single := _partial(told.edtf):
        return SINGLE[single[1]], {"date": single[0]}
    if found := _open_words(told.edtf) or _set_words(told.edtf):
        return found
    days = strict_bounds(told.edtf)
    if days is None:
        return AS_TOLD, {"told": told.original or told.edtf}
    return BETWEEN["~" if re.search(r"[?~%]", told.edtf) else ""], _shortened(*days)
