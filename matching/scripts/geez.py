"""Ge'ez script (Amharic, Tigrinya, Tigre) to sounds; letters that sound alike are brought together."""

from __future__ import annotations

from matching.scripts.script import Script

# Rows of eight code points from U+1200 in Unicode order; homophones (h, s, ts, glottals) share a sound.
_ROWS = {
    0x1200: "h",
    0x1208: "l",
    0x1210: "h",
    0x1218: "m",
    0x1220: "s",
    0x1228: "r",
    0x1230: "s",
    0x1238: "S",
    0x1240: "k",
    0x1248: "k",
    0x1250: "k",
    0x1258: "k",
    0x1260: "b",
    0x1268: "v",
    0x1270: "t",
    0x1278: "C",
    0x1280: "h",
    0x1288: "h",
    0x1290: "n",
    0x1298: "ny",
    0x12A0: "'",
    0x12A8: "k",
    0x12B0: "k",
    0x12B8: "x",
    0x12C0: "x",
    0x12C8: "w",
    0x12D0: "'",
    0x12D8: "z",
    0x12E0: "Z",
    0x12E8: "y",
    0x12F0: "d",
    0x12F8: "d",
    0x1300: "j",
    0x1308: "g",
    0x1310: "g",
    0x1318: "g",
    0x1320: "t",
    0x1328: "C",
    0x1330: "p",
    0x1338: "c",
    0x1340: "c",
    0x1348: "f",
    0x1350: "p",
}
# Syllables; marks, punctuation and numerals of the block follow.
_FIRST, _LAST = 0x1200, 0x1357
# The first order is the short vowel that Latin spellings write e or a; the sixth is mostly silent.
_ORDERS = ("e", "u", "i", "a", "e", "", "o", "wa")
# Between consonants the sixth order is a short vowel: Kibret, Kidane, Tirhas.
_SIXTH = 5
_VOWELS = "aeiou"
_GLOTTAL_ORDERS = ("a", "u", "i", "a", "e", "i", "o", "a")


def fold(word: str) -> str:
    """Return the letters with every homophone row on its first representative."""
    return "".join(_representative(char) for char in word if _FIRST <= ord(char) <= _LAST)


def _representative(char: str) -> str:
    row, order = ord(char) & ~7, ord(char) & 7
    merged = {0x1210: 0x1200, 0x1280: 0x1200, 0x1220: 0x1230, 0x12D0: 0x12A0, 0x1340: 0x1338}
    return chr(merged.get(row, row) + order)


def _read(folded: str, *, sixth: str) -> str:
    parts: list[str] = []
    for char in folded:
        sound = _ROWS.get(ord(char) & ~7, "")
        order = ord(char) & 7
        if sound == "'":
            parts.append(_GLOTTAL_ORDERS[order])
        else:
            # Mekonnen: of one consonant written twice, the first carries a vowel.
            twice = order == _SIXTH and parts and parts[-1] == sound
            parts.append(("e" if twice else "") + sound + (sixth if order == _SIXTH else _ORDERS[order]))
    return "".join(parts)


def _syllables(folded: str) -> str:
    """Return the reading with the short vowel where two bare consonants would begin a word."""
    plain = _read(folded, sixth="")
    if len(folded) > 1 and ord(folded[0]) & 7 == _SIXTH and plain[:1] not in _VOWELS:
        first = _ROWS.get(ord(folded[0]) & ~7, "")
        return first + "i" + plain[len(first) :]
    return plain


def sounds(folded: str) -> tuple[str, ...]:
    """Return the reading of a folded word, and one with the short vowel after a bare first consonant."""
    return tuple(dict.fromkeys((_read(folded, sixth=""), _syllables(folded))))


SCRIPTS = (Script("Ethi", ("ETHIOPIC",), fold, sounds),)
