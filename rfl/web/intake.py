"""The interview that opens a tracing request: pages that can be left at any moment and taken up again."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from rfl.domain.consent import NOTICE, NOTICE_VERSION
from rfl.domain.errors import ChangedMeanwhile, FieldError
from rfl.domain.intake import STEPS, Step, step_after
from rfl.domain.persons import RELATIONS
from rfl.services import autosave, intake, intake_persons, intake_reading
from rfl.services.intake_reading import Page
from rfl.services.request_gaps import NotComplete
from rfl.web.access import current_actor
from rfl.web.consent_view import view_card
from rfl.web.field_errors import attach
from rfl.web.forms.intake import StartForm
from rfl.web.forms.rows import change_rows
from rfl.web.intake_pages import Recipe, read_start, recipe_for, start_data

bp = Blueprint("intake", __name__, url_prefix="/requests")

# Not part of what a person typed.
BUTTONS = frozenset({"csrf_token", "later", "identity-rows"})


@bp.get("/new")
def new() -> ResponseReturnValue:
    """Show the first page of a new request."""
    return render_template("intake/new.html", form=StartForm(data=start_data(None)))


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Open the draft, which has its number from now on."""
    form = StartForm()
    try:
        start = read_start(form)
        if start is not None:
            request_id = intake.start_request(current_actor(), start)
            return redirect(url_for("intake.page", request_id=request_id, page=Step.ENQUIRER), code=303)
    except FieldError as wrong:
        attach(form, wrong)
    return render_template("intake/new.html", form=form), 422


@bp.get("/<request_id>/intake")
def overview(request_id: str) -> ResponseReturnValue:
    """Show every step: what is done, what is missing, where the interview was left."""
    return _overview(request_id, ())


@bp.post("/<request_id>/intake")
def submit(request_id: str) -> ResponseReturnValue:
    """Send the request for acceptance."""
    try:
        intake.submit(current_actor(), request_id)
    except NotComplete as missing:
        return _overview(request_id, missing.gaps), 422
    flash(gettext("The request was sent for acceptance."))
    return redirect(url_for("requests.show", request_id=request_id), code=303)


def _overview(request_id: str, refused: Any) -> str:
    view = intake_reading.open_overview(current_actor(), request_id)
    return render_template("intake/overview.html", view=view, head=view.head, refused=refused, step=Step.REVIEW)


@bp.get("/<request_id>/intake/<page>")
def page(request_id: str, page: str) -> ResponseReturnValue:
    """Show one page, with what was typed and not saved before what is stored."""
    recipe = _recipe(page)
    view = intake_reading.open_page(current_actor(), request_id, page)
    if view.kept:
        typed = MultiDict([(name, item) for name, items in view.kept.values.items() for item in items])
        form = recipe.form(formdata=typed)
    else:
        form = recipe.form(formdata=None, data=recipe.data(view) | {"seen": view.seen})
    return _render(recipe, view, form, page)


@bp.post("/<request_id>/intake/<page>")
def save(request_id: str, page: str) -> ResponseReturnValue:
    """Save one page and go on; "later" leaves, and keeps as typed what cannot be saved yet."""
    recipe = _recipe(page)
    view = intake_reading.open_page(current_actor(), request_id, page)
    form: Any = recipe.form()
    if "identity" in form and change_rows(form.identity):
        return _render(recipe, view, form, page)
    try:
        saved = recipe.save(current_actor(), request_id, page, view, form)
    except ChangedMeanwhile:
        form.seen.data, form.seen.raw_data = view.seen, [view.seen]
        return _render(recipe, view, form, page, conflict=True), 409
    except FieldError as wrong:
        attach(form, wrong)
        saved = None
    if saved is not None:
        return _go_on(request_id, recipe, view, handed_over=saved)
    if "later" not in request.form:
        return _render(recipe, view, form, page), 422
    autosave.keep_typed(current_actor(), request_id, page, _typed())
    flash(gettext("What you typed is kept. Some entries need to be checked before they can be saved."))
    return redirect(url_for("intake.overview", request_id=request_id), code=303)


@bp.post("/<request_id>/intake/<page>/typed")
def keep(request_id: str, page: str) -> ResponseReturnValue:
    """Keep what is being typed; asked by the page itself in the background."""
    _recipe(page)
    seen = request.form.get("seen", "")
    autosave.keep_typed(current_actor(), request_id, page, _typed(), seen=seen)
    return "", 204


@bp.post("/<request_id>/intake/<page>/drop")
def drop(request_id: str, page: str) -> ResponseReturnValue:
    """Throw away what was typed and not saved, and show what is stored."""
    autosave.drop_typed(current_actor(), request_id, page)
    return redirect(url_for("intake.page", request_id=request_id, page=page), code=303)


@bp.get("/<request_id>/sought/<person_id>/remove")
def ask_remove(request_id: str, person_id: str) -> ResponseReturnValue:
    """Ask before a person is taken out of the interview."""
    view = intake_reading.open_page(current_actor(), request_id, f"sought-{person_id}")
    return render_template("intake/remove.html", view=view, head=view.head, person_id=person_id, step=Step.SOUGHT)


@bp.post("/<request_id>/sought/<person_id>/remove")
def remove(request_id: str, person_id: str) -> ResponseReturnValue:
    """Take a sought person out of the interview."""
    intake_persons.remove_sought(current_actor(), request_id, person_id)
    flash(gettext("The person was removed from this request."))
    return redirect(url_for("intake.sought", request_id=request_id), code=303)


@bp.get("/<request_id>/sought")
def sought(request_id: str) -> ResponseReturnValue:
    """List the sought persons, to add, change or remove them."""
    view = intake_reading.open_overview(current_actor(), request_id)
    return render_template("intake/sought_list.html", view=view, head=view.head, step=Step.SOUGHT)


def _recipe(page: str) -> Recipe:
    recipe = recipe_for(page)
    if recipe is None:
        abort(404)
    return recipe


def _typed() -> dict[str, list[str]]:
    return {name: items for name, items in request.form.lists() if name not in BUTTONS}


def _render(recipe: Recipe, view: Page, form: Any, page: str, *, conflict: bool = False) -> str:
    return render_template(
        recipe.template,
        form=form,
        view=view,
        consents=view_card(view.consent) if view.consent else None,
        notice=[gettext(sentence) for sentence in NOTICE],
        notice_version=NOTICE_VERSION,
        head=view.head,
        page=page,
        step=recipe.step,
        title=gettext(recipe.title),
        conflict=conflict,
    )


def _go_on(request_id: str, recipe: Recipe, view: Page, *, handed_over: bool) -> ResponseReturnValue:
    if handed_over:
        flash(
            gettext(
                "Saved. This request now concerns a child, so a colleague who is cleared for children's records "
                "takes it over. A task was made for them."
            )
        )
        return redirect(url_for("requests.index"), code=303)
    flash(gettext("Saved."))
    if not view.head.is_interview:
        return redirect(url_for("requests.show", request_id=request_id), code=303)
    if "later" in request.form:
        return redirect(url_for("intake.overview", request_id=request_id), code=303)
    return redirect(
        step_url(request_id, Step.SOUGHT if recipe.step == Step.SOUGHT else step_after(recipe.step)), code=303
    )


def step_url(request_id: str, step: Step) -> str:
    """Return the address of a step."""
    if step == Step.REVIEW:
        return url_for("intake.overview", request_id=request_id)
    if step == Step.SOUGHT:
        return url_for("intake.sought", request_id=request_id)
    return url_for("intake.page", request_id=request_id, page=step)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"step_url": step_url, "step_names": STEPS, "relation_names": RELATIONS}
