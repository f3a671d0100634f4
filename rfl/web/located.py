"""Asking the person concerned, and preparing what their answer allows."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from rfl.domain.disclosure import CHOICES, LINK_CHOICES
from rfl.domain.errors import FieldError
from rfl.services import disclosures, located
from rfl.services.located import FATE_LABEL, Answer, NotPossibleForThisPerson, PersonAsked
from rfl.web.access import current_actor, today
from rfl.web.errors import explain
from rfl.web.forms.aftercare import AnswerForm
from rfl.web.forms.choices import plain, translated
from rfl.web.languages import spoken_languages

bp = Blueprint("located", __name__, url_prefix="/located")


@bp.get("/<proposal_id>")
def show(proposal_id: str) -> ResponseReturnValue:
    """Show the persons to ask, how to reach them and what they answered so far."""
    return _page(proposal_id, located.read_asked(current_actor(), proposal_id))


@bp.post("/<proposal_id>/<person_id>/answer")
def answer(proposal_id: str, person_id: str) -> ResponseReturnValue:
    """Record an answer."""
    people = located.read_asked(current_actor(), proposal_id)
    person = next((one for one in people if one.person_id == person_id), None)
    if person is None:
        abort(404)
    form = _form(person)
    if not form.validate_on_submit():
        return _page(proposal_id, people, form, person_id), 422
    try:
        located.record_answer(current_actor(), proposal_id, person_id, answer=_answer(form))
    except FieldError as wrong:
        form[wrong.field].errors = [explain(wrong)]
        return _page(proposal_id, people, form, person_id), 422
    except NotPossibleForThisPerson as wrong:
        form.choice.errors = [explain(wrong)]
        return _page(proposal_id, people, form, person_id), 422
    flash(gettext("The answer is recorded."))
    return redirect(url_for("located.show", proposal_id=proposal_id), code=303)


@bp.post("/<proposal_id>/<person_id>/prepare")
def prepare(proposal_id: str, person_id: str) -> ResponseReturnValue:
    """Prepare the news that the answer allows."""
    disclosures.prepare(current_actor(), proposal_id, person_id)
    flash(gettext("The news is prepared. The enquirer's caseworkers have a task to tell it."))
    return redirect(url_for("located.show", proposal_id=proposal_id), code=303)


@bp.post("/<proposal_id>/<person_id>/plan")
def ask_for_plan(proposal_id: str, person_id: str) -> ResponseReturnValue:
    """Ask for a delivery plan before hard news is prepared."""
    disclosures.ask_for_plan(current_actor(), proposal_id, person_id)
    flash(gettext("A delivery plan is asked for. You get a task when it is approved."))
    return redirect(url_for("located.show", proposal_id=proposal_id), code=303)


@bp.post("/<proposal_id>/<person_id>/cancel")
def cancel(proposal_id: str, person_id: str) -> ResponseReturnValue:
    """Withdraw prepared news."""
    disclosures.cancel(current_actor(), proposal_id, person_id)
    flash(gettext("The prepared news is withdrawn."))
    return redirect(url_for("located.show", proposal_id=proposal_id), code=303)


def _form(person: PersonAsked) -> AnswerForm:
    form = AnswerForm(prefix=person.person_id)
    form.choice.choices = translated(person.choices)
    form.language.choices = plain(spoken_languages())
    if not form.is_submitted():
        form.on.data = today()
        form.language.data = current_user.who.actor.language
    return form


def _answer(form: AnswerForm) -> Answer:
    return Answer(
        choice=form.choice.data,
        on=form.on.data,
        language=form.language.data,
        witness=form.witness.data or "",
        words=form.words.data or "",
        note=form.note.data or "",
        ask_again_on=form.ask_again_on.data,
    )


def _page(
    proposal_id: str, people: tuple[PersonAsked, ...], form: AnswerForm | None = None, person_id: str = ""
) -> str:
    forms = {one.person_id: form if form and one.person_id == person_id else _form(one) for one in people}
    labels = {str(choice): label for table in (LINK_CHOICES, CHOICES) for choice, label in table.items()}
    labels["fate"] = FATE_LABEL
    return render_template("aftercare/located.html", proposal_id=proposal_id, people=people, forms=forms, labels=labels)
