"""Tamil script to sounds: one letter stands for k and g, for t and d, for p and b, for ch and s."""

from __future__ import annotations

import re

from matching.scripts.indic import in_block, letters, spoken
from matching.scripts.script import Script

BASE = 0x0B80
OWN = {0x1F: "d", 0x24: "T", 0x1A: "s", 0x34: "l"}
_VOICED = {"k": "g", "T": "d", "p": "b", "t": "d"}
_BETWEEN = re.compile("(?<=[aeioumn])[kTpt](?=[aeiou])")
# No Tamil word begins a syllable with two consonants; borrowed names do.
_HELPING = re.compile("(?<=[pkTtb])i(?=r)")


def fold(word: str) -> str:
    """Return the letters of the block."""
    return in_block(word, BASE)


def sounds(folded: str) -> tuple[str, ...]:
    """Return the reading as written, with the consonants between vowels voiced, and without helping vowels."""
    plain = spoken(letters(folded, BASE, own=OWN), final=True).replace("ss", "C").replace("dd", "t")
    voiced = _BETWEEN.sub(lambda match: _VOICED[match.group()], plain)
    return tuple(dict.fromkeys((plain, voiced, _HELPING.sub("", voiced))))


SCRIPTS = (Script("Taml", ("TAMIL",), fold, sounds),)
