"""Who may call which route: a table, asked before every request; what is not listed is refused."""

from datetime import date
from typing import cast

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user

from rfl.domain.clock import UTC_ZONE, local_day, now
from rfl.domain.errors import NotAllowed
from rfl.domain.roles import Actor, holds
from rfl.security.passwords import Passwords
from rfl.services.sign_in import SignedIn, resolve
from rfl.web.permissions import PUBLIC, ROUTES, SIGNED_IN

login_manager = LoginManager()


class SessionUser(UserMixin):
    """What Flask-Login carries: the session token is the identity, so that the row behind it rules."""

    def __init__(self, token: str, who: SignedIn) -> None:
        """Hold the token and who is behind it."""
        self.id = token
        self.who = who


def init_app(app: Flask) -> None:
    """Ask the table before every request."""
    login_manager.init_app(app)
    login_manager.session_protection = None  # the server-side row decides; addresses change on mobile networks
    login_manager.user_loader(_load)
    app.before_request(_gate)
    app.context_processor(lambda: {"may": _may_in_template})


def signed_in() -> SignedIn:
    """Return who is signed in; only routes that need it may ask."""
    return cast("SessionUser", current_user).who


def current_actor() -> Actor:
    """Return the acting user."""
    return signed_in().actor


def today() -> date:
    """Return the day it is for the acting user, in the time zone of the society."""
    return local_day(now(), current_actor().time_zone if current_user.is_authenticated else UTC_ZONE)


def passwords() -> Passwords:
    """Return the password hasher of the app."""
    hasher: Passwords = current_app.extensions["rfl.passwords"]
    return hasher


def _load(token: str) -> SessionUser | None:
    who = resolve(token)
    if who is None or (who.demo and not current_app.config["RFL_DEMO"]):
        return None
    return SessionUser(token, who)


def _gate() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such address: the 404 page follows
    needed = ROUTES.get(request.endpoint)
    if needed is None:
        current_app.logger.error("route without a permission entry: %s", request.endpoint)
        abort(403)
    if needed == PUBLIC:
        return None
    if not current_user.is_authenticated:
        session["next"] = request.full_path if request.method == "GET" else None
        return redirect(url_for("account.sign_in"), code=303)
    g.language = None
    if needed != SIGNED_IN and not holds(current_actor(), needed):
        raise NotAllowed
    if signed_in().must_change_password and not request.endpoint.startswith(("account.", "static")):
        return redirect(url_for("account.password"), code=303)
    return None


def _may_in_template(permission: str) -> bool:
    return current_user.is_authenticated and holds(current_actor(), permission)
