"""The scripts of India share one order of letters; a consonant carries a vowel that its neighbours may silence."""

from __future__ import annotations

import re

from matching.scripts.script import Script

VIRAMA, NUKTA, SIZE = 0x4D, 0x3C, 0x80
# Place in the block -> sound. Origin: the parallel layout of the Indic blocks of Unicode (from ISCII).
CONSONANTS = dict(
    zip(
        range(0x15, 0x3A),
        [
            "k",
            "x",
            "g",
            "G",
            "ng",
            "C",
            "C",
            "j",
            "j",
            "ny",
            "t",
            "t",
            "d",
            "d",
            "n",
            "t",
            "T",
            "d",
            "D",
            "n",
            "n",
            "p",
            "f",
            "b",
            "b",
            "m",
            "y",
            "r",
            "r",
            "l",
            "l",
            "l",
            "v",
            "S",
            "S",
            "s",
            "h",
        ],
        strict=True,
    )
)
VOWELS = {0x05: "a", 0x06: "a", 0x07: "i", 0x08: "i", 0x09: "u", 0x0A: "u", 0x0B: "ri", 0x0D: "e", 0x0E: "e", 0x0F: "e",
          0x10: "ai", 0x11: "o", 0x12: "o", 0x13: "o", 0x14: "au"}  # fmt: skip
SIGNS = {0x3E: "a", 0x3F: "i", 0x40: "i", 0x41: "u", 0x42: "u", 0x43: "ri", 0x45: "e", 0x46: "e", 0x47: "e", 0x48: "ai",
         0x49: "o", 0x4A: "o", 0x4B: "o", 0x4C: "au", 0x57: "u"}  # fmt: skip
MARKS = {0x01: "n", 0x02: "n", 0x03: "h", 0x70: "n"}
# A dot below makes these of k x g j d d f y.
DOTTED = {"k": "q", "x": "x", "g": "G", "j": "z", "d": "r", "f": "f", "y": "y", "s": "S", "l": "l"}
# Vowel, consonant, silent a, consonant, vowel: the a of Rahaman falls.
_SILENT = re.compile("(?<=[aeiouA][^aeiouA])A(?=[^aeiouA]y?[aeiouA])")


def letters(word: str, base: int, *, own: dict[int, str] | None = None) -> list[str]:
    """Return the sounds of the letters of a word; `A` is the vowel that a bare consonant carries."""
    own = own or {}
    found: list[str] = []
    for char in word:
        place = ord(char) - base
        if place in CONSONANTS:
            found += [own.get(place, CONSONANTS[place]), "A"]
        elif place in SIGNS or place == VIRAMA:
            if found and found[-1] == "A":
                found.pop()
            found.append(own.get(place, SIGNS.get(place, "")))
        elif place == NUKTA and len(found) > 1:
            place_of = -2 if found[-1] == "A" else -1
            found[place_of] = DOTTED.get(found[place_of], found[place_of])
        elif place in VOWELS or place in MARKS:
            found.append(own.get(place, VOWELS.get(place) or MARKS[place]))
    return found


def spoken(found: list[str], *, carried: str = "a", final: bool = False) -> str:
    """Return the reading: silent vowels left out, the carried vowel written `carried`, kept at the end if `final`."""
    text = "".join(found)
    text = text if final else text.removesuffix("A")
    return _SILENT.sub("", text).replace("A", carried)


def in_block(word: str, base: int) -> str:
    """Return the letters of the block and nothing else."""
    return "".join(char for char in word if base <= ord(char) < base + SIZE)


def _script(code: str, name: str, base: int, *, final: bool) -> Script:
    def fold(word: str) -> str:
        return in_block(word, base)

    def sounds(folded: str) -> tuple[str, ...]:
        found = letters(folded, base)
        return tuple(dict.fromkeys((spoken(found, final=final), "".join(found).replace("A", "a"))))

    return Script(code, (name,), fold, sounds)


# Scripts that need nothing of their own; those of the south sound the last vowel.
SCRIPTS = (
    _script("Deva", "DEVANAGARI", 0x0900, final=False),
    _script("Guru", "GURMUKHI", 0x0A00, final=False),
    _script("Gujr", "GUJARATI", 0x0A80, final=False),
    _script("Telu", "TELUGU", 0x0C00, final=True),
    _script("Knda", "KANNADA", 0x0C80, final=True),
    _script("Mlym", "MALAYALAM", 0x0D00, final=True),
)
