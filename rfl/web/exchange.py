"""Encoded exchange: the own keys, and partners whose keys two people of the society confirm."""

from collections.abc import Callable, Sequence

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from rfl.domain.clear_lists import LIST_STATES
from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.exchange import (
    CONFIRMED,
    EARLY,
    HEARD,
    IN_FORCE,
    OVER,
    PACKAGES,
    PAIR_STATES,
    PARTNER_STATES,
    REPLACED,
    ROLES,
    ROUND_STATES,
    WAITING,
)
from rfl.services import exchange_addresses as addresses
from rfl.services import exchange_parties as parties
from rfl.services.exchange_agreement_views import AgreementCard, list_agreements
from rfl.services.exchange_erasures import read_shown_notes
from rfl.services.exchange_parties import PartnerCard
from rfl.services.exchange_register import read_register
from rfl.services.exchange_waiting import waiting_for
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
    return render_template(
        "exchange/index.html",
        own=own,
        partners=partners,
        waiting=waiting_for(actor),
        steps=_first_steps(partners, list_agreements(actor)),
        words=WORDS,
    )


@bp.get("/register")
def register() -> ResponseReturnValue:
    """Show what went where, what was found and what is overdue."""
    rounds, sent = (request.args.get(name, 1, type=int) for name in ("rounds", "sent"))
    found = read_register(current_actor(), rounds_page=rounds, sent_page=sent)
    return render_template(
        "exchange/register.html",
        register=found,
        shown=read_shown_notes(current_actor()),
        words=WORDS,
        rounds_url=lambda other: url_for(".register", rounds=other, sent=found.sent_page, _anchor="rounds"),
        sent_url=lambda other: url_for(".register", rounds=found.rounds_page, sent=other, _anchor="sent"),
    )


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

    def confirm() -> None:
        parties.confirm_partner(actor, partner_id, heard=form.heard.data or "", typed=form.typed.data or "")

    done = gettext("The keys of this partner are confirmed.")
    return _sent(partner_id, form, confirm, done) or (_partner_page(partner_id, form), 422)


@bp.post("/partners/<partner_id>/address")
def enter_address(partner_id: str) -> ResponseReturnValue:
    """Enter where a partner takes packages."""
    form, actor = AddressForm(), current_actor()

    def enter() -> None:
        addresses.enter(actor, partner_id, form.address.data or "", local=current_app.config["RFL_DEMO"])

    done = gettext("The address is kept. A second person of your society now confirms it.")
    return _sent(partner_id, form, enter, done) or (_partner_page(partner_id, ConfirmForm(), entering=form), 422)


@bp.post("/partners/<partner_id>/address/confirm")
def confirm_address(partner_id: str) -> ResponseReturnValue:
    """Confirm where a partner takes packages."""
    form, actor = AddressAgainForm(), current_actor()

    def confirm() -> None:
        addresses.confirm(actor, partner_id, form.typed.data or "", local=current_app.config["RFL_DEMO"])

    done = gettext("Packages are posted to this partner from now on.")
    return _sent(partner_id, form, confirm, done) or (_partner_page(partner_id, ConfirmForm(), confirming=form), 422)


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


def _first_steps(partners: Sequence[PartnerCard], agreed: Sequence[AgreementCard]) -> list[tuple[bool, str, str]]:
    """Return what comes before the first round (done, words, address); nothing once an agreement was signed by all."""
    if any(one.state in {EARLY, IN_FORCE, OVER, REPLACED} for one in agreed):
        return []
    known, wanted = len(partners), len(ROLES) - 1
    confirmed = sum(one.state == CONFIRMED for one in partners)
    waiting = next((one.id for one in partners if one.state == WAITING), None)
    compare = url_for(".partner", partner_id=waiting) if waiting else url_for(".new_partner")
    latest = url_for("agreements.show", agreement_id=agreed[0].id) if agreed else url_for("agreements.index")
    return [
        (known >= wanted, gettext("Load the identity files of the partner and of the hub"), url_for(".new_partner")),
        (confirmed >= wanted, gettext("Compare both fingerprints by telephone or in person"), compare),
        (
            bool(agreed),
            gettext("Draft an agreement, or load the one that was sent to you"),
            url_for("agreements.index"),
        ),
        (False, gettext("Let all three parties sign it"), latest),
    ]


def _sent(partner_id: str, form: FlaskForm, act: Callable[[], None], done: str) -> ResponseReturnValue | None:
    """Do what a form on the page of a partner asks for, and lead back there; None where the form has to be mended."""
    parties.read_partner(current_actor(), partner_id)
    if not form.validate_on_submit():
        return None
    try:
        act()
    except FieldError as wrong:
        attach(form, wrong)
        return None
    flash(done)
    return redirect(url_for("exchange.partner", partner_id=partner_id), code=303)


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
