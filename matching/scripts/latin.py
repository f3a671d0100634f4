"""Latin spellings of many habits (English, French, German, Polish, Turkish, Somali, Spanish) to sounds."""

from __future__ import annotations

import re

from matching.normalize import strip_marks

# Letters whose mark changes the sound; every other mark is dropped.
LETTERS = str.maketrans(
    {
        "š": "sh",
        "ş": "sh",
        "ș": "sh",
        "ś": "sh",
        "č": "ch",
        "ç": "ch",
        "ć": "ch",
        "ž": "zh",
        "ż": "zh",
        "ź": "z",
        "ğ": "g",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ø": "o",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ə": "a",
        "ñ": "n",
        "ŋ": "ng",
    }
)
# Longest first: (spelling, sound).
SPELLINGS = (
    ("shch", "SC"),
    ("szcz", "SC"),
    ("tsch", "C"),
    ("dzh", "j"),
    ("sch", "S"),
    ("tch", "C"),
    ("sh", "S"),
    ("ch", "C"),
    ("kh", "x"),
    ("gh", "G"),
    ("zh", "Z"),
    ("th", "T"),
    ("dh", "D"),
    ("ph", "f"),
    ("dj", "j"),
    ("ts", "c"),
    ("tz", "c"),
    ("sz", "S"),
    ("cz", "C"),
    ("rz", "Z"),
    ("ck", "k"),
    ("qu", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ei", "ey"),
    ("ai", "ay"),
    ("x", "ks"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("c", "k"),
)
_SPELLING = re.compile("|".join(spelling for spelling, _ in SPELLINGS))
_SOUND = dict(SPELLINGS)
_SPELLED = str.maketrans(
    {"S": "sh", "C": "ch", "Z": "zh", "c": "ts", "x": "kh", "G": "gh", "T": "th", "D": "dh", "'": ""}
)
_VOWEL_Y = re.compile(r"(?<![aeiou])y(?![aeiou])")
# Fused article before a name of at least four letters: Elmasri, Alhassan, Ennaifer, Assaf.
_ARTICLE = re.compile(r"^(?:[ae]l(?=.{4})|[ae](?=([nsrtdz])\1.{3}))")
_ABD = re.compile(r"^abd(?:[aeiou]l(?=.{3})|[aeiou](?=([nrstdz])\1)|[aeiou](?=[^aeioul].{2}))")


def fold(word: str) -> str:
    """Return a-z only: marks that change the sound are spelled out, the rest dropped."""
    plain = strip_marks(word.translate(LETTERS))
    return "".join(char for char in plain if "a" <= char <= "z")


def spell(read: str) -> str:
    """Return a reading written in a-z, as an English passport office would."""
    return read.translate(_SPELLED)


def spellings(folded: str) -> tuple[str, ...]:
    """Return the folded form first, then what Somali x and c and a fused article hide."""
    forms = [folded]
    if "x" in folded or folded.startswith("c"):
        forms.append(re.sub("^c(?=[aeiou])", "", folded.replace("x", "h")))
    if _ABD.match(folded):
        forms.append(_ABD.sub("abd", folded))
    elif _ARTICLE.match(folded):
        forms.append(_ARTICLE.sub("", folded))
    return tuple(forms)


def sounds(folded: str) -> tuple[str, ...]:
    """Return the plain reading first, then readings by Somali, Slavic and fused-article habits."""
    forms = [_plain(folded)]
    if "x" in folded or folded.startswith("c"):
        forms.append(_plain(re.sub("^c(?=[aeiou])", "", folded.replace("x", "h"))))
    if _ARTICLE.match(folded):
        forms.append(_plain(_ARTICLE.sub("", folded)))
    if _ABD.match(folded):
        forms.insert(0, _plain(_ABD.sub("abd", folded)))
    if "w" in folded[1:]:
        forms.append(_plain(folded.replace("w", "v")))
    return tuple(dict.fromkeys(forms))[:4]


def _plain(folded: str) -> str:
    read = _SPELLING.sub(lambda match: _SOUND[match.group()], folded)
    return _VOWEL_Y.sub("i", read)
