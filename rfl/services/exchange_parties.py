"""Who takes part in encoded exchange: the own society with its keys, and partners whose keys two people confirmed.

The file with a partner's keys may have been replaced on its way. So its fingerprint is shown to nobody here before a
second person has typed what the partner read aloud, and the two are the same.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rfl.domain.errors import FieldError, RuleBroken
from rfl.domain.exchange import CONFIRMED, ENDED, HEARD, WAITING
from rfl.domain.ids import new_id
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.exchange.rounds.identity import Identity, PublicIdentity, fingerprint, fingerprint_of
from rfl.exchange.rounds.refusals import IdentityUnusable
from rfl.models.accounts import Society, User
from rfl.models.exchange import ExchangeIdentity, ExchangePartner
from rfl.services.scope import fetch, require
from rfl.services.unit import Look, Unit

HEARD_MISSING = N_("Choose how you heard the fingerprint.")
NOT_THE_SAME = N_(
    "This is not the fingerprint of the file. Let it be read to you again; if it still differs, the file was replaced "
    "on its way: end this entry and ask for the file over another way."
)


class NoIdentity(RuleBroken):
    """Exchange needs keys."""

    message = N_("This society has no keys for exchange yet. A society administrator makes them on the Exchange page.")


class IdentityExists(RuleBroken):
    """Keys are made once: partners have confirmed the old ones."""

    message = N_("This society has keys already. Partners have confirmed them, so they are not made again.")


class NameUnusable(RuleBroken):
    """The name of the society cannot stand in an identity."""

    message = N_(
        "The code or the name of this society is too long for an identity file. Ask whoever runs this program."
    )


class OwnFile(RuleBroken):
    """A society is not its own partner."""

    message = N_("This is the identity file of your own society. Load the one that your partner sent.")
    status = 422


class AlreadyReceived(RuleBroken):
    """The same keys are in the list."""

    message = N_("These keys are in your list of partners already.")


class SecondPersonNeeded(RuleBroken):
    """Whoever loaded the file does not confirm it."""

    message = N_("You loaded this file yourself. A second person of your society must compare the fingerprint.")
    status = 403


class CodeInUse(RuleBroken):
    """Consents name a society by its code: one code is one society."""

    message = N_(
        "Another partner with the code %(code)s is confirmed here. If these are its new keys, end the trust in the old "
        "ones first; if it is another society, it needs another code."
    )


class NotWaiting(RuleBroken):
    """Only keys that wait for a comparison can be confirmed."""

    message = N_("These keys are not waiting to be compared. Look at the list of partners again.")


@dataclass(frozen=True)
class OwnCard:
    """The own keys, as they may be shown to anybody."""

    code: str
    name: str
    fingerprint: str
    created_at: datetime


@dataclass(frozen=True)
class PartnerCard:
    """A partner as its page shows it; `fingerprint` is empty until somebody has typed what was heard."""

    id: str
    code: str
    name: str
    state: str
    fingerprint: str
    heard: str
    received_by: str
    received_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    mine: bool  # the reader loaded the file


def make_identity(actor: Actor) -> None:
    """Make the keys of the actor's society, once; raises NotAllowed, IdentityExists or NameUnusable."""
    require(actor, "exchange.keys")
    with Unit(actor) as unit:
        society = unit.session.get_one(Society, actor.society_id, with_for_update={"key_share": True})
        if _own_row(unit.session, actor.society_id) is not None:
            raise IdentityExists
        try:
            made = Identity.generate(society.code, unicodedata.normalize("NFC", society.name.strip()))
        except IdentityUnusable:
            raise NameUnusable from None
        row = ExchangeIdentity(
            id=new_id(),
            society_id=actor.society_id,
            digest=made.public.digest,
            public=made.public.to_bytes().decode(),
            created_at=unit.at,
            created_by=actor.id,
        )
        row.private = made.to_bytes().decode()
        unit.session.add(row)
        unit.record("exchange:identity_made", row.id)


def read_own(actor: Actor) -> OwnCard | None:
    """Return the own keys, None where there are none yet; raises NotAllowed."""
    require(actor, "exchange.read")
    with Look(actor) as look:
        row = _own_row(look.session, actor.society_id)
        if row is None:
            return None
        public = PublicIdentity.from_bytes(row.public.encode())
        return OwnCard(public.code, public.name, fingerprint(public), row.created_at)


def identity_file(actor: Actor) -> bytes:
    """Return the file that partners are given; raises NotAllowed or NoIdentity."""
    require(actor, "exchange.read")
    with Unit(actor) as unit:
        row = _own_row(unit.session, actor.society_id)
        if row is None:
            raise NoIdentity
        unit.record("exchange:identity_given", row.id)
        return row.public.encode()


