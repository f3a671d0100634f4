"""Inner loops are compiled once, kept on disk, and compiled anew when any source of the library changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba

_Given = ParamSpec("_Given")
_Returned = TypeVar("_Returned")
_HERE = Path(__file__).resolve().parent


def _digest() -> str:
    """Return a digest of every source: a compiled loop holds copies of those it calls in other files."""
    digest = hashlib.blake2b(numba.__version__.encode(), digest_size=8)
    for path in sorted(_HERE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Return the folder of the compiled loops: beside the package, or for this user where that is read-only."""
    beside = _HERE / "__pycache__"
    home = beside if os.access(beside if beside.exists() else _HERE, os.W_OK) else _of_user()
    return home / f"compiled-{_digest()}"


def _of_user() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "matching"


def compiled(function: Callable[_Given, _Returned]) -> Callable[_Given, _Returned]:
    """Return `function` compiled at its first call, kept on disk, and running without the interpreter's lock."""
    made = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    return cast("Callable[_Given, _Returned]", made)


def borrowing(function: Callable[_Given, _Returned]) -> Callable[_Given, _Returned]:
    """Return `function` compiled, for one that makes no arrays and only borrows those of its caller.

    Nobody counts then who holds an array. Counting took more than half of the time of a comparison, and more with two
    threads, which count in the same place. A function that makes an array is refused when it is compiled.
    """
    options: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
    made = numba.njit(**options)(function)  # the last option is not in numba's own description of its types
    return cast("Callable[_Given, _Returned]", made)


def inlined(function: Callable[_Given, _Returned]) -> Callable[_Given, _Returned]:
    """Return `function` as a part of the compiled functions that call it: handing over many arrays takes long."""
    return cast("Callable[_Given, _Returned]", numba.njit(inline="always")(function))


# Read by numba when a function is decorated; the functions of this library are decorated after this line.
if not os.environ.get("NUMBA_CACHE_DIR"):
    numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]  # numba makes its settings at run time
