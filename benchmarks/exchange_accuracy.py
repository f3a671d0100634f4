"""What a round of encoded exchange finds on two labelled lists, as the hub sees them: equal values, classes, no names.

    python benchmarks/exchange_accuracy.py FOLDER

FOLDER holds left.csv, right.csv and truth.csv as for accuracy.py. Values are the tokens that the program makes, not
blinded, since blinding changes no equality; every value that stands in a list twice is left out of it, as in a round.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

import matching
from benchmarks import report
from benchmarks.labels import Labels, read_labels
from benchmarks.measures import Pair, share
from benchmarks.rows import read_people
from rfl.exchange.rounds.hub import Side
from rfl.exchange.rounds.lists import CaseList, without_repeats
from rfl.services.exchange_encoding import FIRST_REPEATS, SECOND_REPEATS, TOKEN, compare, tokens_of_record

BUDGETS = (1, 10, 100)  # false pairs in 1,000 cases of the left list
SMALLEST_SLICE = 20
Scores = dict[Pair, float]


def side(records: Sequence[matching.PersonRecord], repeats: int) -> Side:
    """Return a list as the hub gets it, without padding."""
    rows = [(case, *made) for case, record in enumerate(records) for made in tokens_of_record(record)]
    presence = np.zeros(len(records), np.uint32)
    for case, rule, _ in rows:
        presence[case] |= np.uint32(1 << rule)
    listed = CaseList(
        cases=tuple(record.id for record in records),
        case=np.array([case for case, _, _ in rows], np.int32),
        rule=np.array([rule for _, rule, _ in rows], np.uint8),
        token=np.frombuffer(b"".join(token for _, _, token in rows), np.uint8).reshape(-1, TOKEN),
        presence=presence,
    )
    kept = without_repeats(listed, repeats)
    return Side(listed.case[kept], listed.rule[kept], listed.token[kept], presence)


def main() -> None:
    """Print what the budgets of false pairs let through, and the share of true pairs with a value in common."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    print(report.header(), flush=True)
    labels, started = read_labels(folder), time.process_time()
    left, right = (
        list(read_people(folder / f"{name}.csv", role)) for name, role in (("left", "sought"), ("right", "registered"))
    )
    sides = side(left, FIRST_REPEATS), side(right, SECOND_REPEATS)
    made = time.process_time() - started
    found = {(left[one].id, right[two].id): score for one, two, score, _ in compare(*sides)}
    rows = [("tokens made, processor s", f"{made:.0f}"), ("pairs with a value in common", f"{len(found):,}")]
    rows += [(f"true pairs with a value in common: {name}", f"{part:.3f}") for name, part in shared(labels, found)]
    print("\n" + report.table(("measure", "value"), [*rows, *budgets(labels, found, len(left))]))


def shared(labels: Labels, found: Scores) -> list[tuple[str, float]]:
    """Return the share of true pairs that have a value in common, of all and of every larger script pair."""
    slices = [(name, pairs) for name, pairs in sorted(labels.groups.items()) if name.startswith("script")]
    return [("all", share(labels.truth, found.__contains__))] + [
        (name, share(pairs, found.__contains__)) for name, pairs in slices if len(pairs) >= SMALLEST_SLICE
    ]


def budgets(labels: Labels, found: Scores, cases: int) -> list[tuple[str, str]]:
    """Return for each budget the recall at the lowest score that keeps it, and that score."""
    lines = []
    for budget in BUDGETS:
        best = (0.0, 0.0)
        for score in sorted(set(found.values()), reverse=True):
            above = [pair for pair, value in found.items() if value >= score]
            right = sum(pair in labels.truth for pair in above)
            if (len(above) - right) * 1_000 > budget * cases:
                break
            best = (right / len(labels.truth), score)
        lines.append((f"recall at {budget} false pairs in 1,000 cases (score)", f"{best[0]:.3f} ({best[1]:.3f})"))
    return lines


if __name__ == "__main__":
    main()
