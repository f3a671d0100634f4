"""Found pairs of encoded exchange: look at the own file, open or not, show details step by step, judge."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from rfl.domain.errors import FieldError
from rfl.domain.exchange import NEW, PAIR_STATES, PAIR_STRENGTHS, PAIR_VERDICTS, RULE_WORDS
from rfl.domain.exchange_steps import ANSWERS, FIELDS, FOLLOWS, PROBLEMS, RECEIPTS, STEP_STATES, STEPS, THIRD
from rfl.services import exchange_answers, exchange_choices, exchange_same, exchange_showing
from rfl.services import exchange_pair_views as views
from rfl.services import exchange_pairs as pairs
from rfl.services.located import Answer
from rfl.web.access import current_actor, today
from rfl.web.errors import explain
from rfl.web.forms.exchange import TextsForm, ToldForm
from rfl.web.pair_view import field_word, in_words

bp = Blueprint("pairs", __name__, url_prefix="/exchange/pairs")

WORDS = {
    "states": PAIR_STATES,
    "verdicts": PAIR_VERDICTS,
    "rules": RULE_WORDS,
    "strengths": PAIR_STRENGTHS,
    "steps": STEPS,
    "step_states": STEP_STATES,
    "problems": PROBLEMS,
    "receipts": RECEIPTS,
    "follows": FOLLOWS,
    "answers": ANSWERS,
}


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the pairs in one state."""
    wanted = request.args.get("state", "")
    state = wanted if wanted in PAIR_STATES else NEW
    page = views.list_pairs(current_actor(), state=state, page=request.args.get("page", 1, type=int))
    return render_template(
        "pairs/index.html", page=page, words=WORDS, page_url=lambda other: url_for(".index", state=state, page=other)
    )


@bp.get("/<pair_id>")
def show(pair_id: str) -> ResponseReturnValue:
    """Show one pair."""
    told = ToldForm(prefix="answer")
    told.on.data, told.language.data = today(), current_user.who.actor.language
    return _page(pair_id, TextsForm(), told)


def _page(pair_id: str, form: TextsForm, told: ToldForm, *, problem: str = "") -> str:
    pair = views.read_pair(current_actor(), pair_id)
    return render_template(
        "pairs/show.html",
        pair=pair,
        words=WORDS,
        form=form,
        told=told,
        problem=problem,
        in_words=in_words,
        field_word=field_word,
        third=THIRD,
    )


@bp.post("/<pair_id>/show")
def choose(pair_id: str) -> ResponseReturnValue:
    """Commit to showing some details."""
    form = TextsForm()
    sent = request.form
    step = sent.get("step", 0, type=int)
    texts = {name: form[name].data or "" for name in FIELDS[THIRD]}
    choice = exchange_showing.Choice(step, sent.getlist("fields"), texts, sent.get("stamp", ""))
    try:
        exchange_showing.choose(current_actor(), pair_id, choice)
    except FieldError as refused:
        problem = explain(refused)
        if refused.field in form:
            form[refused.field].errors = [problem]
        return _page(pair_id, form, ToldForm(prefix="answer"), problem=problem), 422
    flash(gettext("Noted. The next letter of this round tells the partner that you have committed yourself."))
    return redirect(url_for("pairs.show", pair_id=pair_id), code=303)


@bp.post("/<pair_id>/take-back")
def take_back(pair_id: str) -> ResponseReturnValue:
    """Take back what was chosen for a step."""
    exchange_choices.take_choice_back(current_actor(), pair_id, request.form.get("step", 0, type=int))
    flash(gettext("The choice is taken back. The partner has learned nothing of it."))
    return redirect(url_for("pairs.show", pair_id=pair_id), code=303)


@bp.post("/<pair_id>/enter")
def enter(pair_id: str) -> ResponseReturnValue:
    """Enter the partner's record as a registered person."""
    exchange_same.enter_copy(current_actor(), pair_id)
    flash(gettext("The record of the partner is entered and proposed for your case."))
    return redirect(url_for("pairs.show", pair_id=pair_id), code=303)


@bp.post("/<pair_id>/open")
def open_pair(pair_id: str) -> ResponseReturnValue:
    """Wish to open a pair."""
    pairs.open_pair(current_actor(), pair_id)
    flash(
        gettext(
            "Noted. The next letter of this round carries it; the partner is shown it once it has opened the pair too."
        )
    )
    return redirect(url_for("pairs.show", pair_id=pair_id), code=303)


@bp.post("/<pair_id>/close")
def close_pair(pair_id: str) -> ResponseReturnValue:
    """Do not open a pair."""
    pairs.close_pair(current_actor(), pair_id)
    flash(gettext("The pair stays closed. The partner is told nothing."))
    return redirect(url_for("pairs.index"), code=303)


@bp.post("/<pair_id>/judge")
def judge(pair_id: str) -> ResponseReturnValue:
    """Say what this society finds."""
    pairs.judge_pair(current_actor(), pair_id, request.form.get("verdict", ""))
    flash(gettext("Noted. The partner learns of it with the next letter of this round."))
    return redirect(url_for("pairs.show", pair_id=pair_id), code=303)


@bp.post("/<pair_id>/answer")
def answer(pair_id: str) -> ResponseReturnValue:
    """Record what the person lets be told, for the partner."""
    told = ToldForm(prefix="answer")
    try:
        if not told.validate_on_submit():
            return _page(pair_id, TextsForm(), told), 422
        given = Answer(
            told.choice.data or "", told.on.data, told.language.data, told.witness.data or "", told.words.data or ""
        )
        exchange_answers.tell_answer(current_actor(), pair_id, given)
    except FieldError as refused:
        told[refused.field].errors = [explain(refused)]
        return _page(pair_id, TextsForm(), told), 422
    flash(gettext("The answer is recorded. The next letter of this round carries it to the partner."))
    return redirect(url_for("pairs.show", pair_id=pair_id), code=303)


@bp.post("/<pair_id>/take-over")
def take_over(pair_id: str) -> ResponseReturnValue:
    """Let the partner's answer count as that of the registered person."""
    proposal_id = exchange_answers.take_over(current_actor(), pair_id)
    flash(gettext("The answer is recorded."))
    return redirect(url_for("located.show", proposal_id=proposal_id), code=303)
