"""Forms of agreements on encoded exchange."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from rfl.domain.exchange import TERMS
from rfl.domain.text import N_
from rfl.services.exchange_agreements import Draft
from rfl.web.forms.choices import plain, translated

DAYS = 365  # an agreement is looked at again every year
LONGEST_NUMBER, LONGEST_TEXT = 40, 2000  # what an agreement holds


def _term(name: str) -> Any:
    return _l(TERMS[name])


def _count(name: str, value: int, description: str = "") -> IntegerField:
    return IntegerField(_term(name), [InputRequired()], default=value, description=description)


class DraftForm(FlaskForm):
    """What a society proposes to a partner and a hub."""

    number = StringField(
        _l("Number of the agreement"),
        [InputRequired(), Length(max=LONGEST_NUMBER)],
        description=_l("Capital letters, digits, dot, slash and hyphen. A number in use makes its next version."),
        render_kw={"dir": "ltr"},
    )
    partner_id = SelectField(_l("The other society"))
    hub_id = SelectField(
        _l("Hub"),
        description=_l("A third society that compares the encoded lists. It holds no key that opens them."),
    )
    purpose = TextAreaField(_term("purpose"), [InputRequired(), Length(max=LONGEST_TEXT)])
    false_pairs = _count(
        "false_pairs",
        10,
        _l("Fewer means less to review and more persons missed. Ten for a thousand cases is a usual start."),
    )
    cap = _count("cap", 2000)
    minimum = _count("minimum", 50, _l("A short list says too much about who is on it."))
    repeats = _count(
        "repeats",
        1,
        _l(
            "From 1 to 3. At 1 the hub learns least. At 3 some more of a hundred shared cases are found, but a hub "
            "that got hold of a list could tell which of its cases have something in common with the other."
        ),
    )
    rounds_a_month = _count("rounds_a_month", 2)
    retention_days = _count("retention_days", 30)
    first_day = DateField(_l("First day"), [InputRequired()], render_kw={"max": "9999-12-31"})
    last_day = DateField(_l("Last day"), [InputRequired()], render_kw={"max": "9998-12-31"})
    clear_lists = TextAreaField(
        _term("clear_lists"),
        [Length(max=LONGEST_TEXT)],
        description=_l(
            "Only for societies that a law allows to pass on names. Left empty, no list with names may be sent under "
            "this agreement."
        ),
    )
    contact = TextAreaField(
        _term("contact"),
        [InputRequired(), Length(max=LONGEST_TEXT)],
        description=_l("Who is called on both sides when something goes wrong."),
    )


class AgreementFileForm(FlaskForm):
    """An agreement that another party sent."""

    file = FileField(_l("Agreement file"), description=_l("As another party downloaded it, signed or not."))


def prepared(partners: Sequence[tuple[str, str]], today: date) -> DraftForm:
    """Return the form with the confirmed partners to choose from, for a year from today."""
    form = DraftForm()
    for choice in (form.partner_id, form.hub_id):
        choice.choices = [*translated({}, empty=N_("Please choose")), *plain(partners)]
    if not form.is_submitted():
        form.first_day.data, form.last_day.data = today, today + timedelta(days=DAYS)
    return form


def read_draft(form: DraftForm) -> Draft:
    """Return what was filled in; only the clause on names may be left empty."""
    values: dict[str, Any] = {name: form[name].data for name in Draft.__dataclass_fields__}
    return Draft(**values | {"clear_lists": values["clear_lists"] or ""})
