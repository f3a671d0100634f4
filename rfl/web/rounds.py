"""Rounds of encoded exchange: begin, hand over packages, load packages, see where a round stands."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.errors import RuleBroken
from rfl.domain.exchange import PACKAGES, ROLES, ROUND_STATES, next_step
from rfl.services import exchange_letters, exchange_parcels, exchange_post
from rfl.services import exchange_round_views as views
from rfl.services import exchange_rounds as rounds
from rfl.services.exchange_problems import problem_words
from rfl.web.access import current_actor
from rfl.web.errors import explain
from rfl.web.exchange import attachment
from rfl.web.forms.exchange import PackageForm, data_of

bp = Blueprint("rounds", __name__, url_prefix="/exchange/rounds")
REFRESH_SECONDS = 3  # how often the page of a round that is being worked on reloads itself, also without scripts

WORDS = {"states": ROUND_STATES, "packages": PACKAGES, "roles": ROLES}


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the rounds, with the form for a package that came."""
    return _index(PackageForm())


@bp.post("/")
def receive() -> ResponseReturnValue:
    """Take in a package."""
    form = PackageForm()
    data = data_of(form) if form.validate_on_submit() else None
    if data is not None:
        try:
            arrived = exchange_parcels.arrive(current_actor(), data)
        except RuleBroken as wrong:
            form.file.errors = [explain(wrong)]
        else:
            flash(gettext("The package was taken in."))
            if arrived.names:
                return redirect(url_for("clear_lists.show", list_id=arrived.id), code=303)
            return redirect(url_for("rounds.show", round_id=arrived.id), code=303)
    return _index(form), 422


@bp.post("/start/<agreement_id>")
def start(agreement_id: str) -> ResponseReturnValue:
    """Begin a round with the cases that were looked at."""
    round_id = rounds.start(current_actor(), agreement_id, seal=request.form.get("seal", ""))
    return redirect(url_for("rounds.show", round_id=round_id), code=303)


@bp.get("/<round_id>")
def show(round_id: str) -> ResponseReturnValue:
    """Show one round."""
    card = views.read_round(current_actor(), round_id)
    problem = problem_words(card.problem)
    shown = render_template("rounds/show.html", round=card, words=WORDS, next_step=next_step, problem=problem)
    return (shown, 200, {"Refresh": str(REFRESH_SECONDS)}) if card.works else shown


@bp.post("/<round_id>/confirm")
def confirm(round_id: str) -> ResponseReturnValue:
    """Take part in a round of the partner with the cases that were looked at."""
    rounds.confirm(current_actor(), round_id, seal=request.form.get("seal", ""))
    return redirect(url_for("rounds.show", round_id=round_id), code=303)


@bp.post("/<round_id>/letter")
def letter(round_id: str) -> ResponseReturnValue:
    """Write a letter about found pairs to the partner."""
    exchange_letters.write_letter(current_actor(), round_id)
    flash(gettext("The letter is written. Hand it over like any other package."))
    return redirect(url_for("rounds.show", round_id=round_id), code=303)


@bp.post("/<round_id>/void")
def void(round_id: str) -> ResponseReturnValue:
    """End a round without a result."""
    rounds.void(current_actor(), round_id)
    flash(
        gettext("The round has ended, and what it remembered was erased. What is left to hand over tells the others.")
    )
    return redirect(url_for("rounds.show", round_id=round_id), code=303)


@bp.post("/packages/<package_id>")
def package(package_id: str) -> ResponseReturnValue:
    """Give a package to hand over."""
    data = exchange_post.give(current_actor(), package_id)
    return attachment(data, views.file_name(current_actor(), package_id), "application/octet-stream")


def _index(form: PackageForm) -> str:
    found = views.list_rounds(current_actor(), page=request.args.get("page", 1, type=int))
    return render_template(
        "rounds/index.html",
        page=found,
        form=form,
        words=WORDS,
        next_step=next_step,
        page_url=lambda other: url_for(".index", page=other),
    )
