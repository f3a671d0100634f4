"""The engine as every benchmark uses it: two lists in, scored pairs of ids out."""

import os
from collections.abc import Sequence

import matching
from matching import Index

CHUNK = 5_000  # sought persons linked in one call, so that memory does not grow with the left list
WORKERS = os.cpu_count() or 1
Pair = tuple[str, str]
Scored = tuple[str, str, float]


def link(
    left: Sequence[matching.PersonRecord],
    index: Index,
    *,
    top: int = 10,
    threshold: float = matching.PROPOSE_AT,
    correction: matching.Correction | None = None,
) -> list[Scored]:
    """Return (left id, right id, score) of everybody worth proposing, in the order of `left`, best first."""
    pairs: list[Scored] = []
    for start in range(0, len(left), CHUNK):
        chunk = left[start : start + CHUNK]
        matches = index.link(chunk, top=top, threshold=threshold, workers=WORKERS, correction=correction)
        pairs += [
            (record.id, match.id, match.score) for record, found in zip(chunk, matches, strict=True) for match in found
        ]
    return pairs


def candidates(left: Sequence[matching.PersonRecord], index: Index, most: int) -> set[Pair]:
    """Return the pairs of ids that the keys bring together: the `most` best candidates of each of `left`."""
    found = index.link(left, top=most, threshold=0.0, workers=WORKERS, candidates=most)
    return {(record.id, match.id) for record, matches in zip(left, found, strict=True) for match in matches}
