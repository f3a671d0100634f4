"""The shapes of the demo world: plain frozen values, addressed by keys such as "VAL-R01-S1"."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rfl.domain.intake import Contact, News
from rfl.domain.persons import Identity


@dataclass(frozen=True)
class DemoSociety:
    """A National Society of a country that does not exist; `country` is a code ISO 3166-1 leaves to users."""

    code: str
    name: str
    country: str
    country_name: str
    language: str


@dataclass(frozen=True)
class DemoUser:
    """One member of staff; `roles` holds values of `domain.roles.Role`. The loader sets the password."""

    sign_in_name: str
    name: str
    society: str
    roles: tuple[str, ...]
    minors_cleared: bool
    language: str


@dataclass(frozen=True)
class DemoConsent:
    """One answer for one purpose; `purpose`, `basis` and `evidence` are values of `domain.consent`."""

    purpose: str
    given: bool
    basis: str
    evidence: str
    language: str


@dataclass(frozen=True)
class DemoEnquirer:
    """Who asks; the key ends in "-E"."""

    key: str
    identity: Identity
    contact: Contact
    consents: tuple[DemoConsent, ...]


@dataclass(frozen=True)
class DemoSought:
    """Who is sought; the key ends in "-S1", "-S2"; `relation` says what they are to the enquirer."""

    key: str
    relation: str
    identity: Identity
    consents: tuple[DemoConsent, ...]


@dataclass(frozen=True)
class DemoRequest:
    """One tracing request; `state` is the state the loader should bring it to, `refusal` set if not accepted.

    `harm` answers every question of `domain.cases.HARM_QUESTIONS`; none is red, so no supervisor is waited for.
    """

    key: str
    society: str
    enquirer: DemoEnquirer
    sought: tuple[DemoSought, ...]
    cause: str
    channel: str
    priority: str
    opened_on: date
    language: str
    interpreter: bool
    story: str
    news: News
    harm: Mapping[str, bool]
    state: str
    refusal: str = ""


@dataclass(frozen=True)
class DemoRegistered:
    """Somebody registered at a `site`; the key has a "P".

    `kind` and `condition` are keys of `REGISTRATION_KINDS` and `CONDITIONS` in `domain.registrations`.
    """

    key: str
    society: str
    identity: Identity
    contact: Contact
    consents: tuple[DemoConsent, ...]
    registered_on: date
    site: str
    kind: str
    condition: str
    language: str


@dataclass(frozen=True)
class DemoWorld:
    """Everything of the demo, in an order that can be loaded from first to last."""

    societies: tuple[DemoSociety, ...] = ()
    users: tuple[DemoUser, ...] = ()
    requests: tuple[DemoRequest, ...] = ()
    registered: tuple[DemoRegistered, ...] = ()
    identities: Mapping[str, Identity] = field(default_factory=dict)
