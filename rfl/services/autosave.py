"""Keeping what is being typed, right or wrong, for whoever goes on with the request: to be saved later, or dropped."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from rfl.domain.errors import RuleBroken
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.requests import TracingRequest, TypedStep
from rfl.services.intake import check_seen, news_stamp, start_stamp
from rfl.services.intake_persons import enquirer_stamp, sought_stamp
from rfl.services.request_rows import enquirer_of, fetch_editable, sought_of
from rfl.services.typed_steps import SOUGHT, check_page, find_typed, forget_typed
from rfl.services.unit import Unit

LONGEST_PAGE = 200_000  # characters of one page: several times the longest interview step typed by hand


class TooMuchTyped(RuleBroken):
    """A page that long was not typed by a person."""

    message = N_("This is too long to keep. Shorten the longest text and save the page.")
    status = 413


def keep_typed(
    actor: Actor, request_id: str, page: str, typed: Mapping[str, Sequence[str]], *, seen: str | None = None
) -> None:
    """Keep what is typed on `page` of a request (form field -> values) without checking or using it.

    `seen` is what the page was filled from: ChangedMeanwhile says that somebody saved it since. Raises NotFound,
    MoveNotPossible or TooMuchTyped.
    """
    values = {name: [str(item) for item in items] for name, items in typed.items()}
    if sum(len(name) + sum(map(len, items)) for name, items in values.items()) > LONGEST_PAGE:
        raise TooMuchTyped
    with Unit(actor) as unit:
        request = fetch_editable(unit, request_id)
        check_page(unit.session, request, page)
        stored = page_stamp(unit.session, request, page)
        if seen is not None and stored is not None:
            check_seen(seen, stored)
        row = find_typed(unit.session, request.id, page)
        if row is None:
            row = TypedStep(id=new_id(), society_id=request.society_id, request_id=request.id, step=page)
            unit.session.add(row)
        row.typed_by, row.typed_at, row.typed = actor.id, unit.at, values
        unit.record("request:typed_kept", request.id, step=page)


def drop_typed(actor: Actor, request_id: str, page: str) -> None:
    """Throw away what was typed on `page` and not saved."""
    with Unit(actor) as unit:
        request = fetch_editable(unit, request_id)
        check_page(unit.session, request, page)
        forget_typed(unit.session, request.id, page)
        unit.record("request:typed_dropped", request.id, step=page)


def page_stamp(session: Session, request: TracingRequest, page: str) -> str | None:
    """Return the fingerprint of what is stored behind a page, None where each saving adds a new entry."""
    if page == "start":
        return start_stamp(request)
    if page == "news":
        return news_stamp(request)
    if page == "enquirer":
        return enquirer_stamp(enquirer_of(session, request))
    if sought := SOUGHT.fullmatch(page):
        return sought_stamp(next((p for p in sought_of(session, request) if p.id == sought[1]), None))
    return None
