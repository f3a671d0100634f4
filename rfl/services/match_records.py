"""A person of our files as the matching library sees one: identity, and the family the request names."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import NAME_KINDS, RELATIONS, Interval, Name, PersonRecord, Relative
from rfl.domain.dates import birth_bounds, bounds
from rfl.domain.persons import Identity, PersonName, Place
from rfl.domain.registrations import Registration
from rfl.models.persons import Person

ENQUIRER, SOUGHT, REGISTERED = "enquirer", "sought", "registered"

# What the enquirer is to the sought person, by what the sought person is to the enquirer: (woman, man). Where the
# enquirer's sex is not recorded, relations that depend on it become "other".
INVERSE: dict[str, tuple[str, str]] = {
    "father": ("daughter", "son"),
    "mother": ("daughter", "son"),
    "husband": ("wife", "wife"),
    "wife": ("husband", "husband"),
    "son": ("mother", "father"),
    "daughter": ("mother", "father"),
    "brother": ("sister", "brother"),
    "sister": ("sister", "brother"),
    "grandfather": ("grandchild", "grandchild"),
    "grandmother": ("grandchild", "grandchild"),
    "grandchild": ("grandmother", "grandfather"),
    "uncle": ("niece", "nephew"),
    "aunt": ("niece", "nephew"),
    "nephew": ("aunt", "uncle"),
    "niece": ("aunt", "uncle"),
    "cousin": ("cousin", "cousin"),
}
CHILDREN, SIBLINGS = frozenset(("son", "daughter")), frozenset(("brother", "sister"))
PARENTS, SPOUSES = frozenset(("father", "mother")), frozenset(("husband", "wife"))


def family_of(session: Session, person: Person) -> Sequence[Person]:
    """Return the other persons of the same tracing request, in a stable order; none for a registered person."""
    if person.request_id is None:
        return ()
    others = select(Person).where(Person.request_id == person.request_id, Person.id != person.id)
    return session.scalars(others.order_by(Person.position, Person.id)).all()


def households_of(session: Session, persons: Sequence[Person]) -> dict[str, list[Person]]:
    """Return all persons of the requests of `persons`, by request, each in the order of `family_of`."""
    ids = {one.request_id for one in persons if one.request_id}
    found: dict[str, list[Person]] = {one: [] for one in ids}
    if ids:
        everybody = select(Person).where(Person.request_id.in_(ids)).order_by(Person.position, Person.id)
        for person in session.scalars(everybody):
            found[person.request_id or ""].append(person)
    return found


def record_of(person: Person, family: Sequence[Person]) -> PersonRecord:
    """Return the record to compare; `family` are the other persons of the request (`family_of`).

    The enquirer and the persons sought together are relatives of a sought person; the sought persons are
    relatives of the enquirer. That is how two relatives who look for each other meet.
    """
    identity = Identity.from_dict(person.identity or {})
    found = birth_bounds(identity.birth, identity.age)
    return PersonRecord(
        id=person.id,
        role=person.kind,
        names=tuple(_name(one) for one in identity.names if one.text()),
        sex=identity.sex,
        birth=Interval(*found) if found else None,
        mother=identity.mother_name,
        birth_place=_place(identity.birth_place),
        birth_country=identity.birth_place.country,
        nationalities=identity.nationalities,
        last_place=_place(identity.last_place),
        last_country=identity.last_place.country,
        last_seen=_last_seen(person, identity),
        relatives=(*_told_relatives(identity), *_relatives_in_request(person, identity, family)),
        occupation=identity.occupation,
        marks=identity.marks,
    )


def _name(name: PersonName) -> Name:
    kind = name.kind if name.kind in NAME_KINDS else "other"
    return Name(kind, name.given, name.father, name.grandfather, name.family, name.full)


def _place(place: Place) -> str:
    return place.text or place.region


def _last_seen(person: Person, identity: Identity) -> Interval | None:
    if person.kind == REGISTERED:
        # A list is often entered long after it was written; only where no day is recorded does the entry count.
        day = Registration.from_dict(person.private).day() or person.created_at.date()
        return Interval(day, day)
    found = bounds(identity.last_contact.edtf)
    return Interval(*found) if found else None


def _told_relatives(identity: Identity) -> tuple[Relative, ...]:
    return tuple(
        Relative(one.relation if one.relation in RELATIONS else "other", one.name)
        for one in identity.relatives
        if one.name
    )


def _relatives_in_request(person: Person, identity: Identity, family: Sequence[Person]) -> list[Relative]:
    found = []
    told = {one.name.casefold() for one in identity.relatives}
    for other in family:
        theirs = Identity.from_dict(other.identity or {})
        relation = _relation_between(person, other, theirs.sex)
        name = theirs.display_name()
        if relation and name and name.casefold() not in told:
            found.append(Relative(relation, name))
    return found


def _relation_between(person: Person, other: Person, sex: str) -> str:
    """Return what `other` (of `sex`) is to `person`; empty where the request does not say."""
    if person.kind == ENQUIRER:
        return other.relation if other.relation in RELATIONS else "other"
    if other.kind == ENQUIRER:
        return inverse(person.relation, sex)
    return sought_together(person.relation, other.relation)


def inverse(relation: str, sex: str) -> str:
    """Return what the enquirer of `sex` is to a sought person who is their `relation`."""
    woman, man = INVERSE.get(relation, ("other", "other"))
    return {"female": woman, "male": man}.get(sex, woman if woman == man else "other")


def sought_together(relation: str, other: str) -> str:
    """Return what the sought person who is `other` to the enquirer is to the one who is `relation` to them.

    Only where every ordinary family agrees: children of one enquirer are siblings, brothers share parents.
    """
    if relation in CHILDREN and other in CHILDREN:
        return "brother" if other == "son" else "sister"
    if relation in SIBLINGS and other in (SIBLINGS | PARENTS):
        return other
    if (relation in PARENTS and other in SIBLINGS) or (relation in SPOUSES and other in CHILDREN):
        return {"brother": "son", "sister": "daughter"}.get(other, other)
    return ""
