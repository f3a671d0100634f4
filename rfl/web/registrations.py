"""Registered persons: came forward, or registered in a camp, a hospital or a reception centre."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.consent import NOTICE, NOTICE_VERSION
from rfl.domain.errors import FieldError
from rfl.domain.registrations import CONDITIONS, REGISTRATION_KINDS, TOLD_BY
from rfl.domain.roles import Role
from rfl.services import person_notes, registration_list, registration_reading, registrations
from rfl.services.registration_list import RegistrationLine, Wanted
from rfl.services.registration_reading import HIDDEN, RegistrationView
from rfl.services.registrations import Draft, Registered
from rfl.web.access import current_actor
from rfl.web.consent_view import view_card
from rfl.web.field_errors import attach
from rfl.web.forms.consents import read_answers, read_talk
from rfl.web.forms.registrations import NewRegistrationForm, RegistrationForm, fill_registration, read_registration
from rfl.web.forms.rows import change_rows
from rfl.web.person_view import DateView, view_identity, word_age, word_date, word_place

bp = Blueprint("registrations", __name__, url_prefix="/registered-persons")
PROBLEM = 422


@dataclass(frozen=True)
class LineView:
    """One line of the list in words."""

    line: RegistrationLine
    name: str
    birth: DateView
    age: str
    condition: str


@bp.get("")
def index() -> ResponseReturnValue:
    """List the registered persons that the signed-in user may see."""
    actor, args = current_actor(), request.args
    wanted = Wanted(
        mine=args.get("mine") == "1",
        condition=args.get("condition", ""),
        children=args.get("children") == "1",
        unmatched=args.get("unmatched") == "1",
        page=args.get("page", 1, type=int),
    )
    listing = registration_list.list_registrations(actor, wanted)

    def page_url(number: int) -> str:
        kept: dict[str, Any] = args.to_dict()
        return url_for("registrations.index", **(kept | {"page": number}))

    return render_template(
        "registrations/index.html",
        listing=listing,
        lines=[_line(line) for line in listing.lines],
        wanted=wanted,
        conditions=registration_list.conditions_offered(actor),
        page_url=page_url,
    )


@bp.get("/new")
def new() -> ResponseReturnValue:
    """Show the form; field volunteers get the short one unless they ask for all of it."""
    return _new_page(NewRegistrationForm())


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Register a person."""
    form = NewRegistrationForm()
    if change_rows(form.identity):
        return _new_page(form)
    draft = read_registration(form)
    registered = _register(form, draft) if draft else None
    if registered is None:
        return _new_page(form), PROBLEM
    return _after(
        registered.id,
        gettext("Registered with the number %(number)s.", number=registered.number),
        visible=registered.visible,
    )


@bp.get("/<person_id>")
def show(person_id: str) -> ResponseReturnValue:
    """Show one registered person."""
    view = registration_reading.read(current_actor(), person_id)
    return render_template(
        "registrations/show.html",
        person=view,
        identity=view_identity(view.identity),
        place=word_place(view.registration.place),
        kind=gettext(REGISTRATION_KINDS.get(view.registration.kind, "")) if view.registration.kind else "",
        told_by=gettext(TOLD_BY[view.registration.told_by]) if view.registration.told_by in TOLD_BY else "",
        condition=_condition(view.condition),
        card=view_card(view.consents),
        origin=person_notes.read_origin(current_actor(), person_id),
    )


@bp.get("/<person_id>/edit")
def edit(person_id: str) -> ResponseReturnValue:
    """Show the form with what is recorded."""
    view = registration_reading.read(current_actor(), person_id)
    form = _edit_form(view)
    fill_registration(form, view)
    return _edit_page(form, view)


@bp.post("/<person_id>/edit")
def save(person_id: str) -> ResponseReturnValue:
    """Change a registered person."""
    view = registration_reading.read(current_actor(), person_id)
    form = _edit_form(view)
    if change_rows(form.identity):
        return _edit_page(form, view)
    draft = read_registration(form, view.identity)
    if draft is not None:
        try:
            visible = registrations.amend(current_actor(), person_id, draft, seen=form.seen.data or "")
        except FieldError as wrong:
            attach(form, wrong)
        else:
            return _after(person_id, gettext("Saved."), visible=visible)
    return _edit_page(form, view), PROBLEM


@bp.post("/<person_id>/take-over")
def take_over(person_id: str) -> ResponseReturnValue:
    """Go on with a child's record that was handed over."""
    registrations.take_over(current_actor(), person_id)
    flash(gettext("You go on with this record. The task is done."), "success")
    return redirect(url_for("registrations.show", person_id=person_id), code=303)


def _register(form: NewRegistrationForm, draft: Draft) -> Registered | None:
    inner = form.consents.form
    try:
        return registrations.register(current_actor(), draft, read_answers(inner), read_talk(inner))
    except FieldError as wrong:
        attach(inner if wrong.field == "answers" else form, wrong)
        return None


def _after(person_id: str, message: str, *, visible: bool) -> ResponseReturnValue:
    flash(message, "success")
    if visible:
        return redirect(url_for("registrations.show", person_id=person_id), code=303)
    flash(gettext("This is a child's record. A colleague cleared for children's records goes on with it."), "warning")
    return redirect(url_for("registrations.index"), code=303)


def _new_page(form: NewRegistrationForm) -> str:
    short = request.values.get("all") != "1" and current_actor().roles == {Role.VOLUNTEER}
    return render_template(
        "registrations/new.html",
        form=form,
        short=short,
        notice=[gettext(sentence) for sentence in NOTICE],
        notice_version=NOTICE_VERSION,
    )


def _edit_form(view: RegistrationView) -> RegistrationForm:
    form = RegistrationForm()
    if view.condition == HIDDEN:
        form.offer_keeping()
    return form


def _edit_page(form: RegistrationForm, view: RegistrationView) -> str:
    return render_template("registrations/edit.html", form=form, person=view)


def _line(line: RegistrationLine) -> LineView:
    who = line.identity
    return LineView(line, who.display_name(), word_date(who.birth), word_age(who.age), _condition(line.condition))


def _condition(condition: str) -> str:
    """Return the condition in words; one that is hidden from the reader has none."""
    labels = {str(key): label for key, label in CONDITIONS.items()}
    return gettext(labels[condition]) if condition in labels else ""
