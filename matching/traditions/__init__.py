"""Naming traditions: every file beside this one adds its words, so that a new tradition is one file and its table."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from matching.traditions.tradition import Tradition


def _found() -> tuple[Tradition, ...]:
    names = sorted(module.name for module in iter_modules([str(Path(__file__).parent)]))
    modules = (import_module(f"matching.traditions.{name}") for name in names)
    return tuple(module.TRADITION for module in modules if hasattr(module, "TRADITION"))


TRADITIONS = _found()

__all__ = ["TRADITIONS", "Tradition"]
