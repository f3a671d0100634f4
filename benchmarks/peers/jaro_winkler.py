"""Baseline: Jaro-Winkler similarity of romanised names with sorted words, years of birth at most two apart.

    python jaro_winkler.py FOLDER OUT.csv

The 10 most similar registered persons for each sought one; without a year everybody is compared.
"""

import sys
from pathlib import Path

import numpy as np
from columns import both, tokens, write, year
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

YEARS_APART, TOP, BLOCK = 2, 10, 250


def main(folder: Path, out: Path) -> None:
    """Score and write."""
    left, right = both(folder)
    names = [" ".join(tokens(row)) for row in right]
    years = np.array([year(row) or 0 for row in right])
    scored = []
    for start in range(0, len(left), BLOCK):
        part = left[start : start + BLOCK]
        found = cdist([" ".join(tokens(row)) for row in part], names, scorer=JaroWinkler.similarity, dtype=np.float32)
        own = np.array([year(row) or 0 for row in part])[:, None]
        found[(np.abs(own - years) > YEARS_APART) & (own > 0) & (years > 0)] = -1
        for row, similarities in zip(part, found, strict=True):
            best = np.argpartition(-similarities, TOP)[:TOP]
            scored += [(row["id"], right[at]["id"], float(similarities[at])) for at in best if similarities[at] >= 0]
    write(out, scored)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