def receive_partner(actor: Actor, data: bytes) -> str:
    """Keep the identity file of a partner until a second person compares it; returns the id of the entry.

    Keys that were ended wait again. Raises NotAllowed, IdentityUnusable, OwnFile or AlreadyReceived.
    """
    require(actor, "exchange.partners")
    public = PublicIdentity.from_bytes(data.strip())  # mail programs and editors end a file with a line end
    public.recipient_key()
    with Unit(actor) as unit:
        own = _own_row(unit.session, actor.society_id)
        if own is not None and own.digest == public.digest:
            raise OwnFile
        row = _partner_row(unit.session, actor.society_id, public.digest)
        if row is None:
            row = ExchangePartner(id=new_id(), society_id=actor.society_id, digest=public.digest)
            unit.session.add(row)
        elif row.ended_at is None:
            raise AlreadyReceived
        row.code, row.name, row.public = public.code, public.name, public.to_bytes().decode()
        row.received_by, row.received_at = actor.id, unit.at
        row.confirmed_by = row.confirmed_at = row.ended_by = row.ended_at = None
        row.heard = ""
        unit.record("exchange:partner_received", row.id)
    return row.id


def confirm_partner(actor: Actor, partner_id: str, *, heard: str, typed: str) -> None:
    """Confirm the keys of a partner with the fingerprint `typed` as it was read aloud; `heard` is a key of HEARD.

    A fingerprint that differs leaves an entry in the trace. Raises NotAllowed, NotFound, NotWaiting, CodeInUse,
    SecondPersonNeeded, or FieldError for `heard` or `typed`.
    """
    if heard not in HEARD:
        raise FieldError("heard", HEARD_MISSING)
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "exchange.partners", ExchangePartner, partner_id, lock=True)
        if state_of(row) != WAITING:
            raise NotWaiting
        if row.received_by == actor.id:
            raise SecondPersonNeeded
        if any(public.code == row.code for public in pinned(unit.session, actor.society_id)):
            raise CodeInUse(code=row.code)
        same = _digits(typed) == _digits(fingerprint_of(row.digest))
        if same:
            row.confirmed_by, row.confirmed_at, row.heard = actor.id, unit.at, heard
        unit.record("exchange:partner_confirmed" if same else "exchange:partner_differs", row.id, heard=heard)
    if not same:
        raise FieldError("typed", NOT_THE_SAME)


def end_partner(actor: Actor, partner_id: str) -> None:
    """Trust the keys of a partner no longer: nothing is sent or taken any more. Raises NotAllowed or NotFound."""
    with Unit(actor) as unit:
        row = fetch(unit.session, actor, "exchange.partners", ExchangePartner, partner_id, lock=True)
        if row.ended_at is None:
            row.ended_by, row.ended_at = actor.id, unit.at
        unit.record("exchange:partner_ended", row.id)


def list_partners(actor: Actor) -> list[PartnerCard]:
    """Return the partners of the actor's society by name; raises NotAllowed."""
    require(actor, "exchange.read")
    with Look(actor) as look:
        mine = select(ExchangePartner).where(ExchangePartner.society_id == actor.society_id)
        rows = look.session.scalars(mine.order_by(ExchangePartner.name, ExchangePartner.id)).all()
        return [_card(look.session, actor, row) for row in rows]


def read_partner(actor: Actor, partner_id: str) -> PartnerCard:
    """Return one partner; raises NotAllowed or NotFound."""
    with Look(actor) as look:
        return _card(look.session, actor, fetch(look.session, actor, "exchange.read", ExchangePartner, partner_id))


def own_identity(session: Session, society_id: str) -> Identity:
    """Return the own keys, opened, for a service that signs or opens; raises NoIdentity."""
    row = _own_row(session, society_id)
    if row is None:
        raise NoIdentity
    return Identity.from_bytes(row.private.encode())


def pinned(session: Session, society_id: str) -> list[PublicIdentity]:
    """Return the own public keys and those of all confirmed partners."""
    own = _own_row(session, society_id)
    confirmed = select(ExchangePartner.public).where(
        ExchangePartner.society_id == society_id,
        ExchangePartner.confirmed_at.is_not(None),
        ExchangePartner.ended_at.is_(None),
    )
    texts = [*([own.public] if own is not None else []), *session.scalars(confirmed)]
    return [PublicIdentity.from_bytes(text.encode()) for text in texts]


def _own_row(session: Session, society_id: str) -> ExchangeIdentity | None:
    return session.scalar(select(ExchangeIdentity).where(ExchangeIdentity.society_id == society_id))


def _partner_row(session: Session, society_id: str, digest: str) -> ExchangePartner | None:
    same = ExchangePartner.society_id == society_id, ExchangePartner.digest == digest
    return session.scalar(select(ExchangePartner).where(*same))


def state_of(row: ExchangePartner) -> str:
    """Return where a partner stands: a key of PARTNER_STATES."""
    if row.ended_at is not None:
        return ENDED
    return WAITING if row.confirmed_at is None else CONFIRMED


def _card(session: Session, actor: Actor, row: ExchangePartner) -> PartnerCard:
    people = select(User.id, User.display_name).where(User.id.in_([row.received_by, row.confirmed_by or ""]))
    names: dict[str, str] = dict(session.execute(people).all())
    return PartnerCard(
        row.id,
        row.code,
        row.name,
        state_of(row),
        fingerprint_of(row.digest) if row.confirmed_at is not None else "",
        row.heard,
        names.get(row.received_by, ""),
        row.received_at,
        names.get(row.confirmed_by or "", ""),
        row.confirmed_at,
        row.received_by == actor.id,
    )


def _digits(text: str) -> str:
    """Return the digits of a typed fingerprint, in whatever script they were typed."""
    return "".join(str(unicodedata.digit(letter)) for letter in re.sub(r"\D", "", text))
