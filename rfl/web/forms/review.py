"""Forms of a review: the answer with its two ticks, and giving a proposal to an officer."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length

from rfl.domain.cleaning import NOTE_LENGTH, TOO_LONG
from rfl.domain.proposals import VERDICTS, ReasonMissing
from rfl.services.decisions import NOT_COMPARED, VERDICT_MISSING
from rfl.web.forms.choices import translated


class DecisionForm(FlaskForm):
    """One officer's answer; `seal` says which state of the page is answered."""

    seal = HiddenField()
    verdict = RadioField(
        _l("Are these two records the same person?"),
        [InputRequired(_l(VERDICT_MISSING))],
        choices=translated({str(code): label for code, label in VERDICTS.items()}),
        validate_choice=False,  # the service names the mistake
    )
    reason = TextAreaField(
        _l("Reason for your answer"),
        [InputRequired(_l(ReasonMissing.message)), Length(max=NOTE_LENGTH, message=_l(TOO_LONG, limit=NOTE_LENGTH))],
        description=_l("The other officer reads this after answering. Do not copy contact details here."),
        render_kw={"rows": 4},
    )
    compared = BooleanField(
        _l("I compared every field, including those that disagree"), [InputRequired(_l(NOT_COMPARED))]
    )
    acknowledged = BooleanField(_l("I have read the warning about contradictions, and my answer stands"))
    submit = SubmitField(_l("Record my answer"))


class AssignForm(FlaskForm):
    """Which officer of the own society has one side of the proposal; an empty one gives it back."""

    side = StringField()
    officer = StringField()
