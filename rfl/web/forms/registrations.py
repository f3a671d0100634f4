"""The form of a registered person: who, where and how registered, how to reach them safely, and what they allow."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Form, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from rfl.domain.cleaning import LINE_LENGTH, NOTE_LENGTH
from rfl.domain.intake import Contact
from rfl.domain.persons import Identity
from rfl.domain.registrations import (
    CONDITIONS,
    REGISTRATION_KINDS,
    TOLD_BY,
    Condition,
    Registration,
)
from rfl.services.registration_reading import HIDDEN, RegistrationView
from rfl.services.registrations import Draft
from rfl.web.access import today
from rfl.web.forms.consents import ConsentFields
from rfl.web.forms.person import IdentityForm, PlaceForm
from rfl.web.forms.person_reading import Reading, fill_identity, read_identity

LINE = {"maxlength": LINE_LENGTH}
NOTE = {"maxlength": NOTE_LENGTH, "rows": 2}
KEEP = "keep"  # the choice of somebody who may not read the condition that is recorded


def _worded(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(key), gettext(label)) for key, label in labels.items()]


class ReachForm(Form):
    """How to reach the person without bringing anybody into danger; the names are those of `Contact`."""

    phones = StringField(_l("Telephone numbers and messaging apps"), render_kw=LINE)
    safe_way = StringField(
        _l("Safe way to make contact"),
        description=_l("What must not happen: a visit, a call that others hear, a letter that others open?"),
        render_kw=LINE,
    )
    safe_time = StringField(_l("Safe time to make contact"), render_kw=LINE)
    languages = StringField(_l("Languages, and whether the person reads them"), render_kw=LINE)
    address = TextAreaField(_l("Address, or how to find the place"), render_kw=NOTE)
    email = StringField(_l("E-mail"), render_kw=LINE)
    third_contact = TextAreaField(_l("Somebody else who can be asked, and what that person knows"), render_kw=NOTE)
    guardian = StringField(
        _l("Guardian or representative"),
        description=_l("Who speaks for a child, and how to reach them."),
        render_kw=LINE,
    )


class RegistrationForm(FlaskForm):
    """Everything but the consents, for a new and for an existing record."""

    seen = HiddenField()
    identity = FormField(IdentityForm)
    kind = SelectField(_l("Kind of registration"), choices=lambda: _worded(REGISTRATION_KINDS), default="alive")
    registered_on = DateField(_l("Day of registration"), [Optional()], default=today, render_kw={"max": "9999-12-31"})
    place = FormField(PlaceForm, _l("Where the person is now"))
    told_by = SelectField(_l("Who gave the information"), choices=lambda: _worded(TOLD_BY), default="person")
    condition = SelectField(_l("Condition"), choices=lambda: _worded(CONDITIONS), default=Condition.UNKNOWN.value)
    interpreter = BooleanField(_l("An interpreter is needed"))
    contact = FormField(ReachForm)
    notes = TextAreaField(
        _l("Private notes"),
        description=_l("Never compared and never shown to another society."),
        render_kw={"maxlength": NOTE_LENGTH, "rows": 3},
    )
    expires_on = DateField(
        _l("Stop matching after"),
        [Optional()],
        description=_l("Empty means until the consent is withdrawn."),
        render_kw={"max": "9999-12-31"},
    )

    def offer_keeping(self) -> None:
        """Offer to leave a condition that this reader may not see as it is, and choose that."""
        self.condition.choices = [(KEEP, gettext("As recorded (not shown to your role)")), *_worded(CONDITIONS)]


class NewRegistrationForm(RegistrationForm):
    """A new record, with the first conversation about consent."""

    consents = FormField(ConsentFields)


def fill_registration(form: RegistrationForm, view: RegistrationView) -> None:
    """Put an existing record into the form."""
    told = view.registration
    fill_identity(form.identity, view.identity)
    form.contact.form.process(formdata=None, data=view.contact.to_dict())
    form.place.form.process(formdata=None, data=told.to_dict()["place"])
    form.seen.data = view.stamp
    form.kind.data, form.told_by.data, form.notes.data = told.kind, told.told_by, told.notes
    form.registered_on.data, form.interpreter.data = told.day(), told.interpreter
    form.condition.data = KEEP if view.condition == HIDDEN else view.condition
    form.expires_on.data = view.expires_on


def read_registration(form: RegistrationForm, former: Identity | None = None) -> Draft | None:
    """Return what was typed, or None after every reason was put on its own field."""
    sound = form.validate()
    identity = read_identity(form.identity, former=former)
    reading = Reading(today())
    day = form.registered_on.data
    registration = Registration(
        kind=form.kind.data or "",
        on=day.isoformat() if day else "",
        place=reading.place(form.place),
        told_by=form.told_by.data or "",
        interpreter=bool(form.interpreter.data),
        notes=reading.text(form.notes, NOTE_LENGTH),
    )
    contact = Contact(**{field.short_name: _reach(reading, field) for field in form.contact.form})
    if identity is None or not (sound and reading.sound):
        return None
    condition = None if form.condition.data == KEEP else form.condition.data
    return Draft(identity, registration, contact, condition, form.expires_on.data)


def _reach(reading: Reading, field: Any) -> str:
    return reading.text(field, NOTE_LENGTH) if field.type == "TextAreaField" else reading.line(field)
