"""The form of a society's settings."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, SubmitField

from rfl.domain.clock import known_time_zones
from rfl.web.forms.choices import plain


class SettingsForm(FlaskForm):
    """What an administrator sets for the whole society."""

    time_zone = SelectField(
        _l("Time zone"),
        choices=plain((zone, zone) for zone in known_time_zones()),
        description=_l("Times on all screens of this society, and the day that counts as today, follow it."),
        render_kw={"dir": "ltr"},
    )
    submit = SubmitField(_l("Save"))
