"""The details of an own person for one step: what would be shown of the record as it stands now."""

import re
from typing import Any

from rfl.domain.ages import birth_bounds
from rfl.domain.cleaning import LINE_LENGTH, NAME_LENGTH, clean_line
from rfl.domain.exchange_steps import FIRST, PRESENT, SECOND, SOUGHT, YEARS
from rfl.domain.persons import Identity, NameKind, PersonName, Place
from rfl.exchange.pair_details import LATEST_YEAR, MOST_NAMES, MOST_PARENTS, NAME_PARTS, OLDEST_YEAR, fits
from rfl.models.persons import Consent, Person

Details = dict[str, Any]
PARENTS = ("mother", "father")
OVERRIDES = re.compile("[\u202d\u202e]")  # marks that show a text in another order than it is stored


def details_of(person: Person, step: int, agreed: Consent) -> Details:
    """Return the fields of a step that the record fills; those of the third step are written by a person.

    `agreed` is the agreement by which they are shown.
    """
    identity = Identity.from_dict(person.identity or {})
    if step == FIRST:
        found = _first(identity)
    elif step == SECOND:
        found = _second(identity) | {
            "record": SOUGHT if person.kind == "sought" else PRESENT,
            "agreed": _agreed(agreed),
        }
    else:
        found = {}
    # What a record from elsewhere holds in a way that no form lets in is not offered.
    return {name: value for name, value in found.items() if value and fits(name, value)}


def _first(identity: Identity) -> Details:
    return {"sex": identity.sex, "years": _years(identity), "region": _place(identity.last_place, exact=False)}


def _second(identity: Identity) -> Details:
    age = identity.age
    birth = identity.birth
    return {
        "names": [_name(one) for one in identity.names if one.text()][:MOST_NAMES],
        "birth": birth and {"edtf": birth.edtf, "original": _plain(birth.original), "calendar": birth.calendar},
        "age": age and {"low": age.low, "high": age.high, "as_of": age.as_of},
        "parents": _parents(identity),
        "birth_place": _place(identity.birth_place),
        "last_place": _place(identity.last_place),
    }


def _agreed(agreed: Consent) -> Details:
    """When and how it was agreed, so that the reader can show on what its copy of the record rests."""
    return {
        "on": agreed.on.isoformat(),
        "language": agreed.language,
        "speaker": agreed.speaker,
        "basis": agreed.basis,
    }


def _years(identity: Identity) -> Details | None:
    """Whole bands of YEARS years that hold every possible day of birth."""
    found = birth_bounds(identity.birth, identity.age)
    if found is None:
        return None
    low, high = (min(max(day.year, OLDEST_YEAR), LATEST_YEAR - YEARS) // YEARS * YEARS for day in found[:2])
    return {"low": low, "high": high + YEARS - 1}


def _place(place: Place, *, exact: bool = True) -> Details | None:
    shown = {"country": place.country, "region": _plain(place.region), "text": _plain(place.text) if exact else ""}
    return shown if any(shown.values()) else None


def _name(name: PersonName) -> Details:
    parts = {part: _plain(getattr(name, part), NAME_LENGTH) for part in NAME_PARTS}
    return {"kind": name.kind if name.kind in set(NameKind) else NameKind.OTHER.value, **parts}


def _parents(identity: Identity) -> list[Details]:
    told = [("mother", identity.mother_name), *((one.relation, one.name) for one in identity.relatives)]
    named = dict.fromkeys((relation, _plain(name, NAME_LENGTH)) for relation, name in told if relation in PARENTS)
    return [{"relation": relation, "name": name} for relation, name in named if name][:MOST_PARENTS]


def _plain(text: str, limit: int = LINE_LENGTH) -> str:
    """A text as it could be typed: records that came from elsewhere may hold marks that turn it, or be longer."""
    cleaned = clean_line(OVERRIDES.sub("", text), "text", limit=len(text) + limit)
    return cleaned[:limit].strip()
