"""Arabic script (Arabic, Persian, Dari, Pashto, Urdu, Kurdish) to sounds; short vowels are not written."""

from __future__ import annotations

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
        "ە": "ه",
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
_MARKS = range(0x064B, 0x0660)
# The article is written joined; the shortest name behind it has three letters.
_MIN_WITH_ARTICLE = 5
# A final ha after two letters or more is the feminine ending, read a.
_MIN_WITH_FINAL_H = 3


def fold(word: str) -> str:
    """Return `word` without vowel marks, with one letter for each sound's variants, article removed."""
    bare = "".join(char for char in word if ord(char) not in _MARKS and char != "ٰ")
    bare = bare.translate(FOLD)
    if bare.startswith("عبدال") and len(bare) > _MIN_WITH_ARTICLE + 1 and bare != "عبدالله":
        return "عبد" + bare[5:]
    if bare.startswith("ال") and len(bare) >= _MIN_WITH_ARTICLE and bare != "الله":
        return bare[2:]
    return bare


def sounds(folded: str) -> tuple[str, ...]:
    """Return one reading of a folded word; waw and ya stay w and y, whether vowel or not."""
    read = "".join(SOUNDS.get(char, "") for char in folded)
    return (read[:-1] + "a" if len(read) >= _MIN_WITH_FINAL_H and folded[-1] == "ه" else read,)
