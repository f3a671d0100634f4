"""The timeline: what happened to a request, a registered person or a proposal, for the people of that side.

Nothing that depends on a located person's answer is ever written to a request's timeline before the telling.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from rfl.domain.ids import new_id
from rfl.domain.text import N_
from rfl.models.accounts import User
from rfl.models.requests import TimelineEvent
from rfl.services.unit import Unit

# What each event says on the screen; params are codes and numbers, never personal data.
EVENTS: dict[str, str] = {
    "request:opened": N_("Request opened"),
    "request:saved": N_("Details changed"),
    "request:submitted": N_("Sent for acceptance"),
    "request:accepted": N_("Accepted, the search begins"),
    "request:information_needed": N_("More information asked of the enquirer"),
    "request:refused": N_("Not accepted"),
    "request:harm_checked": N_("Do-no-harm check made"),
    "request:risk_cleared": N_("A supervisor decided on the danger"),
    "request:closing_proposed": N_("Closing proposed"),
    "request:closing_declined": N_("Closing declined, the search goes on"),
    "request:closed": N_("Closed"),
    "request:search_ended": N_("The search for some of the persons ended"),
    "request:reopened": N_("Reopened"),
    "request:assigned": N_("Given to another caseworker"),
    "request:note": N_("Note"),
    "action:planned": N_("Tracing action planned"),
    "action:done": N_("Tracing action done"),
    "consent:recorded": N_("Consent recorded"),
    "consent:withdrawn": N_("Consent withdrawn"),
    "person:registered": N_("Person registered"),
    "person:taken_over": N_("Taken over by a colleague cleared for the records of children"),
    "person:saved": N_("Details changed"),
    "person:imported": N_("Imported from a list"),
    "person:imported_again": N_("Changed by a newer list"),
    "person:taken_back_by_partner": N_("Taken back by the partner society; what was kept of it is gone"),
    "person:expired": N_("Removed, because the registry it came from set this day for it"),
    "person:recalled": N_("Recalled by the society that it came from"),
    "proposal:proposed": N_("Proposed by the program"),
    "proposal:reopened": N_("Proposed again because the evidence changed"),
    "proposal:restored": N_("Proposed again: consent or request are valid again"),
    "proposal:decided": N_("An officer gave an answer"),
    "proposal:confirmed": N_("Confirmed by two officers"),
    "proposal:different": N_("Marked as different persons"),
    "proposal:disputed": N_("The two answers disagree"),
    "proposal:undone": N_("An answer was taken back"),
    "proposal:in_review_again": N_("An answer was taken back, so the proposal is in review again"),
    "proposal:withdrawn": N_("Withdrawn: consent or request ended"),
    "proposal:assigned": N_("Given to an officer"),
    "located:asked": N_("The person concerned gave an answer"),
    "plan:written": N_("Delivery plan written"),
    "plan:approved": N_("Delivery plan approved"),
    "disclosure:prepared": N_("News for the family prepared"),
    "disclosure:cancelled": N_("Prepared news withdrawn"),
    "disclosure:told": N_("The enquirer was told"),
}


@dataclass(frozen=True)
class Happening:
    """One line of a timeline, ready to show: `text` is a template of `EVENTS`."""

    at: datetime
    who: str
    text: str
    params: Mapping[str, object]
    note: str


def tell_timeline(
    unit: Unit,
    event: str,
    *,
    society_id: str | None = None,
    request_id: str | None = None,
    person_id: str | None = None,
    proposal_id: str | None = None,
    note: str = "",
    **params: str | int,
) -> None:
    """Write one event (a key of `EVENTS`) to the timeline of its subjects; `note` is sealed."""
    EVENTS[event]
    row = TimelineEvent(
        id=new_id(),
        society_id=society_id or unit.actor.society_id,
        request_id=request_id,
        person_id=person_id,
        proposal_id=proposal_id,
        at=unit.at,
        actor_id=unit.actor.id,
        event=event,
        params=dict(params),
    )
    if note:
        row.note = note
    unit.session.add(row)


def read_timeline(
    session: Session, society_id: str, *, only_own: Collection[str] = (), reader_id: str = "", **owner: str
) -> Sequence[Happening]:
    """Return the events of one owner (`request_id=`, `person_id=` or `proposal_id=`), newest first.

    Only events of `society_id`'s side are read; those in `only_own` only if `reader_id` caused them.
    """
    rows = session.scalars(
        select(TimelineEvent)
        .filter_by(society_id=society_id, **owner)
        .where(or_(TimelineEvent.event.not_in(only_own), TimelineEvent.actor_id == reader_id))
        .order_by(TimelineEvent.at.desc(), TimelineEvent.id)
    ).all()
    names = {
        user.id: user.display_name
        for user in session.scalars(select(User).where(User.id.in_({row.actor_id for row in rows})))
    }
    return [
        Happening(row.at, names.get(row.actor_id, ""), EVENTS[row.event], row.params, row.note or "") for row in rows
    ]
