"""Lists with names: looked at and sent with a reason, opened as an import or refused, recalled."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.clear_lists import LIST_STATES, NOT_LISTED, ROW_STATES
from rfl.domain.consent import BASES, EVIDENCES
from rfl.domain.errors import FieldError
from rfl.domain.exchange import GOES, PACKAGES
from rfl.domain.exports import FORMATS, REASONS
from rfl.services import clear_recalls as recalls
from rfl.services import clear_receiving as receiving
from rfl.services import clear_selection as selection
from rfl.services import clear_sending as sending
from rfl.services import clear_views as views
from rfl.services.imports import FileRefused
from rfl.web.access import current_actor
from rfl.web.errors import explain
from rfl.web.exchange import attachment
from rfl.web.field_errors import attach
from rfl.web.forms.clear_lists import SendForm

bp = Blueprint("clear_lists", __name__, url_prefix="/exchange/lists")

WORDS = {
    "list_states": LIST_STATES,
    "row_states": ROW_STATES,
    "not_listed": NOT_LISTED,
    "formats": FORMATS,
    "reasons": REASONS,
    "packages": PACKAGES,
    "bases": BASES,
    "evidences": EVIDENCES,
}


@bp.get("/")
def index() -> ResponseReturnValue:
    """List what was sent and what came."""
    return render_template("clear_lists/index.html", lists=views.list_lists(current_actor()), words=WORDS)


@bp.get("/send/<agreement_id>")
def new(agreement_id: str) -> ResponseReturnValue:
    """Show who would go on a list, and who does not and why."""
    try:
        return _send_page(agreement_id, SendForm())
    except selection.AgreementRefused as refused:
        flash(explain(refused), "danger")
        return redirect(url_for("agreements.show", agreement_id=agreement_id), code=303)


@bp.post("/send/<agreement_id>")
def create(agreement_id: str) -> ResponseReturnValue:
    """Write the list and give its package out, in the same moment."""
    form = SendForm()
    if form.validate_on_submit():
        try:
            sent = sending.send(
                current_actor(),
                agreement_id,
                form=form.form.data or "",
                reason=form.reason.data or "",
                seal=form.seal.data or "",
                translate=gettext,
            )
        except FieldError as wrong:
            attach(form, wrong)
        else:
            return attachment(sent.data, f"package-{sent.package_id[:4]}.rfl", "application/octet-stream")
    return _send_page(agreement_id, form), 422


@bp.get("/<list_id>")
def show(list_id: str) -> ResponseReturnValue:
    """Show one list."""
    card = views.read_list(current_actor(), list_id, page=request.args.get("page", 1, type=int))
    return render_template(
        "clear_lists/show.html",
        card=card,
        line=card.line,
        words=WORDS,
        page_url=lambda other: url_for(".show", list_id=list_id, page=other),
    )


@bp.post("/<list_id>/open")
def open_list(list_id: str) -> ResponseReturnValue:
    """Make an import of a list that came."""
    try:
        opened = receiving.open_as_import(current_actor(), list_id)
    except FileRefused as refused:
        flash(explain(refused), "danger")
        return redirect(url_for(".show", list_id=list_id), code=303)
    target = "import_columns.show" if opened.needs_columns else "imports.check"
    return redirect(url_for(target, import_id=opened.id), code=303)


@bp.post("/<list_id>/decline")
def decline(list_id: str) -> ResponseReturnValue:
    """Refuse a list that came."""
    receiving.decline(current_actor(), list_id)
    flash(gettext("The list was refused and its file is gone. Hand the receipt over to the sender."))
    return redirect(url_for(".show", list_id=list_id), code=303)


@bp.post("/<list_id>/answer")
def answer(list_id: str) -> ResponseReturnValue:
    """Write a receipt that could not be written before."""
    receiving.answer_again(current_actor(), list_id)
    flash(gettext("The receipt is written. Hand it over like any other package."))
    return redirect(url_for(".show", list_id=list_id), code=303)


@bp.post("/<list_id>/recall")
def recall(list_id: str) -> ResponseReturnValue:
    """Recall the chosen rows of a list, or all of it."""
    chosen = None if "whole" in request.form else request.form.getlist("row")
    recalls.recall(current_actor(), list_id, chosen)
    flash(gettext("The recall is written. Hand it over like any other package, as soon as you can."))
    return redirect(url_for(".show", list_id=list_id), code=303)


def _send_page(agreement_id: str, form: SendForm) -> str:
    wanted = request.args.get("reason", GOES)
    reason = wanted if wanted in NOT_LISTED else GOES
    page = selection.read_names(
        current_actor(), agreement_id, reason=reason, page=request.args.get("page", 1, type=int)
    )
    form.seal.data = page.seal
    return render_template(
        "clear_lists/send.html",
        page=page,
        form=form,
        agreement_id=agreement_id,
        words=WORDS,
        reason_url=lambda key: url_for(".new", agreement_id=agreement_id, reason=key or None),
        page_url=lambda other: url_for(".new", agreement_id=agreement_id, reason=reason, page=other),
    )
