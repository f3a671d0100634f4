"""One person as one row of a list; the columns have the names under which another instance loads them again."""

from rfl.domain.exports import REGISTERED
from rfl.domain.intake import Contact
from rfl.domain.persons import Identity, NameKind, Relative, UncertainDate
from rfl.domain.registrations import SENSITIVE_CONDITIONS, Registration
from rfl.domain.roles import Actor
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services.registration_reading import shown_condition

_IDENTITY = (
    "full_name", "given_name", "father_name", "grandfather_name", "family_name", "romanised_name", "document_name",
    "nickname", "married_name", "alternate_names", "mother_name", "sex", "date_of_birth", "age", "age_as_of",
    "place_of_birth", "birth_country", "nationality", "last_known_place", "last_country", "last_contact_date",
    "relatives", "occupation", "marks",
)  # fmt: skip
_OF_REGISTERED = ("condition", "registered_on")
_OF_SOUGHT = ("request_ref", "relation", "status", "outcome")
_CONTACT = ("phone", "email", "address", "safe_way", "safe_time")
# Names besides the first one, each under the column of its kind.
_KIND_COLUMNS = {
    NameKind.ROMANISED: "romanised_name",
    NameKind.DOCUMENT: "document_name",
    NameKind.NICKNAME: "nickname",
    NameKind.MARRIED: "married_name",
}


def headers_of(subject: str, *, contacts: bool) -> list[str]:
    """Return the column names of a list; ways to reach people only where they were asked for."""
    own = _OF_REGISTERED if subject == REGISTERED else _OF_SOUGHT
    reach = _CONTACT if contacts and subject == REGISTERED else ()
    return ["source_record_id", *_IDENTITY, *own, *reach]


def row_of(actor: Actor, person: Person, request: TracingRequest | None, *, contacts: bool, inside: bool) -> list[str]:
    """Return the cells of one person in the order of `headers_of`.

    Only inside the own society does a row say who is detained, injured or dead, or how a search ended.
    """
    identity = Identity.from_dict(person.identity or {})
    cells = {"source_record_id": number_of(person, request), **_identity_cells(identity)}
    if request is None:
        hidden = person.condition in SENSITIVE_CONDITIONS and not inside
        cells["condition"] = "" if hidden else shown_condition(actor, person.condition)
        cells["registered_on"] = Registration.from_dict(person.private).on
        cells |= _contact_cells(Contact.from_dict(person.contact)) if contacts else {}
    else:
        # These columns hold what the enquirer was told and nothing else (rfl.domain.cases.SoughtStatus).
        cells |= {"request_ref": request.number, "relation": person.relation}
        cells |= {"status": person.status, "outcome": person.outcome if inside else ""}
    subject = REGISTERED if request is None else person.kind
    return [cells.get(name, "") for name in headers_of(subject, contacts=contacts)]


def number_of(person: Person, request: TracingRequest | None) -> str:
    """Return the number under which people speak of a record."""
    return (person.number or "") if request is None else f"{request.number}/{person.position}"


def _identity_cells(identity: Identity) -> dict[str, str]:
    place, birth_place = identity.last_place, identity.birth_place
    return {
        **_name_cells(identity),
        "mother_name": identity.mother_name,
        "sex": identity.sex,
        "date_of_birth": _date(identity.birth),
        "age": _age(identity),
        "age_as_of": identity.age.as_of if identity.age else "",
        "place_of_birth": birth_place.text,
        "birth_country": birth_place.country,
        "nationality": "; ".join(identity.nationalities),
        "last_known_place": ", ".join(text for text in (place.text, place.region) if text),
        "last_country": place.country,
        "last_contact_date": _date(identity.last_contact),
        "relatives": "; ".join(_relative(one) for one in identity.relatives),
        "occupation": identity.occupation,
        "marks": identity.marks,
    }


def _name_cells(identity: Identity) -> dict[str, str]:
    names = [name for name in identity.names if name.text()]
    if not names:
        return {}
    first, several = names[0], dict[str, list[str]]()
    for name in names[1:]:
        column = _KIND_COLUMNS.get(NameKind(name.kind), "alternate_names")
        # A column that takes one name keeps the first; further ones are other spellings.
        if column in {"romanised_name", "document_name"} and column in several:
            column = "alternate_names"
        several.setdefault(column, []).append(name.text())
    cells = {column: "; ".join(texts) for column, texts in several.items()}
    parts = ("given", "father", "grandfather", "family")
    return cells | {"full_name": first.text()} | {f"{part}_name": getattr(first, part) for part in parts}


def _date(told: UncertainDate) -> str:
    return told.edtf or told.original


def _age(identity: Identity) -> str:
    age = identity.age
    if age is None:
        return ""
    return str(age.low) if age.low == age.high else f"{age.low}-{age.high}"


def _relative(one: Relative) -> str:
    return f"{one.relation}: {one.name}"


def _contact_cells(contact: Contact) -> dict[str, str]:
    return {
        "phone": contact.phones,
        "email": contact.email,
        "address": contact.address,
        "safe_way": contact.safe_way,
        "safe_time": contact.safe_time,
    }
