"""The search box: what is typed is posted, so that no name stands in an address or a server's log."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from rfl.domain.errors import FieldError
from rfl.domain.text import N_
from rfl.services.searching import Found, search
from rfl.web.access import current_actor
from rfl.web.errors import explain
from rfl.web.person_view import DateView, word_age, word_date, word_place

bp = Blueprint("search", __name__, url_prefix="/search")

# Kinds in the order in which they are shown.
KINDS = {
    "request": N_("Tracing requests"),
    "sought": N_("Sought persons"),
    "registered": N_("Registered persons"),
    "enquirer": N_("Enquirers"),
}


@dataclass(frozen=True)
class Line:
    """One result in words."""

    found: Found
    name: str
    other_names: tuple[str, ...]
    birth: DateView
    age: str
    place: str


@bp.get("")
def index() -> ResponseReturnValue:
    """Show the empty search page."""
    return render_template("search/index.html", groups=None, text="", problem="", results=None)


@bp.post("")
def run() -> ResponseReturnValue:
    """Search and show what was found, by kind."""
    text = request.form.get("text", "")
    try:
        results = search(current_actor(), text)
    except FieldError as wrong:
        page = render_template("search/index.html", groups=None, text=text, problem=explain(wrong), results=None)
        return page, wrong.status
    groups = [
        (gettext(label), [_line(found) for found in results.found if found.kind == kind])
        for kind, label in KINDS.items()
    ]
    return render_template(
        "search/index.html", groups=[one for one in groups if one[1]], text=text, problem="", results=results
    )


def _line(found: Found) -> Line:
    who = found.identity
    names = [name.text() for name in who.names if name.text()]
    return Line(
        found=found,
        name=who.display_name(),
        other_names=tuple(names[1:]),
        birth=word_date(who.birth),
        age=word_age(who.age),
        place=word_place(who.last_place).line,
    )
