"""What cannot be read in a row of a list, and what to do about it; the row goes in with what is readable."""

from typing import NamedTuple

from matching.lists.dates import LONGEST_LIFE_YEARS
from matching.types import RELATIONS


class Problem(NamedTuple):
    """One cell that was left out: where it stands, what it says, why it was left out, and the remedy."""

    list: str
    line: int
    id: str
    column: str
    value: str
    problem: str
    remedy: str


# Sentence and remedy of each problem.
NO_ID = ("The row has no id, so it is left out.", "Give every row an id of its own.")
SAME_ID = ("An earlier row has the same id; both are compared.", "Give every row an id of its own.")
NO_NAME = ("The row names no person, so it is left out.", "Write the full name, or at least one part of it.")
WRONG_WIDTH = (
    "The row has another number of cells than the list has columns.",
    "Put cells that contain the delimiter between quotation marks, or add the missing cells.",
)
TOO_LONG = ("The text is too long for this column.", "Shorten it, or look for a missing quotation mark.")
NOT_TEXT = ("The cell holds characters that are no text; they are left out.", "Type its content again.")
UNKNOWN_SEX = ("The word for sex is not known.", "Write female, male or other, or leave the cell empty.")
UNREADABLE_DATE = ("The date cannot be read.", "Write it as 1994-05-31, 1994-05 or 1994, with ~ for about: 1994~.")
IMPOSSIBLE_DAY = ("There is no such month or day; only the year is used.", "Check the day and the month.")
UNREADABLE_AGE = (
    "The age cannot be read.",
    f"Write whole years up to {LONGEST_LIFE_YEARS}, for example 17, 15-18 or ~17.",
)
AGE_WITHOUT_DAY = (
    "The age does not say on which day it was told.",
    "Fill the column age_as_of, or that of the last contact or registration.",
)
UNKNOWN_COUNTRY = (
    "The country is not known, or the name means more than one.",
    "Write the two or three letter code of the country, for example SY or SYR.",
)
UNKNOWN_RELATION = ("The relation is not known; it is taken as other.", f"Use one of: {', '.join(RELATIONS)}.")
RELATIVE_WITHOUT_NAME = ("A relative has no name.", "Write relation:name, apart by semicolons: brother:Ali;wife:Mona.")
TOO_MANY = ("The cell lists too many entries; only the first are taken.", "Keep the nearest ones.")
