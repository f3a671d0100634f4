"""The rules of encoding that this program follows; two societies compare only what the same rules have made."""

from matching.encoding import PROFILE, profile_hash


def profile() -> tuple[str, str]:
    """Return the name of the rules and their hash (SHA-256, hex)."""
    return PROFILE, profile_hash()
