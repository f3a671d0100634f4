"""The trace, for the data-protection officer."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.services import audit_reading
from rfl.services.audit_words import act_words
from rfl.web.access import current_actor

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the newest entries of the own society."""
    filters = {name: request.args.get(name, "")[:60] for name in ("event", "user_id", "subject")}
    page = audit_reading.read_entries(current_actor(), page=request.args.get("page", 1, type=int), **filters)
    return render_template("audit/index.html", page=page, filtered=filters, act_words=act_words)


@bp.post("/verify")
def verify() -> ResponseReturnValue:
    """Check the chain and say the result."""
    result = audit_reading.check_chain(current_actor())
    if result.first_bad is None:
        flash(gettext("The chain is whole: %(entries)s entries checked.", entries=result.entries), "success")
    else:
        flash(
            gettext(
                "The chain is broken at entry %(number)s. Keep this machine as it is and tell whoever runs it.",
                number=result.first_bad,
            ),
            "danger",
        )
    return redirect(url_for("audit.index"), code=303)
