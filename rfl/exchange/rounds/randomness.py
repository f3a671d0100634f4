"""Everything random in a round comes from one seed, so that a step repeated after a crash gives the same bytes."""

import os

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from numpy.typing import NDArray

SEED = 32
NONCE = bytes(16)  # each stream has a key of its own, which is used once


def new_seed() -> bytes:
    """32 bytes from the operating system, drawn once for each side and round."""
    return os.urandom(SEED)


def stream(seed: bytes, use: str, length: int) -> bytes:
    """The first `length` bytes of the stream for one use: the keystream of ChaCha20 under a key derived by HKDF."""
    key = HKDF(SHA256(), SEED, salt=None, info=b"rfl round 1\0" + use.encode("ascii")).derive(seed)
    return Cipher(ChaCha20(key, NONCE), mode=None).encryptor().update(bytes(length))


def shuffled(seed: bytes, use: str, count: int) -> NDArray[np.int64]:
    """The numbers below `count` in an order that nobody without the seed can tell from any other."""
    keys = np.frombuffer(stream(seed, use, 8 * count), dtype="<u8")
    return np.argsort(keys, kind="stable")


def below(seed: bytes, use: str, bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """A random number below each bound (at least 1, at most 2**20: the bias is below 2**-44)."""
    drawn = np.frombuffer(stream(seed, use, 8 * len(bounds)), dtype="<u8")
    return (drawn % bounds.astype(np.uint64)).astype(np.int64)
