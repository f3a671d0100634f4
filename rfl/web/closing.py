"""How a search ends: proposed by one person, approved by another, and taken up again with a reason."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.cases import OUTCOMES, RequestState, SoughtStatus
from rfl.domain.errors import FieldError
from rfl.domain.persons import RELATIONS
from rfl.services import closing, request_case
from rfl.web.access import current_actor
from rfl.web.acts import Act, perform
from rfl.web.errors import explain
from rfl.web.forms.requests import ReasonForm

bp = Blueprint("closing", __name__, url_prefix="/requests")


@bp.get("/<request_id>/closing")
def form(request_id: str) -> ResponseReturnValue:
    """Show the persons whose search can end."""
    return _closing_page(request_id, ReasonForm(), {})


@bp.post("/<request_id>/closing")
def propose(request_id: str) -> ResponseReturnValue:
    """Propose how the search ended for some or all persons."""
    form = ReasonForm()
    outcomes = {
        name.removeprefix("outcome-"): value for name, value in request.form.items() if name.startswith("outcome-")
    }
    try:
        closing.propose_closing(current_actor(), request_id, outcomes=outcomes, reason=form.reason.data or "")
    except FieldError as wrong:
        return _closing_page(request_id, form, {wrong.field: explain(wrong)}), 422
    flash(gettext("Proposed. A tracing officer other than you must approve it."))
    return redirect(url_for("requests.show", request_id=request_id), code=303)


@bp.post("/<request_id>/closing/approve")
def approve(request_id: str) -> ResponseReturnValue:
    """End the searches as proposed."""
    try:
        state = closing.approve_closing(current_actor(), request_id)
    except FieldError as wrong:
        flash(explain(wrong), "danger")
    else:
        ended = gettext("The request is closed.")
        flash(ended if state == RequestState.CLOSED else gettext("These searches ended; the others go on."), "success")
    return redirect(url_for("requests.show", request_id=request_id), code=303)


@bp.route("/<request_id>/closing/decline", methods=["GET", "POST"])
def decline(request_id: str) -> ResponseReturnValue:
    """Let the search go on."""
    form = ReasonForm()
    act = Act(
        gettext("Decline the closing"),
        gettext("The search goes on for everybody. Whoever proposed to end it reads your reason."),
        gettext("The search goes on"),
    )
    return perform(
        act,
        request_id,
        form,
        lambda: closing.decline_closing(current_actor(), request_id, reason=form.reason.data or ""),
    )


@bp.get("/<request_id>/reopening")
def reopening(request_id: str) -> ResponseReturnValue:
    """Show for whom the search can be taken up again."""
    return _reopening_page(request_id, ReasonForm(), {})


@bp.post("/<request_id>/reopening")
def reopen(request_id: str) -> ResponseReturnValue:
    """Take the search up again for the persons chosen."""
    form = ReasonForm()
    try:
        closing.reopen(
            current_actor(),
            request_id,
            persons=frozenset(request.form.getlist("persons")),
            reason=form.reason.data or "",
        )
    except FieldError as wrong:
        return _reopening_page(request_id, form, {wrong.field: explain(wrong)}), 422
    flash(gettext("Reopened. The search goes on."))
    return redirect(url_for("requests.show", request_id=request_id), code=303)


def _closing_page(request_id: str, form: ReasonForm, wrong: Mapping[str, str]) -> str:
    case = request_case.read_case(current_actor(), request_id)
    people = [person for person in case.sought if person.status != SoughtStatus.ENDED]
    return _page("requests/closing.html", form, wrong, case=case, people=people, chosen=request.form, outcomes=OUTCOMES)


def _reopening_page(request_id: str, form: ReasonForm, wrong: Mapping[str, str]) -> str:
    case = request_case.read_case(current_actor(), request_id)
    chosen = frozenset(request.form.getlist("persons"))
    return _page("requests/reopening.html", form, wrong, case=case, people=case.sought, chosen=chosen)


def _page(template: str, form: ReasonForm, wrong: Mapping[str, str], **values: object) -> str:
    if "reason" in wrong:
        form.reason.errors = [wrong["reason"]]
    return render_template(template, form=form, wrong=wrong, relations=RELATIONS, outcome_words=OUTCOMES, **values)
