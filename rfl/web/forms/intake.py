"""Forms of the interview; every text keeps its own direction, every date the words in which it was told."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from rfl.domain.cases import HARM_QUESTIONS, SEPARATION_CAUSES
from rfl.domain.cleaning import LINE_LENGTH, NAME_LENGTH, NOTE_LENGTH
from rfl.domain.intake import CHANNELS, MEANS, PRIORITIES
from rfl.domain.persons import RELATIONS
from rfl.domain.text import N_
from rfl.web.forms.choices import translated
from rfl.web.forms.consents import ConsentFields
from rfl.web.forms.person import IdentityForm, PlaceForm, ToldDateForm

CHOOSE = N_("Choose")
ANSWERS = {"no": N_("No"), "yes": N_("Yes")}
LINE = {"maxlength": LINE_LENGTH, "autocomplete": "off"}
NOTE = {"maxlength": NOTE_LENGTH, "rows": 3}


class InterviewForm(FlaskForm):
    """What all pages share: the fingerprint of what they were filled from."""

    seen = HiddenField()


class StartForm(InterviewForm):
    """How the request came."""

    channel = SelectField(_l("How the request came"), choices=translated(CHANNELS), validate_choice=False)
    on = DateField(_l("Day of the interview"), render_kw={"max": "9999-12-31"})
    branch = StringField(_l("Branch or place of the interview"), render_kw={"maxlength": NAME_LENGTH})
    interpreter = BooleanField(_l("An interpreter helped"))
    language = StringField(_l("Language of the interview"), render_kw={"maxlength": NAME_LENGTH})
    cause = SelectField(
        _l("How contact was lost"), choices=translated(SEPARATION_CAUSES, empty=CHOOSE), validate_choice=False
    )
    priority = SelectField(
        _l("Priority"),
        choices=translated(PRIORITIES),
        validate_choice=False,
        description=_l("Children alone, sick and old people, and people in danger come first."),
    )


class ContactForm(Form):
    """How to reach the enquirer safely."""

    address = TextAreaField(
        _l("Address, or how to find the place"), render_kw={"maxlength": NOTE_LENGTH, "rows": 2, "autocomplete": "off"}
    )
    phones = StringField(_l("Telephone numbers and messaging apps"), render_kw=LINE)
    email = StringField(_l("E-mail"), render_kw={**LINE, "dir": "ltr"})
    safe_way = StringField(
        _l("Safe way to make contact"),
        description=_l("What must not happen: a visit, a call that others hear, a letter that others open?"),
        render_kw=LINE,
    )
    safe_time = StringField(_l("Safe time to make contact"), render_kw=LINE)
    third_contact = TextAreaField(
        _l("Somebody else who can be asked, and what that person knows"),
        render_kw={"maxlength": NOTE_LENGTH, "rows": 2, "autocomplete": "off"},
    )
    languages = StringField(_l("Languages, and whether the enquirer reads them"), render_kw=LINE)
    guardian = StringField(
        _l("Guardian or representative"),
        description=_l("Needed if the enquirer is a child: who speaks for the child, and how to reach this person."),
        render_kw=LINE,
    )


class EnquirerForm(InterviewForm):
    """Who asks, and how to reach them."""

    identity = FormField(IdentityForm)
    contact = FormField(ContactForm)


class SoughtForm(InterviewForm):
    """Who is sought, and what they are to the enquirer."""

    relation = SelectField(
        _l("What this person is to the enquirer"),
        choices=translated(RELATIONS, empty=CHOOSE),
        validate_choice=False,
    )
    identity = FormField(IdentityForm)


class NewsForm(InterviewForm):
    """Last news and circumstances."""

    last_contact = FormField(ToldDateForm, _l("Last contact"))
    means = SelectField(_l("How that contact was made"), choices=translated(MEANS), validate_choice=False)
    content = TextAreaField(_l("What was said or written"), render_kw=NOTE)
    last_place = FormField(PlaceForm, _l("Last known address"))
    separation = FormField(ToldDateForm, _l("When contact was lost"))
    separation_place = StringField(_l("Where contact was lost"), render_kw=LINE)
    present = TextAreaField(_l("Who was there"), render_kw=NOTE)
    route = TextAreaField(
        _l("Way and means of travel"),
        description=_l("For example: on foot to the border, then by boat; names of places, dates, companions."),
        render_kw=NOTE,
    )
    rumours = TextAreaField(
        _l("What people say has happened"),
        description=_l("Detained, wounded, in hospital, seen somewhere. This is kept as hearsay, not as fact."),
        render_kw=NOTE,
    )
    rumour_source = StringField(_l("Who says so"), render_kw=LINE)
    looked = TextAreaField(_l("Where the family has looked already"), render_kw=NOTE)
    organisations = TextAreaField(_l("Other organisations that were asked"), render_kw=NOTE)


class EnquirerConsentForm(InterviewForm):
    """The answers of one conversation with the enquirer."""

    answers = FormField(ConsentFields)


class HarmForm(InterviewForm):
    """The questions of the do-no-harm check; none is answered beforehand."""

    note = TextAreaField(
        _l("What was seen, and which precautions were taken"),
        description=_l("Needed as soon as one answer is yes."),
        render_kw=NOTE,
    )

    def questions(self) -> list[Any]:
        """Return the fields of the questions in their order."""
        return [self[key] for key in HARM_QUESTIONS]


for _key, (_question, _red) in HARM_QUESTIONS.items():
    setattr(
        HarmForm,
        _key,
        RadioField(_l(_question), choices=translated(ANSWERS), validate_choice=False),
    )
