"""Forms of encoded exchange: files that partners sent, and fingerprints as they were heard."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from rfl.domain.exchange import HEARD
from rfl.domain.exchange_steps import ANSWERS
from rfl.web.forms.choices import plain, translated
from rfl.web.languages import spoken_languages

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


class TextsForm(FlaskForm):
    """What is written to a partner about an opened pair, in the last step."""

    circumstances = TextAreaField(
        _l("Circumstances"),
        description=_l("What the partner has to know to go on. Name nobody who has not agreed to it."),
    )
    contact = TextAreaField(
        _l("Whom to call"),
        description=_l("Who works on this case here, and how the partner reaches them. Not the address of the family."),
    )


class ToldForm(FlaskForm):
    """What the person concerned lets the partner tell."""

    choice = RadioField(_l("What did the person answer?"), choices=translated(ANSWERS), validate_choice=False)
    words = TextAreaField(
        _l("What may be passed on, word for word"),
        description=_l("An address, a telephone number, a time for a call, or a message. Only this is passed on."),
        render_kw={"rows": 4, "dir": "auto"},
    )
    on = DateField(_l("Day of the answer"), [InputRequired(_l("Choose a day."))])
    language = SelectField(_l("Language of the talk"), choices=lambda: plain(spoken_languages()))
    witness = StringField(_l("Witness or interpreter, or “signed”"), render_kw={"dir": "auto"})


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
