"""How alike two name tokens are, from best to worst; the number orders the levels."""

from __future__ import annotations

EQUAL, SAME, NEAR, CLOSE, SHORT, LOOSE, INITIAL, DIFFERENT = range(8)
LEVEL_NAMES = ("equal", "same", "near", "close", "short_form", "loose", "initial", "different")
