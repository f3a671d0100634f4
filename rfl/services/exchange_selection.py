"""Which cases of the own society go to one partner, which do not and why; looked at before anything is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.orm import Session

from rfl.domain.errors import FieldError
from rfl.domain.exchange import EXCLUSIONS, GOES, TOO_LITTLE
from rfl.domain.persons import Identity
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.rounds.agreement import Agreement
from rfl.models.exchange import ExchangeAgreement, ExchangeExclusion
from rfl.models.persons import Person
from rfl.models.requests import TracingRequest
from rfl.services.exchange_agreements import opened
from rfl.services.exchange_eligibility import judge, open_cases
from rfl.services.exchange_encoding import families_of, missing
from rfl.services.exchange_parties import own_identity
from rfl.services.paging import page_within
from rfl.services.scope import fetch, require
from rfl.services.unit import Look, Unit

PAGE = 50  # persons on one page
REASON_MISSING = N_("Choose why this person is left out.")


@dataclass(frozen=True)
class CaseLine:
    """One person of the own society; `reason` is a key of HELD_BACK, empty where the person goes.

    `missing` are keys of MISSING: what to ask for where too little is known.
    """

    person_id: str
    request_id: str | None
    kind: str
    number: str
    name: str
    reason: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class CasePage:
    """One page of the persons with one reason; `counts` by reason, `seal` names exactly who goes.

    `short` persons are missing to the fewest of a round; `waiting` are more than a round takes, and go another time.
    """

    lines: tuple[CaseLine, ...]
    reason: str
    counts: Mapping[str, int]
    partner: str
    going: int
    short: int
    waiting: int
    seal: str
    page: int
    pages: int


@dataclass(frozen=True)
class Chosen:
    """The persons who go, oldest first and no more than a round takes, and the reason of everybody else."""

    going: tuple[Person, ...]
    waiting: int
    reasons: Mapping[str, str]

    @property
    def seal(self) -> str:
        """Return a digest of who goes, so that a confirmation counts only for what was looked at."""
        return sha256(" ".join(sorted(one.id for one in self.going)).encode()).hexdigest()


def choose(session: Session, society_id: str, agreement: Agreement, partner: str) -> Chosen:
    """Judge every open case of a society for one partner (digest); no more than the agreed cap go."""
    persons = open_cases(session, society_id)
    reasons = judge(session, persons, partner)
    willing = [one for one in persons if reasons[one.id] == GOES]
    lacking = too_little(session, willing, partner)
    reasons |= dict.fromkeys(lacking, TOO_LITTLE)
    able = [one for one in willing if one.id not in lacking]
    return Chosen(tuple(able[: agreement.cap]), max(0, len(able) - agreement.cap), reasons)


def too_little(session: Session, persons: Sequence[Person], partner: str) -> dict[str, tuple[str, ...]]:
    """Return what is missing (keys of MISSING) for those of `persons` of whom too little is known to be compared."""
    families = families_of(session, persons, partner)
    lacking = {}
    for person in persons:
        family = [one for one in families.get(person.request_id or "", ()) if one.id != person.id]
        if wanted := missing(person, family):
            lacking[person.id] = wanted
    return lacking


def read_cases(actor: Actor, agreement_id: str, *, reason: str = GOES, page: int = 1) -> CasePage:
    """Return one page of the persons who go, or who do not for `reason`; an audited read.

    Children are counted and listed only for staff cleared for them. Raises NotAllowed, NotFound or NotAParty.
    """
    require(actor, "exchange.select")
    # Thousands of names are encoded to see who has enough to compare: that is done without the lock of a write.
    with Look(actor) as look:
        row, agreement, partner = _terms(look.session, actor, agreement_id)
        chosen = choose(look.session, actor.society_id, agreement, partner)
        shown = _shown(look.session, actor, chosen, reason)
        page, pages = page_within(page, len(shown), PAGE)
        some = shown[(page - 1) * PAGE : page * PAGE]
        lacking = too_little(look.session, some, partner) if reason == TOO_LITTLE else {}
        found = CasePage(
            lines=tuple(_line(look.session, one, reason, lacking.get(one.id, ())) for one in some),
            reason=reason,
            counts=_counts(look.session, actor, chosen),
            partner=agreement.partner_of(own_identity(look.session, actor.society_id).public.digest).name,
            going=len(chosen.going),
            short=max(0, agreement.minimum - len(chosen.going)),
            waiting=chosen.waiting,
            seal=chosen.seal,
            page=page,
            pages=pages,
        )
        subject = row.id
    with Unit(actor) as unit:
        unit.record("exchange:cases_listed", subject, reason=reason, page=page)
    return found


def leave_out(actor: Actor, agreement_id: str, person_id: str, reason: str) -> None:
    """Never send this person to the partner of an agreement; `reason` is a key of EXCLUSIONS.

    Raises NotAllowed, NotFound, NotAParty, or FieldError for `reason`.
    """
    with Unit(actor) as unit:
        _, _, partner = _terms(unit.session, actor, agreement_id)
        person = fetch(unit.session, actor, "exchange.select", Person, person_id)
        if reason not in EXCLUSIONS:
            raise FieldError("reason", REASON_MISSING)
        known = unit.session.get(ExchangeExclusion, (person.id, partner))
        if known is None:
            known = ExchangeExclusion(person_id=person.id, partner=partner, society_id=actor.society_id)
            unit.session.add(known)
        known.reason, known.made_by, known.made_at = reason, actor.id, unit.at
        unit.record("exchange:case_left_out", person.id, partner=partner[:16], reason=reason)


def take_back(actor: Actor, agreement_id: str, person_id: str) -> None:
    """Let a person who was left out go again, if nothing else forbids it; raises NotAllowed, NotFound or NotAParty."""
    with Unit(actor) as unit:
        _, _, partner = _terms(unit.session, actor, agreement_id)
        person = fetch(unit.session, actor, "exchange.select", Person, person_id)
        known = unit.session.get(ExchangeExclusion, (person.id, partner))
        if known is not None:
            unit.session.delete(known)
        unit.record("exchange:case_taken_back", person.id, partner=partner[:16])


def _terms(session: Session, actor: Actor, agreement_id: str) -> tuple[ExchangeAgreement, Agreement, str]:
    """Return an agreement of the actor's society and the digest of its partner."""
    row = fetch(session, actor, "exchange.read", ExchangeAgreement, agreement_id)
    agreement = opened(row)
    own = own_identity(session, actor.society_id).public.digest
    return row, agreement, agreement.partner_of(own).digest


def _shown(session: Session, actor: Actor, chosen: Chosen, reason: str) -> list[Person]:
    if reason == GOES:
        found = list(chosen.going)
    else:
        ids = [person_id for person_id, why in chosen.reasons.items() if why == reason]
        found = [session.get_one(Person, one) for one in ids]
    return [one for one in found if actor.minors_cleared or not one.is_minor]


def _counts(session: Session, actor: Actor, chosen: Chosen) -> Counter[str]:
    seen = (one for one in chosen.reasons if actor.minors_cleared or not session.get_one(Person, one).is_minor)
    counts = Counter(chosen.reasons[one] for one in seen)
    counts[GOES] = len(chosen.going)
    return counts


def _line(session: Session, person: Person, reason: str, wanted: tuple[str, ...]) -> CaseLine:
    request = session.get(TracingRequest, person.request_id) if person.request_id else None
    name = Identity.from_dict(person.identity or {}).display_name()
    number = (request.number if request else person.number) or ""
    return CaseLine(person.id, person.request_id, person.kind, number, name, reason, wanted)
