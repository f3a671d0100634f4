"""Forms of single acts on a tracing request."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SearchField, SelectField, TextAreaField
from wtforms.validators import Optional

from rfl.domain.actions import ACTION_KINDS, ACTION_RESULTS, PENDING
from rfl.domain.cases import REFUSALS, REQUEST_STATES
from rfl.domain.cleaning import NOTE_LENGTH
from rfl.domain.intake import PRIORITIES
from rfl.domain.text import N_
from rfl.web.access import today
from rfl.web.forms.choices import translated
from rfl.web.forms.intake import CHOOSE

NOTE = {"maxlength": NOTE_LENGTH, "rows": 4, "dir": "auto"}
DAY = {"max": "9999-12-31"}


class FilterForm(FlaskForm):
    """What the list of requests shows; sent as a plain address, so that it can be kept as a bookmark."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    state = SelectField(
        _l("State"),
        choices=[*translated({"open": N_("All that go on"), "": N_("All")}), *translated(REQUEST_STATES)],
        default="open",
        validate_choice=False,
    )
    priority = SelectField(
        _l("Priority"), choices=translated(PRIORITIES, empty=N_("All")), default="", validate_choice=False
    )
    number = SearchField(_l("Case number"), render_kw={"maxlength": 30, "dir": "ltr", "autocomplete": "off"})
    mine = BooleanField(_l("Only mine"))
    overdue = BooleanField(_l("Only with overdue actions"))
    sort = SelectField(
        _l("Order"),
        choices=translated({"oldest": N_("Oldest first"), "newest": N_("Newest first")}),
        default="oldest",
        validate_choice=False,
    )


class RefuseForm(FlaskForm):
    """Why a request is not accepted, and what was offered instead."""

    reason = SelectField(_l("Reason"), choices=translated(REFUSALS, empty=CHOOSE), validate_choice=False)
    offered = TextAreaField(
        _l("What the enquirer was offered instead"),
        description=_l("For example another service, advice, or a message. This is written into the file."),
        render_kw=NOTE,
    )


class AskForm(FlaskForm):
    """What the enquirer should be asked."""

    question = TextAreaField(_l("What should the enquirer be asked?"), render_kw=NOTE)


class ReasonForm(FlaskForm):
    """A reason, which stays in the file."""

    reason = TextAreaField(_l("Reason"), render_kw=NOTE)


class NoteForm(FlaskForm):
    """A note in the timeline."""

    text = TextAreaField(_l("Note"), render_kw=NOTE)


class AssignForm(FlaskForm):
    """Who answers for the request."""

    caseworker = SelectField(_l("Caseworker"), validate_choice=False)


class ActionForm(FlaskForm):
    """A step of the search."""

    kind = SelectField(_l("What is to be done"), choices=translated(ACTION_KINDS, empty=CHOOSE), validate_choice=False)
    due_on = DateField(_l("Until when"), [Optional()], render_kw=DAY)
    plan = TextAreaField(_l("Where, with whom, and what to be careful about"), render_kw={**NOTE, "rows": 3})


class ReportForm(FlaskForm):
    """What came of a step."""

    result = SelectField(
        _l("Result"),
        choices=translated({key: text for key, text in ACTION_RESULTS.items() if key != PENDING}, empty=CHOOSE),
        validate_choice=False,
    )
    done_on = DateField(_l("Done on"), default=today, render_kw=DAY)
    report = TextAreaField(_l("What was found out"), render_kw=NOTE)
