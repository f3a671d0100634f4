"""The courier: posts what waits for partners with a confirmed address, in its order, again and later when it fails.

Nothing depends on it: a package stays where it is and can be carried by hand, before, after and instead. That a server
answered "taken" makes a package posted; that the partner has it is known only from the partner's next signed letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from ssl import SSLContext

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.exchange_mail import LEASE, wait_after
from rfl.domain.roles import Actor
from rfl.exchange import posting
from rfl.exchange.posting import Address, AddressUnusable, Outcome
from rfl.models.exchange import ExchangePartner
from rfl.models.exchange_mail import ExchangeAddress, ExchangePosting
from rfl.models.exchange_rounds import ExchangeChannel, ExchangePackage
from rfl.services.exchange_handover import SomebodyWithdrew, refuse_withdrawn
from rfl.services.exchange_post import GOOD_FOR
from rfl.services.scope import require
from rfl.services.unit import SYSTEM, Chore, Look, Unit

WITHDREW = "somebody-withdrew"


@dataclass(frozen=True)
class Tried:
    """One package that was tried; `code` says why it is not there."""

    kind: str
    sequence: int
    delivered: bool
    code: str


@dataclass(frozen=True)
class _Channel:
    """What goes from one society to one party under one agreement."""

    society_id: str
    agreement_id: str
    party: str
    address: str


def post_waiting(*, local: bool = False, context: SSLContext | None = None) -> int:
    """Post what is due in all societies; returns how many packages arrived. Meant to run every minute.

    `local` lets addresses of this very machine count, for demonstrations.
    """
    with Look(SYSTEM) as look:
        channels = _channels(look.session)
    return sum(one.delivered for channel in channels for one in _post(channel, local=local, context=context))


def post_now(actor: Actor, *, local: bool = False, context: SSLContext | None = None) -> list[Tried]:
    """Post everything that waits in the actor's society now, also what failed a moment ago; raises NotAllowed."""
    require(actor, "exchange.round")
    with Look(actor) as look:
        channels = [one for one in _channels(look.session) if one.society_id == actor.society_id]
    return [
        one for channel in channels for one in _post(channel, local=local, context=context, actor=actor, at_once=True)
    ]


def _channels(session: Session) -> list[_Channel]:
    """Return every channel to a trusted partner with a confirmed address in which packages are left."""
    found = (
        select(ExchangePackage.society_id, ExchangePackage.agreement_id, ExchangePackage.party, ExchangeAddress.address)
        .join(
            ExchangePartner,
            (ExchangePartner.society_id == ExchangePackage.society_id)
            & (ExchangePartner.digest == ExchangePackage.party),
        )
        .join(ExchangeAddress, ExchangeAddress.partner_id == ExchangePartner.id)
        .where(
            ExchangePackage.data.is_not(None),
            ExchangeAddress.confirmed_at.is_not(None),
            ExchangePartner.confirmed_at.is_not(None),
            ExchangePartner.ended_at.is_(None),
        )
        .distinct()
        .order_by(ExchangePackage.society_id, ExchangePackage.agreement_id, ExchangePackage.party)
    )
    return [_Channel(*row) for row in session.execute(found)]


def _post(
    channel: _Channel,
    *,
    local: bool,
    context: SSLContext | None,
    actor: Actor | None = None,
    at_once: bool = False,
) -> Iterator[Tried]:
    """Post one package after the other until one does not arrive: a later one could not be taken before it."""
    actor = actor or replace(SYSTEM, society_id=channel.society_id)
    while (package_id := _claim(channel, at_once=at_once)) is not None:
        outcome = _try(channel, package_id, local=local, context=context)
        yield _note(actor, package_id, outcome)
        if not outcome.delivered:
            return


def _claim(channel: _Channel, *, at_once: bool) -> str | None:
    """Return the next package of a channel if its time has come; nobody else tries it meanwhile."""
    with Chore(SYSTEM) as chore:
        row = chore.session.get(ExchangeChannel, (channel.agreement_id, channel.party), with_for_update=True)
        waiting = (
            select(ExchangePackage.id, ExchangePosting.next_at)
            .outerjoin(ExchangePosting, ExchangePosting.package_id == ExchangePackage.id)
            .where(
                ExchangePackage.agreement_id == channel.agreement_id,
                ExchangePackage.party == channel.party,
                ExchangePackage.data.is_not(None),
                ExchangePackage.created_at > chore.at - GOOD_FOR,
                ExchangePackage.sequence > (row.seen if row else 0),
                ExchangePosting.posted_at.is_(None),
            )
        )
        found = chore.session.execute(waiting.order_by(ExchangePackage.sequence).limit(1)).first()
        if found is None or (found.next_at is not None and found.next_at > chore.at and not at_once):
            return None
        package_id: str = found.id
        tried = chore.session.get(ExchangePosting, package_id)
        if tried is None:
            tried = ExchangePosting(package_id=package_id, society_id=channel.society_id, tries=0, problem="")
            chore.session.add(tried)
        tried.next_at = chore.at + LEASE
    return package_id


def _try(channel: _Channel, package_id: str, *, local: bool, context: SSLContext | None) -> Outcome:
    with Look(SYSTEM) as look:
        row = look.session.get_one(ExchangePackage, package_id)
        try:
            refuse_withdrawn(look.session, row)
            address = Address.of(channel.address, local=local)
        except SomebodyWithdrew:
            return Outcome(delivered=False, code=WITHDREW)
        except AddressUnusable:  # entered when this was a demonstration
            return Outcome(delivered=False, code="address-not-allowed")
        data = row.data
    if data is None:  # its round ended a moment ago
        return Outcome(delivered=False, code="gone")
    return posting.deliver(address, data, local=local, context=context)


def _note(actor: Actor, package_id: str, outcome: Outcome) -> Tried:
    with Unit(actor) as unit:
        row = unit.session.get_one(ExchangePackage, package_id, with_for_update=True)
        tried = unit.session.get_one(ExchangePosting, package_id, with_for_update=True)
        tried.tries += 1
        tried.problem = "" if outcome.delivered else outcome.code
        tried.next_at = unit.at + wait_after(tried.tries)
        if outcome.delivered:
            tried.posted_at = unit.at
            row.given_at = row.given_at or unit.at
        event = "exchange:package_posted" if outcome.delivered else "exchange:post_failed"
        unit.record(event, row.id, kind=row.kind, sequence=row.sequence, problem=tried.problem, tries=tried.tries)
        return Tried(row.kind, row.sequence, outcome.delivered, outcome.code)
