"""The rules of encoding that this program follows; two societies compare only what the same rules have made."""

from hashlib import sha256

from matching import VERSION
from rfl.services.exchange_encoding import FIRST_REPEATS, LABEL, PLACES, RULES, SECOND_REPEATS

# Names, dates and places are read by the matching library, so its version is a part of the rules.
NAME = f"keys-{VERSION}"
_RULES = (NAME, LABEL, RULES, PLACES, FIRST_REPEATS, SECOND_REPEATS)
_HASH = sha256(repr(_RULES).encode()).hexdigest()


def profile() -> tuple[str, str]:
    """Return the name of the rules and their hash (SHA-256, hex)."""
    return NAME, _HASH
