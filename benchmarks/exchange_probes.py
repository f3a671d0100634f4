"""What a partner learns that plants invented cases in its list, and when the anomaly note of the register speaks.

    python benchmarks/exchange_probes.py FOLDER

FOLDER holds left.csv, right.csv and truth.csv as for accuracy.py. The own list is a part of the left records. The
partner holds a register of persons and puts some of them as cases into a list of honest ones, right records of persons
that are nobody's on the left; the hub reports its pairs at 10 false pairs in 1,000 cases, as an agreement has it.

Answered. Of probes for persons who are on the own list, and of probes for persons who are not, how many are reported.
The register writes a person either exactly as the own list does, or its own way: then the right record of the same
person is taken for it.
Noted. How often the register of exchange calls a round with probes unusual after three honest rounds, by how many cases
the two honest lists share. Probes are exact copies here: of persons of ours only, when the partner asks for those whom
it suspects, or of a register of which one person in twenty is on the own list, when it asks for everybody.
"""

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import report
from benchmarks.encoded import read_lists, seen_cases
from benchmarks.labels import read_labels
from benchmarks.training.exchange_weights import numbered
from matching.encoding import Encoded, compare, encode, threshold
from rfl.services.exchange_register import ROUNDS_TO_COMPARE, unusual

FALSE_PAIRS = 10  # in 1,000 cases, as an agreement has it
REPEATS = (1, 3)  # cases of a list in which a token may stand: what a new agreement proposes, and what it may allow
SEED = 1
OURS, THEIRS, ASKED = 4_000, 4_000, 250  # answered: cases of each list, probes of each kind
SMALL, CAP = 1_000, 2_000  # noted: cases of the own list, and of the partner's, which is the cap a draft proposes
SHARED = (1, 5, 20)  # noted: cases in 100 of the own list that the partner's honest list holds too
SUSPECTED = (5, 10, 25, 50, 100, 200, 400)  # noted: probes, all of persons of ours
EVERYBODY = (200, 500, 1_000, 1_800)  # noted: probes, one in IN_REGISTER of a person of ours
IN_REGISTER = 20
DRAWS = 20
Cases = Sequence[Encoded]


@dataclass(frozen=True, slots=True)
class People:
    """Both lists encoded; `twins` are the right records of a left one, `strangers` right records of nobody's."""

    left: Cases
    right: Cases
    twins: dict[int, list[int]]
    strangers: list[int]


def read_people(folder: Path) -> People:
    """Encode the lists in a folder."""
    lists = read_lists(folder)
    twins = defaultdict(list)
    for one, two in numbered(read_labels(folder), *lists):
        twins[one].append(two)
    left, right = ([encode(one) for one in side] for side in lists)
    taken = {two for some in twins.values() for two in some}
    return People(left, right, dict(twins), [two for two in range(len(right)) if two not in taken])


def reported(ours: Cases, theirs: Cases, repeats: int) -> list[tuple[int, int]]:
    """Return the pairs (own case, partner's case) that the hub reports to both."""
    sides = seen_cases(ours, first=True, repeats=repeats), seen_cases(theirs, first=False, repeats=repeats)
    least = threshold(FALSE_PAIRS, max(len(ours), len(theirs)))
    return [(one, two) for one, two, _, _ in compare(*sides, least)]


