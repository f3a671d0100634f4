"""Societies and their users: who works where, in which roles."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from rfl.domain.clock import UTC_ZONE
from rfl.domain.errors import FieldError
from rfl.domain.ids import new_id
from rfl.domain.roles import ROLES, Actor, Role
from rfl.domain.text import N_
from rfl.models.accounts import Society, User
from rfl.models.sealed import keyring
from rfl.security.passwords import Passwords
from rfl.services.scope import fetch, require
from rfl.services.sign_in import plain_name, revoke_sessions
from rfl.services.societies import TIME_ZONE, checked_zone
from rfl.services.unit import SYSTEM, Look, Unit

CODE = re.compile(r"[A-Z]{2,8}")
# Sign-in names are plain ASCII, so that no look-alike letter can pose as a colleague.
SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,99}")

CODE_SHAPE = N_("The code begins every case number: 2 to 8 capital letters, such as VAL.")
CODE_TAKEN = N_("Another society uses this code. Choose another one.")
CODE_UNKNOWN = N_("There is no society with the code %(code)s. Create it first.")
NAME_SHAPE = N_("Use at least 3 of the letters a-z, digits, dot, hyphen, underscore or @, such as amina.yusuf.")
NAME_TAKEN = N_("Somebody has this sign-in name already. Choose another one.")
NAME_MISSING = N_("Write the name that colleagues know this person by.")
ROLE_MISSING = N_("Choose at least one role.")
OLD_PASSWORD_WRONG = N_("This is not your present password. Type it again.")


@dataclass(frozen=True)
class UserCard:
    """A user as an administrator sees them."""

    id: str
    sign_in_name: str
    display_name: str
    roles: tuple[str, ...]
    minors_cleared: bool
    language: str
    active: bool
    version: int


def create_society(
    actor: Actor, *, code: str, name: str, country: str = "", time_zone: str = UTC_ZONE, demo: bool = False
) -> str:
    """Create a society with its first key and return its id; raises FieldError."""
    held = {TIME_ZONE: checked_zone(time_zone)}
    if not CODE.fullmatch(code):
        raise FieldError("code", CODE_SHAPE)
    with Unit(actor) as unit:
        if unit.session.scalar(select(Society.id).where(Society.code == code)):
            raise FieldError("code", CODE_TAKEN)
        society = Society(id=new_id(), code=code, name=name, country=country, demo=demo, created_at=unit.at)
        society.settings = held
        keyring().add_society(society.id)
        unit.session.add(society)
        unit.record("society:created", society.id)
    return society.id


def list_societies() -> list[tuple[str, str, str]]:
    """Return (code, name, id) of every society, by code."""
    with Look(SYSTEM) as look:
        rows = look.session.scalars(select(Society).order_by(Society.code))
        return [(row.code, row.name, row.id) for row in rows]


def society_by_code(code: str) -> str:
    """Return the id of the society with this code; raises FieldError."""
    for known, _, society_id in list_societies():
        if known == code:
            return society_id
    raise FieldError("society", CODE_UNKNOWN, code=code)


def create_user(  # noqa: PLR0913 - one form, saved as a whole
    actor: Actor,
    society_id: str,
    *,
    sign_in_name: str,
    display_name: str,
    roles: Iterable[str],
    passwords: Passwords,
    password: str | None = None,
    minors_cleared: bool = False,
    language: str = "en",
) -> tuple[str, str]:
    """Create a user and return (id, first password).

    Without `password` a random one is made, which the user must change. Raises FieldError.
    """
    first = password or secrets.token_urlsafe(12)
    with Unit(actor) as unit:
        user = User(
            id=new_id(),
            society_id=society_id,
            sign_in_name=_free_name(unit, sign_in_name),
            display_name=_shown_name(display_name),
            password_hash=passwords.hash(first),
            roles=_known_roles(roles),
            minors_cleared=minors_cleared,
            language=language,
            must_change_password=password is None,
            created_at=unit.at,
        )
        unit.session.add(user)
        unit.record("user:created", user.id, society=society_id)
    return user.id, first


def list_users(actor: Actor) -> list[UserCard]:
    """Return all users of the actor's society, by name."""
    require(actor, "user.manage")
    with Look(actor) as look:
        rows = look.session.scalars(
            select(User).where(User.society_id == actor.society_id).order_by(User.display_name, User.id)
        )
        return [_card(user) for user in rows]


