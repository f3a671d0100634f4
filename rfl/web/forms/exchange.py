"""Forms of encoded exchange: files that partners sent, and fingerprints as they were heard."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import RadioField, StringField
from wtforms.validators import Length

from rfl.domain.exchange import HEARD
from rfl.web.forms.choices import translated

ADDRESS_TYPED = 255
FINGERPRINT_TYPED = 120  # eight groups of five digits, with room for the ways to write them


class PartnerForm(FlaskForm):
    """The identity file of a partner."""

    file = FileField(
        _l("Identity file of the partner"),
        description=_l("The partner downloads it on its own Exchange page. It may come by e-mail or on any device."),
    )


class ConfirmForm(FlaskForm):
    """A fingerprint as the partner read it aloud."""

    heard = RadioField(_l("How you heard it"), choices=translated(HEARD), validate_choice=False)
    typed = StringField(
        _l("The fingerprint as it was read to you"),
        [Length(max=FINGERPRINT_TYPED)],
        description=_l("Eight groups of five digits."),
        render_kw={"dir": "ltr", "autocomplete": "off", "inputmode": "numeric"},
    )


class PackageForm(FlaskForm):
    """A package that came from a partner or the hub."""

    file = FileField(
        _l("Package that came"),
        description=_l("It may come by e-mail or on any device: it is sealed for your society."),
    )


class AddressForm(FlaskForm):
    """Where a partner takes packages."""

    address = StringField(
        _l("Address of the partner's server"),
        [Length(max=ADDRESS_TYPED)],
        description=_l("As the partner gave it: https:// and the name of the server, with nothing after it."),
        render_kw={"dir": "ltr", "autocomplete": "off"},
    )


class AddressAgainForm(FlaskForm):
    """The same, typed by a second person."""

    typed = StringField(
        _l("Address of the partner's server, as the partner gave it to you"),
        [Length(max=ADDRESS_TYPED)],
        description=_l("Ask the partner yourself. This page does not show what was entered."),
        render_kw={"dir": "ltr", "autocomplete": "off"},
    )


def data_of(form: FlaskForm, name: str = "file") -> bytes | None:
    """Return the bytes of the uploaded file; None, with a sentence on the field, when none was chosen."""
    field: Any = form[name]
    if not (field.data and field.data.filename):
        field.errors = [*field.errors, gettext("Choose a file.")]
        return None
    content: bytes = field.data.read()
    return content
