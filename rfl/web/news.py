"""Telling the enquirer, and the delivery plan for hard news."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.disclosure import HOW_TOLD, LINK_MAY_BE_SAID, MAY_BE_SAID
from rfl.domain.errors import FieldError
from rfl.services import disclosures, plans
from rfl.web.access import current_actor, today
from rfl.web.errors import explain
from rfl.web.forms.aftercare import PlanForm, TellingForm

bp = Blueprint("news", __name__)


@bp.get("/news/<disclosure_id>")
def show(disclosure_id: str) -> ResponseReturnValue:
    """Show what the enquirer may be told, and how to reach them."""
    form = TellingForm()
    form.told_on.data = today()
    return _news_page(disclosure_id, form)


@bp.post("/news/<disclosure_id>/told")
def told(disclosure_id: str) -> ResponseReturnValue:
    """Record that the enquirer was told."""
    form = TellingForm()
    if not form.validate_on_submit():
        return _news_page(disclosure_id, form), 422
    try:
        disclosures.tell(
            current_actor(),
            disclosure_id,
            told_on=form.told_on.data,
            how=form.how.data,
            note=form.note.data or "",
        )
    except FieldError as wrong:
        form[wrong.field].errors = [explain(wrong)]
        return _news_page(disclosure_id, form), 422
    flash(gettext("Recorded: the enquirer was told."))
    return redirect(url_for("news.show", disclosure_id=disclosure_id), code=303)


@bp.get("/requests/<request_id>/plan/<proposal_id>")
def plan(request_id: str, proposal_id: str) -> ResponseReturnValue:
    """Show the delivery plan."""
    view = plans.read_plan(current_actor(), request_id, proposal_id)
    form = PlanForm(data={**view.answers, "deliver_on": view.deliver_on})
    return _plan_page(view, proposal_id, form)


@bp.post("/requests/<request_id>/plan/<proposal_id>")
def write_plan(request_id: str, proposal_id: str) -> ResponseReturnValue:
    """Write the delivery plan."""
    form = PlanForm()
    view = plans.read_plan(current_actor(), request_id, proposal_id)
    if not form.validate_on_submit():
        return _plan_page(view, proposal_id, form), 422
    answers = {question: form[question].data or "" for question in plans.QUESTIONS}
    try:
        plans.write_plan(current_actor(), request_id, proposal_id, answers=answers, deliver_on=form.deliver_on.data)
    except FieldError as wrong:
        form[wrong.field].errors = [explain(wrong)]
        return _plan_page(view, proposal_id, form), 422
    flash(gettext("The plan is saved. A second person must approve it."))
    return redirect(url_for("news.plan", request_id=request_id, proposal_id=proposal_id), code=303)


@bp.post("/requests/<request_id>/plan/<proposal_id>/approve")
def approve_plan(request_id: str, proposal_id: str) -> ResponseReturnValue:
    """Approve the plan of a colleague."""
    plans.approve_plan(current_actor(), request_id, proposal_id)
    flash(gettext("The plan is approved."))
    return redirect(url_for("news.plan", request_id=request_id, proposal_id=proposal_id), code=303)


def _news_page(disclosure_id: str, form: TellingForm) -> str:
    news = disclosures.read_news(current_actor(), disclosure_id)
    sentences = LINK_MAY_BE_SAID if news.is_link else MAY_BE_SAID
    return render_template(
        "aftercare/news.html", news=news, form=form, sentences=sentences, how_labels=HOW_TOLD, questions=plans.QUESTIONS
    )


def _plan_page(view: plans.PlanView, proposal_id: str, form: PlanForm) -> str:
    return render_template(
        "aftercare/plan.html", plan=view, proposal_id=proposal_id, form=form, questions=plans.QUESTIONS
    )
