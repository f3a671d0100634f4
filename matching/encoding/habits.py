"""Spelling habits: what letters mean depends on who wrote them, which nationality or the spelling itself tells."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import StrEnum

from matching.scripts import script_of


class Habit(StrEnum):
    """How the names of one record are spelled; it never leaves the encoder."""

    EAST_SLAVIC = "east slavic"  # g, h and kh are one sound; patronymics
    CHINESE = "chinese"  # few consonants, so vowels count; x and q as in Pinyin
    SYLLABIC = "syllabic"  # Burmese, Korean, Vietnamese: words of one syllable, whose vowels count
    SOMALI = "somali"  # x is h, c is not heard
    SPANISH = "spanish"  # v is b, hua is wa
    SOFT_V = "soft v"  # Persian, Turkish, Kurdish, Urdu, Bengali: v and w are one letter
    EGYPTIAN = "egyptian"  # g is j
    GENERAL = "general"


# Countries (ISO 3166-1 alpha-2) in which most names are spelled so; the first habit that fits is taken.
_SLAVIC = frozenset(("UA", "RU", "BY", "MD"))
_CHINESE = frozenset(("CN", "TW", "HK", "MO", "SG"))
_SPANISH_SPOKEN = (
    *("ES", "MX", "GT", "HN", "SV", "NI", "CR", "PA", "CU", "DO"),
    *("CO", "VE", "EC", "PE", "BO", "CL", "AR", "UY", "PY"),
)
_LATER = (
    (Habit.SYLLABIC, frozenset(("MM", "KR", "KP", "VN", "KH", "LA", "TH"))),
    (Habit.SOMALI, frozenset(("SO", "DJ"))),
    (
        Habit.SPANISH,
        frozenset(
            [
                "ES",
                "MX",
                "CO",
                "VE",
                "HN",
                "GT",
                "SV",
                "NI",
                "PE",
                "EC",
                "BO",
                "CL",
                "AR",
                "CU",
                "DO",
                "PY",
                "UY",
                "PA",
                "CR",
            ]
        ),
    ),
    (Habit.SOFT_V, frozenset(["AF", "IR", "PK", "IN", "BD", "NP", "LK", "TR", "SY", "IQ"])),
    (Habit.EGYPTIAN, frozenset(("EG",))),
)
_SLAVIC_END = re.compile("(?:enko|vych|vich|skyi|sky|skii|chuk|iuk|yuk|[oe]v|[oe]va|ivna|ovna|evna|shyn|shin|ytsch)$")
_SOMALI_X = re.compile("[a-z]x[aeiou]|^x[aeiou]{2}|^x[au]s")
_SOMALI_C, _LONG_VOWEL = re.compile("^c[aeiou]"), re.compile("aa|ii|uu")
_VOWELS = re.compile("[aeiouy]+")
_FEWEST_SYLLABLES = 3  # so many words of one syllable each are a Burmese name; two are found elsewhere


def habit_of(nationalities: Collection[str], words: Sequence[str]) -> Habit:
    """Return the habit of a record from its nationalities (alpha-2) and the words of its names (lower case)."""
    scripts, known = {script_of(word) for word in words}, frozenset(nationalities)
    if known & _SLAVIC or ("Cyrl" in scripts and not known):
        return Habit.EAST_SLAVIC
    if "Cyrl" in scripts:
        return Habit.GENERAL
    if "Hani" in scripts or known & _CHINESE:
        return Habit.CHINESE
    if scripts & {"Mymr", "Hang"}:
        return Habit.SYLLABIC
    for habit, countries in _LATER:
        if known & countries:
            return habit
    return Habit.GENERAL if known else _by_spelling(words)


def one_syllable(word: str) -> bool:
    """Tell whether a word in Latin letters or sounds has at most one group of vowels."""
    return len(_VOWELS.findall(word)) <= 1


def _by_spelling(words: Sequence[str]) -> Habit:
    """Return the habit of names without a nationality, by what only one of them writes."""
    x = any(_SOMALI_X.search(word) for word in words)
    if x or (any(map(_SOMALI_C.search, words)) and any(map(_LONG_VOWEL.search, words))):
        return Habit.SOMALI
    if any(map(_SLAVIC_END.search, words)):
        return Habit.EAST_SLAVIC
    if len(words) >= _FEWEST_SYLLABLES and all(word.isascii() and one_syllable(word) for word in words):
        return Habit.SYLLABIC
    return Habit.GENERAL
