"""Health: says that the process answers and the database can be read, and nothing else."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from rfl.services import storage

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Return 200 "ok", or 503 when the database does not answer."""
    if storage.is_answering():
        return "ok", 200, {"Content-Type": "text/plain"}
    return "database", 503, {"Content-Type": "text/plain"}
