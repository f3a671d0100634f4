"""Hebrew script (Hebrew, Yiddish names) to sounds; short vowels are not written."""

from __future__ import annotations

import re

from matching.scripts.script import Script

FOLD = str.maketrans("ךםןףץ", "כמנפצ")
SOUNDS = dict(zip("אבגדהוזחטיכלמנסעפצקרשת", ["a", *"bgdhwzxtyklmns", "'", "p", "c", "k", "r", "S", "t"], strict=True))
_SOFT = {"ב": "v", "פ": "f", "כ": "x"}
_POINTS = re.compile("[\u0591-\u05c7'\"׳״-]")
_MIN_WITH_FINAL_H = 3


def fold(word: str) -> str:
    """Return the letters without points, final forms as the others."""
    return _POINTS.sub("", word).translate(FOLD)


def _ending(folded: str, read: str) -> str:
    return read[:-1] + "a" if len(folded) >= _MIN_WITH_FINAL_H and folded.endswith("ה") else read


def _soft(folded: str, *, vav: str) -> str:
    return "".join(_SOFT.get(char) or (vav if char == "ו" else SOUNDS.get(char, "")) for char in folded)


def sounds(folded: str) -> tuple[str, ...]:
    """Return the reading with b, p, k; then soft inside the word; soft with v for vav; with s for shin and ch."""
    hard = "".join(SOUNDS.get(char, "") for char in folded)
    inside = hard[:1] + _soft(folded[1:], vav="w")
    forms = (hard, inside, _soft(folded, vav="v"), inside.replace("S", "s").replace("x", "C"))
    return tuple(dict.fromkeys(_ending(folded, form) for form in forms))


SCRIPTS = (Script("Hebr", ("HEBREW",), fold, sounds, abjad=True),)
