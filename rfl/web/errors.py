"""Broken rules become pages in the reader's language; defects become a page that gives nothing away."""

from http import HTTPStatus

from flask import Flask, current_app, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from rfl.domain.errors import RuleBroken
from rfl.services import storage

SHOWN = {400, 403, 404, 405, 409, 413, 422, 429, 500, 503}


def explain(error: RuleBroken) -> str:
    """Return what a broken rule says, in the reader's language."""
    text: str = gettext(error.message)
    return text % error.params if error.params else text


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http)
    if not app.testing:
        app.register_error_handler(Exception, _defect)


def _page(status: int, message: str = "") -> tuple[str, int]:
    template = f"errors/{status if status in SHOWN else 500}.html"
    if request.method == "HEAD":
        return "", status
    return render_template([template, "errors/500.html"], status=status, message=message), status


def _rule_broken(error: RuleBroken) -> tuple[str, int]:
    return _page(error.status, explain(error))


def _form_expired(_error: CSRFError) -> tuple[str, int]:
    return _page(400, gettext("This form was open for too long. Go back, reload the page and send it again."))


def _http(error: HTTPException) -> tuple[str, int]:
    return _page(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)


def _defect(error: Exception) -> tuple[str, int]:
    storage.discard()
    # The kind and place of a defect, never its text: messages can quote personal data.
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_qualname}:{place.tb_lineno}" if place else "?"
    current_app.logger.error("defect %s at %s", type(error).__name__, where)
    return _page(500)
