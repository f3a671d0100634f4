"""What a tracing request still needs before it can be sent or accepted; one list for both."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.cases import Risk
from rfl.domain.consent import Purpose
from rfl.domain.errors import RuleBroken
from rfl.domain.intake import GAPS, Contact, Gap, Step
from rfl.domain.text import N_
from rfl.models.persons import Person
from rfl.models.requests import HarmCheck, TracingRequest
from rfl.services.consents import allows
from rfl.services.request_rows import enquirer_of, identity_of, sought_of
from rfl.services.typed_steps import pages_typed


class NotComplete(RuleBroken):
    """A request goes on only when what the search stands on is there."""

    message = N_("Something is still missing. Open the overview of the request and complete it.")
    status = 422

    def __init__(self, gaps: Sequence[Gap]) -> None:
        """Say the first thing that is missing; `gaps` holds all."""
        self.gaps = tuple(gaps)
        self.message = self.gaps[0].message
        super().__init__()


def gaps_of(session: Session, request: TracingRequest) -> list[Gap]:
    """Return everything that is missing, in the order of the interview."""
    enquirer = enquirer_of(session, request)
    codes = [
        *_enquirer_gaps(session, enquirer),
        *_sought_gaps(sought_of(session, request)),
        *_harm_gaps(session, request),
        *(["typed"] if pages_typed(session, request.id) else []),
    ]
    order = list(Step)
    return sorted((GAPS[code] for code in codes), key=lambda gap: order.index(gap.step))


def risk_is_open(request: TracingRequest) -> bool:
    """Say whether danger was seen and no second person has decided on it."""
    return request.risk == Risk.RED and request.risk_cleared_by is None


def _enquirer_gaps(session: Session, enquirer: Person | None) -> Iterator[str]:
    if enquirer is None or not identity_of(enquirer).display_name():
        yield "enquirer"
    if enquirer is not None and enquirer.is_minor and not Contact.from_dict(enquirer.contact).guardian:
        yield "guardian"
    if enquirer is None or not allows(session, enquirer.id, Purpose.REGISTER):
        yield "consent"


def _sought_gaps(sought: list[Person]) -> Iterator[str]:
    if not sought:
        yield "sought"
    elif not all(identity_of(person).display_name() for person in sought):
        yield "sought_name"


def _harm_gaps(session: Session, request: TracingRequest) -> Iterator[str]:
    if session.scalar(select(HarmCheck.id).where(HarmCheck.request_id == request.id).limit(1)) is None:
        yield "harm"
    elif risk_is_open(request):
        yield "risk"
