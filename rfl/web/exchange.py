"""Encoded exchange: the own keys, and partners whose keys two people of the society confirm."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.clear_lists import LIST_STATES
from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.exchange import HEARD, PACKAGES, PAIR_STATES, PARTNER_STATES, ROUND_STATES
from rfl.services import exchange_addresses as addresses
from rfl.services import exchange_parties as parties
from rfl.services.exchange_register import read_register
from rfl.web.access import current_actor
from rfl.web.errors import explain
from rfl.web.field_errors import attach
from rfl.web.forms.exchange import AddressAgainForm, AddressForm, ConfirmForm, PartnerForm, data_of

bp = Blueprint("exchange", __name__, url_prefix="/exchange")

WORDS = {
    "states": PARTNER_STATES,
    "heard": HEARD,
    "round_states": ROUND_STATES,
    "pair_states": PAIR_STATES,
    "packages": PACKAGES,
    "list_states": LIST_STATES,
}


@bp.get("/")
def index() -> ResponseReturnValue:
    """Show the own keys and the partners."""
    actor = current_actor()
    own, partners = parties.read_own(actor), parties.list_partners(actor)
    return render_template("exchange/index.html", own=own, partners=partners, words=WORDS)


@bp.get("/register")
def register() -> ResponseReturnValue:
    """Show what went where, what was found and what is overdue."""
    return render_template("exchange/register.html", register=read_register(current_actor()), words=WORDS)


@bp.post("/identity")
def make_identity() -> ResponseReturnValue:
    """Make the own keys, once."""
    parties.make_identity(current_actor())
    flash(gettext("The keys of your society are made. Give the identity file to your partners."))
    return redirect(url_for("exchange.index"), code=303)


@bp.get("/identity.json")
def identity_file() -> ResponseReturnValue:
    """Give the file with the own public keys."""
    return attachment(parties.identity_file(current_actor()), "identity.json", "application/json")


@bp.get("/partners/new")
def new_partner() -> ResponseReturnValue:
    """Show the form for a partner's identity file."""
    return render_template("exchange/partner_new.html", form=PartnerForm())


@bp.post("/partners/new")
def receive_partner() -> ResponseReturnValue:
    """Keep a partner's identity file until a second person has compared it."""
    form = PartnerForm()
    data = data_of(form) if form.validate_on_submit() else None
    if data is not None:
        try:
            partner_id = parties.receive_partner(current_actor(), data)
        except RuleBroken as wrong:
            form.file.errors = [explain(wrong)]
        else:
            flash(gettext("The file is kept. A second person of your society now compares its fingerprint."))
            return redirect(url_for("exchange.partner", partner_id=partner_id), code=303)
    return render_template("exchange/partner_new.html", form=form), 422


@bp.get("/partners/<partner_id>")
def partner(partner_id: str) -> ResponseReturnValue:
    """Show one partner, with the form of the comparison for whoever may make it."""
    return _partner_page(partner_id, ConfirmForm())


@bp.post("/partners/<partner_id>/confirm")
def confirm_partner(partner_id: str) -> ResponseReturnValue:
    """Compare what was heard with the file."""
    form, actor = ConfirmForm(), current_actor()
    parties.read_partner(actor, partner_id)
    if form.validate_on_submit():
        try:
            parties.confirm_partner(actor, partner_id, heard=form.heard.data or "", typed=form.typed.data or "")
        except FieldError as wrong:
            attach(form, wrong)
        else:
            flash(gettext("The keys of this partner are confirmed."))
            return redirect(url_for("exchange.partner", partner_id=partner_id), code=303)
    return _partner_page(partner_id, form), 422


@bp.post("/partners/<partner_id>/address")
def enter_address(partner_id: str) -> ResponseReturnValue:
    """Enter where a partner takes packages."""
    form, actor = AddressForm(), current_actor()
    parties.read_partner(actor, partner_id)
    if form.validate_on_submit():
        try:
            addresses.enter(actor, partner_id, form.address.data or "", local=current_app.config["RFL_DEMO"])
        except FieldError as wrong:
            attach(form, wrong)
        else:
            flash(gettext("The address is kept. A second person of your society now confirms it."))
            return redirect(url_for("exchange.partner", partner_id=partner_id), code=303)
    return _partner_page(partner_id, ConfirmForm(), entering=form), 422


@bp.post("/partners/<partner_id>/address/confirm")
def confirm_address(partner_id: str) -> ResponseReturnValue:
    """Confirm where a partner takes packages."""
    form, actor = AddressAgainForm(), current_actor()
    parties.read_partner(actor, partner_id)
    if form.validate_on_submit():
        try:
            addresses.confirm(actor, partner_id, form.typed.data or "", local=current_app.config["RFL_DEMO"])
        except FieldError as wrong:
            attach(form, wrong)
        else:
            flash(gettext("Packages are posted to this partner from now on."))
            return redirect(url_for("exchange.partner", partner_id=partner_id), code=303)
    return _partner_page(partner_id, ConfirmForm(), confirming=form), 422


@bp.post("/partners/<partner_id>/address/remove")
def remove_address(partner_id: str) -> ResponseReturnValue:
    """Post nothing to a partner any more."""
    addresses.remove(current_actor(), partner_id)
    flash(gettext("Nothing is posted to this partner any more. Packages are carried by hand."))
    return redirect(url_for("exchange.partner", partner_id=partner_id), code=303)


@bp.post("/partners/<partner_id>/end")
def end_partner(partner_id: str) -> ResponseReturnValue:
    """Trust the keys of a partner no longer."""
    parties.end_partner(current_actor(), partner_id)
    flash(gettext("These keys are no longer trusted. Nothing is sent to this partner or taken from it any more."))
    return redirect(url_for("exchange.index"), code=303)


def _partner_page(
    partner_id: str,
    form: ConfirmForm,
    *,
    entering: AddressForm | None = None,
    confirming: AddressAgainForm | None = None,
) -> str:
    actor = current_actor()
    return render_template(
        "exchange/partner.html",
        partner=parties.read_partner(actor, partner_id),
        address=addresses.read_address(actor, partner_id),
        form=form,
        entering=entering or AddressForm(),
        confirming=confirming or AddressAgainForm(),
        words=WORDS,
    )


def attachment(data: bytes, name: str, mimetype: str) -> Response:
    """Return a file to keep; its name says nothing about persons, because it stays in histories and on shared desks."""
    answer = Response(data, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer
