"""Thai script to sounds: vowels written before a consonant are said after it."""

from __future__ import annotations

import re

from matching.scripts.script import Script

CONSONANTS = dict(
    zip("กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ", ["k", *"kkkkk", "ng", "j", "C", "C", "s", "C", "y", "d", "t", *"tttn", "d", *"tttt", "n", "b", "p", "p", "f", "p", "f", "p", "m", "y", "r", "l", "w", *"sssh", "l", "", "h"], strict=True)
)  # fmt: skip
VOWELS = {"ะ": "a", "ั": "a", "า": "a", "ำ": "am", "ิ": "i", "ี": "i", "ึ": "ue", "ื": "ue", "ุ": "u", "ู": "u",
          "เ": "e", "แ": "ae", "โ": "o", "ใ": "ai", "ไ": "ai"}  # fmt: skip
_BEFORE = re.compile("([เแโใไ])([ก-ฮ])")
# A silenced letter, tones and repetition marks.
_SILENT = re.compile("[ก-ฮ][ิุ]?์|[็-๎ๆฯฺ]")
_FINALS = str.maketrans({"r": "n", "l": "n", "d": "t", "s": "t", "j": "t"})


def fold(word: str) -> str:
    """Return the letters without tones and silenced letters."""
    return _SILENT.sub("", word)


def sounds(folded: str) -> tuple[str, ...]:
    """Return the reading as written, then with the last consonant as it is said."""
    moved = _BEFORE.sub(r"\2\1", folded)
    read = "".join(CONSONANTS.get(char) or VOWELS.get(char, "") for char in moved)
    return tuple(dict.fromkeys((read, read[:-1] + read[-1:].translate(_FINALS))))


SCRIPTS = (Script("Thai", ("THAI",), fold, sounds, abjad=True),)
