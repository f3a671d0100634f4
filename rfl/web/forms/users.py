"""Forms for managing users."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, SubmitField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from rfl.domain.roles import ROLES
from rfl.web.forms.choices import plain, translated
from rfl.web.languages import LANGUAGES


class RolesField(SelectMultipleField):
    """Roles as a list of tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class UserForm(FlaskForm):
    """What an administrator decides about a user."""

    display_name = StringField(
        _l("Name"), [Length(max=200)], description=_l("How colleagues know the person."), render_kw={"dir": "auto"}
    )
    roles = RolesField(_l("Roles"), choices=translated(ROLES))
    minors_cleared = BooleanField(
        _l("Vetted for the records of children"),
        description=_l("Without this tick, records of children do not exist for this person."),
    )
    language = SelectField(_l("Language of the screens"), choices=plain(LANGUAGES.items()))
    submit = SubmitField(_l("Save"))


class NewUserForm(UserForm):
    """A user who does not exist yet."""

    sign_in_name = StringField(
        _l("Sign-in name"),
        [Length(max=100)],
        description=_l("Letters a-z, digits, dot, hyphen, underscore or @, such as amina.yusuf."),
        render_kw={"dir": "ltr", "autocapitalize": "none", "autocomplete": "off"},
    )


class ChangeUserForm(UserForm):
    """An existing user; taking the tick away signs them out at once."""

    active = BooleanField(_l("May sign in"))
