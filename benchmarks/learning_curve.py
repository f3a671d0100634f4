"""What judged proposals teach: average precision without and with a correction, by the number of judged matches.

    python benchmarks/learning_curve.py FOLDER [--draws N]

FOLDER holds left.csv, right.csv and truth.csv. Half of the sought persons (by a hash of the id) teaches, the other half
is measured, and the other way round. A judged case means that every proposal of that sought person was judged; for each
case with a match three without one are judged too.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from statistics import mean

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import matching
from benchmarks.rows import read_people, read_rows
from matching.calibration import average_precision

JUDGED = (25, 50, 100, 200, 400)
UNMATCHED = 3  # cases without a match that are judged with each case that has one
TOP = 50


@dataclass(frozen=True)
class Judged:
    """A proposal and whether it is right."""

    comparison: matching.Comparison
    same: bool
    left: str


def propose(folder: Path) -> dict[str, list[Judged]]:
    """Return all proposals by sought person."""
    truth = {(row["left_id"], row["right_id"]) for row in read_rows(folder / "truth.csv")}
    index = matching.Index(read_people(folder / "right.csv", "registered"))
    found: dict[str, list[Judged]] = {}
    for record in read_people(folder / "left.csv", "sought"):
        found[record.id] = [
            Judged(index.explain(record, match.place), (record.id, match.id) in truth, record.id)
            for match in index.propose(record, top=TOP)
        ]
    return found


def half_of(left: str) -> int:
    """Return 0 or 1, the same every time."""
    return blake2b(left.encode(), digest_size=1).digest()[0] % 2


def learn(pairs: Sequence[Judged]) -> matching.Correction:
    """Return what these judgements teach; nothing where they are too few."""
    try:
        return matching.fit(
            [one.comparison for one in pairs], [one.same for one in pairs], groups=[one.left for one in pairs]
        )
    except matching.TooFewJudgements:
        return matching.Correction()


def measure(pairs: Sequence[Judged], correction: matching.Correction) -> tuple[float, float]:
    """Return average precision over these proposals, and the mean logarithmic loss in bits."""
    sums = [sum(item.weight for item in correction.put_on(one.comparison.evidence)) for one in pairs]
    chances = np.clip([correction.probability(total) for total in sums], 1e-9, 1 - 1e-9)
    same = np.array([float(one.same) for one in pairs])
    loss = -(same * np.log2(chances) + (1 - same) * np.log2(1 - chances)).mean()
    return average_precision(np.array(sums), same), float(loss)


def draw(found: Mapping[str, list[Judged]], half: int, count: int, chance: random.Random) -> list[Judged]:
    """Return the proposals of `count` cases with a match and of UNMATCHED times as many without."""
    own = sorted(left for left in found if half_of(left) == half)
    matched = [left for left in own if any(one.same for one in found[left])]
    others = sorted(set(own) - set(matched))
    chosen = chance.sample(matched, min(count, len(matched)))
    chosen += chance.sample(others, min(UNMATCHED * count, len(others)))
    return [one for left in chosen for one in found[left]]


def lines(found: Mapping[str, list[Judged]], draws: int) -> Iterable[str]:
    """Yield a markdown table; average precision is that of the proposals, not of all true pairs."""
    held = [[one for left in found if half_of(left) == half for one in found[left]] for half in (0, 1)]
    before = [measure(held[1 - half], matching.Correction()) for half in (0, 1)]
    yield "| matched cases judged | average precision | with correction | smallest gain | loss | with correction |"
    yield "|---|---|---|---|---|---|"
    for count in (*JUDGED, len(found)):
        after = []
        for number in range(draws if count < len(found) else 2):
            half = number % 2
            correction = learn(draw(found, half, count, random.Random(number)))
            after.append((before[half], measure(held[1 - half], correction)))
        smallest = min(new[0] - old[0] for old, new in after)
        old, new = (tuple(map(mean, zip(*side, strict=True))) for side in zip(*after, strict=True))
        name = count if count < len(found) else "all of one half"
        yield f"| {name} | {old[0]:.4f} | {new[0]:.4f} | {smallest:+.4f} | {old[1]:.4f} | {new[1]:.4f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with left.csv, right.csv, truth.csv")
    parser.add_argument("--draws", type=int, default=8, help="random choices of judged cases, half of them per half")
    arguments = parser.parse_args()
    sys.stdout.write("\n".join(lines(propose(arguments.folder), arguments.draws)) + "\n")


if __name__ == "__main__":
    main()
