"""The form in which one conversation about consent is recorded; nothing is answered beforehand."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Form, FormField, RadioField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from rfl.domain.consent import BASES, EVIDENCES, PURPOSES, SPEAKERS, Basis, Purpose, Speaker
from rfl.domain.consent_talk import Talk
from rfl.services.encoded_consents import societies_to_name
from rfl.web.access import current_actor, today
from rfl.web.languages import spoken_languages

YES, NO, NOT_ASKED = "yes", "no", ""


def _worded(labels: Mapping[Any, str], *, blank: bool = False) -> list[tuple[str, str]]:
    return [*([("", "")] if blank else []), *((str(key), gettext(label)) for key, label in labels.items())]


def _answers() -> list[tuple[str, str]]:
    return [(YES, gettext("Yes")), (NO, gettext("No")), (NOT_ASKED, gettext("Not asked"))]


def _societies() -> list[tuple[str, str]]:
    return list(societies_to_name(current_actor()).items())


class SocietiesField(SelectMultipleField):
    """Partner societies as tick boxes; nothing is ticked beforehand."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ConsentFields(Form):
    """The purposes, then what makes the answers ones that can be shown later."""

    on = DateField(_l("Day of the conversation"), default=today, render_kw={"max": "9999-12-31"})
    language = SelectField(
        _l("Language of the conversation"), choices=lambda: [("", ""), *spoken_languages()], default=""
    )
    speaker = SelectField(_l("Who answered"), choices=lambda: _worded(SPEAKERS), default=Speaker.PERSON.value)
    evidence = SelectField(_l("How it can be shown later"), choices=lambda: _worded(EVIDENCES, blank=True), default="")
    basis = SelectField(
        _l("Legal basis"),
        choices=lambda: _worded(BASES),
        default=Basis.CONSENT.value,
        description=_l("Choose another basis only if the person cannot be asked, as with somebody sought."),
    )

    partners = SocietiesField(
        _l("Encoded exchange: for which societies does the answer count?"),
        choices=_societies,
        description=_l(
            "Choose none if it counts for every society with which an agreement is made, now or later. A yes for "
            "chosen societies is a no for all others."
        ),
    )

    def purposes(self) -> list[Any]:
        """Return the fields of the purposes in their order."""
        return [self[purpose.value] for purpose in Purpose]


for _purpose, _label in PURPOSES.items():
    setattr(ConsentFields, _purpose.value, RadioField(_l(_label), choices=_answers, default=NOT_ASKED))


class ConsentForm(FlaskForm):
    """The form of the page of consents."""

    answers = FormField(ConsentFields)


def read_answers(form: Any) -> dict[str, bool]:
    """Return purpose -> agreed, for every purpose that was asked."""
    return {field.short_name: field.data == YES for field in form.purposes() if field.data in {YES, NO}}


def read_talk(form: Any) -> Talk:
    """Return when, in which language and by whom the answers were given; an empty day is today."""
    return Talk(
        on=form.on.data or today(),
        language=form.language.data or "",
        evidence=form.evidence.data or "",
        basis=form.basis.data or "",
        speaker=form.speaker.data or "",
        partners=tuple(form.partners.data or ()),
    )
