"""Arabic script (Arabic, Persian, Dari, Pashto, Urdu, Kurdish) to sounds; short vowels are not written."""

from __future__ import annotations

import re
from functools import lru_cache

from matching.scripts.script import Letters, Script, spell

# Letter unification follows the Unicode confusables of the block: one letter, several code points.
FOLD = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ي": "ی",
        "ى": "ی",
        "ئ": "ی",
        "ې": "ی",
        "ۍ": "ی",
        "ێ": "ی",
        "ے": "ی",
        "ؤ": "و",
        "ۆ": "و",
        "ۇ": "و",
        "ك": "ک",
        "ګ": "گ",
        "ة": "ه",
        "ۀ": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ټ": "ت",
        "ٹ": "ت",
        "ډ": "د",
        "ڈ": "د",
        "ړ": "ر",
        "ڑ": "ر",
        "ڕ": "ر",
        "ڵ": "ل",
        "ڼ": "ن",
        "ں": "ن",
        "ښ": "ش",
        "ږ": "ژ",
        "څ": "س",
        "ځ": "ز",
        "ڤ": "و",
        "ء": "",
        "ـ": "",
        "-": "",
        "'": "",
        "\u200c": "",
        "ڭ": "ن",
        "ڪ": "ک",
        "ٽ": "ت",
    }
)
SOUNDS = {
    "ا": "a",
    "ب": "b",
    "پ": "p",
    "ت": "t",
    "ث": "T",
    "ج": "j",
    "چ": "C",
    "ح": "h",
    "خ": "x",
    "د": "d",
    "ذ": "D",
    "ر": "r",
    "ز": "z",
    "ژ": "Z",
    "س": "s",
    "ش": "S",
    "ص": "s",
    "ض": "d",
    "ط": "t",
    "ظ": "z",
    "ع": "'",
    "غ": "G",
    "ف": "f",
    "ق": "q",
    "ک": "k",
    "گ": "g",
    "ل": "l",
    "م": "m",
    "ن": "n",
    "و": "w",
    "ه": "h",
    "ی": "y",
}
# Persian, Dari, Pashto, Urdu and Kurdish speakers say these letters so; Arabic speakers as above.
PERSIAN = str.maketrans({"T": "s", "D": "z"})
_FOLD = FOLD | dict.fromkeys((*range(0x064B, 0x0660), 0x0670))
_SPOKEN = Letters(SOUNDS)
# The article is written joined; the shortest name behind it has three letters.
_MIN_WITH_ARTICLE = 5
# A final ha after two letters or more is the feminine ending, read a.
_MIN_WITH_FINAL_H = 3
# Rezaei is written with one ya or two, or with hamza.
_LONG_ENDING = re.compile("ایی$|ائی$")
_KURDISH = re.compile("(?<!^)ە(?!$)")
_FIRST_VOWEL = {"ای": "i", "او": "u"}
# Urdu writes a breathed consonant as two letters.
ASPIRATES = {"dh": "D", "th": "T", "kh": "x", "gh": "G"}
_ASPIRATE = re.compile("|".join(ASPIRATES))
_DIVINE = re.compile("(?<=..)[ا]?لله?$")
_WAW = re.compile("(?<=[a-zA-Z'])w(?=[^a]|$)")
_YA = re.compile("(?<=[a-zA-Z'])y(?=[^a]|$)")
# A hamza or madda on the alif belongs to the name (Elias, Alexandra): the article has neither.
_NO_ARTICLE = ("أل", "إل", "آل")


def fold(word: str) -> str:
    """Return `word` without vowel marks, with one letter for each sound's variants, article removed."""
    # Kurdish writes its short vowel, and a carrier before a first vowel.
    bare = (word[1:] if word[:1] == "ئ" and len(word) > _MIN_WITH_FINAL_H else word).translate(_FOLD)
    bare = _KURDISH.sub("", bare).replace("ە", "ه")
    bare = _LONG_ENDING.sub("ای", bare)
    if bare.startswith("عبدال") and len(bare) > _MIN_WITH_ARTICLE + 1 and bare not in ("عبدالله", "عبداله"):
        return "عبد" + bare[5:]
    if word[:2] in _NO_ARTICLE:
        return bare
    if bare.startswith("ال") and len(bare) >= _MIN_WITH_ARTICLE and bare not in ("الله", "الیاس", "الهام", "الیزا"):
        return bare[2:]
    return bare


def _read(folded: str) -> str:
    ending = _DIVINE.search(folded)
    if ending and len(folded) > _MIN_WITH_ARTICLE:
        return folded[: ending.start()].translate(_SPOKEN) + "ulah"
    read = folded.translate(_SPOKEN)
    return read[:-1] + "a" if len(read) >= _MIN_WITH_FINAL_H and folded[-1] == "ه" else read


@lru_cache(maxsize=1_024)
def sounds(folded: str) -> tuple[str, ...]:
    """Return the Arabic reading, a Persian one, one with a for a final ya; waw and ya stay w and y, vowel or not.

    The Persian reading says a first long vowel alone, and breathed consonants of Urdu as one sound.
    """
    read = _read(folded)
    vowel = _FIRST_VOWEL.get(folded[:2], "") if len(folded) > _MIN_WITH_FINAL_H else ""
    rest = vowel + _read(folded[2:].replace("ض", "ز")) if vowel else _read(folded.replace("ض", "ز"))
    persian = _ASPIRATE.sub(lambda pair: ASPIRATES[pair.group()], rest.translate(PERSIAN))
    forms = [read, persian]
    if folded.endswith("ی") and len(folded) >= _MIN_WITH_FINAL_H:
        forms.append(read[:-1] + "a")
    return tuple(dict.fromkeys(forms))


def latin(folded: str) -> tuple[str, ...]:
    """Return the consonants spelled out, waw and ya first as vowels, then as consonants."""
    spoken = sounds(folded)
    vowelled = (_YA.sub("i", _WAW.sub("u", form)) for form in spoken)
    return tuple(dict.fromkeys(map(spell, (spoken[0], *vowelled))))


SCRIPTS = (Script("Arab", ("ARABIC",), fold, sounds, latin, abjad=True),)
