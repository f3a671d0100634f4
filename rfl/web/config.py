"""Settings: from the environment, with defaults that run without any."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

MEBIBYTE = 1024 * 1024
ON = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True)
class Settings:
    """What the program needs to know of the place it runs in; every variable is described in docs/running.md."""

    instance: Path
    database_url: str
    key_folder: Path
    secure_cookies: bool = True
    cheap_passwords: bool = False  # tests only: argon2 with the smallest costs
    testing: bool = False
    demo: bool = False  # lets the accounts of demo societies sign in
    hosts: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read `RFL_INSTANCE`, `DATABASE_URL`, `RFL_KEY_FOLDER`, `RFL_INSECURE_HTTP`, `RFL_HOSTS`, `RFL_DEMO`."""
        instance = Path(environ.get("RFL_INSTANCE", "instance")).resolve()
        default = f"sqlite:///{instance / 'rfl.sqlite'}"
        return cls(
            instance=instance,
            database_url=with_driver(environ.get("DATABASE_URL") or default),
            key_folder=Path(environ.get("RFL_KEY_FOLDER") or instance / "keys"),
            secure_cookies=environ.get("RFL_INSECURE_HTTP", "").lower() not in ON,
            demo=environ.get("RFL_DEMO", "").lower() in ON,
            hosts=tuple(host for host in environ.get("RFL_HOSTS", "").split(",") if host),
        )

    def for_flask(self) -> dict[str, object]:
        """Return the settings under the names that Flask and its extensions know."""
        return {
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True},
            "SESSION_COOKIE_NAME": "rfl",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "MAX_CONTENT_LENGTH": 33 * MEBIBYTE,  # one import file of 32 MiB and the form around it
            "MAX_FORM_MEMORY_SIZE": 2 * MEBIBYTE,
            "MAX_FORM_PARTS": 2000,
            "TRUSTED_HOSTS": list(self.hosts) or None,
            "TESTING": self.testing,
            "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a long interview must not end in an error
            "BABEL_TRANSLATION_DIRECTORIES": str(Path(__file__).parents[2] / "translations"),
            "RFL_DEMO": self.demo,
        }


def with_driver(url: str) -> str:
    """Name the PostgreSQL driver in a database address that leaves it open."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url
