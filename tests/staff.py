"""Invented societies with one member of staff per role, and the settings of a test instance."""

from dataclasses import dataclass, field
from pathlib import Path

from flask.testing import FlaskClient

from rfl.domain.roles import Actor, Role
from rfl.security.passwords import Passwords
from rfl.services import accounts
from rfl.services.unit import SYSTEM
from rfl.web.config import Settings

PASSWORD = "a long enough sentence"


def settings_for(url: str, folder: Path) -> Settings:
    return Settings(
        instance=folder,
        database_url=url,
        key_folder=folder / "keys",
        secure_cookies=False,
        cheap_passwords=True,
        testing=True,
    )


class Browser(FlaskClient):
    """A browser without scripts whose every request has a context of its own, as in the real server.

    Tests hold an app context open for the services they call; a request inside it would share what is
    remembered per request, such as the signed-in user.
    """

    def open(self, *args, **kwargs):
        with self.application.app_context():
            return super().open(*args, **kwargs)


@dataclass
class Staff:
    """One society and its staff, as actors and by sign-in name."""

    id: str
    code: str
    actors: dict[str, Actor] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, role: str) -> Actor:
        """The member of staff; raises AttributeError where there is none, as whoever copies a society expects."""
        try:
            return self.__dict__["actors"][role]
        except KeyError:
            raise AttributeError(role) from None


def hire(society: Staff, key: str, roles: list[str], *, minors: bool = True) -> None:
    name = f"{key}.{society.code.lower()}"
    user_id, _ = accounts.create_user(
        SYSTEM,
        society.id,
        sign_in_name=name,
        display_name=f"{key.title()} of {society.code}",
        roles=roles,
        passwords=Passwords(cheap=True),
        password=PASSWORD,
        minors_cleared=minors,
    )
    society.actors[key] = Actor(user_id, society.id, frozenset(roles), key, minors_cleared=minors)
    society.names[key] = name


def found(code: str) -> Staff:
    society = Staff(accounts.create_society(SYSTEM, code=code, name=f"Society {code}"), code)
    for key, role in (
        ("caseworker", Role.CASEWORKER),
        ("officer", Role.OFFICER),
        ("second_officer", Role.OFFICER),
        ("administrator", Role.ADMINISTRATOR),
        ("protection", Role.PROTECTION),
        ("volunteer", Role.VOLUNTEER),
    ):
        hire(society, key, [role])
    hire(society, "uncleared", [Role.CASEWORKER, Role.OFFICER], minors=False)
    return society
