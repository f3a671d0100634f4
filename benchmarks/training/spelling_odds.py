"""Learn the odds of letters for every pair of scripts and write them to one small file.

    python -m benchmarks.training.spelling_odds NAMES PUBLIC -o matching/data/spelling_odds.npz [--exclude TOKENS]

NAMES holds tokens_arab_latn.tsv.gz, tokens_cyrl_latn.tsv.gz and token_clusters.tsv.gz, PUBLIC the wd_hebrew
splits (see benchmarks/training/sources.py for where they come from). With --exclude, no pair is learned from that
holds a token of the list (one a line): accuracy on names that the tables have never seen.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from importlib import resources
from pathlib import Path

from benchmarks.training.learn import learn
from benchmarks.training.sources import (
    Pair,
    bigrams,
    clean,
    clusters,
    own_slips,
    prepared,
    same_script_pairs,
    split_pairs,
    token_pairs,
    with_slips,
)
from matching.kernel.alphabets import END, MOST_CHUNKS, SCRIPTS, Alphabet
from matching.kernel.odds_file import MODELS, save_odds

# A letter seen less often is a mistake of the list or of another script, and so is what is no letter.
RARE = 3
# Letters that are written for a vowel as well as for a consonant or a mark.
_VOWELS, _EITHER = frozenset("aeiouаеиоуюяәөүұ"), frozenset("ywhйьј" + END)


def alphabet(words: list[str]) -> Alphabet:
    """Return the letters of `words`, most frequent first, then as many frequent pairs of letters as fit."""
    letters = [letter for letter, times in _ordered(Counter("".join(words))) if times >= RARE and letter.isalpha()]
    letters = [*letters[:60], END]
    pairs = [
        pair
        for pair, _ in _ordered(bigrams(word + END for word in words))
        if set(pair) <= set(letters) and one_sound(pair)
    ]
    return Alphabet(("", *letters, *pairs)[:MOST_CHUNKS])


def one_sound(pair: str) -> bool:
    """Two letters may stand for one sound (sh, ou, mm, ah, -e), but a consonant and a full vowel never do."""
    return pair[0] in _EITHER or pair[1] in _EITHER or (pair[0] in _VOWELS) == (pair[1] in _VOWELS)


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def alphabets_of(material: dict[tuple[int, int], list[Pair]]) -> tuple[Alphabet, ...]:
    """Return the alphabet of every script from all pairs in which it occurs."""
    words: list[list[str]] = [[] for _ in SCRIPTS]
    for (rows, columns), pairs in material.items():
        words[rows] += [pair[0] for pair in pairs]
        words[columns] += [pair[1] for pair in pairs]
    return tuple(alphabet(found) for found in words)


def tabled_groups() -> list[list[str]]:
    """Return the spellings that people wrote down in the project's own table, for habits no public list has."""
    text = (resources.files("matching") / "data" / "equivalent_names.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["kind"] == "spelling"]
    return [[row["name"], *row["variants"].split()] for row in rows]


def material_from(names: Path, public: Path, excluded: frozenset[str]) -> dict[tuple[int, int], list[Pair]]:
    """Return the pairs to learn every model from, slips included."""
    groups = clusters(names / "token_clusters.tsv.gz") + 3 * tabled_groups()
    raw = {
        (1, 0): token_pairs(names / "tokens_arab_latn.tsv.gz"),
        (2, 0): token_pairs(names / "tokens_cyrl_latn.tsv.gz"),
        (3, 0): split_pairs(public / "wd_hebrew_80") + split_pairs(public / "wd_hebrew_20"),
    }
    raw |= {(place, place): same_script_pairs(groups, script) for place, script in enumerate(SCRIPTS)}
    words = {0: [pair[1] for pair in raw[1, 0]]} | {place: [pair[0] for pair in raw[place, 0]] for place in (1, 2, 3)}
    found = {}
    for model in MODELS:
        same = model[0] == model[1]
        found[model] = with_slips(prepared(raw[model], excluded, both_own=same))
        found[model] += own_slips(words[model[0]], excluded) if same and model[0] in (1, 3) else []
    return found


def main() -> None:
    """Read the lists, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", type=Path)
    parser.add_argument("public", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--exclude", type=Path)
    asked = parser.parse_args()
    excluded = frozenset(map(clean, asked.exclude.read_text().split())) if asked.exclude else frozenset[str]()
    material = material_from(asked.names, asked.public, excluded)
    alphabets = alphabets_of(material)
    tables = []
    for model in MODELS:
        rows, columns = model
        print(SCRIPTS[rows], SCRIPTS[columns], len(material[model]), "pairs", flush=True)
        tables.append(learn(material[model], alphabets[rows], alphabets[columns]))
    save_odds(asked.output, alphabets, tables)


if __name__ == "__main__":
    main()
