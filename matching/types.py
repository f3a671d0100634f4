"""The values that go in and come out of the library; all frozen, none knows a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

NAME_KINDS = ("original", "romanised", "document", "nickname", "married", "other")
ROLES = ("sought", "registered", "enquirer")
RELATIONS = (
    "father",
    "mother",
    "husband",
    "wife",
    "son",
    "daughter",
    "brother",
    "sister",
    "grandfather",
    "grandmother",
    "grandchild",
    "uncle",
    "aunt",
    "nephew",
    "niece",
    "cousin",
    "guardian",
    "other",
)
_NO_PARAMS: Mapping[str, str | int] = MappingProxyType({})


class UnreadableProfile(ValueError):
    """A stored profile was written by another format; build it again from the record."""


class _Value:
    """Handed to another process as what it was made of; the way of frozen dataclasses takes four times as long."""

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), tuple([getattr(self, name) for name in self.__slots__])


@dataclass(frozen=True, slots=True)
class Interval(_Value):
    """Every day from `earliest` to `latest`, both included; `approximate` when the source says "about"."""

    earliest: date
    latest: date
    approximate: bool = False

    def __post_init__(self) -> None:
        """Refuse an interval that ends before it begins."""
        if self.latest < self.earliest:
            raise ValueError("An interval cannot end before it begins.")


@dataclass(frozen=True, slots=True)
class Name(_Value):
    """One name as one source wrote it: in parts, as `full`, or both."""

    kind: str
    given: str = ""
    father: str = ""
    grandfather: str = ""
    family: str = ""
    full: str = ""

    def __post_init__(self) -> None:
        """Refuse an unknown kind."""
        if self.kind not in NAME_KINDS:
            raise ValueError(f"Unknown kind of name: {self.kind!r}.")


@dataclass(frozen=True, slots=True)
class Relative(_Value):
    """A relative named in a record; `relation` is what the relative is to the person."""

    relation: str
    name: str

    def __post_init__(self) -> None:
        """Refuse an unknown relation."""
        if self.relation not in RELATIONS:
            raise ValueError(f"Unknown relation: {self.relation!r}.")


@dataclass(frozen=True, slots=True)
class PersonRecord(_Value):
    """What one source knows of one person; every field but id, role and names may be empty.

    Countries are ISO 3166-1 alpha-2. `last_seen` is the last contact for a sought person and the day of
    registration for a registered person.
    """

    id: str
    role: str
    names: tuple[Name, ...]
    sex: str = ""
    birth: Interval | None = None
    mother: str = ""
    birth_place: str = ""
    birth_country: str = ""
    nationalities: tuple[str, ...] = ()
    last_place: str = ""
    last_country: str = ""
    last_seen: Interval | None = None
    relatives: tuple[Relative, ...] = ()
    occupation: str = ""
    marks: str = ""

    def __post_init__(self) -> None:
        """Refuse an unknown role."""
        if self.role not in ROLES:
            raise ValueError(f"Unknown role: {self.role!r}.")


@dataclass(frozen=True, slots=True)
class Key:
    """A value under which persons meet; `single` marks keys of one name token, dropped once common."""

    kind: str
    value: str
    single: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of a comparison: for (weight above 0), against (below 0) or neutral, with both values."""

    kind: str
    level: str
    weight: float
    left: str = ""
    right: str = ""
    params: Mapping[str, str | int] = field(default_factory=lambda: _NO_PARAMS)
