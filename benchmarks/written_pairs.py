"""The engine on pairs that people wrote by hand, tradition by tradition, hidden in long invented lists.

    python benchmarks/written_pairs.py [--right 20000] [--left 500] [--seed 1] [--learn FOLDER] [--errors 40]

lists/written/ holds persons as two clerks might write them, whom no program made, with siblings, namesakes, parents and
children who are somebody else. Invented persons (generate_lists.py) are added to both lists, so that finding is as hard
as in a list of `--right`; pairs of an invented sought person are not counted, an invented registered person proposed
for a written one counts as wrong. `--learn` measures again with a correction learned from the rightly judged proposals
of other labelled lists. `--errors` shows the true pairs of the lowest scores and the siblings scored .9 or more.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import matching
from benchmarks import engine, measures, report
from benchmarks.accuracy import key_recall, taught
from benchmarks.labels import Labels, read_labels
from benchmarks.lists.files import generate
from benchmarks.measures import Pair, Scores
from benchmarks.rows import Row, read_people, read_rows

WRITTEN = Path(__file__).resolve().parent / "lists" / "written"
TOP, THRESHOLD = 20, 1e-9  # so low that average precision sees the whole curve
NAMES = ("full_name", "given_name", "father_name", "grandfather_name", "family_name")
BESIDE = ("mother_name", "date_of_birth", "age", "place_of_birth")


@dataclass(frozen=True)
class Mixed:
    """Written persons among invented ones: the sought, an index of the registered, and the labels of the written."""

    left: list[matching.PersonRecord]
    index: matching.Index
    places: dict[str, int]
    labels: Labels


def mix(written: Path, invented: Path) -> Mixed:
    """Return the lists of both folders as one; labels come from `written` only."""
    left, right = (
        [*read_people(written / f"{side}.csv", role), *read_people(invented / f"{side}.csv", role)]
        for side, role in (("left", "sought"), ("right", "registered"))
    )
    places = {record.id: place for place, record in enumerate(right)}
    return Mixed(left, matching.Index(right), places, read_labels(written))


def score(mixed: Mixed, sought: set[str], correction: matching.Correction | None = None) -> dict[Pair, float]:
    """Return the scores of everybody proposed for the persons of the ids `sought`; all others are linked as well."""
    found = engine.link(mixed.left, mixed.index, top=TOP, threshold=THRESHOLD, correction=correction)
    return measures.best_scores(pair for pair in found if pair[0] in sought)


def learn(folder: Path) -> matching.Correction:
    """Return what the rightly judged proposals of the labelled lists in `folder` teach."""
    index = matching.Index(read_people(folder / "right.csv", "registered"))
    return taught(list(read_people(folder / "left.csv", "sought")), index, read_labels(folder), TOP)


def among_strangers(scores: Scores, labels: Labels) -> tuple[str, float]:
    """Return the average precision that there would be without the relatives and namesakes written beside the pairs."""
    known = set().union(*labels.negatives.values())
    points = measures.curve({pair: value for pair, value in scores.items() if pair not in known}, labels.truth)
    return "average precision without known relatives and namesakes", measures.average_precision(
        points, len(labels.truth)
    )


def slices(scores: Scores, labels: Labels) -> str:
    """Return every tradition and script pair, however small, with its true pairs by rank and by score."""
    places = measures.ranks(scores, labels.truth)
    rows = []
    for name, (count, first, fifth) in measures.slices(places, labels.groups, least=1).items():
        even, sure = (
            measures.share(labels.groups[name], lambda pair, at=at: scores.get(pair, 0.0) >= at)
            for at in (report.EVEN, report.SURE)
        )
        rows.append((name, count, *map(report.part, (first, fifth, even, sure))))
    head = (
        "true pairs",
        "pairs",
        "at rank 1",
        "at rank 5 or better",
        f"{report.EVEN} or more",
        f"{report.SURE} or more",
    )
    return report.table(head, rows)


def in_short(row: Row) -> str:
    """Return what a person is called, and what else is told of them, in one line."""
    name = " ".join(row[part] for part in NAMES if row[part])
    beside = ", ".join(row[column] for column in BESIDE if row[column])
    return f"{name} ({beside})" if beside else name


def errors(
    mixed: Mixed, scores: Scores, written: Path, most: int, correction: matching.Correction | None = None
) -> str:
    """Return the `most` true pairs of the lowest scores, and the siblings scored report.SURE or more.

    A true pair that was not proposed is compared too: what it would score tells a missing key from a low score.
    """
    rows = {row["id"]: row for side in ("left", "right") for row in read_rows(written / f"{side}.csv")}
    people = {record.id: record for record in mixed.left}
    culture = {(row["left_id"], row["right_id"]): row["culture"] for row in read_rows(written / "truth.csv")}

    def compared(pair: Pair) -> float:
        return mixed.index.explain(people[pair[0]], mixed.places[pair[1]], correction=correction).score

    def lines(pairs: Iterable[Pair], scored: Callable[[Pair], float]) -> list[tuple[str, ...]]:
        return [
            (f"{scored(pair):.4f}", "" if pair in scores else "not proposed", culture.get(pair, ""),
             " ".join(pair), *(in_short(rows[one]) for one in pair))
            for pair in pairs
        ]  # fmt: skip

    head = ("score", "", "tradition", "ids", "sought", "registered")
    worst = sorted(mixed.labels.truth, key=lambda pair: (scores.get(pair, 0.0), compared(pair)))[:most]
    siblings = [pair for pair in mixed.labels.negatives["sibling"] if scores.get(pair, 0.0) >= report.SURE]
    siblings.sort(key=lambda pair: -scores[pair])
    return f"{report.table(head, lines(worst, compared))}\n\n{report.table(head, lines(siblings, scores.__getitem__))}"


def main() -> None:
    """Print the measures asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--right", type=int, default=20_000, help="invented registered persons added")
    parser.add_argument("--left", type=int, default=500, help="invented sought persons added")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--learn", type=Path, help="labelled lists that teach a correction")
    parser.add_argument("--errors", type=int, default=0, help="true pairs of the lowest scores to show")
    asked = parser.parse_args()
    print(report.header(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), asked.left, asked.right, asked.seed)
        mixed = mix(WRITTEN, Path(folder))
    sought = {row["id"] for row in read_rows(WRITTEN / "left.csv")}
    corrections = [("no labels", None)]
    if asked.learn:
        corrections.append((f"with a correction learned on {asked.learn.name}", learn(asked.learn)))
    for name, correction in corrections:
        scores = score(mixed, sought, correction)
        more = [among_strangers(scores, mixed.labels)]
        more += [] if correction else key_recall(mixed.left, mixed.index, mixed.labels)
        print(
            f"\n## {name}\n\n{report.accuracy(scores, mixed.labels, more)}\n\n{slices(scores, mixed.labels)}",
            flush=True,
        )
        if asked.errors:
            print(f"\n{errors(mixed, scores, WRITTEN, asked.errors, correction)}", flush=True)


if __name__ == "__main__":
    main()
