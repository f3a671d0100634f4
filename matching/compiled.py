"""One door to the compiler: loops over arrays become machine code that threads can run side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

_Given = ParamSpec("_Given")
_Returned = TypeVar("_Returned")


def compiled(function: Callable[_Given, _Returned]) -> Callable[_Given, _Returned]:
    """Return `function` compiled at its first call, kept on disk, and running without Python's lock."""
    return cast(Callable[_Given, _Returned], numba.njit(nogil=True, cache=True)(function))
