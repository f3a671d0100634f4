"""The post box: takes sealed packages from other instances; nobody is signed in, and nothing is shown."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from rfl.domain.errors import RuleBroken
from rfl.services import exchange_inbox as inbox

bp = Blueprint("post", __name__)

LENGTH_REQUIRED = 411
OTHER_CODE = "not-now"  # a rule that has no code of its own, such as a letter that came before its round


@bp.post("/exchange/post")
def receive() -> ResponseReturnValue:
    """Take one package; the first bytes decide whether the rest is read at all."""
    size = request.content_length
    if size is None:
        return {"code": "length-missing"}, LENGTH_REQUIRED
    try:
        head = _read(min(size, inbox.HEAD))
        ticket = inbox.admit(head, size)
        inbox.take(ticket, head + _read(size - len(head)))
    except RuleBroken as refused:
        return {"code": getattr(refused, "code", OTHER_CODE)}, refused.status
    return "", 204


def _read(size: int) -> bytes:
    """Read so many bytes of the body, fewer where it ends before."""
    pieces, missing = list[bytes](), size
    while missing and (piece := request.stream.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
