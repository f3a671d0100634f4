"""Lists of persons as societies keep them: what their columns, values and letters mean, and how to read them safely.

This is the part that whoever reads lists shares; `python -m matching link` is built on the modules inside.
"""

from matching.lists.cell_text import cell_text
from matching.lists.columns import PROBLEM_HEADER, guess_columns
from matching.lists.countries import country_code
from matching.lists.encodings import CHOICES, likely_encodings, marked_encoding
from matching.lists.failures import UnsafeWorkbook
from matching.lists.folding import fold_words, tidy, tidy_lines
from matching.lists.formula_guard import guard, unguard
from matching.lists.value_words import CALENDAR_WORDS, RELATION_WORDS, SEX_WORDS, STATELESS_WORDS, says_nothing
from matching.lists.workbook_limits import WorkbookLimits
from matching.lists.workbooks import read_sheet as read_first_sheet

__all__ = [
    "CALENDAR_WORDS",
    "CHOICES",
    "PROBLEM_HEADER",
    "RELATION_WORDS",
    "SEX_WORDS",
    "STATELESS_WORDS",
    "UnsafeWorkbook",
    "WorkbookLimits",
    "cell_text",
    "country_code",
    "fold_words",
    "guard",
    "guess_columns",
    "likely_encodings",
    "marked_encoding",
    "read_first_sheet",
    "says_nothing",
    "tidy",
    "tidy_lines",
    "unguard",
]
