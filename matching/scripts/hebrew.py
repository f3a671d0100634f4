"""Hebrew script (Hebrew, Yiddish names) to sounds; short vowels are not written."""

from __future__ import annotations

import re

from matching.scripts.script import Script

FOLD = str.maketrans("ךםןףץ", "כמנפצ")
SOUNDS = dict(zip("אבגדהוזחטיכלמנסעפצקרשת", ["a", *"bgdhwzxtyklmns", "'", "p", "c", "k", "r", "S", "t"], strict=True))
_HARD = {"ב": "v", "פ": "f", "כ": "x", "ש": "s"}
_POINTS = re.compile("[\u0591-\u05c7'\"׳״-]")
_MIN_WITH_FINAL_H = 3


def fold(word: str) -> str:
    """Return the letters without points, final forms as the others."""
    return _POINTS.sub("", word).translate(FOLD)


def _ending(folded: str, read: str) -> str:
    return read[:-1] + "a" if len(folded) >= _MIN_WITH_FINAL_H and folded.endswith("ה") else read


def sounds(folded: str) -> tuple[str, ...]:
    """Return the reading with b, p, k; then with v, f, kh inside the word; then with s for shin."""
    hard = "".join(SOUNDS.get(char, "") for char in folded)
    soft = hard[:1] + "".join(_HARD.get(char, SOUNDS.get(char, "")) for char in folded[1:]).replace("s", "S")
    return tuple(dict.fromkeys((_ending(folded, hard), _ending(folded, soft), _ending(folded, hard.replace("S", "s")))))


SCRIPTS = (Script("Hebr", ("HEBREW",), fold, sounds, abjad=True),)
