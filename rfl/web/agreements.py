"""Agreements on encoded exchange: draft, sign, hand on as a file, take in, print, revoke."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.exchange import AGREEMENT_NEXT, AGREEMENT_STATES, CONFIRMED, ROLES, TERMS
from rfl.services import exchange_agreement_views as views
from rfl.services import exchange_agreements as agreements
from rfl.services import exchange_parties as parties
from rfl.web.access import current_actor, today
from rfl.web.errors import explain
from rfl.web.exchange import attachment
from rfl.web.field_errors import attach
from rfl.web.forms.agreements import AgreementFileForm, DraftForm, prepared, read_draft
from rfl.web.forms.exchange import data_of

bp = Blueprint("agreements", __name__, url_prefix="/exchange/agreements")

WORDS = {"states": AGREEMENT_STATES, "next": AGREEMENT_NEXT, "roles": ROLES, "terms": TERMS}


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the agreements."""
    found = views.list_agreements(current_actor())
    return render_template("agreements/index.html", agreements=found, words=WORDS)


@bp.get("/new")
def new() -> ResponseReturnValue:
    """Show the form of a draft."""
    return _draft_page(prepared(_partners(), today()))


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Write a draft; nobody has signed it yet."""
    form = prepared(_partners(), today())
    if form.validate_on_submit():
        try:
            agreement_id = agreements.draft(current_actor(), read_draft(form))
        except FieldError as wrong:
            attach(form, wrong)
        else:
            flash(gettext("The draft is written. Read it once more, then sign it."))
            return redirect(url_for("agreements.show", agreement_id=agreement_id), code=303)
    return _draft_page(form), 422


@bp.get("/load")
def load() -> ResponseReturnValue:
    """Show the form for an agreement file."""
    return render_template("agreements/load.html", form=AgreementFileForm())


@bp.post("/load")
def receive() -> ResponseReturnValue:
    """Take in an agreement or further signatures."""
    form = AgreementFileForm()
    data = data_of(form) if form.validate_on_submit() else None
    if data is not None:
        try:
            agreement_id = agreements.receive(current_actor(), data)
        except RuleBroken as wrong:
            form.file.errors = [explain(wrong)]
        else:
            flash(gettext("The agreement was taken in."))
            return redirect(url_for("agreements.show", agreement_id=agreement_id), code=303)
    return render_template("agreements/load.html", form=form), 422


@bp.get("/<agreement_id>")
def show(agreement_id: str) -> ResponseReturnValue:
    """Show one agreement, fit to be printed for the file."""
    found = views.read_agreement(current_actor(), agreement_id)
    return render_template("agreements/show.html", agreement=found, words=WORDS)


@bp.get("/<agreement_id>/agreement.json")
def file(agreement_id: str) -> ResponseReturnValue:
    """Give the agreement with the signatures gathered so far."""
    return attachment(agreements.give(current_actor(), agreement_id), "agreement.json", "application/json")


@bp.post("/<agreement_id>/sign")
def sign(agreement_id: str) -> ResponseReturnValue:
    """Sign for the own society."""
    agreements.sign(current_actor(), agreement_id)
    flash(gettext("Signed. Hand the file on to whoever has not signed yet, and to all once it is complete."))
    return redirect(url_for("agreements.show", agreement_id=agreement_id), code=303)


@bp.post("/<agreement_id>/revoke")
def revoke(agreement_id: str) -> ResponseReturnValue:
    """End the agreement for the own society."""
    agreements.revoke(current_actor(), agreement_id)
    flash(gettext("Revoked. No round starts or goes on under this agreement. Tell the other two parties."))
    return redirect(url_for("agreements.show", agreement_id=agreement_id), code=303)


def _partners() -> list[tuple[str, str]]:
    found = parties.list_partners(current_actor())
    return [(one.id, f"{one.name} ({one.code})") for one in found if one.state == CONFIRMED]


def _draft_page(form: DraftForm) -> str:
    return render_template("agreements/new.html", form=form, own=parties.read_own(current_actor()))
