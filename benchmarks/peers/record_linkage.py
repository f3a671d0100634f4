"""Peer: recordlinkage with its unsupervised ECM classifier, over a union of blocks.

python record_linkage.py FOLDER OUT.csv
"""

import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import recordlinkage
from columns import Row, both, day, latin, sounds, tokens, write, year

ALIKE = 0.85  # similarity from which two strings count as agreeing, in the middle of its documentation's examples
BLOCKS = (["born"], ["first", "year"], ["last", "year"], ["first", "last"], ["mother_code", "year"], ["first", "place"])


def describe(row: Row) -> dict[str, object]:
    """Return the columns that are compared or blocked on; None is unknown."""
    words = tokens(row)
    codes = sounds(words)
    mother = latin(row["mother_name"])
    return {
        "id": row["id"], "name": " ".join(words) or None, "first": codes[0] if codes else None,
        "last": codes[-1] if codes else None, "mother": mother or None,
        "mother_code": (sounds(mother.split()[:1]) or [None])[0], "born": day(row), "year": year(row),
        "place": latin(row["place_of_birth"]) or None, "last_place": latin(row["last_known_place"]) or None,
        "sex": row["sex"] or None, "nationality": row["nationality"] or None,
    }  # fmt: skip


def candidates(left: pd.DataFrame, right: pd.DataFrame) -> pd.MultiIndex:
    """Return the union of all blocks; unknown values block nobody together."""
    found = None
    for block in BLOCKS:
        index = recordlinkage.Index()
        index.block(block)
        pairs = index.index(left.dropna(subset=block), right.dropna(subset=block))
        found = pairs if found is None else found.union(pairs)
    return found


def compare(pairs: pd.MultiIndex, left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Return similarities of the columns for each pair, 0 where a value is unknown."""
    comparing = recordlinkage.Compare()
    for column in ("name", "mother", "place", "last_place"):
        comparing.string(column, column, method="jarowinkler", label=column)
    for column in ("born", "year", "sex", "nationality"):
        comparing.exact(column, column, label=column)
    return comparing.compute(pairs, left, right)


def main(folder: Path, out: Path) -> None:
    """Block, compare, classify without labels, and write probabilities with the sum of similarities to break ties."""
    warnings.simplefilter("ignore")
    left, right = (pd.DataFrame([describe(row) for row in rows]).set_index("id") for rows in both(folder))
    features = compare(candidates(left, right), left, right)
    classifier = recordlinkage.ECMClassifier(binarize=ALIKE)
    classifier.fit(features)
    probability = classifier.prob(features)
    # Binary features saturate into ties: a hundredth of the mean similarity orders them without changing the ranks.
    scores = 0.99 * np.asarray(probability) + 0.01 * features.mean(axis=1).to_numpy()
    write(out, ((one, other, float(score)) for (one, other), score in zip(features.index, scores, strict=True)))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
