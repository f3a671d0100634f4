"""Why a list as a whole cannot be used; one bad row never is a reason (see `matching.lists.people`)."""

from collections.abc import Mapping
from types import MappingProxyType

WORKBOOK_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "damaged": "The workbook is damaged. Open it in the program that made it and save it again as XLSX.",
        "old": "The workbook is of Excel 97-2003 or locked with a password. Remove the password, save it as XLSX.",
        "bomb": "The workbook unpacks to far more data than a list has. Copy the list to a new workbook.",
        "parts": "The workbook has too many parts. Copy the sheet with the list to a new workbook.",
        "unsafe_part": "The workbook has a part with an unsafe name. Copy the list to a new workbook.",
        "macros": "The workbook contains macros. Save it as XLSX without macros.",
        "links": "The workbook takes data from other files or the network. Copy the list as plain values.",
        "area": "The cells spread over too large an area. Copy only the list to a new workbook, or save it as CSV.",
        "rows": "The sheet has too many rows. Save it as CSV.",
        "columns": "The sheet has too many columns. Keep only the columns that describe the persons.",
    }
)


class ListRefused(Exception):
    """A list, or an argument about it, cannot be used; the text is one line that says why and what to do."""


class UnsafeWorkbook(ListRefused):
    """A workbook that is unsafe or too expensive to read; `reason` is a key of WORKBOOK_REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(WORKBOOK_REASONS[reason])
        self.reason = reason
