"""Reviewing proposals: the list, two records side by side, the officer's answer, taking it back."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.proposals import (
    KINDS,
    VERDICTS,
    AlreadyDecided,
    AlreadyTold,
    EvidenceChanged,
    NothingToTakeBack,
    OtherSocietyDecides,
    ReasonMissing,
    SecondPersonNeeded,
    TwoAnswersStand,
)
from rfl.domain.review import STAGES
from rfl.domain.text import N_
from rfl.services import decisions, proposal_queue, taking_back
from rfl.services.aftercare import NewsPrepared
from rfl.services.proposal_assignment import assign_proposal
from rfl.services.proposal_filters import ALL, ASSIGNED, BANDS, SORTS, Filters
from rfl.services.review import Review, read_answer, read_review
from rfl.web.access import current_actor
from rfl.web.errors import explain
from rfl.web.evidence_view import word_lines
from rfl.web.field_errors import attach
from rfl.web.forms.review import AssignForm, DecisionForm
from rfl.web.review_view import RECORDED, ROLES_IN_PAIR, view_review

bp = Blueprint("review", __name__, url_prefix="/proposals")

# Somebody was faster, or the record changed: the page is shown anew with what was written.
OVERTAKEN = (AlreadyDecided, EvidenceChanged, SecondPersonNeeded, OtherSocietyDecides, TwoAnswersStand)


@bp.get("/")
def queue() -> ResponseReturnValue:
    """Show the list of proposals."""
    filters = Filters.read(request.args)
    found = proposal_queue.list_proposals(current_actor(), filters, page=request.args.get("page", 1, type=int))

    def page_url(page: int) -> str:
        return url_for("review.queue", **filters.to_query(), page=page)

    return render_template(
        "review/queue.html",
        queue=found,
        filters=filters,
        page_url=page_url,
        stages={**STAGES, ALL: N_("All")},
        kinds=KINDS,
        bands=BANDS,
        assigned=ASSIGNED,
        sorts=SORTS,
        roles=ROLES_IN_PAIR,
    )


@bp.get("/<proposal_id>")
def show(proposal_id: str) -> ResponseReturnValue:
    """Show two records side by side."""
    return _page(read_review(current_actor(), proposal_id), DecisionForm())


@dataclass(frozen=True)
class Overtaken:
    """Why an answer could not be recorded, and what was written; the text is kept for the officer."""

    message: str
    reason: str


@bp.post("/<proposal_id>/answer")
def decide(proposal_id: str) -> ResponseReturnValue:
    """Record the officer's answer."""
    form = DecisionForm()
    if not form.validate_on_submit():
        return _page(read_review(current_actor(), proposal_id), form), 422
    opinion = decisions.Opinion(
        verdict=form.verdict.data or "",
        reason=form.reason.data or "",
        compared=bool(form.compared.data),
        acknowledged=bool(form.acknowledged.data),
        seal=form.seal.data or "",
    )
    try:
        stage = decisions.decide(current_actor(), proposal_id, opinion)
    except (FieldError, ReasonMissing) as wrong:
        attach(form, wrong if isinstance(wrong, FieldError) else FieldError("reason", wrong.message))
        return _page(read_review(current_actor(), proposal_id), form), 422
    except OVERTAKEN as faster:
        return _overtaken(proposal_id, form, faster), 409
    flash(gettext(RECORDED[stage]), "success")
    return _back(proposal_id)


def _overtaken(proposal_id: str, form: DecisionForm, faster: RuleBroken) -> str:
    """Show the page as it is now; the text and the verdict stay, the tick and the seal have to be given anew."""
    form.compared.data, form.acknowledged.data = False, False
    return _page(read_review(current_actor(), proposal_id), form, Overtaken(explain(faster), form.reason.data or ""))


def _page(review: Review, form: DecisionForm, overtaken: Overtaken | None = None) -> str:
    filters = Filters.read(request.args)
    form.seal.data = form.seal.raw_data = None
    form.seal.data = review.seal
    return render_template(
        "review/show.html",
        review=view_review(review),
        form=form,
        overtaken=overtaken,
        query=filters.to_query(),
        roles=ROLES_IN_PAIR,
        verdicts=VERDICTS,
        beside=proposal_queue.find_neighbours(current_actor(), review.id, filters),
    )


@bp.post("/<proposal_id>/take-back")
def take_back(proposal_id: str) -> ResponseReturnValue:
    """Take back one's own answer."""
    try:
        taking_back.take_back(current_actor(), proposal_id)
    except (NothingToTakeBack, AlreadyTold, NewsPrepared) as refused:
        flash(explain(refused), "warning")
    else:
        flash(gettext("Your answer is taken back. Nobody was told anything."), "success")
    return _back(proposal_id)


@bp.post("/<proposal_id>/officer")
def assign(proposal_id: str) -> ResponseReturnValue:
    """Give one side of the proposal to an officer of the own society."""
    form = AssignForm()
    if form.validate_on_submit():
        try:
            assign_proposal(current_actor(), proposal_id, side=form.side.data or "", officer_id=form.officer.data or "")
        except FieldError as wrong:
            flash(explain(wrong), "warning")
        else:
            flash(gettext("The proposal is given to the officer chosen."), "success")
    return _back(proposal_id)


@bp.get("/<proposal_id>/answers/<answer_id>")
def answer(proposal_id: str, answer_id: str) -> ResponseReturnValue:
    """Show an answer of the own society with the values that were compared then."""
    found = read_answer(current_actor(), proposal_id, answer_id)
    return render_template(
        "review/answer.html",
        answer=found,
        lines=word_lines(found.lines),
        verdicts=VERDICTS,
        roles=ROLES_IN_PAIR,
        proposal_id=proposal_id,
    )


def _back(proposal_id: str) -> ResponseReturnValue:
    """Return to the proposal; the filters of the list stay in the address."""
    query = Filters.read(request.args).to_query()
    return redirect(url_for("review.show", proposal_id=proposal_id, **query), code=303)
