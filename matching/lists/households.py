"""Members of one household who are sought together: their pairs support each other, once all pairs are written.

What is lifted follows from both lists and from the pairs alone, so that neither chunks nor stops change it. Of the
lists only the rows concerned are read again, a bounded number at once.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, islice
from operator import itemgetter

from matching import families
from matching.engine import compare
from matching.lists.evidence import in_one_cell
from matching.lists.people import People
from matching.lists.reports import Say
from matching.lists.resume import Ledger
from matching.profile import Profile, profile

# Households of registration lists have up to about thirty members; what more rows share is a camp, a convoy, a day.
MOST_MEMBERS = 40
# Pairs of one person that support and are supported, the best: a household has at most forty times as many.
MOST_OF_ONE = 10
# Pairs whose persons are held in memory at once, some 3 kB each.
MOST_PAIRS = 20_000

Scores = dict[families.Ids, float]


@dataclass(frozen=True, slots=True)
class Lifted:
    """What stands in the place of the score and the evidence of a pair."""

    score: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Households:
    """The households of both lists that count.

    `of` gives by the id of a left person the household that the list keeps others under too; `crowded` are the
    households of the right list that have too many members to be one.
    """

    of: Mapping[str, str]
    crowded: frozenset[str]


def read_households(left: People, right: People, say: Say) -> Households:
    """Return the households of both lists; those of more than MOST_MEMBERS rows count as none, and are said."""
    sizes = _sizes("left", left, say)
    if not any(1 < size <= MOST_MEMBERS for size in sizes.values()):
        return Households({}, frozenset())
    of, repeated = dict[str, str](), set[str]()
    for member in left.members():
        if member.again:  # which row a pair is of cannot be told
            repeated.add(member.id)
        elif 1 < sizes[member.household] <= MOST_MEMBERS:
            of[member.id] = member.household
    crowded = (home for home, size in _sizes("right", right, say).items() if size > MOST_MEMBERS)
    return Households({ident: home for ident, home in of.items() if ident not in repeated}, frozenset(crowded))


def _sizes(side: str, people: People, say: Say) -> Counter[str]:
    """The number of rows of each household that is told."""
    if not people.has_households:
        return Counter()
    sizes = Counter(member.household for member in people.members() if member.household)
    crowded = sum(size > MOST_MEMBERS for size in sizes.values())
    if crowded:
        say(f"{side}: households of more than {MOST_MEMBERS} members count as none: {crowded:,}.")
    return sizes


@dataclass(frozen=True, slots=True)
class Lifting:
    """Lifts the pairs that a ledger holds; `threshold` is the least score that stays."""

    left: People
    right: People
    households: Households
    threshold: float
    explain: bool

    def run(self, ledger: Ledger, say: Say) -> None:
        """Replace the pairs by the same with the scores that other pairs of the household support."""
        lifted: dict[families.Ids, Lifted] = {}
        for homes in _batches(ledger.pairs(), self.households.of):
            say(f"Weighing the pairs of {len(homes):,} families together.")
            lifted |= self._lifted(_pairs_of(homes, ledger.pairs(), self.households.of))
        ledger.replace(_rewritten(ledger.pairs(), lifted, self.threshold))
        homes = {self.households.of[left] for left, _ in lifted}
        say(f"{len(lifted):,} pairs of {len(homes):,} families were lifted.")

    def _lifted(self, pairs: Mapping[str, Scores]) -> dict[families.Ids, Lifted]:
        """The pairs of some households that others support, lifted."""
        right = _profiles(self.right, {ident for scores in pairs.values() for _, ident in scores})
        akin = _Akin(right, self.households.crowded)
        scores: Scores = {}
        support: Scores = {}
        for held in pairs.values():
            known = {ids: score for ids, score in held.items() if ids[1] in right}
            support |= families.supports(known, akin)
            scores |= known
        left = _profiles(self.left, {ident for ident, _ in support})
        found: dict[families.Ids, Lifted] = {}
        for ids, share in support.items():
            if ids[0] in left:
                pair = replace(compare(left[ids[0]][0], right[ids[1]][0]), score=scores[ids])
                better = families.supported(pair, share)
                if better is not pair:
                    evidence = in_one_cell(better.evidence) if self.explain else ""
                    found[ids] = Lifted(f"{better.score:.9f}", evidence)
        return found


class _Akin:
    """Tells what speaks for one family of two persons of the right list: their households, else what they say."""

    def __init__(self, persons: Mapping[str, tuple[Profile, str]], crowded: Container[str]) -> None:
        self._persons, self._crowded = persons, crowded
        self._known: dict[families.Ids, float] = {}

    def __call__(self, one: str, other: str) -> float:
        (ours, home), (theirs, their_home) = self._persons[one], self._persons[other]
        if home and their_home and home not in self._crowded and their_home not in self._crowded:
            return families.SAME_HOUSEHOLD if home == their_home else 0.0
        ids = (min(one, other), max(one, other))
        if ids not in self._known:
            self._known[ids] = families.akin(ours, theirs)
        return self._known[ids]


def _taking_part(rows: Iterable[list[str]], of: Mapping[str, str]) -> Iterator[tuple[str, families.Ids, float]]:
    """Yield household, ids and score of the pairs that support or are supported."""
    for left, lines in groupby(rows, key=itemgetter(0)):
        if left in of:
            for _, right, score, *_ in islice(lines, MOST_OF_ONE):
                if float(score) >= families.LEAST_SUPPORTED:
                    yield of[left], (left, right), float(score)


def _batches(rows: Iterable[list[str]], of: Mapping[str, str]) -> Iterator[set[str]]:
    """Yield households to look at together: those of which a pair may support another."""
    counts, supporting = Counter[str](), set[str]()
    for home, _, score in _taking_part(rows, of):
        counts[home] += 1
        if score >= families.LEAST_SUPPORT:
            supporting.add(home)
    batch, held = set[str](), 0
    for home, count in counts.items():
        if home in supporting:
            batch.add(home)
            held += count
        if held >= MOST_PAIRS:
            yield batch
            batch, held = set(), 0
    if batch:
        yield batch


def _pairs_of(homes: Container[str], rows: Iterable[list[str]], of: Mapping[str, str]) -> dict[str, Scores]:
    """The scores of the pairs of some households."""
    found: dict[str, Scores] = {}
    for home, ids, score in _taking_part(rows, of):
        if home in homes:
            found.setdefault(home, {})[ids] = score
    return found


def _profiles(people: People, wanted: Container[str]) -> dict[str, tuple[Profile, str]]:
    """Profile and household of the persons of the ids `wanted`, without those whose id comes twice."""
    found, repeated = dict[str, tuple[Profile, str]](), set[str]()
    for person, household in people.of_ids(wanted):
        if person.id in found:
            repeated.add(person.id)
        found[person.id] = profile(person), household
    return {ident: told for ident, told in found.items() if ident not in repeated}


def _rewritten(
    rows: Iterable[list[str]], lifted: Mapping[families.Ids, Lifted], threshold: float
) -> Iterator[list[list[str]]]:
    """Yield the rows of each left person, the best first, without those that stay below `threshold`."""
    for _, group in groupby(rows, key=itemgetter(0)):
        lines = list(group)
        if any((left, right) in lifted for left, right, *_ in lines):
            lines = [_line(line, lifted.get((line[0], line[1]))) for line in lines]
            lines.sort(key=lambda line: -float(line[2]))
        yield [line for line in lines if float(line[2]) >= threshold]


def _line(line: list[str], lifted: Lifted | None) -> list[str]:
    return line if lifted is None else [*line[:2], lifted.score, *([lifted.evidence] if line[3:] else [])]
