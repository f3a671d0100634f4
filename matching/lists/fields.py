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
    "nationality", "last_known_place", "last_country", "last_contact_date", "relatives", "occupation", "marks",
)  # fmt: skip
_ID_WORD = "source_record_id"
_WANTED = {_ID_WORD if field == "id" else field: field in _SEVERAL for field in FIELDS}


def choose_columns(headers: Sequence[str], samples: Sequence[Sequence[str]], said: Mapping[str, str]) -> dict[int, str]:
    """Return column index -> field; `said` (field -> column name, empty for none) goes before the guess.

    Raises ListRefused for a field or column that does not exist, and when no column names persons.
    """
    guessed = guess_columns(headers, samples, _WANTED)
    mapping = {index: "id" if key == _ID_WORD else key for index, key in guessed.items()}
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
