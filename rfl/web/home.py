"""The dashboard: what needs me today."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from rfl.services.work_list import TaskLine, read_work
from rfl.web.access import current_actor

bp = Blueprint("home", __name__)

# Where a kind of task is done.
PLACES = {
    "accept_request": "requests.show",
    "clear_risk": "requests.show",
    "complete_request": "requests.show",
    "take_over_child": "requests.show",
    "take_over_registered_child": "registrations.show",
    "approve_closing": "requests.show",
    "contact_person": "located.show",
    "ask_again": "located.show",
    "prepare_disclosure": "located.show",
    "settle_dispute": "review.show",
    "write_plan": "news.plan",
    "approve_plan": "news.plan",
    "tell_enquirer": "news.show",
}
NEEDS = {
    "requests.show": ("request_id",),
    "located.show": ("proposal_id",),
    "review.show": ("proposal_id",),
    "registrations.show": ("person_id",),
    "news.plan": ("request_id", "proposal_id"),
    "news.show": ("disclosure_id",),
}


@bp.get("/")
def index() -> ResponseReturnValue:
    """Show the work that waits for the signed-in user."""
    work = read_work(current_actor())
    return render_template("home/index.html", work=work, place=place)


def place(task: TaskLine) -> str:
    """Return the address of the page on which a task is done."""
    endpoint = PLACES[task.kind]
    return url_for(endpoint, **{name: getattr(task, name) for name in NEEDS[endpoint]})
