"""Managing the users of one's own society."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from rfl.domain.errors import FieldError
from rfl.domain.roles import ROLES
from rfl.services import accounts
from rfl.web.access import current_actor, passwords
from rfl.web.errors import explain
from rfl.web.forms.users import ChangeUserForm, NewUserForm

bp = Blueprint("users", __name__, url_prefix="/users")


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the users."""
    return render_template("users/index.html", users=accounts.list_users(current_actor()), role_names=ROLES)


@bp.get("/new")
def new() -> ResponseReturnValue:
    """Show the form for a new user."""
    return render_template("users/new.html", form=NewUserForm())


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Create a user and show the first password, this once."""
    form = NewUserForm()
    if not form.validate_on_submit():
        return render_template("users/new.html", form=form), 422
    try:
        _, first = accounts.add_user(
            current_actor(),
            passwords=passwords(),
            sign_in_name=form.sign_in_name.data or "",
            display_name=form.display_name.data or "",
            roles=form.roles.data or (),
            minors_cleared=form.minors_cleared.data,
            language=form.language.data,
        )
    except FieldError as wrong:
        _attach(form, wrong)
        return render_template("users/new.html", form=form), 422
    return render_template("users/password.html", sign_in_name=form.sign_in_name.data, first=first)


@bp.get("/<user_id>")
def show(user_id: str) -> ResponseReturnValue:
    """Show one user."""
    user = accounts.read_user(current_actor(), user_id)
    return render_template("users/show.html", user=user, form=ChangeUserForm(obj=user))


@bp.post("/<user_id>")
def change(user_id: str) -> ResponseReturnValue:
    """Save one user."""
    user = accounts.read_user(current_actor(), user_id)
    form = ChangeUserForm()
    if not form.validate_on_submit():
        return render_template("users/show.html", user=user, form=form), 422
    try:
        accounts.change_user(
            current_actor(),
            user_id,
            display_name=form.display_name.data or "",
            roles=form.roles.data or (),
            minors_cleared=form.minors_cleared.data,
            language=form.language.data,
            active=form.active.data,
        )
    except FieldError as wrong:
        _attach(form, wrong)
        return render_template("users/show.html", user=user, form=form), 422
    flash(gettext("Saved. Roles count from the next page this person opens."))
    return redirect(url_for("users.index"), code=303)


@bp.post("/<user_id>/password")
def reset_password(user_id: str) -> ResponseReturnValue:
    """Give a user a new first password and show it, this once."""
    user = accounts.read_user(current_actor(), user_id)
    first = accounts.reset_password(current_actor(), user_id, passwords=passwords())
    return render_template("users/password.html", sign_in_name=user.sign_in_name, first=first)


def _attach(form: FlaskForm, wrong: FieldError) -> None:
    form[wrong.field].errors = [*form[wrong.field].errors, explain(wrong)]
