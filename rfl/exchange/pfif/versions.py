"""The four published versions of PFIF as tables: fields in their order, old names, and what each version demands.

Everything inside the program uses the names of 1.4. Source: the specifications at zesty.ca/pfif.
"""

from collections.abc import Mapping
from dataclasses import dataclass

NAMESPACE = "http://zesty.ca/pfif/"
NEWEST = "1.4"

PERSON_FIELDS = (
    "person_record_id",
    "entry_date",
    "expiry_date",
    "author_name",
    "author_email",
    "author_phone",
    "source_name",
    "source_date",
    "source_url",
    "full_name",
    "given_name",
    "family_name",
    "alternate_names",
    "description",
    "sex",
    "date_of_birth",
    "age",
    "home_street",
    "home_neighborhood",
    "home_city",
    "home_state",
    "home_postal_code",
    "home_country",
    "photo_url",
    "profile_urls",
)
NOTE_FIELDS = (
    "note_record_id",
    "person_record_id",
    "linked_person_record_id",
    "entry_date",
    "author_name",
    "author_email",
    "author_phone",
    "source_date",
    "author_made_contact",
    "status",
    "email_of_found_person",
    "phone_of_found_person",
    "last_known_location",
    "text",
    "photo_url",
)
# What an expired record keeps: enough to tell others that it is to be removed.
PLACEHOLDER_FIELDS = ("person_record_id", "entry_date", "expiry_date", "source_date")

SEXES = frozenset({"female", "male", "other"})
BELIEVED_DEAD = "believed_dead"
STATUSES = frozenset({"information_sought", "is_note_author", "believed_alive", "believed_missing", BELIEVED_DEAD})


@dataclass(frozen=True)
class Version:
    """One version: names that became others in 1.4, and the fields (by their names of 1.4) no record may lack."""

    renamed: Mapping[str, str]
    person_mandatory: tuple[str, ...]
    note_mandatory: tuple[str, ...]


_OLD_NAMES = {"first_name": "given_name", "last_name": "family_name", "found": "author_made_contact"}
_OTHER = {"other": "description"}
_NOTE = ("note_record_id", "author_name", "source_date", "text")
_PARTS = ("person_record_id", "given_name", "family_name")
_WHOLE = ("person_record_id", "source_date", "full_name")

VERSIONS = {
    "1.1": Version(_OLD_NAMES | _OTHER | {"home_zip": "home_postal_code"}, _PARTS, _NOTE),
    "1.2": Version(_OLD_NAMES | _OTHER, _PARTS, _NOTE),
    "1.3": Version(_OLD_NAMES | _OTHER, _WHOLE, _NOTE),
    "1.4": Version({}, _WHOLE, _NOTE),
}
