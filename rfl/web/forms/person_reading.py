"""Between the identity form and `Identity`: each field is read for itself, so one mistake hides no other."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any, TypeVar

from rfl.domain.calendars import CALENDARS, GREGORIAN
from rfl.domain.cleaning import LINE_LENGTH, NAME_LENGTH, clean_line, clean_text
from rfl.domain.dates import read_age, read_date
from rfl.domain.errors import FieldError
from rfl.domain.persons import (
    NAME_KINDS,
    RELATIONS,
    SEXES,
    Age,
    Identity,
    NameKind,
    PersonName,
    Place,
    Relative,
    Sex,
    UncertainDate,
)
from rfl.domain.text import N_
from rfl.web import access
from rfl.web.countries import country_names
from rfl.web.errors import explain
from rfl.web.forms.person import DIRECTIONS_LENGTH, MARKS_LENGTH

Value = TypeVar("Value")

NAME_MISSING = N_("Write at least one name. A nickname or a part of the name is enough.")
NOT_OFFERED = N_("Choose one of the answers offered.")
RELATION_MISSING = N_("Choose what this relative is to the person.")
RELATIVE_NAME_MISSING = N_("Write the name of this relative, or remove the row.")
DAY_TO_COME = N_("This day has not come yet. Check the year.")


class Reading:
    """Reads field after field; a FieldError stays on its field and reading goes on. `sound` says if there was none."""

    def __init__(self, today: date) -> None:
        """Begin; `today` is the latest day that something can have happened."""
        self.today = today
        self.sound = True

    def take(self, field: Any, read: Callable[[], Value], empty: Value) -> Value:
        """Return what `read` gives, or `empty` after putting the reason on `field`."""
        try:
            return read()
        except FieldError as wrong:
            field.errors = [*field.errors, explain(wrong)]
            self.sound = False
            return empty

    def line(self, field: Any, limit: int | None = None) -> str:
        """Return a line of text without invisible marks, at most as long as the box."""
        longest = limit or (field.render_kw or {}).get("maxlength", NAME_LENGTH)
        return self.take(field, lambda: clean_line(field.data, field.name, limit=longest), "")

    def text(self, field: Any, limit: int) -> str:
        """Return a text of several lines."""
        return self.take(field, lambda: clean_text(field.data, field.name, limit=limit), "")

    def choice(self, field: Any, offered: Collection[str], empty: str = "") -> str:
        """Return one of the answers offered; nothing sent gives `empty`."""
        return self.take(field, lambda: _offered(field, offered, empty), empty)

    def day(self, field: Any, former: UncertainDate | None = None) -> UncertainDate:
        """Return a date that was told, not later than today.

        Words that are not touched keep their reckoning: a list may have brought them in an order of its own.
        """
        calendar = self.choice(field.calendar, CALENDARS, GREGORIAN)
        told = self.line(field.told, LINE_LENGTH)
        if former and {"told": told, "calendar": calendar} == told_data(former):
            return former
        empty = UncertainDate(calendar=calendar)
        name = field.told.name
        return self.take(field.told, lambda: read_date(told, calendar, field=name, latest=self.today), empty)

    def place(self, field: Any) -> Place:
        """Return a place in words."""
        return Place(
            self.line(field.text),
            self.choice(field.country, {"", *country_names()}),
            self.line(field.region),
            self.line(field.directions, DIRECTIONS_LENGTH),
        )


def _offered(field: Any, offered: Collection[str], empty: str) -> str:
    chosen = field.data or empty
    if chosen != empty and chosen not in offered:
        raise FieldError(field.name, NOT_OFFERED)
    return str(chosen)


def _require(field: Any, message: str, *, given: bool) -> None:
    if not given:
        raise FieldError(field.name, message)


def _name(reading: Reading, row: Any) -> PersonName | None:
    parts = {part: reading.line(row[part]) for part in ("given", "father", "grandfather", "family", "full")}
    kind = reading.choice(row.kind, NAME_KINDS, NameKind.ORIGINAL)
    return PersonName(kind, **parts) if any(parts.values()) else None


def _relative(reading: Reading, row: Any) -> Relative | None:
    relation = reading.choice(row.relation, RELATIONS)
    name, age = reading.line(row["name"]), reading.line(row.age)
    if not (relation or name or age):
        return None
    reading.take(row.relation, lambda: _require(row.relation, RELATION_MISSING, given=bool(relation)), None)
    typed = bool(name or row["name"].errors)
    reading.take(row["name"], lambda: _require(row["name"], RELATIVE_NAME_MISSING, given=typed), None)
    return Relative(relation, name, age, bool(row.missing_too.data))


def _age(reading: Reading, form: Any) -> Age | None:
    as_of = form.age_as_of.data or reading.today
    told = reading.line(form.age)
    latest = as_of <= reading.today
    reading.take(form.age_as_of, lambda: _require(form.age_as_of, DAY_TO_COME, given=latest), None)
    return reading.take(form.age, lambda: read_age(told, as_of, field=form.age.name), None) if told else None


def read_identity(
    form: Any, *, former: Identity | None = None, today: date | None = None, name_required: bool = False
) -> Identity | None:
    """Return what was typed into an IdentityForm (or the FormField round it), or None when something is wrong.

    Every reason then stands on its own field (`field.errors`), and what was typed is kept. `former` is the identity
    that is being changed; `today` the latest day that a birth or a contact can have (the present day unless given).
    """
    former = former or Identity()
    form = getattr(form, "form", form)
    reading = Reading(today or access.today())
    reading.sound = form.validate()
    names = tuple(name for row in form.names if (name := _name(reading, row)))
    whole = form.names[0].full
    if name_required and not names and not any(row.errors for row in form.names):
        reading.take(whole, lambda: _require(whole, NAME_MISSING, given=False), None)
    identity = Identity(
        names=names,
        sex=reading.choice(form.sex, SEXES, Sex.UNKNOWN),
        birth=reading.day(form.birth, former.birth),
        age=_age(reading, form),
        mother_name=reading.line(form.mother_name),
        birth_place=reading.place(form.birth_place),
        nationalities=tuple(
            dict.fromkeys(code for row in form.nationalities if (code := reading.choice(row, country_names())))
        ),
        last_place=reading.place(form.last_place),
        last_contact=reading.day(form.last_contact, former.last_contact),
        relatives=tuple(found for row in form.relatives if (found := _relative(reading, row))),
        occupation=reading.line(form.occupation),
        marks=reading.text(form.marks, MARKS_LENGTH),
    )
    return identity if reading.sound else None


def fill_identity(form: Any, identity: Identity) -> None:
    """Put an identity into an IdentityForm, or into the FormField round one, for changing it."""
    form = getattr(form, "form", form)
    form.process(formdata=None, data=identity_data(identity))


def identity_data(identity: Identity) -> dict[str, Any]:
    """Return an identity as initial data of an IdentityForm, so that reading the form gives it back."""
    data = identity.to_dict()
    age = identity.age
    return data | {
        "birth": told_data(identity.birth),
        "last_contact": told_data(identity.last_contact),
        "age": "" if age is None else str(age.low) if age.low == age.high else f"{age.low}-{age.high}",
        "age_as_of": date.fromisoformat(age.as_of) if age else None,
        "nationalities": list(identity.nationalities),
    }


def told_data(day: UncertainDate) -> dict[str, str]:
    """Return a date as initial data of a ToldDateForm: its words and calendar; without words, its reckoning."""
    if day.original:
        return {"told": day.original, "calendar": day.calendar}
    return {"told": day.edtf, "calendar": GREGORIAN}
