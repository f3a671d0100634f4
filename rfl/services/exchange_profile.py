"""The rules of encoding that this program follows; two societies compare only what the same rules have made."""

from hashlib import sha256

from matching import VERSION

# Names, dates and places are read by the matching library, so its version is what must be equal on both sides.
NAME = f"names-{VERSION}"


def profile() -> tuple[str, str]:
    """Return the name of the rules and their hash (SHA-256, hex)."""
    return NAME, sha256(NAME.encode()).hexdigest()
