"""What a hub with a register could read out of the values that two encoded lists have in common.

    python benchmarks/exchange_attacks.py FOLDER [--repeats N]

FOLDER holds left.csv, right.csv and truth.csv as for accuracy.py. The hub has no key: of each list it sees which values
belong to one case, their rule classes, which classes each case could make, and which values of the two lists are equal.
The register is the worst there can be: the very records of the lists, without an error. Cases of pairs above the
threshold are set aside, since they are opened to both societies; the question is what is learned of all others.

A. How many values stand twice in one list: what earlier attacks on encoded lists have used.
B. Both lists in the register: whether the pattern of coincidences of a case, with those of the cases it meets, and
   theirs again, is unlike that of any other (colour refinement). Lists that are known exactly have the same pattern.
C. The same with a part of both lists missing from the register: whose coincidences are most alike, with a margin.
D. The first list alone in the register: cases that meet one value of the second list have that fact in common, and
   which cases have it in common the register tells.
E. As D, with a register that has written the same persons its own way, as real registers do: the second list is taken
   for it, which holds other records of some persons of the first. Only these are tried.
"""

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks import report
from benchmarks.encoded import Seen, read_lists, seen_cases
from benchmarks.labels import read_labels
from benchmarks.training.exchange_weights import numbered
from matching.encoding import REPEATS, Encoded, compare, encode, threshold

FALSE_PAIRS = 10  # of the threshold above which pairs are reported and so set aside, in 1,000 cases
DEPTHS = (1, 2, 4)
COVERS = (1.0, 0.95, 0.8)  # parts of both lists that the register holds
MARGIN = 0.1  # by which the best of a gap-tolerant attack must be better than the next
SEED = 1
Edges = dict[int, list[tuple[int, int]]]  # by case: (bits of the equal classes, case of the other list)


@dataclass(frozen=True, slots=True)
class Named:
    """Outcome of an attack: cases it was tried on, named right, and named wrong."""

    tried: int
    right: int
    wrong: int

    def row(self, attack: str) -> tuple[str, str, str, str]:
        """Return a line of the table."""
        return attack, str(self.tried), f"{self.right / self.tried:.1%}", f"{self.wrong / self.tried:.1%}"


@dataclass(frozen=True, slots=True)
class View:
    """Two lists at the hub, and the edges between their cases, seen from either."""

    left: Seen
    right: Seen
    of_left: Edges
    of_right: Edges


def view_of(left: Sequence[Encoded], right: Sequence[Encoded], repeats: int = REPEATS) -> View:
    """Return what the hub sees of two lists."""
    ours, theirs = seen_cases(left, first=True, repeats=repeats), seen_cases(right, first=False, repeats=repeats)
    of_left, of_right = defaultdict(list), defaultdict(list)
    for one, two, _, classes in compare(ours, theirs):
        of_left[one].append((classes, two))
        of_right[two].append((classes, one))
    return View(ours, theirs, of_left, of_right)


def reported(view: View, false_pairs: float = FALSE_PAIRS) -> set[int]:
    """Return the left cases of pairs above the threshold."""
    least = threshold(false_pairs, max(len(view.left.presence), len(view.right.presence)))
    return {one for one, _, _, _ in compare(view.left, view.right, least)}


def repeated(side: Seen) -> int:
    """Return how many values stand in a list more than once."""
    values = np.ascontiguousarray(side.value).view("<u8").reshape(-1)
    return len(values) - len(np.unique(values))


def unlike_any(view: View, depth: int, apart: set[int]) -> Named:
    """Attack B: cases whose colour after `depth` rounds of refinement no other case has."""
    left, right = _colours(view.left), _colours(view.right)
    for _ in range(depth):
        left, right = _refined(left, view.of_left, right), _refined(right, view.of_right, left)
    number = Counter(left)
    rest = [case for case in range(len(left)) if case not in apart]
    return Named(len(rest), sum(number[left[case]] == 1 for case in rest), 0)


def _colours(side: Seen) -> list[Hashable]:
    return [int(bits) for bits in side.presence]


def _refined(own: list[Hashable], edges: Edges, others: list[Hashable]) -> list[Hashable]:
    met = (tuple(sorted((bits, hash(others[two])) for bits, two in edges.get(one, ()))) for one in range(len(own)))
    return [hash((colour, edge)) for colour, edge in zip(own, met, strict=True)]


def most_alike(seen: View, register: View, owner: Sequence[int], apart: set[int]) -> Named:
    """Attack C: the register's case whose edges are most like those of a case; `owner` numbers its left cases."""
    known = _by_pattern(register)
    tried = right = wrong = 0
    for case, bits in enumerate(seen.left.presence.tolist()):
        if case in apart:
            continue
        tried += 1
        mine = _pattern(seen, case)
        alike = [(_jaccard(mine, pattern), owner[other]) for other, pattern in known.get(bits, ())] if mine else []
        alike.sort(reverse=True)
        if alike and alike[0][0] > (alike[1][0] if len(alike) > 1 else 0.0) + MARGIN:
            right, wrong = (right + 1, wrong) if alike[0][1] == case else (right, wrong + 1)
    return Named(tried, right, wrong)


def _pattern(view: View, case: int) -> Counter[Hashable]:
    """Return the edges of a left case: their classes and what the case at the other end could make."""
    return Counter((bits, int(view.right.presence[two])) for bits, two in view.of_left.get(case, ()))


