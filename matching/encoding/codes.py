"""A name becomes a code of sound classes that its spellings in several scripts share.

Classes: J (sh, ch, zh, j), K (k, q, kh, gh, g), S (s, z, c), T (t, d, th, dh), F (f, v), B (b, p), M, N, L, R; 0 for a
vowel, h or ayn at the beginning, F for w there; other vowels, h and w are left out. Names of one syllable in Burmese,
Korean and Vietnamese, and all Chinese names, keep their vowels: without them little would be left.
"""

from __future__ import annotations

import re
from functools import lru_cache

from matching.encoding.habits import Habit, one_syllable
from matching.equivalents import group_of
from matching.scripts import read

MAX_READINGS = 2  # codes of one word: more would fill the places of a case with spellings of one name
MAX_FORMS = 3  # readings of a word that are looked at for them; the plainest come first
_CLASSES = str.maketrans(
    dict.fromkeys("SCZj", "J")
    | dict.fromkeys("xGqkg", "K")
    | dict.fromkeys("scz", "S")
    | dict.fromkeys("TDtd", "T")
    | dict.fromkeys("fv", "F")
    | dict.fromkeys("bp", "B")
    | {"m": "M", "n": "N", "l": "L", "r": "R"}
    | dict.fromkeys("aeiouyhw'", "")
)
_AT_START = dict.fromkeys("aeiouyh'", "0") | {"w": "F"}
_DOUBLE = re.compile(r"(.)\1+")
# Sounds of words of one syllable and of Pinyin: what spellings of one syllable exchange falls together.
_SYLLABLE = str.maketrans(
    dict.fromkeys("CZjq", "j")
    | dict.fromkeys("Sscz", "s")
    | dict.fromkeys("TDtd", "d")
    | dict.fromkeys("ei", "i")
    | dict.fromkeys("ouw", "u")
    | {"y": "i", "p": "b", "k": "g", "x": "h", "v": "f", "'": ""}
)
# Patronymics by their sounds, which one list writes and the next leaves out or abbreviates.
_PATRONYMIC = re.compile("(?<=..)(?:ovy?i?[cCS]|evi?y?[cC]|[oie]vna|i[cC]na)$")
_MIN_PATRONYMIC = 7
_GLIDE = re.compile("^u(?=[aeio])")  # Ouali, Wali
# Names with one of the two Arabic letters that Latin writes as d, dh or z. Origin: general knowledge 2026-11.
_D_OR_Z = {
    word: code
    for code, words in {
        "RT": "reza rezah reda redha rida ridha ridza riza",
        "RMTN": "ramadan ramadhan ramazan ramzan",
        "MRTT": "mortada mortaza morteza murtada murtadha murtaza",
        "FTL": "fadel fadhil fadil fadl fazel fazl",
        "KTM": "kadhem kadhim kadim kazem kazim",
        "RTY": "radhia radia radiya razia razieh raziya",
        "TY": "dhia diya zia ziya",
        "RYT": "riad riaz riyad riyadh riyaz",
    }.items()
    for word in words.split()
}


@lru_cache(maxsize=262_144)
def codes(word: str, habit: Habit) -> tuple[str, ...]:
    """Return at most MAX_READINGS codes of a token (`matching.tokens`), the surest first; () when it has no sounds."""
    spelled = _respelled(word, habit) if word.isascii() else word
    if habit in (Habit.GENERAL, Habit.SOFT_V) and spelled in _D_OR_Z:
        return _D_OR_Z[spelled], _D_OR_Z[spelled].replace("T", "S")
    if not spelled:
        return ()
    reading = read(spelled)
    known = group_of(reading.folded)
    forms = [*read(known).sounds[:1]] if known else []
    forms += reading.sounds[:MAX_FORMS]
    found = dict.fromkeys(_code(form, habit) for form in forms if form)
    return tuple(code for code in found if code not in ("", "0"))[:MAX_READINGS]


def _respelled(word: str, habit: Habit) -> str:
    """Return a Latin word with the letters of its habit written as the general tables read them."""
    if habit is Habit.SOMALI:
        return re.sub("c(?!h)", "", word).replace("x", "h")
    if habit is Habit.SPANISH:
        return re.sub("hu(?=[ae])", "w", word)
    return word if habit in (Habit.EAST_SLAVIC, Habit.CHINESE) else word.replace("x", "h")


def _code(sounds: str, habit: Habit) -> str:
    heard = _GLIDE.sub("w", sounds)
    if habit is Habit.CHINESE or (habit is Habit.SYLLABIC and one_syllable(heard)):
        return _of_syllables(heard)
    if habit is Habit.EAST_SLAVIC:
        heard = _PATRONYMIC.sub("", heard) if len(heard) >= _MIN_PATRONYMIC else heard
        heard = re.sub("(?<=.)j", "", re.sub("[xGg]", "h", heard).replace("w", "v"))
    elif habit in (Habit.SOFT_V, Habit.SYLLABIC):
        heard = heard.replace("v", "w")
    elif habit is Habit.SPANISH:
        heard = heard.replace("v", "b")
    elif habit is Habit.EGYPTIAN:
        heard = heard.replace("g", "j")
    return _DOUBLE.sub(r"\1", _AT_START.get(heard[0], "") + heard.translate(_CLASSES))


def _of_syllables(sounds: str) -> str:
    """Return the code of a word whose vowels count; the dot keeps it apart from the others."""
    bare = sounds[0] + sounds[1:].replace("h", "")
    return "." + _DOUBLE.sub(r"\1", bare.translate(_SYLLABLE).replace("ng", "n"))
