"""Requests that seek several members of one household, and registrations that keep members of one together.

Whoever is sought stands under the number of the request; of those registered, half of the households have a number and
the others none. Members of one household arrive together: if one who is sought is on the list, each other is so too in
six of ten cases.
"""

import random

from benchmarks.lists.files import MATCHED, RELATIVE_REGISTERED, TWICE, Pile, Writer
from benchmarks.lists.people import Household, Person
from benchmarks.lists.records import COLUMNS, write

# Judgement, as all shares of the lists.
TOGETHER = (2, 2, 3, 4)  # sought in one request, where the household has so many
FOUND_TOO = 0.6
ARRIVED = MATCHED / FOUND_TOO  # share of households on the list, so that MATCHED of the sought are
NUMBER_TOLD = 0.5


class FamilyWriter(Writer):
    """Fills both lists as the other writer does, with households that are sought and found together."""

    columns = (*COLUMNS, "household")

    def __init__(self, left: Pile, right: Pile, seed: int) -> None:
        """Start the sequence of `seed`."""
        super().__init__(left, right, seed)
        self.matches = 0  # nothing is held free on the right list
        self.numbers = random.Random(seed)
        self.kept_under = {"left": "", "right": ""}
        self.count = 0

    def _sought(self, home: Household) -> None:
        members = home.members()
        count = min(self.chance.choice(TOGETHER), len(members), self.left.free())
        lost = self.chance.sample(members, count)
        self.kept_under["left"] = self._number("Q")
        left = [(person, *self._put(self.left, person, home, "left")) for person in lost]
        right = self._found(home, lost)
        for one in left:
            self._judge(one, right, home)
            self._namesake(one[0], one[1])

    def _found(self, home: Household, lost: list[Person]) -> list[tuple]:
        """Register members of `home`: the household that arrived, or some relatives of the `lost`."""
        chance, found = self.chance, []
        arrived = chance.random() < ARRIVED
        together = self._number("H")
        for person in home.members():
            sought = any(person is one for one in lost)
            share = FOUND_TOO if arrived else 0.0 if sought else RELATIVE_REGISTERED
            copies = (chance.random() < share) * (2 if sought and chance.random() < TWICE else 1)
            for number in (together, self._number("H"))[: min(copies, self.right.free())]:
                self.kept_under["right"] = number
                found.append((person, *self._put(self.right, person, home, "right")))
        return found

    def _registered(self, home: Household) -> None:
        self.kept_under["right"] = self._number("H")
        super()._registered(home)

    def _namesake(self, person: Person, own: str) -> None:
        self.kept_under["right"] = self._number("H")
        super()._namesake(person, own)

    def _number(self, letter: str) -> str:
        """Return the number of a request, or of a registered household that may have none."""
        self.count += 1
        told = letter == "Q" or self.numbers.random() < NUMBER_TOLD
        return f"{letter}{self.count:07}" if told else ""

    def _put(self, pile: Pile, person: Person, home: Household, side: str) -> tuple[str, str, set[str]]:
        row, script, kinds = write(person, home, side, self.chance)
        return pile.put(row | {"household": self.kept_under[side]}), script, kinds
