"""Signing in and out: server-side session rows with idle and absolute limits, revocable at any moment.

Guessing is slowed down by name, known or unknown alike, and the answer never says which part was wrong.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from rfl.domain.clock import now
from rfl.domain.errors import RuleBroken
from rfl.domain.roles import Actor
from rfl.domain.text import N_
from rfl.models.accounts import SignIn, SignInAttempt, Society, User
from rfl.models.sealed import keyring
from rfl.security.passwords import Passwords
from rfl.services.societies import zone_of
from rfl.services.unit import SYSTEM, Chore, Look, Unit

IDLE_LIMIT = timedelta(minutes=30)  # shared desks in field offices; an interview's autosave counts as use
ABSOLUTE_LIMIT = timedelta(hours=12)  # one long working day
SEEN_EVERY = timedelta(minutes=1)  # how exactly "last seen" is kept; saves a write on most requests
FREE_FAILURES = 5  # mistyping is human
LONGEST_BLOCK = timedelta(minutes=15)  # longer blocks would let anybody lock staff out
FORGET_FAILURES = timedelta(hours=12)


class SignInRefused(RuleBroken):
    """The name, the password, or both are wrong, or the account is not active."""

    message = N_("This name and password do not fit. Check both, or ask your society administrator.")
    status = 422


class SignInBlocked(RuleBroken):
    """Too many failed attempts for this name."""

    message = N_("Too many attempts for this name. Wait %(minutes)s minutes, then try again.")
    status = 429


class NobodyNamed(RuleBroken):
    """A command acts in the name of a member of staff."""

    message = N_("Nobody with this sign-in name may sign in. `flask rfl user create` makes users.")


@dataclass(frozen=True)
class SignedIn:
    """The user behind a session: what pages need to know about who looks."""

    token_hash: str
    actor: Actor
    sign_in_name: str
    society_code: str
    society_name: str
    demo: bool
    must_change_password: bool


def plain_name(sign_in_name: str) -> str:
    """Return the one form in which a sign-in name is kept and compared."""
    return unicodedata.normalize("NFKC", sign_in_name).strip().casefold()[:100]


def sign_in(sign_in_name: str, password: str, *, passwords: Passwords, demo: bool = False) -> str:
    """Open a session and return its token; raises SignInRefused or SignInBlocked (both are in the audit).

    Accounts of demo societies, whose password is public, exist only where `demo` is on.
    """
    name = plain_name(sign_in_name)
    name_hash = keyring().fingerprint(b"sign-in:" + name.encode())
    with Look(SYSTEM) as look:
        _check_block(look.session, name_hash, look.at)
        known = select(User).join(Society).where(User.sign_in_name == name, User.active)
        user = look.session.scalar(known if demo else known.where(~Society.demo))
        stored, actor = None, SYSTEM
        if user:
            stored, actor = user.password_hash, acting(user, look.session.get_one(Society, user.society_id))
    # Outside any transaction: hashing takes a noticeable time on purpose.
    if not passwords.check(stored, password):
        with Unit(SYSTEM) as unit:
            _count_failure(unit, name_hash)
            unit.record("sign_in:refused", name_hash[:32])
        raise SignInRefused
    token = secrets.token_urlsafe(32)
    with Unit(actor) as unit:
        unit.session.execute(delete(SignInAttempt).where(SignInAttempt.name_hash == name_hash))
        unit.session.add(SignIn(id=_hash(token), user_id=actor.id, created_at=unit.at, seen_at=unit.at))
        unit.record("sign_in:opened", actor.id)
    return token


def resolve(token: str) -> SignedIn | None:
    """Return who is behind `token`, or None if the session ended, was revoked or belongs to nobody active."""
    with Look(SYSTEM) as look:
        row = look.session.get(SignIn, _hash(token))
        if row is None or row.revoked_at is not None:
            return None
        if look.at - row.seen_at > IDLE_LIMIT or look.at - row.created_at > ABSOLUTE_LIMIT:
            return None
        user = look.session.get_one(User, row.user_id)
        if not user.active:
            return None
        society = look.session.get_one(Society, user.society_id)
        signed_in = SignedIn(
            row.id,
            acting(user, society),
            user.sign_in_name,
            society.code,
            society.name,
            society.demo,
            user.must_change_password,
        )
        stale = look.at - row.seen_at > SEEN_EVERY
    if stale:
        _seen(signed_in.token_hash)
    return signed_in


def sign_out(who: SignedIn) -> None:
    """End this session."""
    with Unit(who.actor) as unit:
        revoke_sessions(unit, who.actor.id, only=who.token_hash)
        unit.record("sign_in:ended", who.actor.id)


def revoke_sessions(unit: Unit, user_id: str, *, only: str | None = None, keep: str | None = None) -> None:
    """Revoke the sessions of a user: all, `only` one, or all but the one to `keep` (token hashes)."""
    rows = update(SignIn).where(SignIn.user_id == user_id, SignIn.revoked_at.is_(None))
    if only is not None:
        rows = rows.where(SignIn.id == only)
    if keep is not None:
        rows = rows.where(SignIn.id != keep)
    unit.session.execute(rows.values(revoked_at=unit.at))


def _seen(token_hash: str) -> None:
    # An update by key that respects a revocation made meanwhile, so that no dead session comes back.
    with Chore(SYSTEM) as chore:
        chore.session.execute(
            update(SignIn).where(SignIn.id == token_hash, SignIn.revoked_at.is_(None)).values(seen_at=chore.at)
        )


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def acting(user: User, society: Society) -> Actor:
    """Return who acts when this user of this society does."""
    return Actor(
        id=user.id,
        society_id=user.society_id,
        roles=frozenset(user.roles),
        name=user.display_name,
        minors_cleared=user.minors_cleared,
        language=user.language,
        time_zone=zone_of(society),
    )


def named_actor(sign_in_name: str) -> Actor:
    """Return the active user with this sign-in name, for commands that act in somebody's name; raises NobodyNamed."""
    with Look(SYSTEM) as look:
        user = look.session.scalar(select(User).where(User.sign_in_name == plain_name(sign_in_name), User.active))
        if user is None:
            raise NobodyNamed
        return acting(user, look.session.get_one(Society, user.society_id))


def _check_block(session: Session, name_hash: str, at: datetime) -> None:
    attempt = session.get(SignInAttempt, name_hash)
    if attempt and attempt.blocked_until and attempt.blocked_until > at:
        minutes = int((attempt.blocked_until - at).total_seconds() // 60) + 1
        raise SignInBlocked(minutes=minutes)


def _count_failure(unit: Unit, name_hash: str) -> None:
    attempt = unit.session.get(SignInAttempt, name_hash)
    if attempt is None:
        attempt = SignInAttempt(name_hash=name_hash, failures=0, last_at=unit.at)
        unit.session.add(attempt)
    if unit.at - attempt.last_at > FORGET_FAILURES:
        attempt.failures = 0
    attempt.failures += 1
    attempt.last_at = now()
    over = attempt.failures - FREE_FAILURES
    if over >= 0:
        # Each further failure doubles the wait.
        attempt.blocked_until = unit.at + min(LONGEST_BLOCK, timedelta(seconds=30 * 2 ** min(over, 10)))
