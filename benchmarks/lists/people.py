"""Invented households: parents, children and namesakes as they are, before anybody writes them down."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.lists.traditions import TRADITIONS, Term, Tradition, pick_family, pick_given, shelves

FIRST_FATHER, DAYS_OF_FATHERS = date(1938, 1, 1), 365 * 52
LAST_BIRTH = date(2024, 1, 1)
FIRST_CONTACT, DAYS_OF_CONTACT = date(2010, 1, 1), 365 * 12
DAYS_UNTIL_REGISTERED = 365 * 4
DAYS_BETWEEN_PARENTS = (-800, 3600)  # from the birth of the father to that of the mother
SECOND_GIVEN = 0.55  # where two are usual
BORN_AT_HOME = 0.85
NAMESAKE_SAME_FATHER, NAMESAKE_SAME_PLACE = 0.4, 0.2
_CUMULATED = [sum(one.share for one in TRADITIONS[: place + 1]) for place in range(len(TRADITIONS))]


@dataclass(frozen=True, slots=True)
class Person:
    """A person as they are. `papers` decides between spellings wherever a clerk copies from a document."""

    tradition: Tradition
    sex: str
    given: tuple[Term, ...]
    fathers: tuple[Term, ...]  # the father's given name, his father's
    family: tuple[Term, ...]
    birth: date
    birth_place: Term
    home: Term
    country: str
    lost: date
    registered: date
    papers: int


@dataclass(frozen=True, slots=True)
class Household:
    """Parents and their children; everything a relative can be asked about."""

    father: Person
    mother: Person
    children: tuple[Person, ...]

    def members(self) -> tuple[Person, ...]:
        """Return everybody."""
        return (self.father, self.mother, *self.children)

    def parents_of(self, person: Person) -> tuple[Person, Person] | None:
        """Return father and mother of one of the children; the parents' own are not known."""
        return (self.father, self.mother) if any(person is child for child in self.children) else None

    def relatives(self, person: Person) -> Iterator[tuple[str, Person]]:
        """Yield what each other member is to `person`, and the member."""
        is_child = self.parents_of(person) is not None
        for other in self.members():
            if other is person:
                continue
            parent = other is self.father or other is self.mother
            pair = ("father", "mother") if is_child and parent else ("brother", "sister") if is_child else None
            pair = pair or (("husband", "wife") if parent else ("son", "daughter"))
            yield pair[other.sex == "female"], other


KIND_OF_RELATION = {
    "father": "parent",
    "mother": "parent",
    "brother": "sibling",
    "sister": "sibling",
    "husband": "spouse",
    "wife": "spouse",
    "son": "child",
    "daughter": "child",
}


def pick_tradition(chance: random.Random) -> Tradition:
    """Return a tradition by its share of the households."""
    drawn = chance.random() * _CUMULATED[-1]
    return next(one for one, upto in zip(TRADITIONS, _CUMULATED, strict=True) if drawn <= upto)


def household(tradition: Tradition, chance: random.Random) -> Household:
    """Return a new household of up to four children."""
    line = [_given(tradition, "male", chance) for _ in range(3)]
    hers = [_given(tradition, "female", chance), *(_given(tradition, "male", chance) for _ in range(2))]
    names = [pick_family(tradition, chance) for _ in range(4)]
    place = shelves(tradition.code)["place"].pick(chance), chance.choice(tradition.countries)
    born = FIRST_FATHER + timedelta(chance.randrange(DAYS_OF_FATHERS))
    father = _person(tradition, "male", line, (names[0], names[2]), born, place, chance)
    married = (names[1], names[3]) if tradition.wives_keep_names else (names[0], names[1])
    born += timedelta(chance.randrange(*DAYS_BETWEEN_PARENTS))
    mother = _person(tradition, "female", hers, married, born, place, chance)
    children = _children(tradition, line, (names[0], names[1]), mother, chance)
    return Household(father, mother, tuple(children))


def _children(
    tradition: Tradition, line: list[tuple[Term, ...]], family: tuple[Term, ...], mother: Person, chance: random.Random
) -> Iterator[Person]:
    """Yield children of different names, born one to four years apart."""
    years, taken = chance.randrange(17, 26), set()
    for _ in range(chance.choice((1, 2, 2, 3, 3, 4))):
        birth = mother.birth + timedelta(365 * years + chance.randrange(365))
        sex = chance.choice(("female", "male"))
        given = _given(tradition, sex, chance)
        if birth < LAST_BIRTH and given not in taken:
            yield _person(tradition, sex, [given, *line[:2]], family, birth, (mother.home, mother.country), chance)
        taken.add(given)
        years += chance.randrange(1, 5)


def namesake(person: Person, chance: random.Random) -> Household:
    """Return the household of another person of the same name, who is its father or mother."""
    other = household(person.tradition, chance)
    place = person.home if chance.random() < NAMESAKE_SAME_PLACE else other.father.home
    fathers = person.fathers if chance.random() < NAMESAKE_SAME_FATHER else other.father.fathers
    is_male = person.sex == "male"
    double = replace(
        other.father if is_male else other.mother,
        given=person.given, family=person.family, fathers=fathers, home=place, birth_place=place,
        birth=person.birth + timedelta(chance.choice((-1, 1)) * chance.randrange(200, 365 * 18)),
    )  # fmt: skip
    return replace(other, father=double) if is_male else replace(other, mother=double)


def _given(tradition: Tradition, sex: str, chance: random.Random) -> tuple[Term, ...]:
    count = 1 + sum(chance.random() < SECOND_GIVEN for _ in range(tradition.givens - 1))
    # Burmese names are made of syllables; one alone is rare.
    count = max(count, 2) if tradition.code == "mya" else count
    return tuple(pick_given(tradition, sex, chance) for _ in range(count))


def _person(
    tradition: Tradition,
    sex: str,
    line: list[tuple[Term, ...]],
    family: tuple[Term, ...],
    birth: date,
    place: tuple[Term, str],
    chance: random.Random,
) -> Person:
    """Return a person of the given names `line` (own, father's, grandfather's), at home in (place, country)."""
    lost = max(FIRST_CONTACT + timedelta(chance.randrange(DAYS_OF_CONTACT)), birth + timedelta(30))
    birth_place = place[0] if chance.random() < BORN_AT_HOME else shelves(tradition.code)["place"].pick(chance)
    return Person(
        tradition=tradition,
        sex=sex,
        given=line[0],
        fathers=tuple(names[0] for names in line[1:]),
        family=family,
        birth=birth,
        birth_place=birth_place,
        home=place[0],
        country=place[1],
        lost=lost,
        registered=lost + timedelta(chance.randrange(DAYS_UNTIL_REGISTERED)),
        papers=chance.randrange(1 << 16),
    )
