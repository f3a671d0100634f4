"""What a round of encoded exchange finds on two labelled lists: equal values, classes, no names.

    python benchmarks/exchange_accuracy.py FOLDER [--held-out] [--peers] [--repeats N]
    python benchmarks/exchange_accuracy.py --febrl FOLDER

FOLDER holds left.csv, right.csv and truth.csv as for accuracy.py, or FEBRL's dataset4a.csv and dataset4b.csv. Values
are the tokens that the program makes, not blinded, since blinding changes no equality. --held-out scores each pair by
weights learned on the same lists without its left case, for the lists that the shipped weights were learned on.
--peers adds Bloom filters and the engine that sees the names.
"""

import argparse
import csv
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import matching
from benchmarks import bloom, febrl, report
from benchmarks.encoded import read_lists, seen
from benchmarks.labels import Labels, read_labels
from benchmarks.measures import Pair, average_precision, best_f1, curve, share
from benchmarks.training.exchange_weights import examples_of, held_out
from matching.encoding import REPEATS, compare

BUDGETS = (1, 10, 100)  # false pairs in 1,000 cases of the left list
SMALLEST_SLICE = 20
CLEAR_KEPT = 20  # pairs the clear engine keeps of each left record
Scores = dict[Pair, float]
Records = list[matching.PersonRecord]


def encoded(left: Records, right: Records, repeats: int = REPEATS) -> Scores:
    """Return the pairs of a round with the shipped weights."""
    found = compare(seen(left, first=True, repeats=repeats), seen(right, first=False, repeats=repeats))
    return {(left[one].id, right[two].id): score for one, two, score, _ in found}


def by_filters(left: Records, right: Records) -> Scores:
    """Return the pairs that Bloom filters find."""
    return {(left[one].id, right[two].id): score for one, two, score in bloom.best(*map(bloom.filters, (left, right)))}


def in_clear(left: Records, right: Records) -> Scores:
    """Return the pairs of the engine that sees everything."""
    found = matching.Index(right).link(left, top=CLEAR_KEPT, threshold=1e-9)
    return {(one.id, match.id): match.score for one, matches in zip(left, found, strict=True) for match in matches}


def without_own(labels: Labels, left: Records, right: Records, repeats: int = REPEATS) -> Scores:
    """Return the pairs of a round, each scored by weights that saw none of its left case."""
    examples = examples_of(labels, left, right, repeats)
    met, scores = examples[0][0], held_out(examples)
    pairs = zip(met.left.tolist(), met.right.tolist(), scores.tolist(), strict=True)
    return {(left[one].id, right[two].id): score for one, two, score in pairs}


def measured(found: Scores, truth: frozenset[Pair], cases: int) -> list[str]:
    """Return AP, best F1 and the recall within each budget."""
    points, total = curve(found, truth), len(truth)
    allowed = [
        [point for point in points if (point.shown - point.true) * 1_000 <= budget * cases] for budget in BUDGETS
    ]
    recall = [max((point.true for point in some), default=0) / total for some in allowed]
    return [report.part(value) for value in (average_precision(points, total), best_f1(points, total)[0], *recall)]


def shared(labels: Labels, found: Scores) -> Iterable[tuple[str, str, str]]:
    """Yield the share of true pairs that have a value in common, of all and of every larger slice."""
    yield "all", str(len(labels.truth)), report.part(share(labels.truth, found.__contains__))
    for name, pairs in sorted(labels.groups.items()):
        if len(pairs) >= SMALLEST_SLICE:
            yield name, str(len(pairs)), report.part(share(pairs, found.__contains__))


def lists(folder: Path, repeats: int, *, fitted: bool, peers: bool) -> None:
    """Print the tables of two labelled lists."""
    labels, (left, right) = read_labels(folder), read_lists(folder)
    started = time.process_time()
    found = without_own(labels, left, right, repeats) if fitted else encoded(left, right, repeats)
    taken = time.process_time() - started
    rows = [("encoded, held out" if fitted else "encoded", *measured(found, labels.truth, len(left)))]
    others: list[tuple[str, Callable[[Records, Records], Scores]]] = []
    others += [("Bloom filters", by_filters), ("engine, in clear", in_clear)] if peers else []
    rows += [(name, *measured(way(left, right), labels.truth, len(left))) for name, way in others]
    head = ("", "AP", "best F1", *(f"recall, {budget} false in 1,000" for budget in BUDGETS))
    print("\n" + report.table(head, rows))
    print("\n" + report.table(("true pairs with a value in common", "pairs", "share"), shared(labels, found)))
    print(f"\n{len(found):,} pairs with a value in common, {taken:.0f} s of processor time")


def four_fields(folder: Path) -> None:
    """Print FEBRL 4 on given name, surname, date of birth and suburb: F1 above a threshold, and of mutual best."""
    left, right = (list(_febrl(folder / f"dataset4{half}.csv")) for half in "ab")
    owner = {record.id: record.id.split("-")[1] for record in (*left, *right)}
    by_owner = {owner[record.id]: record.id for record in right}
    truth = frozenset((one.id, by_owner[owner[one.id]]) for one in left if owner[one.id] in by_owner)
    rows = []
    for name, way in (("encoded", encoded), ("Bloom filters", by_filters)):
        found = way(left, right)
        rows.append((name, measured(found, truth, len(left))[1], measured(mutual(found), truth, len(left))[1]))
    print("\n" + report.table(("FEBRL 4, four fields", "best F1", "mutual best"), rows))


def mutual(found: Scores) -> Scores:
    """Return the pairs of which each is the other's best."""
    best: dict[str, float] = {}
    for pair, score in found.items():
        for one in pair:
            best[one] = max(best.get(one, score), score)
    return {pair: score for pair, score in found.items() if all(best[one] == score for one in pair)}


def _febrl(path: Path) -> Iterable[matching.PersonRecord]:
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, skipinitialspace=True):
            yield matching.PersonRecord(
                id=row["rec_id"],
                role="registered",
                names=(matching.Name("original", given=row["given_name"], family=row["surname"]),),
                birth=febrl.born(row["date_of_birth"]),
                last_place=row["suburb"],
            )


def main() -> None:
    """Print the tables of one folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--febrl", action="store_true")
    parser.add_argument("--repeats", type=int, default=REPEATS, help="cases of one list that may share a token")
    asked = parser.parse_args()
    print(report.header(), flush=True)
    if asked.febrl:
        four_fields(asked.folder)
    else:
        lists(asked.folder, asked.repeats, fitted=asked.held_out, peers=asked.peers)


if __name__ == "__main__":
    main()