def answered(people: People, lot: random.Random, repeats: int, *, own_way: bool) -> tuple[float, float]:
    """Return which part of the probes is reported: for persons on the own list, and for persons not on it."""
    order = lot.sample(range(len(people.left)), len(people.left))
    part = min(OURS, len(order) * 4 // 5)
    ours, absent = order[:part], order[part:]

    def probes(persons: Sequence[int]) -> list[tuple[int, Encoded]]:
        known = [one for one in persons if one in people.twins] if own_way else list(persons)
        some = lot.sample(known, min(ASKED, len(known)))
        return [(one, people.right[people.twins[one][0]] if own_way else people.left[one]) for one in some]

    here, elsewhere = probes(ours), probes(absent)
    honest = [people.right[two] for two in lot.sample(people.strangers, min(THEIRS, len(people.strangers)))]
    theirs = [*(case for _, case in (*here, *elsewhere)), *honest]
    pairs = reported([people.left[one] for one in ours], theirs, repeats)
    hit = {(ours[one], two) for one, two in pairs}
    met = {two for _, two in pairs}
    right = sum((person, at) in hit for at, (person, _) in enumerate(here))
    wrong = sum(len(here) + at in met for at in range(len(elsewhere)))
    return right / len(here), wrong / len(elsewhere)


@dataclass(frozen=True, slots=True)
class Noted:
    """A round with probes: pairs for 100 own cases in honest rounds, answers it gave, whether it was called unusual."""

    usual: float
    answers: int
    unusual: bool


def noted(people: People, lot: random.Random, shared: int, asked: Sequence[tuple[int, int]]) -> list[Noted]:
    """Return the outcome of one draw for each of `asked`: (probes of persons of ours, probes of others)."""
    some = lot.sample(sorted(people.twins), shared)
    rest = lot.sample([one for one in range(len(people.left)) if one not in people.twins], SMALL - shared)
    ours = [people.left[one] for one in (*some, *rest)]
    known = set(some) | set(rest)
    absent = [one for one in range(len(people.left)) if one not in known]

    def theirs(probes: Sequence[int]) -> list[Encoded]:
        strangers = lot.sample(people.strangers, CAP - shared - len(probes))
        cases = (*(people.twins[one][0] for one in some), *strangers)
        return [*(people.left[one] for one in probes), *(people.right[two] for two in cases)]

    def rate(pairs: Sequence[tuple[int, int]]) -> float:
        return 100 * len(pairs) / SMALL

    before = [rate(reported(ours, theirs(()), REPEATS[0])) for _ in range(ROUNDS_TO_COMPARE)]
    found = []
    for of_ours, others in asked:
        probes = [*lot.sample(rest, of_ours), *lot.sample(absent, others)]
        pairs = reported(ours, theirs(probes), REPEATS[0])
        answers = len({two for _, two in pairs if two < of_ours})
        found.append(Noted(sorted(before)[1], answers, unusual(rate(pairs), before)))
    return found


def noted_rows(people: People, draws: int = DRAWS) -> list[tuple[str, ...]]:
    """Return a line for each number of shared cases and of probes."""
    asked = [(number, 0) for number in SUSPECTED]
    asked += [(number // IN_REGISTER, number - number // IN_REGISTER) for number in EVERYBODY]
    rows = []
    for shared in SHARED:
        lot = random.Random(SEED)
        outcomes = [noted(people, lot, shared * SMALL // 100, asked) for _ in range(draws)]
        for at, (of_ours, others) in enumerate(asked):
            some = [one[at] for one in outcomes]
            rows.append(
                (
                    f"{shared}",
                    f"{sum(one.usual for one in some) / draws:.1f}",
                    f"{of_ours + others:,}" + ("" if not others else f" ({of_ours} of ours)"),
                    f"{sum(one.answers for one in some) / draws:.0f}",
                    f"{sum(one.unusual for one in some)} of {draws}",
                )
            )
    return rows


def main() -> None:
    """Print both tables for two lists."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    print(report.header(), flush=True)
    people = read_people(parser.parse_args().folder)
    rows = []
    for own_way, name in ((False, "the very record"), (True, "the same person, written another way")):
        parts = [answered(people, random.Random(SEED), repeats, own_way=own_way) for repeats in REPEATS]
        rows.append((name, *(f"{part:.1%}" for both in parts for part in both)))
    head = ("probe", *(f"{who}, a token in {number}" for number in REPEATS for who in ("on the list", "not on it")))
    print("\n" + report.table(head, rows), flush=True)
    head = ("shared in 100", "pairs for 100 cases", "probes", "answered", "noted")
    print("\n" + report.table(head, noted_rows(people)))


if __name__ == "__main__":
    main()
