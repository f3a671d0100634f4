"""Which column of a list means what here: the guess of the matching library, for the fields that can be imported."""

import hashlib
from collections.abc import Mapping, Sequence

from matching.lists import PROBLEM_HEADER, fold_words, guess_columns
from rfl.exchange.column_targets import ENQUIRER_TARGETS, REGISTERED_TARGETS, REQUEST_TARGETS, TARGETS, Target

__all__ = [
    "ENQUIRER_TARGETS",
    "PROBLEM_HEADER",
    "REGISTERED_TARGETS",
    "REQUEST_TARGETS",
    "TARGETS",
    "Target",
    "guess_mapping",
    "header_fingerprint",
]


def header_fingerprint(headers: Sequence[str]) -> str:
    """Return 64 hexadecimal digits that are equal for lists with the same columns in the same order.

    Letter case, punctuation and an added problem column make no difference.
    """
    names = [fold_words(name) for name in headers if fold_words(name) != PROBLEM_HEADER]
    return hashlib.sha256("\x1f".join(names).encode("utf-8", "replace")).hexdigest()


def guess_mapping(
    headers: Sequence[str],
    sample_rows: Sequence[Sequence[str]] = (),
    *,
    targets: Mapping[str, Target] = TARGETS,
) -> dict[int, str]:
    """Return column index -> key of a target, for the columns that can be recognised.

    `sample_rows` are cells of some rows: they settle names that mean two things. `targets` limits the guess, for
    example to REGISTERED_TARGETS.
    """
    return guess_columns(headers, sample_rows, {key: target.several for key, target in targets.items()})
