"""The main menu: only what the signed-in user may do."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_babel import gettext
from flask_login import current_user

from rfl.domain.roles import holds
from rfl.domain.text import N_
from rfl.web.access import current_actor, signed_in
from rfl.web.permissions import ROUTES

# (endpoint, label, prefix of the endpoints that belong to it)
MENU: tuple[tuple[str, str, str | tuple[str, ...]], ...] = (
    ("home.index", N_("My work"), "home."),
    ("review.queue", N_("Proposals"), "review."),
    ("requests.index", N_("Tracing requests"), ("requests.", "intake.", "acceptance.", "closing.")),
    ("matching.index", N_("Matching"), "matching."),
    ("quality.index", N_("Quality"), "quality."),
    ("registrations.index", N_("Registered persons"), ("registrations.", "consents.")),
    ("imports.index", N_("Imports"), ("imports.", "import_columns.")),
    ("exports.index", N_("Exports"), "exports."),
    (
        "exchange.index",
        N_("Encoded exchange"),
        ("exchange.", "exchange_cases.", "agreements.", "rounds.", "pairs.", "clear_lists."),
    ),
    ("users.index", N_("Users"), "users."),
    ("societies.settings", N_("Settings"), "societies."),
    ("audit.index", N_("Trace"), "audit."),
)


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    url: str
    label: str
    active: bool


def init_app(app: Flask) -> None:
    """Offer `nav`, `who` and `demo` to templates."""
    app.context_processor(_for_templates)


def _for_templates() -> dict[str, object]:
    if not current_user or not current_user.is_authenticated:
        return {"nav": [], "who": None, "demo": False, "time_zone": ""}
    actor, endpoint = current_actor(), request.endpoint or ""
    nav = [
        Item(url_for(target), gettext(label), endpoint.startswith(prefix))
        for target, label, prefix in MENU
        if holds(actor, ROUTES[target])
    ]
    return {"nav": nav, "who": signed_in(), "demo": signed_in().demo, "time_zone": actor.time_zone}
