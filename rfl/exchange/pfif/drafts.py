"""Between PFIF persons and the project's own: what PFIF cannot say is not invented, what it says is not lost."""

import re
import unicodedata
from datetime import date, datetime

from matching.lists import country_code, fold_words
from rfl.domain.dates import birth_bounds, read_date
from rfl.domain.errors import FieldError
from rfl.domain.persons import Age, Identity, NameKind, PersonName, Place, UncertainDate
from rfl.exchange.drafts import PersonDraft
from rfl.exchange.pfif.records import PfifPerson, write_time
from rfl.exchange.pfif.versions import SEXES

_AGE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")
_DASHES = re.compile(r"\s*[\u2010-\u2015\u2212-]\s*")
# PFIF dates of birth are certain to the day, month or year; anything less certain travels as a range of ages.
_PLAIN_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
# Ages in PFIF are whole years; nobody registered is older.
_OLDEST = 130
_KEPT_IN_NOTE = ("photo_url", "profile_urls", "source_url")


def to_draft(person: PfifPerson) -> PersonDraft:
    """Return what a PFIF person says; values PFIF does not allow are kept as words in the note.

    The id stays the foreign one. Never raises; a placeholder gives an empty draft and must be removed, not saved.
    """
    age, sex = _age(person), person.get("sex").lower()
    unread = [] if age or not person.get("age") else ["age"]
    unread += ["sex"] if sex and sex not in SEXES else []
    country = country_code(person.get("home_country")) or ""
    unread += ["home_country"] if person.get("home_country") and not country else []
    quoted = [f"{name}: {person.get(name)}" for name in (*unread, *_KEPT_IN_NOTE) if person.get(name)]
    identity = Identity(
        names=_names(person),
        sex=sex if sex in SEXES else "",
        birth=_birth(person.get("date_of_birth")),
        age=age,
        last_place=Place(_joined(person, "home_neighborhood", "home_city"), country, person.get("home_state")),
    )
    address = _joined(person, "home_street", "home_postal_code")
    return PersonDraft(
        identity=identity,
        contact={"address": address} if address else {},
        source_record_id=person.record_id,
        note="\n".join(text for text in (person.get("description"), *quoted) if text),
    )


def _joined(person: PfifPerson, *names: str) -> str:
    return ", ".join(person.get(name) for name in names if person.get(name))


def _names(person: PfifPerson) -> tuple[PersonName, ...]:
    parts = PersonName(NameKind.ORIGINAL, given=person.get("given_name"), family=person.get("family_name"))
    found = [parts] if parts.text() else []
    lines = person.get("full_name").splitlines()
    found += [PersonName(NameKind.ORIGINAL, full=line) for line in lines[:1]]
    found += [PersonName(NameKind.OTHER, full=line) for line in lines[1:]]
    found += [PersonName(NameKind.OTHER, full=line) for line in person.get("alternate_names").splitlines()]
    once: dict[tuple[str, ...], PersonName] = {}
    for name in found:
        # The same words in another order are the same name; which part is which is known from the first.
        once.setdefault(tuple(sorted(fold_words(name.text()).split())) or (name.text(),), name)
    return tuple(once.values())


def _birth(text: str) -> UncertainDate:
    try:
        return read_date(text)
    except FieldError:
        return UncertainDate(original=text)


def _age(person: PfifPerson) -> Age | None:
    """PFIF ages hold on the source date and mean nothing without one."""
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", person.get("age")))
    found, as_of = _AGE.fullmatch(text), person.source_date
    if not found or as_of is None:
        return None
    low, high = int(found[1]), int(found[2] or found[1])
    return Age(low, high, as_of.date().isoformat()) if low <= high <= _OLDEST else None


def person_from_identity(
    identity: Identity,
    *,
    record_id: str,
    source_date: datetime,
    expiry_date: datetime | None = None,
    source_name: str = "",
) -> PfifPerson:
    """Return a PFIF person with what PFIF has a place for: names, sex, birth or age, last place.

    Ways to reach the person, relatives, notes and nationality are never part of it. Raises ValueError without a name.
    """
    texts = list(dict.fromkeys(text for name in identity.names if (text := name.text())))
    if not texts:
        raise ValueError("a PFIF person needs a name")
    first = next(name for name in identity.names if name.text())
    fields = {
        "person_record_id": record_id,
        "expiry_date": write_time(expiry_date) if expiry_date else "",
        "source_name": source_name,
        "source_date": write_time(source_date),
        "full_name": texts[0],
        "given_name": first.given,
        "family_name": first.family,
        "alternate_names": "\n".join(texts[1:]),
        "sex": identity.sex,
        **_birth_fields(identity, source_date.date()),
        "home_city": identity.last_place.text,
        "home_state": identity.last_place.region,
        "home_country": identity.last_place.country,
    }
    return PfifPerson(record_id, {name: text for name, text in fields.items() if text})


def _birth_fields(identity: Identity, on: date) -> dict[str, str]:
    """A plain date as it is; everything else as the range of whole years it leaves open on the source date."""
    if _PLAIN_DATE.fullmatch(identity.birth.edtf):
        return {"date_of_birth": identity.birth.edtf}
    found = birth_bounds(identity.birth, identity.age)
    if found is None:
        return {}
    youngest, oldest = (max(0, _years_between(day, on)) for day in (found[1], found[0]))
    if oldest > _OLDEST:
        return {}
    return {"age": str(youngest) if youngest == oldest else f"{youngest}-{oldest}"}


def _years_between(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
