"""Opaque identifiers: they say nothing about what they name and cannot be guessed."""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32: no letters that are misread aloud
LENGTH = 16  # 80 random bits: a million ids collide with a chance below 1e-12


def new_id() -> str:
    """Return a new random identifier of `LENGTH` lower-case letters and digits."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(LENGTH))  # 256 is a multiple of 32
