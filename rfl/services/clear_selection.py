"""Who of the own registered persons goes on a list with names for one partner, and who does not and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.clear_lists import IN, RECEIVED_ELSEWHERE
from rfl.domain.exchange import GOES, TOO_LITTLE
from rfl.domain.exports import REGISTERED
from rfl.domain.persons import Identity
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.clear_letters import PURPOSE, Snapshot
from rfl.exchange.rounds.agreement import Agreement
from rfl.exchange.rounds.refusals import AgreementRefused
from rfl.models.clear_lists import ClearList, ClearRow
from rfl.models.exchange import ExchangeAgreement
from rfl.models.persons import Consent, Person
from rfl.services.exchange_agreements import in_force
from rfl.services.exchange_eligibility import AT_ONCE, judge
from rfl.services.exchange_parties import own_identity
from rfl.services.exchange_selection import CaseLine, Chosen
from rfl.services.paging import page_within
from rfl.services.scope import fetch
from rfl.services.unit import Look, Unit

__all__ = ["AgreementRefused", "NamesNotAgreed", "NamesPage", "allowed", "choose", "no_longer", "read_names"]

PAGE = 50  # persons on one page


class NamesNotAgreed(AgreementRefused):
    """The three have not signed that names may be passed."""

    code = "names-not-agreed"
    message = N_(
        "This agreement does not allow lists with names. That takes a new version of it that names the legal basis and "
        "is signed by all."
    )


@dataclass(frozen=True)
class NamesPage:
    """One page of the persons with one reason; `counts` by reason, `seal` names exactly who goes."""

    lines: tuple[CaseLine, ...]
    reason: str
    counts: Mapping[str, int]
    number: str
    partner: str
    legal_basis: str
    going: int
    waiting: int
    seal: str
    page: int
    pages: int


def allowed(session: Session, row: ExchangeAgreement, look: Look | Unit) -> tuple[Agreement, str]:
    """Return an agreement under which names may be passed now, and the digest of the other society.

    Raises NamesNotAgreed, NotAParty for the hub, or what `in_force` raises.
    """
    agreement = in_force(session, row, look.at)
    partner = agreement.partner_of(own_identity(session, row.society_id).public.digest).digest
    if not agreement.clear_lists:
        raise NamesNotAgreed
    return agreement, partner


def choose(session: Session, society_id: str, agreement: Agreement, partner: str) -> Chosen:
    """Judge every registered person of a society; no more than the agreed cap go, oldest first."""
    mine = select(Person).where(
        Person.society_id == society_id,
        Person.kind == REGISTERED,
        Person._identity.is_not(None),  # noqa: SLF001 - the sealed column itself
    )
    persons = session.scalars(mine.order_by(Person.created_at, Person.id)).all()
    reasons = judge(session, persons, partner, PURPOSE)
    reasons |= dict.fromkeys(_received(session, society_id) & reasons.keys(), RECEIVED_ELSEWHERE)
    for person in persons:
        if reasons[person.id] == GOES and not Identity.from_dict(person.identity or {}).display_name():
            reasons[person.id] = TOO_LITTLE
    able = [one for one in persons if reasons[one.id] == GOES]
    return Chosen(tuple(able[: agreement.cap]), max(0, len(able) - agreement.cap), reasons)


def no_longer(session: Session, persons: Sequence[Person], partner: str) -> set[str]:
    """Return the ids of those of `persons` who would not be sent to a partner (digest) today."""
    return {one for one, reason in judge(session, persons, partner, PURPOSE).items() if reason != GOES}


def _received(session: Session, society_id: str) -> set[str]:
    """Return the persons that came with a list of another society: it alone may pass them on."""
    came = select(ClearRow.person_id).join(ClearList, ClearList.id == ClearRow.list_id)
    mine = ClearRow.society_id == society_id, ClearList.direction == IN, ClearRow.person_id.is_not(None)
    return set(session.scalars(came.where(*mine)))


def read_names(actor: Actor, agreement_id: str, *, reason: str = GOES, page: int = 1) -> NamesPage:
    """Return one page of the persons who go, or who do not for `reason`; an audited read.

    Children are counted and listed only for staff cleared for them. Raises NotAllowed, NotFound or as `allowed` does.
    """
    with Look(actor) as look:
        row = fetch(look.session, actor, "clear_list.send", ExchangeAgreement, agreement_id)
        agreement, partner = allowed(look.session, row, look)
        chosen = choose(look.session, actor.society_id, agreement, partner)
        people = {one: look.session.get_one(Person, one) for one in chosen.reasons}
        seen = {one for one, person in people.items() if actor.minors_cleared or not person.is_minor}
        counts = Counter(chosen.reasons[one] for one in seen)
        counts[GOES] = len(chosen.going)
        same = [people[one] for one, why in chosen.reasons.items() if why == reason and one in seen]
        shown = list(chosen.going) if reason == GOES else same
        page, pages = page_within(page, len(shown), PAGE)
        found = NamesPage(
            lines=tuple(_line(one, reason) for one in shown[(page - 1) * PAGE : page * PAGE]),
            reason=reason,
            counts=counts,
            number=row.number,
            partner=next(one.name for one in agreement.parties if one.digest == partner),
            legal_basis=agreement.clear_lists,
            going=len(chosen.going),
            waiting=chosen.waiting,
            seal=chosen.seal,
            page=page,
            pages=pages,
        )
    with Unit(actor) as unit:
        unit.record("exchange:names_listed", agreement_id, reason=reason, page=page)
    return found


def _line(person: Person, reason: str) -> CaseLine:
    name = Identity.from_dict(person.identity or {}).display_name()
    return CaseLine(person.id, None, person.kind, person.number or "", name, reason, ())


def snapshots_of(
    session: Session, persons: Sequence[Person], refs: Mapping[str, str], agreement: Agreement
) -> dict[str, Snapshot]:
    """Return the newest answer of each person as it is sent, by the id of the person; `refs` are record numbers."""
    newest: dict[str, Consent] = {}
    for start in range(0, len(persons), AT_ONCE):
        some = [one.id for one in persons[start : start + AT_ONCE]]
        answers = select(Consent).where(Consent.person_id.in_(some), Consent.purpose == PURPOSE)
        newest |= {one.person_id: one for one in session.scalars(answers.order_by(Consent.recorded_at, Consent.id))}
    last = (agreement.valid_until - timedelta(seconds=1)).date()
    return {one.id: _snapshot(one, newest[one.id], refs[one.id], last) for one in persons}


def _snapshot(person: Person, answer: Consent, ref: str, last: date) -> Snapshot:
    return Snapshot(
        ref=ref,
        purpose=PURPOSE,
        basis=answer.basis,
        evidence=answer.evidence,
        speaker=answer.speaker,
        notice=answer.notice_version,
        language=answer.language,
        on=answer.on.isoformat(),
        until=min(person.expires_on or last, last).isoformat(),
    )
