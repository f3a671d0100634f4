"""A word is read once: its script, its folded own-script form, its sounds and its consonant skeletons."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from matching.scripts import arabic, cyrillic, geez, latin

# Longer words are not names; the limit bounds the time of one comparison.
MAX_SOUNDS = 32
MAX_LATIN = 3
_DOUBLE = re.compile(r"(.)\1+")
_HABITS = {"Arab": arabic, "Cyrl": cyrillic, "Ethi": geez, "Latn": latin}
_NAMES = {"ARABIC": "Arab", "CYRILLIC": "Cyrl", "ETHIOPIC": "Ethi", "LATIN": "Latn", "HEBREW": "Hebr"}
# A final h is silent where enough consonants stand before it (Fatimah, Fatima).
_MIN_BONES = 3
_ABJADS = ("Arab", "Hebr")
# Consonants that spellings of one name exchange fall together; vowels, glides and glottals fall away.
_CLASSES = str.maketrans(
    {
        "p": "b",
        "T": "t",
        "D": "d",
        "q": "k",
        "g": "k",
        "G": "k",
        "v": "f",
        "z": "s",
        "c": "s",
        "Z": "j",
        "x": "h",
    }
    | dict.fromkeys("aeiouwy'", "")
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How one word reads: `sounds`, `skeletons` and `latin` are plainest first.

    `folded` stays in the word's own script; `latin` holds 1..MAX_LATIN spellings in a-z.
    """

    script: str
    folded: str
    sounds: tuple[str, ...]
    skeletons: tuple[str, ...]
    abjad: bool
    latin: tuple[str, ...]


@lru_cache(maxsize=65_536)
def script_of(word: str) -> str:
    """Return the ISO 15924 code of the first letter for known scripts, else the block's first word."""
    for char in word:
        if char.isalpha():
            first = unicodedata.name(char, "UNKNOWN").split()[0]
            return _NAMES.get(first, first.title())
    return ""


@lru_cache(maxsize=262_144)
def read(word: str) -> Reading:
    """Read one clean lower-case word; a script without its own table goes through anyascii."""
    script = script_of(word)
    habit = _HABITS.get(script)
    if habit is None:
        folded = strip_digits(word)
        plain = latin.fold(anyascii(word).lower())
        spoken, spelled = latin.sounds(plain), latin.spellings(plain)
    else:
        folded = habit.fold(word)
        spoken = habit.sounds(folded)
        spelled = latin.spellings(folded) if script == "Latn" else tuple(map(latin.spell, spoken))
    forms = tuple(_DOUBLE.sub(r"\1", form)[:MAX_SOUNDS] for form in spoken)
    bones = tuple(dict.fromkeys(skeleton(form) for form in forms))
    written = tuple(dict.fromkeys(form[:MAX_SOUNDS] for form in spelled))[:MAX_LATIN]
    return Reading(script, folded, forms, bones, script in _ABJADS, written)


def strip_digits(word: str) -> str:
    """Return the letters and marks of a word of another script."""
    return "".join(char for char in word if not char.isdigit())


def skeleton(sounds: str) -> str:
    """Return the consonant classes of a reading, led by `a` when it begins with a vowel or glide."""
    if not sounds:
        return ""
    lead = "a" if sounds[0] in "aeiouy'" else "f" if sounds[0] == "w" else ""
    bones = sounds.translate(_CLASSES)
    bones = bones[:-1] if len(bones) >= _MIN_BONES and bones[-1] == "h" and sounds[-1] == "h" else bones
    return _DOUBLE.sub(r"\1", lead + bones)
