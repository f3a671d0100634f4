"""A person as people describe them: names in any script and order, uncertain dates, places in words.

Every value is frozen and turns into plain JSON and back. Nothing here forces "first name, last name".
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

from rfl.domain.text import N_


class NameKind(StrEnum):
    """Why this spelling is known."""

    ORIGINAL = "original"
    ROMANISED = "romanised"
    DOCUMENT = "document"
    NICKNAME = "nickname"
    MARRIED = "married"
    OTHER = "other"


NAME_KINDS = {
    NameKind.ORIGINAL: N_("In the person's own script"),
    NameKind.ROMANISED: N_("In Latin letters"),
    NameKind.DOCUMENT: N_("As on a document"),
    NameKind.NICKNAME: N_("Nickname"),
    NameKind.MARRIED: N_("Married name"),
    NameKind.OTHER: N_("Other spelling"),
}


class Sex(StrEnum):
    """Sex as recorded; empty means not recorded."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = ""


SEXES = {
    Sex.UNKNOWN: N_("Not recorded"),
    Sex.FEMALE: N_("Female"),
    Sex.MALE: N_("Male"),
    Sex.OTHER: N_("Other"),
}


@dataclass(frozen=True)
class PersonName:
    """One name of one person; `full` is used when the parts are not known apart."""

    kind: str = NameKind.ORIGINAL
    given: str = ""
    father: str = ""
    grandfather: str = ""
    family: str = ""
    full: str = ""

    def text(self) -> str:
        """Return the name as one line, in the order people say it."""
        return self.full or " ".join(p for p in (self.given, self.father, self.grandfather, self.family) if p)


@dataclass(frozen=True)
class UncertainDate:
    """A date as told: EDTF (Gregorian) for reckoning, with the words and calendar it came in."""

    edtf: str = ""
    original: str = ""
    calendar: str = "gregorian"

    def __bool__(self) -> bool:
        """Say whether anything was recorded."""
        return bool(self.edtf or self.original)


@dataclass(frozen=True)
class Age:
    """An age in whole years, possibly a range, as of an ISO date."""

    low: int
    high: int
    as_of: str


@dataclass(frozen=True)
class Place:
    """A place in words: free text, then country (ISO 3166-1 alpha-2), region and directions if known."""

    text: str = ""
    country: str = ""
    region: str = ""
    directions: str = ""

    def __bool__(self) -> bool:
        """Say whether anything was recorded."""
        return bool(self.text or self.country or self.region or self.directions)


RELATIONS = {
    "father": N_("Father"),
    "mother": N_("Mother"),
    "husband": N_("Husband"),
    "wife": N_("Wife"),
    "son": N_("Son"),
    "daughter": N_("Daughter"),
    "brother": N_("Brother"),
    "sister": N_("Sister"),
    "grandfather": N_("Grandfather"),
    "grandmother": N_("Grandmother"),
    "grandchild": N_("Grandchild"),
    "uncle": N_("Uncle"),
    "aunt": N_("Aunt"),
    "nephew": N_("Nephew"),
    "niece": N_("Niece"),
    "cousin": N_("Cousin"),
    "guardian": N_("Guardian"),
    "other": N_("Other relative or close person"),
}


@dataclass(frozen=True)
class Relative:
    """A relative named in the record; `missing_too` means missing together with the person."""

    relation: str
    name: str
    age: str = ""
    missing_too: bool = False


@dataclass(frozen=True)
class Identity:
    """Everything that helps to recognise one person, and nothing about how to reach them."""

    names: tuple[PersonName, ...] = ()
    sex: str = Sex.UNKNOWN
    birth: UncertainDate = field(default_factory=UncertainDate)
    age: Age | None = None
    mother_name: str = ""
    birth_place: Place = field(default_factory=Place)
    nationalities: tuple[str, ...] = ()
    last_place: Place = field(default_factory=Place)
    last_contact: UncertainDate = field(default_factory=UncertainDate)
    relatives: tuple[Relative, ...] = ()
    occupation: str = ""
    marks: str = ""

    def display_name(self) -> str:
        """Return the first name that is not empty, or an empty string."""
        return next((n.text() for n in self.names if n.text()), "")

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Build from `to_dict` data; missing fields take their empty value."""
        age = data.get("age")
        return cls(
            names=tuple(PersonName(**n) for n in data.get("names", ())),
            sex=data.get("sex", ""),
            birth=UncertainDate(**data.get("birth", {})),
            age=Age(**age) if age else None,
            mother_name=data.get("mother_name", ""),
            birth_place=Place(**data.get("birth_place", {})),
            nationalities=tuple(data.get("nationalities", ())),
            last_place=Place(**data.get("last_place", {})),
            last_contact=UncertainDate(**data.get("last_contact", {})),
            relatives=tuple(Relative(**r) for r in data.get("relatives", ())),
            occupation=data.get("occupation", ""),
            marks=data.get("marks", ""),
        )
