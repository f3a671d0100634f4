"""Bengali script (Bengali, Chittagonian, Rohingya names) to sounds."""

from __future__ import annotations

from matching.scripts.indic import in_block, letters, spoken
from matching.scripts.script import Script

BASE = 0x0980
# The letter ya is said j, and is y only with a dot; there is no v.
OWN = {0x2F: "j", 0x35: "b", 0x37: "S", 0x4E: "t"}
# Names from Arabic and Persian write z as j, s as ch: Jafar and Zafar, Chenowara and Senowara.
_PERSIAN = str.maketrans({"j": "z", "C": "s"})


def fold(word: str) -> str:
    """Return the letters with the one-sign forms of ra, rha and ya, as typed or composed."""
    composed = word.replace("\u09dc", "\u09b0").replace("\u09dd", "\u09b0").replace("\u09a1\u09bc", "\u09b0")
    return in_block(
        composed.replace("\u09a2\u09bc", "\u09b0").replace("\u09af\u09bc", "\u09df").replace("ৎ", "ত্"), BASE
    )


def sounds(folded: str) -> tuple[str, ...]:
    """Return the reading with a, then with the sounds of names from Arabic, then with o for the carried vowel."""
    found = letters(folded.replace("\u09df", "\u09b1"), BASE, own={**OWN, 0x31: "y"})
    plain = spoken(found)
    full = "".join(found).removesuffix("A").replace("A", "a")
    return tuple(dict.fromkeys((plain, plain.translate(_PERSIAN), spoken(found, carried="o"), full)))


SCRIPTS = (Script("Beng", ("BENGALI",), fold, sounds),)
