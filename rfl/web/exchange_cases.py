"""Which cases go into an encoded list for a partner, which cannot and why; single persons are left out here."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.errors import FieldError
from rfl.domain.exchange import EXCLUSIONS, GOES, HELD_BACK, MISSING
from rfl.domain.ids import LENGTH as ID_LENGTH
from rfl.domain.text import N_
from rfl.services import exchange_selection as selection
from rfl.web.access import current_actor
from rfl.web.errors import explain

bp = Blueprint("exchange_cases", __name__, url_prefix="/exchange/agreements/<agreement_id>/cases")

WORDS = {
    "held_back": HELD_BACK,
    "exclusions": EXCLUSIONS,
    "missing": MISSING,
    "kinds": {
        "enquirer": N_("Enquirer"),
        "sought": N_("Person sought"),
        "registered": N_("Registered person"),
    },
}


@bp.get("/")
def show(agreement_id: str) -> ResponseReturnValue:
    """List who goes, or who does not for one reason."""
    wanted = request.args.get("reason", GOES)
    reason = wanted if wanted in HELD_BACK else GOES
    number = request.args.get("page", 1, type=int)
    # The round of the partner that the list is looked at for; none when a new one is to begin.
    round_id = request.args.get("round", "")[:ID_LENGTH] or None
    page = selection.read_cases(current_actor(), agreement_id, reason=reason, page=number)
    return render_template(
        "exchange/cases.html",
        page=page,
        agreement_id=agreement_id,
        round_id=round_id,
        words=WORDS,
        reason_url=lambda key: url_for(".show", agreement_id=agreement_id, reason=key or None, round=round_id),
        page_url=lambda other: url_for(".show", agreement_id=agreement_id, reason=reason, round=round_id, page=other),
    )


@bp.post("/<person_id>/leave-out")
def leave_out(agreement_id: str, person_id: str) -> ResponseReturnValue:
    """Never send this person to this partner."""
    try:
        selection.leave_out(current_actor(), agreement_id, person_id, request.form.get("reason", ""))
    except FieldError as wrong:
        flash(explain(wrong), "danger")
    else:
        flash(gettext("This person is left out for this partner from now on."))
    return redirect(url_for(".show", agreement_id=agreement_id), code=303)


@bp.post("/<person_id>/take-back")
def take_back(agreement_id: str, person_id: str) -> ResponseReturnValue:
    """Let a person who was left out go again."""
    selection.take_back(current_actor(), agreement_id, person_id)
    flash(gettext("This person is no longer left out."))
    return redirect(url_for(".show", agreement_id=agreement_id), code=303)
