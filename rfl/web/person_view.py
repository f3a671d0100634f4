"""An identity worded for the screen: dates with what was told and how it reckons, countries by name.

Empty texts mean "not recorded"; the template says so.
"""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, format_skeleton
from flask_babel import get_locale, gettext, ngettext

from rfl.domain.calendars import CALENDARS, GREGORIAN
from rfl.domain.dates import PartialDate, date_words
from rfl.domain.persons import NAME_KINDS, RELATIONS, SEXES, Age, Identity, NameKind, Place, Sex, UncertainDate
from rfl.web.countries import country_name


@dataclass(frozen=True)
class DateView:
    """A date: `reading` is Gregorian, in words; `told` the original text where it says more, with its calendar."""

    reading: str = ""
    told: str = ""
    calendar: str = ""


@dataclass(frozen=True)
class PlaceView:
    """A place: its parts from near to far in one line, and directions."""

    line: str = ""
    directions: str = ""


@dataclass(frozen=True)
class NameView:
    """One name with the reason why this spelling is known."""

    text: str
    kind: str


@dataclass(frozen=True)
class RelativeView:
    """One relative."""

    relation: str
    name: str
    age: str
    missing_too: bool


@dataclass(frozen=True)
class IdentityView:
    """Everything an identity card shows."""

    display_name: str
    names: tuple[NameView, ...]
    sex: str
    birth: DateView
    age: str
    mother_name: str
    birth_place: PlaceView
    nationalities: tuple[str, ...]
    last_place: PlaceView
    last_contact: DateView
    relatives: tuple[RelativeView, ...]
    occupation: str
    marks: str


def word_partial(day: PartialDate) -> str:
    """Return a year, a month of a year or a day in the language of the screen."""
    locale = get_locale() or "en"
    if day.month is None:
        return str(day.year)
    if day.day is None:
        return format_skeleton("yMMMM", date(day.year, day.month, 1), locale=locale)
    return format_date(date(day.year, day.month, day.day), "long", locale=locale)


def word_date(told: UncertainDate) -> DateView:
    """Return a date in words: the Gregorian reading and, where they differ, the words it was told in."""
    if not told:
        return DateView()
    if not told.edtf:
        return DateView(told=told.original, calendar=_calendar(told))
    template, values = date_words(told)
    worded = {name: word_partial(value) if isinstance(value, PartialDate) else value for name, value in values.items()}
    reading = gettext(template) % worded
    same = told.original.casefold() in ("", told.edtf.casefold(), reading.casefold())
    return DateView(reading, "" if same else told.original, _calendar(told))


def _calendar(told: UncertainDate) -> str:
    if told.calendar == GREGORIAN or told.calendar not in CALENDARS:
        return ""
    label: str = gettext(CALENDARS[told.calendar].label)
    return label


def word_age(age: Age | None) -> str:
    """Return an age with the day on which it was told."""
    if age is None:
        return ""
    day = word_date(UncertainDate(age.as_of)).reading
    if age.low == age.high:
        text: str = ngettext("%(num)d year on %(day)s", "%(num)d years on %(day)s", age.low, day=day)
    else:
        text = gettext("%(low)d to %(high)d years on %(day)s", low=age.low, high=age.high, day=day)
    return text


def word_place(place: Place) -> PlaceView:
    """Return a place as one line, from near to far, with its directions."""
    parts = (place.text, place.region, country_name(place.country) if place.country else "")
    # One line of several scripts: without isolation its parts and commas would change places with each other.
    isolated = [f"\N{FIRST STRONG ISOLATE}{part}\N{POP DIRECTIONAL ISOLATE}" for part in parts if part]
    return PlaceView(gettext(", ").join(isolated), place.directions)


def _name_kind(kind: str) -> str:
    label: str = gettext(NAME_KINDS[NameKind(kind)] if kind in set(NameKind) else NAME_KINDS[NameKind.OTHER])
    return label


def view_identity(identity: Identity) -> IdentityView:
    """Return an identity worded in the language of the screen."""
    return IdentityView(
        display_name=identity.display_name(),
        names=tuple(NameView(name.text(), _name_kind(name.kind)) for name in identity.names if name.text()),
        sex="" if identity.sex == Sex.UNKNOWN else gettext(SEXES[Sex(identity.sex)]),
        birth=word_date(identity.birth),
        age=word_age(identity.age),
        mother_name=identity.mother_name,
        birth_place=word_place(identity.birth_place),
        nationalities=tuple(country_name(code) for code in identity.nationalities),
        last_place=word_place(identity.last_place),
        last_contact=word_date(identity.last_contact),
        relatives=tuple(
            RelativeView(gettext(RELATIONS.get(kin.relation, kin.relation)), kin.name, kin.age, kin.missing_too)
            for kin in identity.relatives
        ),
        occupation=identity.occupation,
        marks=identity.marks,
    )
