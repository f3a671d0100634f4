"""Cyrillic (Ukrainian, Russian, with letters of neighbours) to sounds."""

from __future__ import annotations

import re

from matching.scripts.script import Script

# Letters that Russian and Ukrainian write differently for one name share a folded form.
FOLD = str.maketrans(
    {
        "ё": "е",
        "ґ": "г",
        "ъ": "",
        "'": "",
        "-": "",
        "ў": "у",
        "і": "и",
        "ї": "и",
        "є": "е",
        "э": "е",
        "ы": "и",
    }
)
SOUNDS = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "е": "e",
    "ж": "Z",
    "з": "z",
    "и": "i",
    "й": "y",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "x",
    "ц": "c",
    "ч": "C",
    "ш": "S",
    "щ": "SC",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "ә": "a",
    "ғ": "G",
    "қ": "q",
    "ң": "n",
    "ө": "o",
    "ү": "u",
    "ұ": "u",
    "һ": "h",
    "ј": "y",
    "љ": "l",
    "њ": "n",
    "ћ": "C",
    "ђ": "j",
    "џ": "j",
    "ҷ": "j",
    "ҳ": "h",
    "ӣ": "i",
    "ӯ": "u",
}


def fold(word: str) -> str:
    """Return `word` with the letters of Ukrainian and Russian brought together."""
    return word.translate(FOLD)


# The surname of a woman, brought to the form of her father or brother: Ivanova, Kovalska, Tolstaya.
_FEMININE = re.compile("(?<=..[oe]v)a$|(?<=.[sc]k)a(?:ya)?$|(?<=.[sc]k)aia$")


def sounds(folded: str) -> tuple[str, ...]:
    """Return the reading; then one with h for the Ukrainian letter he, one of a surname's masculine form."""
    read = "".join(SOUNDS.get(char, "") for char in folded).replace("dZ", "j")
    forms = [read]
    if "g" in read:
        forms.append(read.replace("g", "h"))
    if read.endswith(("va", "ka", "ya")) and _FEMININE.search(read):
        forms.append(_FEMININE.sub("iy" if read.endswith(("ka", "kaya")) else "", read))
    return tuple(forms)


SCRIPTS = (Script("Cyrl", ("CYRILLIC",), fold, sounds),)
