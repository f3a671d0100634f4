"""A word is read once: its script, its folded own-script form, its sounds and its consonant skeletons."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from anyascii import anyascii

from matching.scripts import latin
from matching.scripts.script import Script

# Longer words are not names; the limit bounds the time of one comparison.
MAX_SOUNDS = 32
# Begins a token that stands for something known by a number, such as a place: it has no sounds and meets only itself.
# No word of a text holds this letter (matching.normalize).
SIGN = "@"
MAX_LATIN = 3
# Letters that only Vietnamese has: who writes one writes every mark, and what remains different is another name. With
# the tone left off or mistaken the letters are the same.
_MARKED = "Vietnamese"
_VIETNAMESE = re.compile("[ơưạảặẵẳằắậẫẩầấẹẻẽệễểềếỉịọỏộỗổồốợỡởờớụủựữửừứỳỵỷỹ]")
_DOUBLE = re.compile(r"(.)\1+")
# A final h is silent where enough consonants stand before it (Fatimah, Fatima).
_MIN_BONES = 3
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


def _found() -> tuple[Script, ...]:
    """Return the scripts of every file beside this one, so that a new script is one file."""
    names = sorted(module.name for module in iter_modules([str(Path(__file__).parent)]))
    modules = (import_module(f"matching.scripts.{name}") for name in names if name != "reading")
    return tuple(script for module in modules for script in getattr(module, "SCRIPTS", ()))


SCRIPTS = _found()
_BY_CODE = {script.code: script for script in SCRIPTS}
_BY_NAME = {name: script.code for script in SCRIPTS for name in script.names}


@dataclass(frozen=True, slots=True)
class Reading:
    """How one word reads: `sounds`, `skeletons` and `latin` are plainest first.

    `folded` stays in the word's own script; `latin` holds 1..MAX_LATIN spellings in a-z. `initial`: one letter of
    an alphabet, which stands for a longer word; one character of Han, Hangul or Burmese is a word. The script of a
    token that begins with SIGN is SIGN. `exact` names the custom of writing in which every name has one spelling, so
    that two words that sound apart are two names; empty for all others.
    """

    script: str
    folded: str
    sounds: tuple[str, ...]
    skeletons: tuple[str, ...]
    abjad: bool
    initial: bool
    latin: tuple[str, ...]
    exact: str = ""


@lru_cache(maxsize=8_192)
def _script_of_letter(char: str) -> str:
    first = unicodedata.name(char, "UNKNOWN").split()[0]
    return _BY_NAME.get(first, first.title())


def script_of(word: str) -> str:
    """Return the ISO 15924 code of the first letter for known scripts, else its block's first word; "" for none."""
    if word and "a" <= word[0] <= "z":
        return "Latn"
    return next((_script_of_letter(char) for char in word if char.isalpha()), "")


def fold(word: str) -> tuple[str, str]:
    """Return the script and the folded form of a clean lower-case word, as `read` does, without reading it aloud."""
    code = script_of(word)
    script = _BY_CODE.get(code)
    return code, strip_digits(word) if script is None else script.fold(word)


@lru_cache(maxsize=262_144)
def read(word: str) -> Reading:
    """Read one clean lower-case word; a script without its own table goes through anyascii."""
    if word.startswith(SIGN):
        return Reading(SIGN, word, ("",), ("",), abjad=False, initial=False, latin=())
    code, folded = fold(word)
    script = _BY_CODE.get(code)
    if script is not None:
        spoken = script.sounds(folded)
        spelled = script.spellings(folded, spoken)
    else:
        plain = latin.fold(anyascii(word).lower())
        spoken, spelled = latin.sounds(plain), latin.spellings(plain)
    forms = tuple(dict.fromkeys(_DOUBLE.sub(r"\1", form)[:MAX_SOUNDS] for form in spoken))
    bones = tuple(dict.fromkeys(skeleton(form) for form in forms))
    written = tuple(dict.fromkeys(form[:MAX_SOUNDS] for form in spelled))[:MAX_LATIN]
    abjad, syllabic = script is not None and script.abjad, script is not None and script.syllabic
    exact = code if script is not None and script.exact else _MARKED if _VIETNAMESE.search(word) else ""
    return Reading(code, folded, forms, bones, abjad, len(folded) == 1 and not syllabic, written, exact)


def strip_digits(word: str) -> str:
    """Return the letters and marks of a word of another script."""
    return "".join(char for char in word if not char.isdigit())


def _lead_and_bones(sounds: str) -> tuple[str, str]:
    """Return what stands for a vowel or glide at the beginning of a reading, and its consonant classes."""
    lead = "a" if sounds[0] in "aeiouy'" else "f" if sounds[0] == "w" else ""
    return lead, sounds.translate(_CLASSES)


def skeleton(sounds: str) -> str:
    """Return the consonant classes of a reading, led by `a` when it begins with a vowel or glide."""
    if not sounds:
        return ""
    lead, bones = _lead_and_bones(sounds)
    bones = bones[:-1] if len(bones) >= _MIN_BONES and bones[-1] == "h" and sounds[-1] == "h" else bones
    return _DOUBLE.sub(r"\1", lead + bones)


def joining_bones(sounds: str) -> tuple[str, str]:
    """Return the consonant classes of a reading as the first and as the second part of one word (`skeleton`)."""
    if not sounds:
        return "", ""
    lead, bones = _lead_and_bones(sounds)
    tail = bones[:-1] if len(bones) > 1 and bones[-1] == "h" and sounds[-1] == "h" else bones
    return _DOUBLE.sub(r"\1", lead + bones), _DOUBLE.sub(r"\1", tail)
