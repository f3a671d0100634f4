"""A token's own form as one number, equal on every machine."""

from __future__ import annotations

from hashlib import blake2b

from matching.scripts import Reading
from matching.scripts.reading import SIGN


def identity(reading: Reading) -> int:
    """Return a 64-bit number of script and folded form; 0 for a token without sounds."""
    if reading.script != SIGN and not (reading.sounds and reading.sounds[0]):
        return 0
    text = f"{reading.script}:{reading.folded}".encode("utf-8", "replace")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little") or 1
