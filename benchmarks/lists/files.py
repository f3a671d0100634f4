"""Two lists of any size in bounded memory: left.csv, right.csv, truth.csv and negatives.csv, shuffled.

Rows go through temporary files by their final place, so that memory does not grow with the right list; truth and
negatives grow with the left list.
"""

import csv
import math
import random
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from benchmarks.lists.people import KIND_OF_RELATION, Household, Person, household, namesake, pick_tradition
from benchmarks.lists.records import COLUMNS, write

MATCHED = 0.25  # of the sought persons are on the right list
TWICE = 0.12  # of the matched stand there twice
SECOND_SOUGHT, RELATIVE_REGISTERED, NAMESAKE_REGISTERED = 0.15, 0.3, 0.15
ROWS_A_FILE = 20_000  # sorted in memory at a time
GOLDEN = 0.6180339887


class TooFew(ValueError):
    """The right list must be at least as long as the left one to hold matches and relatives."""


class Pile:
    """The rows of one list on their way to their final, shuffled place."""

    def __init__(self, letter: str, size: int, folder: Path, stack: ExitStack, columns: tuple[str, ...]) -> None:
        """Spread `size` rows of `columns`, the id first, over temporary files in `folder`."""
        self.letter, self.size, self.count, self.columns = letter, size, 0, columns
        self.step = next(step for step in range(int(size * GOLDEN) + 1, 2 * size + 2) if math.gcd(step, size) == 1)
        self.paths = [folder / f"{letter}{turn}" for turn in range(-(-size // ROWS_A_FILE))]
        self.files = [stack.enter_context(path.open("w", encoding="utf-8", newline="")) for path in self.paths]
        self.writers = [csv.writer(file) for file in self.files]

    def free(self) -> int:
        """Return how many rows are still wanted."""
        return self.size - self.count

    def put(self, row: Mapping[str, str]) -> str:
        """Add a row and return its id, which says nothing about when it was made."""
        place = (self.count * self.step + self.size // 3) % self.size
        self.count += 1
        own = f"{self.letter}{place + 1:08}"
        self.writers[place // ROWS_A_FILE].writerow((own, *(row[name] for name in self.columns[1:])))
        return own

    def rows(self) -> Iterator[list[str]]:
        """Yield all rows by id; the temporary files must be closed."""
        for path in self.paths:
            with path.open(encoding="utf-8", newline="") as handle:
                yield from sorted(csv.reader(handle))


class Writer:
    """Fills both lists household by household and remembers who is who."""

    columns = COLUMNS

    def __init__(self, left: Pile, right: Pile, seed: int) -> None:
        """Start the sequence of `seed`."""
        self.left, self.right, self.chance = left, right, random.Random(seed)
        self.matches = round(left.size * MATCHED)
        self.truth: list[tuple[str, ...]] = []
        self.negatives: list[tuple[str, ...]] = []

    def fill(self) -> None:
        """Write every household with sought persons, then registered ones until the right list is full."""
        while self.left.free():
            self._sought(household(pick_tradition(self.chance), self.chance))
        while self.right.free():
            self._registered(household(pick_tradition(self.chance), self.chance))

    def _registered(self, home: Household) -> None:
        members = home.members()
        for person in self.chance.sample(members, min(self.chance.choice((1, 1, 2, 3)), len(members))):
            if self.right.free():
                self._put(self.right, person, home, "right")

    def _sought(self, home: Household) -> None:
        chance, members = self.chance, home.members()
        count = 2 if self.left.free() > 1 and chance.random() < SECOND_SOUGHT else 1
        lost = chance.sample(members, count)
        left = [(person, *self._put(self.left, person, home, "left")) for person in lost]
        right = []
        for person in lost:
            # Drawing without replacement: exactly the wanted share is matched.
            matched = chance.random() * (self.left.free() + 1) < self.matches
            self.matches -= matched
            copies = matched * (2 if chance.random() < TWICE else 1)
            right += [(person, *self._put(self.right, person, home, "right")) for _ in range(copies)]
        for person in members:
            spare = self.right.free() > 2 * self.matches
            if all(person is not one for one in lost) and spare and chance.random() < RELATIVE_REGISTERED:
                right.append((person, *self._put(self.right, person, home, "right")))
        for one in left:
            self._judge(one, right, home)
            self._namesake(one[0], one[1])

    def _put(self, pile: Pile, person: Person, home: Household, side: str) -> tuple[str, str, set[str]]:
        row, script, kinds = write(person, home, side, self.chance)
        return pile.put(row), script, kinds

    def _judge(self, one: tuple, right: list[tuple], home: Household) -> None:
        person, own, script, kinds = one
        relations = {id(other): relation for relation, other in home.relatives(person)}
        for other, theirs, their_script, their_kinds in right:
            if other is person:
                found = kinds | their_kinds | ({"cross_script"} if script != their_script else set())
                labels = ";".join(sorted(found)) or "clean"
                self.truth.append((own, theirs, f"{script}-{their_script}", person.tradition.code, labels))
            else:
                self.negatives.append((own, theirs, KIND_OF_RELATION[relations[id(other)]]))

    def _namesake(self, person: Person, own: str) -> None:
        if self.right.free() <= 2 * self.matches or self.chance.random() >= NAMESAKE_REGISTERED:
            return
        home = namesake(person, self.chance)
        double = home.father if person.sex == "male" else home.mother
        theirs, _, _ = self._put(self.right, double, home, "right")
        self.negatives.append((own, theirs, "namesake"))


def generate(folder: Path, left: int, right: int, seed: int, kind: type[Writer] = Writer) -> None:
    """Write the four files of lists of `left` and `right` persons into `folder`; the same for the same seed."""
    if right < left or not left:
        raise TooFew("The right list must be at least as long as the left one, and the left one not empty.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        with ExitStack() as stack:
            sizes = (("L", left), ("R", right))
            piles = [Pile(letter, size, Path(scratch), stack, kind.columns) for letter, size in sizes]
            writer = kind(*piles, seed)
            writer.fill()
        for name, pile in zip(("left", "right"), piles, strict=True):
            _save(folder / f"{name}.csv", kind.columns, pile.rows())
    _save(folder / "truth.csv", ("left_id", "right_id", "script_pair", "culture", "kinds"), sorted(writer.truth))
    _save(folder / "negatives.csv", ("left_id", "right_id", "kind"), sorted(writer.negatives))


def _save(path: Path, header: tuple[str, ...], rows: Iterator[list[str]] | list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
