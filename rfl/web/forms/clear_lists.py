"""The form of a list with names: in which format and why; the seal names exactly who was looked at."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField

from rfl.domain.exports import CSV, FORMATS, REASONS
from rfl.domain.text import N_
from rfl.web.forms.choices import translated


class SendForm(FlaskForm):
    """What leaves, and why."""

    form = RadioField(_l("Format"), choices=translated(FORMATS), default=CSV)
    reason = SelectField(
        _l("Why"),
        choices=translated(REASONS, empty=N_("Please choose")),
        default="",
        description=_l("It is kept in the trace."),
    )
    seal = HiddenField()
