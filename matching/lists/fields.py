"""Which column of a list fills which field of a person: guessed from the column names, or said by whoever asks."""

from collections.abc import Mapping, Sequence

from matching.lists.columns import guess_columns
from matching.lists.failures import ListRefused
from matching.lists.folding import fold_words

# Field -> whether several columns may fill it. The id is called source_record_id among the words of headers.
_SEVERAL = frozenset(("nickname", "married_name", "alternate_names", "nationality", "relatives"))
NAME_FIELDS = (
    "full_name", "given_name", "father_name", "grandfather_name", "family_name",
    "romanised_name", "romanised_given_name", "romanised_father_name", "romanised_family_name",
    "document_name", "nickname", "married_name", "alternate_names",
)  # fmt: skip
FIELDS = (
    "id", *NAME_FIELDS, "mother_name", "sex", "date_of_birth", "age", "age_as_of", "place_of_birth", "birth_country",
    "nationality", "last_known_place", "last_country", "last_contact_date", "relatives", "household", "occupation",
    "marks",
)  # fmt: skip
_ID_WORD = "source_record_id"
# The number of a request keeps together those who are sought together, where no column does it better.
_HOUSEHOLD, _REQUEST_WORD = "household", "request_ref"
_WANTED = {_ID_WORD if field == "id" else field: field in _SEVERAL for field in FIELDS} | {_REQUEST_WORD: False}


def choose_columns(headers: Sequence[str], samples: Sequence[Sequence[str]], said: Mapping[str, str]) -> dict[int, str]:
    """Return column index -> field; `said` (field -> column name, empty for none) goes before the guess.

    Raises ListRefused for a field or column that does not exist, and when no column names persons.
    """
    guessed = guess_columns(headers, samples, _WANTED)
    fields = {_ID_WORD: "id"} if _HOUSEHOLD in guessed.values() else {_ID_WORD: "id", _REQUEST_WORD: _HOUSEHOLD}
    mapping = {index: fields.get(key, key) for index, key in guessed.items() if fields.get(key, key) in FIELDS}
    for field, column in said.items():
        if field not in FIELDS:
            raise ListRefused(f"There is no field {field!r}; the fields are {', '.join(FIELDS)}.")
        mapping = {index: key for index, key in mapping.items() if key != field}
        if column:
            mapping[_find(headers, column)] = field
    if not any(key in NAME_FIELDS for key in mapping.values()):
        shown = ", ".join(header for header in headers if header) or "none"
        raise ListRefused(f"No column of names was recognised among: {shown}. Say which: full_name=COLUMN.")
    return dict(sorted(mapping.items()))


def _find(headers: Sequence[str], column: str) -> int:
    for same in (str, fold_words):
        for index, header in enumerate(headers):
            if same(header) == same(column):
                return index
    raise ListRefused(f"There is no column {column!r}; the columns are {', '.join(headers)}.")
