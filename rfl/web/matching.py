"""Matching the whole caseload again: start it, watch it, stop it, see when it last ran."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.services import matching_runs, runs
from rfl.services.runs import STATES, RunUnderWay
from rfl.web.access import current_actor
from rfl.web.errors import explain

bp = Blueprint("matching", __name__)
REFRESH_SECONDS = 5  # how often the page of a live run reloads itself, also without scripts


@bp.get("/matching")
def index() -> ResponseReturnValue:
    """Show the figures of the society, the run under way and the last one."""
    overview = matching_runs.read_overview(current_actor())
    live = overview.newest is not None and overview.newest.is_live
    page = render_template("matching/index.html", overview=overview, states=STATES, refresh=live)
    return (page, 200, {"Refresh": str(REFRESH_SECONDS)}) if live else page


@bp.post("/matching")
def start() -> ResponseReturnValue:
    """Queue the matching of the whole caseload."""
    try:
        matching_runs.start_matching(current_actor())
    except RunUnderWay as under_way:
        flash(explain(under_way))
    else:
        flash(gettext("Matching will start in a moment. You can leave this page; it goes on."))
    return redirect(url_for("matching.index"), code=303)


@bp.post("/matching/<run_id>/stop")
def stop(run_id: str) -> ResponseReturnValue:
    """Stop the run; the proposals it has made stay."""
    runs.cancel(current_actor(), run_id)
    flash(gettext("Matching was stopped. The proposals made so far stay."))
    return redirect(url_for("matching.index"), code=303)
