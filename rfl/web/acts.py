"""One act on a tracing request as one small page: what it means, a short form, one button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.errors import FieldError
from rfl.services.request_notes import read_head
from rfl.web.access import current_actor
from rfl.web.field_errors import attach


@dataclass(frozen=True)
class Act:
    """What the page says: title, what the act means, the button, and words of a person that belong to it."""

    title: str
    meaning: str
    button: str
    quote: str = ""
    style: str = "btn-primary"


def perform(act: Act, request_id: str, form: Any, run: Callable[[], object]) -> ResponseReturnValue:
    """Show the page, or do the act and go back to the case; a mistake stays on its field with what was typed."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                run()
            except FieldError as wrong:
                attach(form, wrong)
            else:
                flash(gettext("Saved."))
                return redirect(url_for("requests.show", request_id=request_id), code=303)
    head = read_head(current_actor(), request_id)
    return render_template("requests/act.html", act=act, head=head, form=form), status
