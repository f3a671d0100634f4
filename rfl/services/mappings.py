"""Which column of a list means what: guessed, corrected by a person, remembered for the next list of that shape."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from rfl.domain.errors import FieldError
from rfl.domain.imports import REQUEST
from rfl.domain.text import N_
from rfl.exchange.column_targets import ENQUIRER_PREFIX, REGISTERED_TARGETS, REQUEST_TARGETS, TARGETS, Target
from rfl.exchange.columns import guess_mapping, header_fingerprint
from rfl.exchange.problem_files import WHOLE_ROW
from rfl.models.imports import ImportMapping
from rfl.services.unit import Unit

__all__ = [
    "NAME_TARGETS",
    "NO_NAME_COLUMN",
    "SAMPLES",
    "Target",
    "check_mapping",
    "field_label",
    "propose_mapping",
    "remember_mapping",
    "stored",
    "targets_of",
]

SAMPLES = 20  # rows that settle what a column means

# Any one of these says who a row is about.
NAME_TARGETS = (
    "full_name", "given_name", "father_name", "grandfather_name", "family_name", "romanised_name",
    "romanised_given_name", "romanised_father_name", "romanised_family_name", "document_name", "married_name",
    "alternate_names",
)  # fmt: skip
NO_NAME_COLUMN = N_("No column holds a name. Choose for at least one column which name it holds.")
NO_ENQUIRER_COLUMN = N_(
    "No column holds the name of the enquirer. A tracing request needs somebody who asks; choose the column, or load "
    "the list as registered persons."
)
TWICE = N_("Two columns are chosen for %(target)s. Keep one of them.")
UNKNOWN_COLUMN = N_("Choose one of the entries offered.")


def targets_of(target: str) -> dict[str, Target]:
    """Return the fields that a list of this kind can fill."""
    return REQUEST_TARGETS if target == REQUEST else REGISTERED_TARGETS


def field_label(field: str) -> str:
    """Return the label of a field, or of the row as a whole; empty for a field of another registry."""
    return WHOLE_ROW if field == "row" else TARGETS[field].label if field in TARGETS else ""


def propose_mapping(
    session: Session, society_id: str, target: str, headers: Sequence[str], samples: Sequence[Sequence[str]]
) -> tuple[dict[int, str], bool]:
    """Return column -> field as this society confirmed it for such a list before, else a guess; and which it is."""
    offered = targets_of(target)
    known = session.get(ImportMapping, (society_id, _header_key(target, headers)))
    if known is not None:
        kept = {int(at): key for at, key in known.mapping.items() if key in offered and int(at) < len(headers)}
        return kept, True
    return guess_mapping(headers, samples, targets=offered), False


def remember_mapping(
    unit: Unit, society_id: str, target: str, headers: Sequence[str], mapping: Mapping[int, str]
) -> None:
    """Keep what a person confirmed, for the next list with the same columns."""
    key = _header_key(target, headers)
    row = unit.session.get(ImportMapping, (society_id, key))
    if row is None:
        row = ImportMapping(society_id=society_id, header=key)
        unit.session.add(row)
    row.mapping = stored(mapping)


def check_mapping(target: str, mapping: Mapping[int, str]) -> None:
    """Refuse a mapping that cannot make records; raises FieldError for `column-<index>` or "columns"."""
    offered, taken = targets_of(target), set[str]()
    for at, key in sorted(mapping.items()):
        if key not in offered:
            raise FieldError(f"column-{at}", UNKNOWN_COLUMN)
        if key in taken and not offered[key].several:
            raise FieldError(f"column-{at}", TWICE, target=offered[key].label)
        taken.add(key)
    if not taken & set(NAME_TARGETS):
        raise FieldError("columns", NO_NAME_COLUMN)
    if target == REQUEST and not taken & {ENQUIRER_PREFIX + name for name in NAME_TARGETS}:
        raise FieldError("columns", NO_ENQUIRER_COLUMN)


def stored(mapping: Mapping[int, str]) -> dict[str, str]:
    """Return a mapping as JSON keeps it."""
    return {str(at): key for at, key in sorted(mapping.items())}


def _header_key(target: str, headers: Sequence[str]) -> str:
    # One list can be loaded as persons and as requests; the two mappings do not disturb each other.
    return header_fingerprint([*headers, target])
