"""The settings of one's own society."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.services import societies
from rfl.web.access import current_actor
from rfl.web.forms.societies import SettingsForm

bp = Blueprint("societies", __name__, url_prefix="/society")


@bp.get("")
def settings() -> ResponseReturnValue:
    """Show the settings."""
    held = societies.read_settings(current_actor())
    return render_template("societies/settings.html", society=held, form=SettingsForm(obj=held))


@bp.post("")
def save() -> ResponseReturnValue:
    """Save the settings."""
    actor, form = current_actor(), SettingsForm()
    if not form.validate_on_submit():
        held = societies.read_settings(actor)
        return render_template("societies/settings.html", society=held, form=form), 422
    societies.save_settings(actor, time_zone=form.time_zone.data)
    flash(gettext("Saved. Times are shown in this time zone from now on."))
    return redirect(url_for("societies.settings"), code=303)