def add_user(actor: Actor, *, passwords: Passwords, **facts: object) -> tuple[str, str]:
    """Create a user of the actor's own society; see `create_user`."""
    require(actor, "user.manage")
    return create_user(actor, actor.society_id, passwords=passwords, **facts)  # type: ignore[arg-type]  # same keywords


def read_user(actor: Actor, user_id: str) -> UserCard:
    """Return one user of the actor's society; raises NotFound."""
    with Look(actor) as look:
        return _card(fetch(look.session, actor, "user.manage", User, user_id))


def change_user(
    actor: Actor,
    user_id: str,
    *,
    display_name: str,
    roles: Iterable[str],
    minors_cleared: bool,
    language: str,
    active: bool,
) -> None:
    """Change a user; roles count from the next request on, and a disabled user is signed out at once."""
    with Unit(actor) as unit:
        user = fetch(unit.session, actor, "user.manage", User, user_id, lock=True)
        user.display_name = _shown_name(display_name)
        user.roles = _known_roles(roles)
        user.minors_cleared, user.language, user.active = minors_cleared, language, active
        if not active:
            revoke_sessions(unit, user.id)
        unit.record("user:changed", user.id, roles=",".join(user.roles), active=active, minors=minors_cleared)


def reset_password(actor: Actor, user_id: str, *, passwords: Passwords) -> str:
    """Give a user a new random password to be changed at next sign-in, and end all their sessions."""
    first = secrets.token_urlsafe(12)
    hashed = passwords.hash(first)
    with Unit(actor) as unit:
        user = fetch(unit.session, actor, "user.manage", User, user_id, lock=True)
        user.password_hash, user.must_change_password = hashed, True
        revoke_sessions(unit, user.id)
        unit.record("user:password_reset", user.id)
    return first


def change_own_password(actor: Actor, *, old: str, new: str, keep: str, passwords: Passwords) -> None:
    """Change the actor's password and end their other sessions (`keep` is this one's token hash)."""
    with Look(actor) as look:
        stored = look.session.get_one(User, actor.id).password_hash
    if not passwords.check(stored, old):
        raise FieldError("old", OLD_PASSWORD_WRONG)
    hashed = passwords.hash(new)
    with Unit(actor) as unit:
        user = unit.session.get_one(User, actor.id)
        user.password_hash, user.must_change_password = hashed, False
        revoke_sessions(unit, actor.id, keep=keep)
        unit.record("user:password_changed", actor.id)


def choose_language(actor: Actor, language: str) -> None:
    """Remember the language the actor works in."""
    with Unit(actor) as unit:
        unit.session.get_one(User, actor.id).language = language
        unit.record("user:language_chosen", actor.id, language=language)


def _free_name(unit: Unit, sign_in_name: str) -> str:
    name = plain_name(sign_in_name)
    if not SIGN_IN_NAME.fullmatch(name):
        raise FieldError("sign_in_name", NAME_SHAPE)
    if unit.session.scalar(select(User.id).where(User.sign_in_name == name)):
        raise FieldError("sign_in_name", NAME_TAKEN)
    return name


def _shown_name(display_name: str) -> str:
    if not display_name.strip():
        raise FieldError("display_name", NAME_MISSING)
    return display_name.strip()[:200]


def _known_roles(roles: Iterable[str]) -> list[str]:
    known = sorted({Role(role).value for role in roles if role in set(ROLES)})
    if not known:
        raise FieldError("roles", ROLE_MISSING)
    return known


def _card(user: User) -> UserCard:
    return UserCard(
        user.id,
        user.sign_in_name,
        user.display_name,
        tuple(user.roles),
        user.minors_cleared,
        user.language,
        user.active,
        user.version,
    )
