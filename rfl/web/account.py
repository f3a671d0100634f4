"""Signing in and out, the own password, the interface language."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user, login_user, logout_user

from rfl.domain.errors import FieldError, RuleBroken
from rfl.services import accounts
from rfl.services import sign_in as sessions
from rfl.web.access import SessionUser, current_actor, passwords, signed_in
from rfl.web.errors import explain
from rfl.web.forms.account import PasswordForm, SignInForm
from rfl.web.languages import COOKIE, LANGUAGES

bp = Blueprint("account", __name__)
COOKIE_AGE = 365 * 24 * 3600  # seconds


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form."""
    if current_user.is_authenticated:
        return redirect(url_for("home.index"), code=303)
    return render_template("account/sign_in.html", form=SignInForm())


@bp.post("/sign-in")
def sign_in_submit() -> ResponseReturnValue:
    """Open a session and go to the page that was asked for."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("account/sign_in.html", form=form), 422
    try:
        token = sessions.sign_in(
            form.sign_in_name.data, form.password.data, passwords=passwords(), demo=current_app.config["RFL_DEMO"]
        )
    except RuleBroken as refused:
        form.password.errors = [explain(refused)]
        return render_template("account/sign_in.html", form=form), refused.status
    target = local_target(session.get("next"))
    session.clear()  # nothing chosen before sign-in lives on inside it
    who = sessions.resolve(token)
    if who is None:
        return redirect(url_for("account.sign_in"), code=303)
    login_user(SessionUser(token, who))
    return redirect(target or url_for("home.index"), code=303)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    sessions.sign_out(signed_in())
    logout_user()
    session.clear()
    return redirect(url_for("account.sign_in"), code=303)


@bp.get("/account/password")
def password() -> ResponseReturnValue:
    """Show the form for a new password."""
    return render_template("account/password.html", form=PasswordForm())


@bp.post("/account/password")
def password_submit() -> ResponseReturnValue:
    """Change the password and end all other sessions."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return render_template("account/password.html", form=form), 422
    try:
        accounts.change_own_password(
            current_actor(),
            old=form.old.data,
            new=form.password.data,
            keep=signed_in().token_hash,
            passwords=passwords(),
        )
    except FieldError as wrong:
        form[wrong.field].errors = [explain(wrong)]
        return render_template("account/password.html", form=form), 422
    flash(gettext("Your password is changed. Your other sessions were ended."))
    return redirect(url_for("home.index"), code=303)


@bp.post("/language")
def language() -> ResponseReturnValue:
    """Switch the interface language and stay on the page."""
    chosen = request.form.get("language", "")
    response = make_response(redirect(local_target(request.form.get("next")) or url_for("home.index"), code=303))
    if chosen in LANGUAGES:
        if current_user.is_authenticated:
            accounts.choose_language(current_actor(), chosen)
        response.set_cookie(COOKIE, chosen, max_age=COOKIE_AGE, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


def local_target(address: str | None) -> str | None:
    """Return `address` if it is a path of this program, else None: no redirect leads elsewhere."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or "\\" in address:
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address
