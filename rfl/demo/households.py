"""Invented families: parents and children whose names follow from each other as their tradition asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from rfl.demo.sources import Part, Town, name_parts, towns
from rfl.demo.spelling import PATTERNS, Pattern
from rfl.domain.persons import Sex

# What the second person is to the first, by their seats in the household.
_RELATIONS = {
    ("child", "father"): ("father", "father"),
    ("child", "mother"): ("mother", "mother"),
    ("child", "child"): ("brother", "sister"),
    ("father", "child"): ("son", "daughter"),
    ("mother", "child"): ("son", "daughter"),
    ("father", "mother"): ("wife", "wife"),
    ("mother", "father"): ("husband", "husband"),
}
# Years between the parents, and from the mother to her children.
_AGE_GAP = (0, 8)
_FIRST_CHILD = (18, 27)
_MOST_CHILDREN = 5


@dataclass(frozen=True)
class Member:
    """One member of a household: seat, sex, year of birth and the parts of the name."""

    seat: str
    sex: str
    year: int
    parts: Mapping[str, Part]


@dataclass(frozen=True)
class Household:
    """A family of one tradition from one town; `members` begin with father and mother."""

    tradition: str
    town: Town
    members: tuple[Member, ...]


def relation(of: Member, to: Member) -> str:
    """Return what `to` is to `of`: a key of `domain.persons.RELATIONS`."""
    male, female = _RELATIONS[of.seat, to.seat]
    return female if to.sex == Sex.FEMALE else male


def _joined(first: Part, second: Part) -> Part:
    spellings = tuple(f"{one} {other}" for one, other in zip(first.romanised, second.romanised, strict=False))
    return Part(f"{first.original} {second.original}", spellings)


class _Namer:
    """Draws the names of one household, each name once."""

    def __init__(self, tradition: str, rng: Random) -> None:
        self.pattern = PATTERNS[tradition]
        self.pools = name_parts(tradition)
        self.rng = rng
        self.men = self._shuffled("male")
        self.women = self._shuffled("female")
        self.families = self._shuffled("family") if "family" in self.pools else []
        self.place_in_pools = rng.randrange(len(self.pools.get("family_male", (None,))))
        self.father, self.grandfather, self.mothers_father = (self.men.pop() for _ in range(3))
        self.mothers_grandfather = self.men.pop()

    def _shuffled(self, kind: str) -> list[Part]:
        return self.rng.sample(self.pools[kind], len(self.pools[kind]))

    def given(self, sex: str) -> Part:
        """Return a given name not yet used in this household."""
        return (self.women if sex == Sex.FEMALE else self.men).pop()

    def _patronymic(self, father: Part, sex: str) -> Part:
        row = self.pools["male"].index(father)
        return self.pools["patronymic_female" if sex == Sex.FEMALE else "patronymic_male"][row]

    def name(self, seat: str, sex: str, given: Part) -> dict[str, Part]:
        """Return the slots of a member's name."""
        line = {
            "child": (self.father, self.grandfather),
            "father": (self.grandfather, self.mothers_grandfather),
            "mother": (self.mothers_father, self.mothers_grandfather),
        }
        father, grandfather = line[seat]
        if self.pattern == Pattern.CHAIN:
            return {"given": given, "father": father, "grandfather": grandfather}
        if self.pattern == Pattern.PATRONYMIC:
            family = self.pools["family_female" if sex == Sex.FEMALE else "family_male"][self.place_in_pools]
            return {"given": given, "father": self._patronymic(father, sex), "family": family}
        family = self.families[1 if seat == "mother" else 0]
        if self.pattern == Pattern.TWO_SURNAMES:
            other = self.families[2 if seat == "mother" else 3 if seat == "father" else 1]
            return {"given": given, "family": _joined(family, other)}
        if self.pattern == Pattern.FAMILY_FIRST:
            return {"given": given, "family": _joined(family, self.rng.choice(self.families[2:]))}
        if self.pattern == Pattern.TRIBAL and family.original:
            return {"given": given, "family": family}
        return {"given": given, "father": father} | ({"family": family} if family.original else {})


def found_household(tradition: str, year: int, rng: Random) -> Household:
    """Return an invented family whose mother was born about `year`."""
    namer = _Namer(tradition, rng)
    male, female = Sex.MALE.value, Sex.FEMALE.value
    father_year = year - rng.randint(*_AGE_GAP)
    members = [
        Member("father", male, father_year, namer.name("father", male, namer.father)),
        Member("mother", female, year, namer.name("mother", female, namer.given(female))),
    ]
    born = year + rng.randint(*_FIRST_CHILD)
    room = {male: len(namer.men), female: len(namer.women)}
    for _ in range(rng.randint(2, _MOST_CHILDREN)):
        sex = rng.choice([one for one in (male, female) if room[one]] or [female])
        if not room[sex]:
            break
        room[sex] -= 1
        members.append(Member("child", sex, born, namer.name("child", sex, namer.given(sex))))
        born += rng.randint(1, 4)
    return Household(tradition, rng.choice(towns(tradition)), tuple(members))
