"""How good the proposals of the own society were: figures for officers, administrators and data protection."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from rfl.services.proposal_filters import BANDS
from rfl.services.quality import read_quality
from rfl.web.access import current_actor

bp = Blueprint("quality", __name__)


@bp.get("/quality")
def index() -> ResponseReturnValue:
    """Show what became of the proposals, by strength, by month and by engine."""
    return render_template("quality/index.html", report=read_quality(current_actor()), bands=BANDS)
