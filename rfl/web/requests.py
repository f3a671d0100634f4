"""Tracing requests: the list, the case page, notes, and who answers for a request."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.actions import ACTION_KINDS, ACTION_RESULTS
from rfl.domain.cases import OUTCOMES, REFUSALS, REQUEST_STATES, RISKS, SEPARATION_CAUSES, SOUGHT_STATUSES, RequestState
from rfl.domain.intake import CHANNELS, MEANS, PRIORITIES
from rfl.domain.persons import RELATIONS
from rfl.services import actions, request_case, request_notes, requests
from rfl.web.access import current_actor, today
from rfl.web.acts import Act, perform
from rfl.web.consent_view import view_card
from rfl.web.forms.choices import plain
from rfl.web.forms.requests import ActionForm, AssignForm, FilterForm, NoteForm, ReportForm
from rfl.web.person_view import view_identity, word_date, word_place

bp = Blueprint("requests", __name__, url_prefix="/requests")

# Words for codes, as the templates of this subject use them.
WORDS = {
    "states": REQUEST_STATES,
    "priorities": PRIORITIES,
    "relations": RELATIONS,
    "statuses": SOUGHT_STATUSES,
    "outcomes": OUTCOMES,
    "causes": SEPARATION_CAUSES,
    "channels": CHANNELS,
    "means": MEANS,
    "risks": RISKS,
    "refusals": REFUSALS,
    "action_kinds": ACTION_KINDS,
    "action_results": ACTION_RESULTS,
}


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the requests."""
    form = FilterForm(request.args)
    wanted = requests.Filter(
        state=form.state.data or "",
        mine=form.mine.data,
        priority=form.priority.data or "",
        overdue=form.overdue.data,
        number=form.number.data or "",
        newest_first=form.sort.data == "newest",
        page=request.args.get("page", 1, type=int),
    )
    listing = requests.list_requests(current_actor(), wanted)

    def page_url(number: int) -> str:
        filters: dict[str, Any] = {name: value for name, value in request.args.items() if name in form}
        return url_for("requests.index", **filters, page=number)

    return render_template("requests/index.html", form=form, listing=listing, words=WORDS, page_url=page_url)


@bp.get("/<request_id>")
def show(request_id: str) -> ResponseReturnValue:
    """Show one request; a draft leads to its interview."""
    case = request_case.read_case(current_actor(), request_id)
    if case.state == RequestState.DRAFT and case.acts.edit:
        return redirect(url_for("intake.overview", request_id=request_id), code=303)
    return render_template(
        "requests/show.html",
        case=case,
        consents=view_card(case.consent) if case.consent else None,
        words=WORDS,
        view_identity=view_identity,
        word_date=word_date,
        word_place=word_place,
    )


@bp.route("/<request_id>/note", methods=["GET", "POST"])
def note(request_id: str) -> ResponseReturnValue:
    """Add a note."""
    form = NoteForm()
    act = Act(gettext("Add a note"), gettext("Everybody who works on this request reads it."), gettext("Add the note"))
    return perform(
        act, request_id, form, lambda: request_notes.add_note(current_actor(), request_id, form.text.data or "")
    )


@bp.route("/<request_id>/caseworker", methods=["GET", "POST"])
def assign(request_id: str) -> ResponseReturnValue:
    """Let a colleague answer for the request."""
    present, colleagues = request_notes.read_colleagues(current_actor(), request_id)
    form = AssignForm(data={"caseworker": present})
    form.caseworker.choices = plain((one.id, one.name) for one in colleagues)
    act = Act(
        gettext("Who answers for this request?"),
        gettext("Only colleagues who may work on it are offered."),
        gettext("Give the request to this colleague"),
    )
    return perform(
        act,
        request_id,
        form,
        lambda: request_notes.assign_caseworker(current_actor(), request_id, form.caseworker.data or ""),
    )


@bp.route("/<request_id>/actions/new", methods=["GET", "POST"])
def plan_action(request_id: str) -> ResponseReturnValue:
    """Plan a step of the search."""
    form = ActionForm()
    act = Act(
        gettext("Plan a tracing action"),
        gettext("Ask yourself first whether it could put anybody in danger."),
        gettext("Plan it"),
    )

    def run() -> None:
        actions.plan_action(
            current_actor(), request_id, kind=form.kind.data or "", due_on=form.due_on.data, plan=form.plan.data or ""
        )

    return perform(act, request_id, form, run)


@bp.route("/<request_id>/actions/<action_id>", methods=["GET", "POST"])
def finish_action(request_id: str, action_id: str) -> ResponseReturnValue:
    """Record what came of a step."""
    card = actions.read_action(current_actor(), request_id, action_id)
    form = ReportForm()
    act = Act(gettext("What came of it?"), gettext(ACTION_KINDS[card.kind]), gettext("Save the result"), card.plan)

    def run() -> None:
        actions.finish_action(
            current_actor(),
            request_id,
            action_id,
            result=form.result.data or "",
            done_on=form.done_on.data or today(),
            report=form.report.data or "",
        )

    return perform(act, request_id, form, run)
