"""The fields a column of a list can fill, with the words that explain them on the mapping screen."""

from dataclasses import dataclass, replace

from rfl.domain.text import N_


@dataclass(frozen=True)
class Target:
    """One field that can be imported; `several` says that more than one column may fill it."""

    key: str
    label: str
    meaning: str
    several: bool = False


_PERSON = (
    Target("full_name", N_("Full name"), N_("The whole name in one column, in the order people say it.")),
    Target("given_name", N_("Given name"), N_("The person's own name.")),
    Target("father_name", N_("Father's name"), N_("The name of the father, where it is part of the name.")),
    Target("grandfather_name", N_("Grandfather's name"), N_("The name of the father's father.")),
    Target("family_name", N_("Family name"), N_("A surname, clan or tribe name, or both surnames.")),
    Target("romanised_name", N_("Name in Latin letters"), N_("The whole name as written in Latin letters.")),
    Target("romanised_given_name", N_("Given name in Latin letters"), N_("The own name in Latin letters.")),
    Target("romanised_father_name", N_("Father's name in Latin letters"), N_("The father's name in Latin letters.")),
    Target("romanised_family_name", N_("Family name in Latin letters"), N_("The family name in Latin letters.")),
    Target("document_name", N_("Name on a document"), N_("The whole name as an identity document spells it.")),
    Target("nickname", N_("Nickname"), N_("What family and neighbours call the person."), several=True),
    Target("married_name", N_("Married name"), N_("The whole name after marriage."), several=True),
    Target(
        "alternate_names",
        N_("Other spellings"),
        N_("Other spellings of the whole name, apart by semicolons."),
        several=True,
    ),
    Target("mother_name", N_("Mother's name"), N_("The mother's own name, with her family name if known.")),
    Target("sex", N_("Sex"), N_("Female, male or other; empty if not recorded.")),
    Target("date_of_birth", N_("Date of birth"), N_("A date, a year, or words such as about 1994.")),
    Target(
        "calendar",
        N_("Calendar"),
        N_("The calendar of the dates in this row: gregorian, solar_hijri, hijri or ethiopian."),
    ),
    Target("age", N_("Age"), N_("Whole years, or a range such as 15-18.")),
    Target("age_as_of", N_("Day of the age"), N_("The day on which the age was told.")),
    Target("place_of_birth", N_("Place of birth"), N_("Village, town or district of birth.")),
    Target("birth_country", N_("Country of birth"), N_("A country name or its two or three letter code.")),
    Target("nationality", N_("Nationality"), N_("Countries by name or code, apart by semicolons."), several=True),
    Target("last_known_place", N_("Last known place"), N_("Where the person last was, or is registered.")),
    Target("last_country", N_("Last known country"), N_("A country name or its two or three letter code.")),
    Target(
        "last_contact_date", N_("Last contact or registration"), N_("The day of the last news, or of the registration.")
    ),
    Target(
        "relatives",
        N_("Relatives"),
        N_("Written as relation:name, apart by semicolons, for example brother:Ali."),
        several=True,
    ),
    Target("occupation", N_("Occupation"), N_("Profession, trade or school.")),
    Target("marks", N_("Distinguishing marks"), N_("Scars, marks and other things to recognise the person by.")),
    Target("phone", N_("Telephone"), N_("How to reach the person by telephone."), several=True),
    Target("email", N_("E-mail"), N_("How to reach the person by e-mail."), several=True),
    Target("address", N_("Address"), N_("Where the person can be reached, with directions."), several=True),
)

_ROW = (
    Target(
        "source_record_id", N_("Record number of the source"), N_("The number of the person in the list it comes from.")
    ),
    Target("notes", N_("Notes"), N_("Anything else worth keeping."), several=True),
)

# What a tracing request adds: the enquirer has the same kind of fields as any person, except the ones about a search.
_NOT_OF_ENQUIRER = {"last_known_place", "last_country", "last_contact_date", "relatives", "marks", "calendar"}
_ENQUIRER_LABEL = {
    "full_name": N_("Enquirer: full name"),
    "given_name": N_("Enquirer: given name"),
    "father_name": N_("Enquirer: father's name"),
    "grandfather_name": N_("Enquirer: grandfather's name"),
    "family_name": N_("Enquirer: family name"),
    "romanised_name": N_("Enquirer: name in Latin letters"),
    "romanised_given_name": N_("Enquirer: given name in Latin letters"),
    "romanised_father_name": N_("Enquirer: father's name in Latin letters"),
    "romanised_family_name": N_("Enquirer: family name in Latin letters"),
    "document_name": N_("Enquirer: name on a document"),
    "nickname": N_("Enquirer: nickname"),
    "married_name": N_("Enquirer: married name"),
    "alternate_names": N_("Enquirer: other spellings"),
    "mother_name": N_("Enquirer: mother's name"),
    "sex": N_("Enquirer: sex"),
    "date_of_birth": N_("Enquirer: date of birth"),
    "age": N_("Enquirer: age"),
    "age_as_of": N_("Enquirer: day of the age"),
    "place_of_birth": N_("Enquirer: place of birth"),
    "birth_country": N_("Enquirer: country of birth"),
    "nationality": N_("Enquirer: nationality"),
    "occupation": N_("Enquirer: occupation"),
    "phone": N_("Enquirer: telephone"),
    "email": N_("Enquirer: e-mail"),
    "address": N_("Enquirer: address"),
}
_REQUEST = (
    Target(
        "request_ref",
        N_("Number of the request"),
        N_("Rows with the same number are one request with several sought persons."),
    ),
    Target(
        "relation",
        N_("Relation to the enquirer"),
        N_("What the sought person is to the enquirer, for example brother."),
    ),
)

ENQUIRER_PREFIX = "enquirer_"

REGISTERED_TARGETS = {target.key: target for target in (*_PERSON, *_ROW)}
ENQUIRER_TARGETS = {
    ENQUIRER_PREFIX + target.key: replace(target, key=ENQUIRER_PREFIX + target.key, label=_ENQUIRER_LABEL[target.key])
    for target in _PERSON
    if target.key not in _NOT_OF_ENQUIRER
}
REQUEST_TARGETS = REGISTERED_TARGETS | {target.key: target for target in _REQUEST} | ENQUIRER_TARGETS
# Everything a mapping may name; lists of registered persons use REGISTERED_TARGETS only.
TARGETS = REQUEST_TARGETS
