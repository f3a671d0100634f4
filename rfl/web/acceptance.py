"""Whether a search begins, and who decides when danger was seen."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.services import acceptance, harm_checks
from rfl.services.request_gaps import NotComplete
from rfl.web.access import current_actor
from rfl.web.acts import Act, perform
from rfl.web.errors import explain
from rfl.web.forms.requests import AskForm, ReasonForm, RefuseForm

bp = Blueprint("acceptance", __name__, url_prefix="/requests")


@bp.post("/<request_id>/accept")
def accept(request_id: str) -> ResponseReturnValue:
    """Begin the search; what is missing is said on the case page."""
    try:
        acceptance.accept(current_actor(), request_id)
        flash(gettext("Accepted. The search begins."), "success")
    except NotComplete as missing:
        flash(explain(missing), "danger")
    return redirect(url_for("requests.show", request_id=request_id), code=303)


@bp.route("/<request_id>/refuse", methods=["GET", "POST"])
def refuse(request_id: str) -> ResponseReturnValue:
    """Do not accept the request."""
    form = RefuseForm()
    act = Act(
        gettext("Do not accept this request"),
        gettext("No search will be made. The reason and what was offered instead stay in the file."),
        gettext("Do not accept"),
        style="btn-danger",
    )

    def run() -> None:
        acceptance.refuse(current_actor(), request_id, reason=form.reason.data or "", offered=form.offered.data or "")

    return perform(act, request_id, form, run)


@bp.route("/<request_id>/question", methods=["GET", "POST"])
def ask(request_id: str) -> ResponseReturnValue:
    """Send the request back with a question."""
    form = AskForm()
    act = Act(
        gettext("Ask for more information"),
        gettext("The caseworker gets a task to ask the enquirer. The request can be sent again afterwards."),
        gettext("Send it back with this question"),
    )
    return perform(
        act,
        request_id,
        form,
        lambda: acceptance.ask_for_information(current_actor(), request_id, question=form.question.data or ""),
    )


@bp.route("/<request_id>/reconsider", methods=["GET", "POST"])
def reconsider(request_id: str) -> ResponseReturnValue:
    """Take up a request that was not accepted."""
    form = ReasonForm()
    act = Act(
        gettext("Take this request up again"),
        gettext("It waits for acceptance again, with everything that was recorded."),
        gettext("Take it up again"),
    )
    return perform(
        act,
        request_id,
        form,
        lambda: acceptance.reconsider(current_actor(), request_id, reason=form.reason.data or ""),
    )


@bp.route("/<request_id>/danger", methods=["GET", "POST"])
def clear_risk(request_id: str) -> ResponseReturnValue:
    """Let a search go on although danger was seen."""
    form = ReasonForm()
    act = Act(
        gettext("Decide on the danger"),
        gettext(
            "Danger was seen in the do-no-harm check. Let the search go on only if the precautions are enough; "
            "otherwise do not accept the request. Your reason stays in the file."
        ),
        gettext("The search may go on"),
    )
    return perform(
        act, request_id, form, lambda: harm_checks.clear_risk(current_actor(), request_id, form.reason.data or "")
    )
