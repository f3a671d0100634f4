"""Forms of what follows a confirmation: the answer of the person concerned, the plan, the telling."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from rfl.domain.disclosure import HOW_TOLD
from rfl.domain.text import N_
from rfl.services.located import LONGEST_WORDS
from rfl.services.plans import LONGEST, QUESTIONS
from rfl.web.forms.choices import translated

DATE_NEEDED = _l("Choose a day.")


class AnswerForm(FlaskForm):
    """What the person concerned answered."""

    choice = RadioField(_l("What did the person answer?"), [InputRequired(_l("Choose what the person answered."))])
    words = TextAreaField(
        _l("What may be passed on, word for word"),
        [Length(max=LONGEST_WORDS)],
        description=_l("An address, a telephone number, a time for a call, or a message. Only this is passed on."),
        render_kw={"rows": 4, "dir": "auto"},
    )
    ask_again_on = DateField(_l("Ask again on"), [Optional()], description=_l("Only if the answer is “not now”."))
    on = DateField(_l("Day of the answer"), [InputRequired(DATE_NEEDED)])
    language = SelectField(_l("Language of the talk"))
    witness = StringField(_l("Witness or interpreter, or “signed”"), [Length(max=200)], render_kw={"dir": "auto"})
    note = TextAreaField(
        _l("Note for our own file"),
        [Length(max=2000)],
        description=_l("Never passed on."),
        render_kw={"rows": 2, "dir": "auto"},
    )
    submit = SubmitField(_l("Record the answer"))


class TellingForm(FlaskForm):
    """The enquirer was told."""

    told_on = DateField(_l("Day of telling"), [InputRequired(DATE_NEEDED)])
    how = SelectField(
        _l("How was the enquirer told?"),
        [InputRequired(_l("Choose how the enquirer was told."))],
        choices=translated(HOW_TOLD, empty=N_("Choose")),
    )
    note = TextAreaField(_l("Note"), [Length(max=2000)], render_kw={"rows": 3, "dir": "auto"})
    submit = SubmitField(_l("Record that the enquirer was told"))


class PlanForm(FlaskForm):
    """How hard news will be told; one text per question of `rfl.services.plans.QUESTIONS`."""

    deliver_on = DateField(_l("Planned day"), [InputRequired(DATE_NEEDED)])
    submit = SubmitField(_l("Save the plan"))


for _name, _question in QUESTIONS.items():
    setattr(PlanForm, _name, TextAreaField(_l(_question), [Length(max=LONGEST)], render_kw={"rows": 2, "dir": "auto"}))
