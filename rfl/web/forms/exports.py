"""The form of an export: what, for whom, why; ways to reach people need a second tick."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField

from rfl.domain.exports import CSV, FORMATS, OWN, REASONS, RECIPIENTS, REGISTERED, SUBJECTS
from rfl.domain.text import N_
from rfl.web.forms.choices import translated


class ExportForm(FlaskForm):
    """What leaves the program."""

    subject = RadioField(_l("What the file holds"), choices=translated(SUBJECTS), default=REGISTERED)
    format = RadioField(_l("Format"), choices=translated(FORMATS), default=CSV)
    recipient = RadioField(
        _l("Who receives it"),
        choices=translated(RECIPIENTS),
        default=OWN,
        description=_l("Whoever has not agreed to be passed on to this recipient is left out."),
    )
    reason = SelectField(
        _l("Why"),
        choices=translated(REASONS, empty=N_("Please choose")),
        default="",
        description=_l("It is kept in the trace."),
    )
    contacts = BooleanField(
        _l("With telephone, e-mail and address"),
        description=_l("Only for registered persons and only for your own staff."),
    )
    contacts_confirmed = BooleanField(
        _l("I confirm: the file will hold ways to reach people, and I keep it safe and delete it after use")
    )
    may_say_dead = BooleanField(
        _l("Say of persons registered as deceased that they are believed dead"),
        description=_l(
            "Only for registered persons in PFIF. Families may read it there before anybody has spoken to them."
        ),
    )
