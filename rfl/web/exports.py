"""Exporting the own caseload: asked for with a reason, written to the trace, then given out once."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.errors import FieldError
from rfl.services import exports
from rfl.services.exports import Wanted
from rfl.web.access import current_actor, today
from rfl.web.field_errors import attach
from rfl.web.forms.exports import ExportForm

bp = Blueprint("exports", __name__, url_prefix="/exports")


@bp.get("/")
def index() -> ResponseReturnValue:
    """Show the form."""
    return render_template("exports/index.html", form=ExportForm())


@bp.post("/")
def create() -> ResponseReturnValue:
    """Write the file and give it out."""
    form = ExportForm()
    if form.validate_on_submit():
        try:
            made = exports.export(current_actor(), _read(form), translate=gettext)
        except FieldError as wrong:
            attach(form, wrong)
        else:
            answer = Response(made.data, mimetype=made.mimetype)
            # Kind and day only: names of files stay in histories, backups and on shared desks.
            name = f"{form.subject.data}-{today().isoformat()}.{made.suffix}"
            answer.headers["Content-Disposition"] = f"attachment; filename={name}"
            return answer
    return render_template("exports/index.html", form=form), 422


def _read(form: ExportForm) -> Wanted:
    return Wanted(
        subject=form.subject.data or "",
        format=form.format.data or "",
        recipient=form.recipient.data or "",
        reason=form.reason.data or "",
        contacts=form.contacts.data,
        contacts_confirmed=form.contacts_confirmed.data,
        may_say_dead=form.may_say_dead.data,
    )
