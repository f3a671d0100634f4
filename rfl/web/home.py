"""The dashboard: what needs me today."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("home", __name__)


@bp.get("/")
def index() -> ResponseReturnValue:
    """Show the work that waits for the signed-in user."""
    return render_template("home/index.html")
