"""What reading one record gives: a person as far as the record tells, or problems that a person can mend."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rfl.domain.calendars import GREGORIAN
from rfl.domain.persons import Identity


@dataclass(frozen=True)
class PersonDraft:
    """One record that can be saved. Texts for reaching people are apart from what identifies them.

    `contact` and `enquirer_contact` have the keys phone, email and address, as far as they were filled.
    """

    identity: Identity
    contact: Mapping[str, str] = dataclasses.field(default_factory=dict)
    source_record_id: str = ""
    note: str = ""
    request_ref: str = ""
    enquirer: Identity | None = None
    enquirer_contact: Mapping[str, str] = dataclasses.field(default_factory=dict)
    relation: str = ""


@dataclass(frozen=True)
class RowProblem:
    """Why one row was not taken. `message` and `remedy` are templates for `params`, which hold no personal data.

    `field` is the key of a target (see `column_targets`), or "row" for the row as a whole.
    """

    line: int
    field: str
    message: str
    remedy: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class RowSettings:
    """What the list as a whole says about its rows.

    `width` is the number of cells every row must have (0: not checked); `calendar` holds where a row has none of its
    own; `list_date` is the day on which ages were told where the row does not say; `today` refuses later births.
    """

    width: int = 0
    calendar: str = GREGORIAN
    list_date: date | None = None
    today: date | None = None


RowResult = PersonDraft | list[RowProblem]
