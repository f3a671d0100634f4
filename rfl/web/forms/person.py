"""The form of a person's identity, as part of any other form: `FormField(IdentityForm)`.

Reading it gives an `Identity`; what cannot be accepted stays on its field with the reason and everything else is kept.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Form, FormField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from rfl.domain.calendars import CALENDARS, GREGORIAN
from rfl.domain.cleaning import LINE_LENGTH, NAME_LENGTH
from rfl.domain.persons import NAME_KINDS, RELATIONS, SEXES, NameKind, Sex
from rfl.web.countries import country_choices
from rfl.web.forms.rows import Rows, RowsForm

# A record stays readable and printable within these; more of any of them is one record too many.
MOST_NAMES = 20
MOST_RELATIVES = 40
MOST_NATIONALITIES = 5
MARKS_LENGTH = 2000
DIRECTIONS_LENGTH = 1000


def _worded(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(key), gettext(label)) for key, label in labels.items()]


def calendar_choices() -> list[tuple[str, str]]:
    """Return (key, label) of every calendar in which a date can be told."""
    return [(key, gettext(calendar.label)) for key, calendar in CALENDARS.items()]


class NameForm(Form):
    """One name: whole, in parts, or both."""

    kind = SelectField(
        _l("Kind of name"),
        choices=lambda: _worded(NAME_KINDS),
        default=NameKind.ORIGINAL.value,
        validate_choice=False,
    )
    full = StringField(_l("Whole name, as people say it"), render_kw={"maxlength": LINE_LENGTH})
    given = StringField(_l("Own name"), render_kw={"maxlength": NAME_LENGTH})
    father = StringField(_l("Father's name"), render_kw={"maxlength": NAME_LENGTH})
    grandfather = StringField(_l("Grandfather's name"), render_kw={"maxlength": NAME_LENGTH})
    family = StringField(_l("Family name"), render_kw={"maxlength": NAME_LENGTH})


class ToldDateForm(Form):
    """A date in the words and the calendar in which it was told."""

    told = StringField(_l("Date"))
    calendar = SelectField(_l("Calendar"), choices=calendar_choices, default=GREGORIAN, validate_choice=False)


class PlaceForm(Form):
    """A place in words, its country, and how to find it."""

    text = StringField(_l("Village, town or camp"), render_kw={"maxlength": LINE_LENGTH})
    region = StringField(_l("Region or district"), render_kw={"maxlength": LINE_LENGTH})
    country = SelectField(_l("Country"), choices=country_choices, default="", validate_choice=False)
    directions = StringField(
        _l("How to find it"),
        description=_l("For example: behind the mosque, third house on the road to the well."),
        render_kw={"maxlength": DIRECTIONS_LENGTH},
    )


class RelativeForm(Form):
    """One relative."""

    relation = SelectField(
        _l("Relation"),
        choices=lambda: [("", ""), *_worded(RELATIONS)],
        default="",
        validate_choice=False,
    )
    name = StringField(_l("Name"), render_kw={"maxlength": NAME_LENGTH})
    age = StringField(_l("Age"), render_kw={"maxlength": 40})
    missing_too = BooleanField(_l("Missing together with the person"))


class IdentityForm(RowsForm):
    """Everything that helps to recognise one person; every field may stay empty."""

    names = Rows(FormField(NameForm), _l("Names"), min_entries=1, max_entries=MOST_NAMES)
    sex = SelectField(_l("Sex"), choices=lambda: _worded(SEXES), default=Sex.UNKNOWN.value, validate_choice=False)
    birth = FormField(ToldDateForm, _l("Date of birth"))
    age = StringField(
        _l("Age, if the date of birth is not known"),
        description=_l("For example 17, about 17 or 15-18."),
        render_kw={"maxlength": 40, "inputmode": "text"},
    )
    age_as_of = DateField(
        _l("Age on which day"), [Optional()], description=_l("Empty means today."), render_kw={"max": "9999-12-31"}
    )
    mother_name = StringField(_l("Mother's name"), render_kw={"maxlength": NAME_LENGTH})
    birth_place = FormField(PlaceForm, _l("Place of birth"))
    last_place = FormField(PlaceForm, _l("Last known place or home"))
    last_contact = FormField(ToldDateForm, _l("Last contact with the family"))
    nationalities = Rows(
        SelectField(_l("Nationality"), choices=country_choices, default="", validate_choice=False),
        _l("Nationality"),
        min_entries=1,
        max_entries=MOST_NATIONALITIES,
    )
    relatives = Rows(FormField(RelativeForm), _l("Relatives"), min_entries=1, max_entries=MOST_RELATIVES)
    occupation = StringField(_l("Occupation"), render_kw={"maxlength": LINE_LENGTH})
    marks = TextAreaField(
        _l("Marks"),
        description=_l("What helps to recognise the person: scars, a disability, the clothes last worn."),
        render_kw={"maxlength": MARKS_LENGTH, "rows": 3},
    )
