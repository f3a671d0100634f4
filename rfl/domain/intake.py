"""The interview that opens a tracing request: its steps, and what it gathers besides the persons themselves."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self

from rfl.domain.cases import RequestState
from rfl.domain.persons import Place, UncertainDate
from rfl.domain.text import N_


class Step(StrEnum):
    """One page of the interview; each can be left and taken up again."""

    START = "start"
    ENQUIRER = "enquirer"
    SOUGHT = "sought"
    NEWS = "news"
    CONSENT = "consent"
    HARM = "harm"
    REVIEW = "review"


# In the order of the interview.
STEPS: dict[Step, str] = {
    Step.START: N_("How the request came"),
    Step.ENQUIRER: N_("The enquirer"),
    Step.SOUGHT: N_("Persons sought"),
    Step.NEWS: N_("Last news and circumstances"),
    Step.CONSENT: N_("Consent"),
    Step.HARM: N_("Do-no-harm check"),
    Step.REVIEW: N_("Check and send"),
}


def step_after(step: Step) -> Step:
    """Return the next step of the interview; the last one is followed by itself."""
    order = list(STEPS)
    return order[min(order.index(step) + 1, len(order) - 1)]


# States in which the details can still be changed: everything but an ended request.
EDITABLE = frozenset(
    {
        RequestState.DRAFT,
        RequestState.SUBMITTED,
        RequestState.INFORMATION_NEEDED,
        RequestState.ACCEPTED,
        RequestState.CLOSING_PROPOSED,
    }
)
# States in which the interview itself is not finished.
INTERVIEW = frozenset({RequestState.DRAFT, RequestState.INFORMATION_NEEDED})

CHANNELS = {
    "interview": N_("Interview in the office"),
    "visit": N_("Visit at home or in a camp"),
    "phone": N_("Telephone"),
    "online": N_("Online form"),
    "letter": N_("Letter or e-mail"),
    "partner": N_("Another society or organisation"),
}

PRIORITIES = {
    "normal": N_("Normal"),
    "high": N_("High"),
    "urgent": N_("Urgent"),
}

MEANS = {
    "": N_("Not known"),
    "visit": N_("In person"),
    "phone": N_("Telephone"),
    "message": N_("Messages or social media"),
    "letter": N_("Letter"),
    "third_party": N_("Through somebody else"),
    "other": N_("Another way"),
}


@dataclass(frozen=True)
class Start:
    """How the request came to the society."""

    channel: str
    on: date
    cause: str
    priority: str = "normal"
    branch: str = ""
    interpreter: bool = False
    language: str = ""


@dataclass(frozen=True)
class Contact:
    """How to reach the enquirer without bringing anybody into danger; never shown to another society."""

    address: str = ""
    phones: str = ""
    email: str = ""
    safe_way: str = ""
    safe_time: str = ""
    third_contact: str = ""
    languages: str = ""
    guardian: str = ""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> Self:
        """Build from stored data; what is missing stays empty."""
        known = {key: (data or {}).get(key, "") for key in cls.__dataclass_fields__}
        return cls(**known)

    def to_dict(self) -> dict[str, str]:
        """Return plain JSON data."""
        return asdict(self)


@dataclass(frozen=True)
class News:
    """The last news, how contact was lost, and what the family has tried already."""

    last_contact: UncertainDate = field(default_factory=UncertainDate)
    means: str = ""
    content: str = ""
    last_place: Place = field(default_factory=Place)
    separation: UncertainDate = field(default_factory=UncertainDate)
    separation_place: str = ""
    present: str = ""
    route: str = ""
    rumours: str = ""
    rumour_source: str = ""
    looked: str = ""
    organisations: str = ""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> Self:
        """Build from stored data; what is missing stays empty."""
        data = data or {}
        words = {key: data.get(key, "") for key in cls.__dataclass_fields__ if key not in _SHAPED}
        return cls(
            last_contact=UncertainDate(**data.get("last_contact", {})),
            last_place=Place(**data.get("last_place", {})),
            separation=UncertainDate(**data.get("separation", {})),
            **words,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return asdict(self)

    def __bool__(self) -> bool:
        """Say whether anything was recorded."""
        return any(bool(getattr(self, key)) for key in self.__dataclass_fields__)


_SHAPED = frozenset({"last_contact", "last_place", "separation"})


@dataclass(frozen=True)
class Gap:
    """Something a request still needs, and the step where it is entered."""

    code: str
    step: Step
    message: str


GAPS: dict[str, Gap] = {
    gap.code: gap
    for gap in (
        Gap("enquirer", Step.ENQUIRER, N_("The enquirer has no name yet. Enter at least one name.")),
        Gap(
            "guardian",
            Step.ENQUIRER,
            N_("The enquirer is a child. Enter the guardian or the representative who speaks for the child."),
        ),
        Gap("sought", Step.SOUGHT, N_("No person is sought yet. Add at least one.")),
        Gap("sought_name", Step.SOUGHT, N_("A person sought has no name yet. Enter at least one name.")),
        Gap("consent", Step.CONSENT, N_("The consent to register the request is missing. Ask for it and record it.")),
        Gap("harm", Step.HARM, N_("The do-no-harm check is missing. Make it with the enquirer.")),
        Gap("risk", Step.HARM, N_("Danger was seen. A tracing officer who did not make the check decides first.")),
        Gap("typed", Step.REVIEW, N_("Something was typed but not saved. Open that step and save it.")),
    )
}
