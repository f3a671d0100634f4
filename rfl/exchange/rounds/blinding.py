"""Double blinding: tokens become points of ristretto255, and points are raised to secrets of one round.

The only file that knows `rbcl` (libsodium). A value raised by both societies is the same for both, whoever raised it
first; a value raised by one shows nothing to the other. RFC 9496 describes the group, RFC 9497 the same blinding.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path

import rbcl
from rbcl._sodium import lib_path

from rfl.exchange.rounds.refusals import InvalidPoint

# The package writes libsodium to a temporary file each time a process imports it, and leaves it there. Once it is
# loaded the file is not needed; Windows alone does not let go of it.
with suppress(OSError):
    Path(lib_path).unlink()

POINT = 32
SCALAR = 32
WIDE = 64  # random or hashed bytes that become a point or a scalar without bias
TOKEN = 16
DIGEST = 8  # two different values meet by chance once in 2**64 pairs: lists of 100,000 cases make 2**48
CHUNK = 2048  # values between two reports of progress: a third of a second

HASHED = b"rfl token 1"
RAISED = b"rfl raised 2"

Progress = Callable[[int, int], None]  # values done, values in all


def unreported(done: int, total: int) -> None:
    """Nobody watches."""


def hash_to_group(secret: bytes, token: bytes) -> bytes:
    """The point of a token: keyed with the pair's secret, so that no outsider can make it."""
    return random_point(blake2b(token, digest_size=WIDE, key=secret, person=HASHED).digest())


def random_point(wide: bytes) -> bytes:
    """The point of 64 random bytes."""
    return bytes(rbcl.crypto_core_ristretto255_from_hash(wide))


def random_scalar(wide: bytes) -> bytes:
    """The exponent of 64 random bytes, below the order of the group."""
    return bytes(rbcl.crypto_core_ristretto255_scalar_reduce(wide))


def multiply(scalar: bytes, point: bytes) -> bytes:
    """The point raised to the scalar; raises InvalidPoint for the identity and for what is no point."""
    try:
        return bytes(rbcl.crypto_scalarmult_ristretto255(scalar, point))
    except RuntimeError:  # libsodium checks the encoding, and that the result is not the identity
        raise InvalidPoint from None


def digest(point: bytes, first: int, second: int) -> bytes:
    """8 bytes that are equal when two points and both numbers are; who has them cannot raise them further.

    `first` and `second` number the places, below 256, in which a point stands in the list of either society.
    """
    return blake2b(point + bytes((first, second)), digest_size=DIGEST, person=RAISED).digest()


def blind_tokens(
    tokens: bytes, *, secret: bytes, scalar: bytes, workers: int = 1, progress: Progress = unreported
) -> bytes:
    """The points of tokens of 16 bytes each, raised to the scalar, in their order: 32 bytes each."""
    return _in_chunks(partial(_blind, secret=secret, scalar=scalar), tokens, TOKEN, workers, progress)


def random_points(wide: bytes, *, workers: int = 1, progress: Progress = unreported) -> bytes:
    """Points for padding, of 64 random bytes each: nobody can tell them from blinded tokens."""
    return _in_chunks(_random, wide, WIDE, workers, progress)


def raise_points(points: bytes, *, scalar: bytes, workers: int = 1, progress: Progress = unreported) -> bytes:
    """The partner's points raised to the scalar, 32 bytes each, in their order; raises InvalidPoint."""
    return _in_chunks(partial(_raise, scalar=scalar), points, POINT, workers, progress)


def _blind(tokens: bytes, *, secret: bytes, scalar: bytes) -> bytes:
    return b"".join(multiply(scalar, hash_to_group(secret, token)) for token in _cut(tokens, TOKEN))


def _random(wide: bytes) -> bytes:
    return b"".join(random_point(part) for part in _cut(wide, WIDE))


def _raise(points: bytes, *, scalar: bytes) -> bytes:
    return b"".join(multiply(scalar, point) for point in _cut(points, POINT))


def _cut(data: bytes, width: int) -> Iterator[bytes]:
    return (data[start : start + width] for start in range(0, len(data), width))


def _in_chunks(work: Callable[[bytes], bytes], data: bytes, width: int, workers: int, progress: Progress) -> bytes:
    """Do `work` on values of `width` bytes, many at a time, on one or several processors."""
    if len(data) % width:
        raise ValueError(f"{len(data)} bytes are no values of {width}")
    total, done, results = len(data) // width, 0, []
    with _pool(workers) as pool:
        chunks = _cut(data, width * CHUNK)
        for result in pool.map(work, chunks) if pool else map(work, chunks):
            results.append(result)
            done = min(done + CHUNK, total)
            progress(done, total)
    return b"".join(results)


@contextmanager
def _pool(workers: int) -> Iterator[Executor | None]:
    """Processes of their own, started afresh: a fork of a server with threads may stand still."""
    if workers <= 1:
        yield None
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool
