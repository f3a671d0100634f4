"""What levels and values name tokens reach: of true pairs, of brothers and sisters, of strangers.

    python -m benchmarks.token_levels PEOPLE [--no-clusters] [--odds FILE] [--tokens FILE]

PEOPLE holds left.csv, right.csv, truth.csv and negatives.csv as benchmarks/accuracy.py reads them. Pairs of tokens
are those of fields with one token on both sides (given, father's, grandfather's, family name) of true pairs of
records, so what a record leaves out or puts in another field counts as different; the given names of siblings; and
the same fields of records drawn at random. `values` is the share of pairs that share a value (matching.skeletons),
once of all pairs and once of those at `near` or better. FILE of --tokens is tokens_arab_latn.tsv.gz: the share of
its pairs, weighted by their count, that share a value.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from pathlib import Path

from benchmarks.training.sources import clean, lines
from matching.kernel import LEVEL_NAMES, NEAR
from matching.kernel.odds import chain_room
from matching.kernel.pairs import level_of
from matching.kernel.tables import Tables, load_tables
from matching.kernel.vocabulary import token_arrays
from matching.skeletons import token_values
from matching.tokens import tokens

FIELDS = ("given_name", "father_name", "grandfather_name", "family_name")
STRANGERS = 50_000
TOKEN_PAIRS = 20_000
FEWEST = 50  # fewer pairs say nothing
Pair = tuple[str, str]
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def token_pairs(left: Row, right: Row, fields: tuple[str, ...]) -> list[Pair]:
    """Return the tokens of fields that hold one longer than a letter on both sides."""
    sides = [(tokens(left[field]), tokens(right[field])) for field in fields]
    return [(a[0], b[0]) for a, b in sides if len(a) == len(b) == 1 and len(a[0]) > 1 and len(b[0]) > 1]


def kinds_of_pairs(folder: Path) -> dict[str, list[Pair]]:
    """Return the pairs of tokens of each kind of pair of records."""
    left = {row["id"]: row for row in rows(folder / "left.csv")}
    right = {row["id"]: row for row in rows(folder / "right.csv")}
    found: dict[str, list[Pair]] = {}
    for row in rows(folder / "truth.csv"):
        pairs = token_pairs(left[row["left_id"]], right[row["right_id"]], FIELDS)
        found.setdefault(f"true {row['script_pair']}", []).extend(pairs)
        found.setdefault("true, all", []).extend(pairs)
    for row in rows(folder / "negatives.csv"):
        if row["kind"] == "sibling":
            pairs = token_pairs(left[row["left_id"]], right[row["right_id"]], FIELDS[:1])
            found.setdefault("siblings", []).extend(pairs)
    chance = random.Random(1)
    ours, theirs = list(left.values()), list(right.values())
    drawn = ((chance.choice(ours), chance.choice(theirs)) for _ in range(STRANGERS))
    found["strangers"] = [pair for one, other in drawn for pair in token_pairs(one, other, FIELDS)]
    return {kind: pairs for kind, pairs in sorted(found.items()) if len(pairs) >= FEWEST}


def report(kind: str, pairs: list[Pair], tables: Tables) -> str:
    """Return one line: how many pairs, the share at each level, and the share with a value in common."""
    words = list(dict.fromkeys(word for pair in pairs for word in pair))
    ids, arrays, chain = {word: place for place, word in enumerate(words)}, token_arrays(words, tables), chain_room()
    levels = [level_of(arrays, ids[one], arrays, ids[other], chain) for one, other in pairs]
    shared = [bool(set(token_values(one)) & set(token_values(other))) for one, other in pairs]
    counts = Counter(levels)
    shares = "".join(f"{counts[level] / len(pairs):11.4f}" for level in range(len(LEVEL_NAMES)))
    near = [met for met, level in zip(shared, levels, strict=True) if level <= NEAR]
    return f"{kind:16}{len(pairs):7}{shares}{sum(shared) / len(pairs):9.4f}{sum(near) / max(1, len(near)):9.4f}"


def value_share(path: Path) -> str:
    """Return how many pairs of a token file share a value, and how many values a token has."""
    table = random.Random(1).sample(list(lines(path))[1:], TOKEN_PAIRS)
    weights = [float(row[-1]) for row in table]
    values = [(set(token_values(clean(row[0]))), set(token_values(clean(row[1])))) for row in table]
    met = sum(weight for weight, (one, other) in zip(weights, values, strict=True) if one & other)
    often = [one & other for weight, (one, other) in zip(weights, values, strict=True) if weight > 1]
    mean = sum(len(side) for pair in values for side in pair) / (2 * len(values))
    twice = sum(map(bool, often)) / len(often)
    return (
        f"values agree: {met / sum(weights):.4f} by count, {twice:.4f} of pairs seen twice; {mean:.2f} values a token"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("people", type=Path)
    parser.add_argument("--no-clusters", action="store_true")
    parser.add_argument("--odds", type=Path)
    parser.add_argument("--tokens", type=Path)
    asked = parser.parse_args()
    tables = load_tables(odds=asked.odds, clusters=not asked.no_clusters)
    names = "".join(f"{name:>11}" for name in LEVEL_NAMES)
    print(f"{'':16}{'pairs':>7}{names}{'values':>9}{'<= near':>9}")
    for kind, pairs in kinds_of_pairs(asked.people).items():
        print(report(kind, pairs, tables), flush=True)
    if asked.tokens:
        print(value_share(asked.tokens))


if __name__ == "__main__":
    main()
