"""Passwords: argon2id, judged by length, never by composition rules."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rfl.domain.errors import FieldError
from rfl.domain.text import N_

SHORTEST = 12  # OWASP ASVS 5.0, 6.2: length is what counts
LONGEST = 200  # bounds the work of one attempt

TOO_SHORT = N_("The password is too short. Use at least %(shortest)s characters; a short sentence works well.")
TOO_LONG = N_("The password is too long. Use at most %(longest)s characters.")


class Passwords:
    """Hashes and checks passwords with one set of argon2 costs (cheaper ones only in tests)."""

    def __init__(self, *, cheap: bool = False) -> None:
        """Use the library's recommended costs, or the smallest possible ones where `cheap`."""
        self._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if cheap else PasswordHasher()
        self._decoy = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return the hash to store; raises FieldError for a password too short or too long."""
        if len(password) < SHORTEST:
            raise FieldError("password", TOO_SHORT, shortest=SHORTEST)
        if len(password) > LONGEST:
            raise FieldError("password", TOO_LONG, longest=LONGEST)
        return self._hasher.hash(password)

    def check(self, stored: str | None, password: str) -> bool:
        """Say whether `password` fits; takes as long for an unknown user (`stored` is None) as for a known one."""
        try:
            fits = self._hasher.verify(stored or self._decoy, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
        return fits and stored is not None
