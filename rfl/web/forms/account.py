"""Forms of the own account."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, SubmitField
from wtforms.validators import EqualTo, InputRequired


class SignInForm(FlaskForm):
    """Name and password."""

    sign_in_name = StringField(_l("Sign-in name"), [InputRequired()], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("Password"), [InputRequired()], render_kw={"autocomplete": "current-password", "maxlength": 200}
    )
    submit = SubmitField(_l("Sign in"))


class PasswordForm(FlaskForm):
    """A new password, typed twice."""

    old = PasswordField(_l("Present password"), [InputRequired()], render_kw={"autocomplete": "current-password"})
    password = PasswordField(
        _l("New password"),
        [InputRequired()],
        description=_l("At least 12 characters. A short sentence works well."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("New password again"),
        [InputRequired(), EqualTo("password", _l("The two new passwords differ. Type the same one twice."))],
        render_kw={"autocomplete": "new-password"},
    )
    submit = SubmitField(_l("Change password"))
