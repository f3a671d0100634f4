"""How often the right a-z spelling comes first among thousands: learned odds of letters on the published splits.

    python -m benchmarks.token_retrieval FOLDER [arabic russian hebrew] [--queries 1000] [--seed 1]

FOLDER holds wd_<language>_80 and wd_<language>_20 of NETransliteration-COLING2018 (Merhav and Ash 2018, from
Wikidata): tab-separated a-z spelling, native spelling with its letters spaced out, count. The odds are learned from
_80 alone, no table of names takes part. The query is a native spelling of _20, drawn without repetition with a
seed; the candidates are all distinct a-z spellings of _20; an answer is right when it is paired with the query in
_20. A tie with a wrong candidate counts as wrong. `unseen` counts only the queries that don't occur in _80.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.training.learn import learn
from benchmarks.training.sources import Pair, clean, prepared, split_pairs, with_slips
from benchmarks.training.spelling_odds import alphabets_of
from matching.compiled import compiled
from matching.kernel.odds import Columns, chain_room
from matching.kernel.odds_file import MODELS, SpellingOdds, odds_from
from matching.kernel.pairs import likeness
from matching.kernel.tables import Tables
from matching.kernel.vocabulary import TokenArrays, token_arrays

NATIVE = {"arabic": 1, "russian": 2, "hebrew": 3}
RANKS = (1, 10, 100)


@compiled
def scores(a: TokenArrays, i: int, b: TokenArrays, chain: Columns, found: npt.NDArray[np.int32]) -> None:
    """Fill in the log odds of token i of `a` beside every token of `b`."""
    for j in range(len(found)):
        found[j] = likeness(a, i, b, j, chain)[1]


def learned(pairs: list[Pair], native: int) -> SpellingOdds:
    """Return odds learned from these pairs alone."""
    material = {(native, 0): with_slips(prepared(pairs, frozenset(), both_own=False))}
    alphabets = alphabets_of(material)
    table = learn(material[native, 0], alphabets[native], alphabets[0])
    return odds_from(alphabets, {MODELS.index((native, 0)): table})


def ranks(queries: Sequence[str], pairs: list[Pair], tables: Tables) -> list[int]:
    """Return the place of the best right answer for every query, ties counted against it."""
    answers = defaultdict(set)
    for native, roman, _ in pairs:
        answers[native].add(roman)
    candidates = sorted({roman for _, roman, _ in pairs})
    places = {roman: place for place, roman in enumerate(candidates)}
    a = token_arrays([clean(query) for query in queries], tables)
    b = token_arrays([clean(roman) for roman in candidates], tables)
    found, results, chain = np.zeros(len(candidates), np.int32), [], chain_room()
    for i, query in enumerate(queries):
        scores(a, i, b, chain, found)
        right = [places[roman] for roman in answers[query]]
        best = found[right].max()
        wrong = np.delete(found, right)
        results.append(1 + int((wrong >= best).sum()))
    return results


def measure(folder: Path, language: str, count: int, seed: int) -> None:
    """Learn from _80, ask _20, print shares."""
    seen = split_pairs(folder / f"wd_{language}_80")
    asked = split_pairs(folder / f"wd_{language}_20")
    started = time.process_time()
    tables = Tables(learned(seen, NATIVE[language]), None)
    taught = time.process_time() - started
    natives = sorted({native for native, _, _ in asked})
    queries = random.Random(seed).sample(natives, min(count, len(natives)))
    started = time.process_time()
    results = np.array(ranks(queries, asked, tables))
    spent = time.process_time() - started
    known = {native for native, _, _ in seen}
    new = np.array([query not in known for query in queries])
    shares = "  ".join(f"R@{rank} {np.mean(results <= rank):.3f}" for rank in RANKS)
    candidates = len({roman for _, roman, _ in asked})
    asked_of = f"{language}: {len(queries)} queries, {candidates} candidates"
    print(f"{asked_of}  {shares}  unseen R@1 {np.mean(results[new] == 1):.3f}")
    print(f"  learning {taught:.0f} s, {spent / len(queries) / candidates * 1e6:.2f} us a pair (processor time)")


def main() -> None:
    """Measure each language that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("languages", nargs="*", default=list(NATIVE))
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for language in asked.languages:
        measure(asked.folder, language, asked.queries, asked.seed)


if __name__ == "__main__":
    main()