def _by_pattern(view: View) -> dict[int, list[tuple[int, Counter[Hashable]]]]:
    found = defaultdict(list)
    for case, bits in enumerate(view.left.presence.tolist()):
        found[bits].append((case, _pattern(view, case)))
    return found


def _jaccard(one: Counter[Hashable], other: Counter[Hashable]) -> float:
    return (one & other).total() / max((one | other).total(), 1)


def through_the_other_list(view: View, left: Sequence[Encoded], apart: set[int], repeats: int) -> Named:
    """Attack D: facts that left cases are seen to share, held against what the register says they share."""
    shown = _shared_through(view, repeats)
    truly = _shared(left, repeats)
    same_bits = defaultdict(list)
    for case, encoded in enumerate(left):
        same_bits[encoded.presence].append(case)
    rest = [case for case in range(len(left)) if case not in apart]
    right = wrong = 0
    for case in rest:
        needed = Counter((rule, left[other].presence) for rule, other in shown.get(case, ()))
        fits = [one for one in same_bits[left[case].presence] if needed <= truly.get(one, Counter())]
        if len(fits) == 1:
            right, wrong = (right + 1, wrong) if fits[0] == case else (right, wrong + 1)
    return Named(len(rest), right, wrong)


def in_other_words(
    view: View, right: Sequence[Encoded], owners: dict[int, set[int]], apart: set[int], repeats: int
) -> Named:
    """Attack E: as D, the most alike in the facts shared with others; `owners` are the right cases of a left one."""
    shown = _shared_through(view, repeats)
    shared = _shared(right, repeats).items()
    register = {case: Counter(rule for rule, _ in pattern.elements()) for case, pattern in shared}
    tried = right_ones = wrong = 0
    for case in owners.keys() - apart:
        tried += 1
        mine = Counter(rule for rule, _ in shown.get(case, ()))
        alike = sorted(((_jaccard(mine, other), one) for one, other in register.items()), reverse=True) if mine else []
        if len(alike) > 1 and alike[0][0] > alike[1][0] + MARGIN:
            found = alike[0][1] in owners[case]
            right_ones, wrong = right_ones + found, wrong + (not found)
    return Named(tried, right_ones, wrong)


def _shared_through(view: View, repeats: int) -> dict[int, set[tuple[int, int]]]:
    """Return by left case (rule class, other left case) for values that meet one place of the right list."""
    left, right = (np.ascontiguousarray(side.value).view("<u8").reshape(-1) for side in (view.left, view.right))
    _, one, two = np.intersect1d(left, right, assume_unique=True, return_indices=True)
    places = len(view.right.token) // repeats or 1
    meeting = defaultdict(list)
    for ours, theirs in zip(one.tolist(), two.tolist(), strict=True):
        meeting[theirs % places].append(ours)  # the digests of one place lie a whole list apart
    shown = defaultdict(set)
    for some in meeting.values():
        for ours in some:
            case, rule = int(view.left.case[ours]), int(view.left.rule[ours])
            shown[case] |= {(rule, int(view.left.case[other])) for other in some} - {(rule, case)}
    return shown


def _shared(left: Sequence[Encoded], repeats: int) -> dict[int, Counter[Hashable]]:
    """Return by case what it truly shares with others of its list: (rule class, what the other could make)."""
    holders = defaultdict(list)
    for case, encoded in enumerate(left):
        for rule, token in encoded.tokens:
            holders[rule, token].append(case)
    found: dict[int, Counter[Hashable]] = defaultdict(Counter)
    for (rule, _), cases in holders.items():
        if 1 < len(cases) <= repeats:
            for case in cases:
                found[case].update((rule, left[other].presence) for other in cases if other != case)
    return found


def attacks(
    left: Sequence[Encoded], right: Sequence[Encoded], owners: dict[int, set[int]], repeats: int = REPEATS
) -> list[tuple[str, str, str, str]]:
    """Return the table of all attacks on two lists; `owners` are the true right cases of left ones."""
    view = view_of(left, right, repeats)
    apart = reported(view)
    rows = [unlike_any(view, depth, apart).row(f"B. register of both lists, depth {depth}") for depth in DEPTHS]
    lot = random.Random(SEED)
    for cover in COVERS:
        kept = [case for case in range(len(left)) if lot.random() < cover]
        known = view_of([left[case] for case in kept], [one for one in right if lot.random() < cover], repeats)
        rows.append(most_alike(view, known, kept, apart).row(f"C. register of {cover:.0%} of both lists, most alike"))
    rows.append(through_the_other_list(view, left, apart, repeats).row("D. register of the first list alone"))
    rows.append(in_other_words(view, right, owners, apart, repeats).row("E. register that writes them its own way"))
    bits = Counter(one.presence for one in left)
    alone = sum(bits[one.presence] == 1 for case, one in enumerate(left) if case not in apart)
    rows.append(Named(len(left) - len(apart), alone, 0).row("presence bits alone"))
    twice = repeated(view.left) + repeated(view.right)
    return [(f"A. values that stand in a list twice: {twice}", str(len(left)), "0.0%", "0.0%"), *rows]


def main() -> None:
    """Print the table for two lists."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    asked = parser.parse_args()
    print(report.header(), flush=True)
    lists = read_lists(asked.folder)
    owners: dict[int, set[int]] = defaultdict(set)
    for one, two in numbered(read_labels(asked.folder), *lists):
        owners[one].add(two)
    left, right = ([encode(one) for one in side] for side in lists)
    head = ("attack", "cases not reported", "named right", "named wrong")
    print("\n" + report.table(head, attacks(left, right, owners, asked.repeats)))


if __name__ == "__main__":
    main()
