"""The values of one line of a comparison, taken from a record field by field; nothing else of a record gets here.

This list of fields is the minimum that two societies show each other before both have confirmed. Contacts, notes,
directions, the enquirer, circumstances, and words that could not be reckoned as a date are not in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from matching import Evidence, Relative, sentence
from rfl.domain.calendars import GREGORIAN
from rfl.domain.lookalikes import doubts, shown
from rfl.domain.persons import Identity, NameKind, Place, UncertainDate


@dataclass(frozen=True)
class Piece:
    """One value of a cell; `form` says how the door puts `text` into the reader's language.

    Forms: text, name (note: kind of name), sex, date (EDTF; note: calendar), told (the words of the date before it),
    age (text: "8" or "8-10"; note: ISO day), country, relative (note: relation), withheld (text: how many).
    `doubts` mark deceptive names.
    """

    form: str
    text: str
    note: str = ""
    doubts: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data, to be frozen with a decision."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Piece":
        """Build from `to_dict` data."""
        return cls(data["form"], data["text"], data["note"], tuple(data["doubts"]))


Pieces = tuple[Piece, ...]


def written(text: str, form: str = "text", note: str = "") -> Pieces:
    """Return a text somebody wrote, without invisible marks, as one piece; nothing for an empty text."""
    visible = shown(text)
    return (Piece(form, visible, note, doubts(text)),) if visible else ()


@dataclass(frozen=True)
class Record:
    """One side as the reader may see it.

    `near` are the relatives that the record itself names; `family` those whom its request adds (the enquirer, persons
    sought together). The other society sees only that there are such persons, not who they are.
    """

    identity: Identity
    kind: str
    family: tuple[Relative, ...] = ()
    own: bool = False

    def mother(self) -> str:
        """Return the mother's name where this record gives it to the reader."""
        near = [(one.relation, one.name) for one in self.identity.relatives]
        near += [(one.relation, one.name) for one in self.family if self.own]
        return self.identity.mother_name or dict(reversed(near)).get("mother", "")


def _withheld(count: int) -> Pieces:
    return (Piece("withheld", str(count)),) if count else ()


def _names(record: Record, found: str) -> Pieces:
    """Every name is compared, so every name is shown, the one that counted first."""
    names = sorted(
        (name for name in record.identity.names if name.text()), key=lambda name: shown(name.text()) != found
    )
    return sum((written(name.text(), "name", name.kind) for name in names), ())


def _part(part: str) -> Callable[[Record, str], Pieces]:
    def pieces(record: Record, found: str) -> Pieces:
        """Prefer the part as it was written; the comparison keeps it in small letters."""
        spelt = [getattr(name, part) for name in record.identity.names]
        return written(next((text for text in spelt if text.casefold() == found), found))

    return pieces


def _own_script(record: Record, found: str) -> Pieces:
    kinds = {shown(name.text()): name.kind for name in reversed(record.identity.names)}
    return written(found, "name", kinds.get(found, NameKind.ORIGINAL))


def _date(told: UncertainDate) -> Pieces:
    if not told.edtf:
        return ()
    words = written(told.original, "told", told.calendar) if told.original != told.edtf else ()
    return (Piece("date", told.edtf, told.calendar), *words)


def _birth(record: Record, found: str) -> Pieces:
    del found
    age = record.identity.age
    if age is None:
        return _date(record.identity.birth)
    years = str(age.low) if age.low == age.high else f"{age.low}-{age.high}"
    return (*_date(record.identity.birth), Piece("age", years, age.as_of))


def _last_seen(record: Record, found: str) -> Pieces:
    """The last contact with a sought person, the day of registration of a registered one."""
    if record.kind == "registered":
        return (Piece("date", found, GREGORIAN),) if found else ()
    return _date(record.identity.last_contact)


def _mother(record: Record, found: str) -> Pieces:
    return written(record.mother()) or _withheld(1 if found else 0)


def _place(place: Place) -> Pieces:
    country = (Piece("country", place.country),) if place.country else ()
    return (*written(place.text or place.region), *country)


def _relatives(record: Record, found: str) -> Pieces:
    del found
    near = [(one.name, one.relation) for one in record.identity.relatives]
    near += [(one.name, one.relation) for one in record.family if record.own]
    pieces: Pieces = sum((written(name, "relative", relation) for name, relation in near), ())
    return pieces + _withheld(0 if record.own else len(record.family))


# kind of evidence -> the values behind it; `found` is the text that the comparison names.
VALUES: dict[str, Callable[[Record, str], Pieces]] = {
    "name": _names,
    "own_script_name": _own_script,
    "given_name": _part("given"),
    "father_name": _part("father"),
    "family_name": _part("family"),
    "sex": lambda record, _: (Piece("sex", record.identity.sex),) if record.identity.sex else (),
    "birth": _birth,
    "mother": _mother,
    "relatives": _relatives,
    "birth_place": lambda record, _: _place(record.identity.birth_place),
    "last_place": lambda record, _: _place(record.identity.last_place),
    "nationality": lambda record, _: tuple(Piece("country", land) for land in record.identity.nationalities),
    "time_order": _last_seen,
    "occupation": lambda record, _: written(record.identity.occupation),
    "marks": lambda record, _: written(record.identity.marks),
    "household": lambda _, __: (),  # what the other findings together say; it has no value of its own
}


@dataclass(frozen=True)
class Line:
    """One line of a comparison: kind and level of evidence, bits for (above 0) or against, and both sides' values."""

    kind: str
    level: str
    weight: float
    params: Mapping[str, str | int]
    left: Pieces
    right: Pieces

    @property
    def sentence(self) -> tuple[str, Mapping[str, str | int]]:
        """Return what the finding says: an English template and its values."""
        return sentence(Evidence(self.kind, self.level, self.weight, params=self.params))

    @property
    def says(self) -> str:
        """Return for, against, missing (no information on a side) or neutral."""
        if self.level == "missing":
            return "missing"
        return "for" if self.weight > 0 else "against" if self.weight < 0 else "neutral"

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data, to be frozen with a decision."""
        sides = {side: [piece.to_dict() for piece in getattr(self, side)] for side in ("left", "right")}
        return {"kind": self.kind, "level": self.level, "weight": self.weight, "params": dict(self.params), **sides}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Line":
        """Build from `to_dict` data."""
        left, right = (tuple(Piece.from_dict(piece) for piece in data[side]) for side in ("left", "right"))
        return cls(data["kind"], data["level"], data["weight"], data["params"], left, right)


def line_of(item: Evidence, left: Record, right: Record) -> Line:
    """Return one line of the table from a finding and the records that were compared."""
    values = VALUES[item.kind]
    return Line(item.kind, item.level, item.weight, item.params, values(left, item.left), values(right, item.right))
