"""What one person allows: answers recorded after the notice was read out, and taken back with one button."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.consent import NOTICE, NOTICE_VERSION
from rfl.domain.errors import FieldError
from rfl.services import consents
from rfl.services.consents import ConsentCard
from rfl.web.access import current_actor
from rfl.web.consent_view import view_card
from rfl.web.field_errors import attach
from rfl.web.forms.consents import ConsentForm, read_answers, read_talk

bp = Blueprint("consents", __name__, url_prefix="/persons/<person_id>/consents")


@bp.get("")
def show(person_id: str) -> ResponseReturnValue:
    """Show what is allowed now, the form for a conversation, and the history."""
    return _page(consents.read_card(current_actor(), person_id), ConsentForm())


@bp.post("")
def record(person_id: str) -> ResponseReturnValue:
    """Record the answers of one conversation."""
    form = ConsentForm()
    if form.validate_on_submit():
        inner = form.answers.form
        try:
            consents.record_answers(current_actor(), person_id, read_answers(inner), read_talk(inner))
        except FieldError as wrong:
            attach(inner, wrong)
        else:
            flash(gettext("The answers are recorded. They count from now on."), "success")
            return redirect(url_for("consents.show", person_id=person_id), code=303)
    return _page(consents.read_card(current_actor(), person_id), form), 422


@bp.post("/withdraw")
def withdraw(person_id: str) -> ResponseReturnValue:
    """Take back what was agreed to for one purpose, or encoded exchange with one society."""
    purpose, partner = request.form.get("purpose", ""), request.form.get("partner", "")
    consents.withdraw(current_actor(), person_id, purpose, partner)
    flash(gettext("Withdrawn. It is no longer used for this purpose."), "success")
    return redirect(url_for("consents.show", person_id=person_id), code=303)


def _page(card: ConsentCard, form: ConsentForm) -> str:
    return render_template(
        "persons/consents.html",
        card=view_card(card),
        form=form,
        notice=[gettext(sentence) for sentence in NOTICE],
        notice_version=NOTICE_VERSION,
    )
