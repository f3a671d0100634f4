"""Latin spellings of many habits (English, French, German, Polish, Turkish, Somali, Spanish) to sounds."""

from __future__ import annotations

import re
from functools import lru_cache

from matching.normalize import strip_marks
from matching.scripts.chinese_spellings import as_pinyin
from matching.scripts.script import Script

# Letters whose mark changes the sound; every other mark is dropped.
LETTERS = str.maketrans(
    {
        "š": "sh", "ş": "sh", "ș": "sh", "ś": "sh", "č": "ch", "ç": "ch", "ć": "ch", "ž": "zh", "ż": "zh",
        "ź": "z", "ğ": "g", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe",
        "ß": "ss", "ə": "a", "ñ": "n", "ŋ": "ng", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ɛ": "e", "ɔ": "o",
        "ħ": "h", "ɣ": "gh", "ơ": "o", "ư": "u",
    }
)  # fmt: skip
# Portuguese and French write c with a cedilla for s, where Turkish, Kurdish and Albanian write it for ch.
_SOFT_CEDILLA = re.compile("(?<=n)ç(?=[ao])|ç(?=ã)|(?<=[aui])ç(?=o|al)")
# The d with a stroke is dj on the Balkans and plain d in Vietnam, where it only begins a word.
_SERBIAN = re.compile("(?<=.)đ|[ćčšž]")
# Longest first: (spelling, sound).
SPELLINGS = (
    ("shch", "SC"), ("szcz", "SC"), ("tsch", "C"), ("tsj", "C"), ("dzh", "j"), ("sch", "S"), ("tch", "C"),
    ("sh", "S"), ("ch", "C"), ("sj", "S"), ("tj", "C"), ("kh", "x"), ("gh", "G"), ("zh", "Z"), ("th", "T"),
    ("dh", "D"), ("ph", "f"), ("dj", "j"), ("ts", "c"), ("tz", "c"), ("sz", "S"), ("cz", "C"), ("ck", "k"),
    ("qu", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "ey"), ("ai", "ay"), ("x", "ks"), ("ce", "se"),
    ("ci", "si"), ("cy", "si"), ("c", "k"),
)  # fmt: skip
_SPELLING = re.compile("|".join(spelling for spelling, _ in SPELLINGS))
_SOUND = dict(SPELLINGS)
_VOWEL_Y = re.compile(r"(?<![aeiou])y(?![aeiou])")
# Fused article before a name of at least four letters: Elmasri, Alhassan, Ennaifer, Assaf.
_ARTICLE = re.compile(r"^(?:[ae]l(?=.{4})|[ae](?=([nsrtdz])\1.{3})|ash(?=sh.{3}))")
_ABD = re.compile(
    r"^(?:abd|ebd|cabd)(?:[aeiou]+l(?=.{3})|[aeiou]+(?=([nrstdz])\1)|[aeiou]+sh(?=sh)|[aeiou]+(?=[^aeioul].{2}))"
)
# Somali writes ayn as c and ha as x; inside a word c is ayn only beside what else looks Somali.
_SOMALI = re.compile(r"^c(?=[aeiou])|(?<=aa)c|(?<=[aeiou])c(?=ii|aa|uu|ee|oo|$)|(?<=[ai])c(?=d[aiu])")
# No other language writes these: Caasha, Ceelaay, Xaawo, Faarax.
_SURELY_SOMALI = re.compile("^c(?:aa|ee|ii|oo|uu)|x(?:aa|ee|ii|oo|uu)|(?:aa|ee|ii|oo|uu)[a-z]*x")
# Turkish and Kurdish write j as c.
_TURKISH_C = re.compile("(?<=[aeiou])c(?=[aeiou])|^c(?=[ei])")
_SPANISH_LL = re.compile("(?:^|(?<=[aeiou]))ll(?=[aeiou])")
_LONG = re.compile(r"([aeiou])\1+")
# German and Polish: what Mychajlowytsch, Jerzy and Wojciech mean by their letters.
_SLAVIC_SOUNDS = {"dj": "dj", "tsch": "tsch", "sch": "sch", "ch": "kh", "rz": "zh", "w": "v", "j": "y"}
_SLAVIC = re.compile("|".join(_SLAVIC_SOUNDS))
# The surname of a woman, brought to the form of her father or brother: Ivanova, Kovalska, Papadopoulou.
_FEMININE = (
    (re.compile(r"(?<=..[oe]v)a$"), ""),
    (re.compile(r"(?<=..[oe]w)a$"), ""),
    (re.compile(r"(?<=.[sc]k)(?:a|aya|aja|aia|aa)$"), "i"),
    (re.compile(r"(?<=poul)ou$"), "os"),
    (re.compile(r"(?<=[iaoe]d)ou$"), "is"),
)
MAX_FORMS = 4


def fold(word: str) -> str:
    """Return a-z only: marks that change the sound are spelled out, the rest dropped."""
    if word.isascii() and word.isalpha():
        return word
    softened = _SOFT_CEDILLA.sub("c", word) if "ç" in word else word
    softened = softened.replace("đ", "dj") if "đ" in word and _SERBIAN.search(word) else softened
    plain = strip_marks(softened.translate(LETTERS))
    return "".join(char for char in plain if "a" <= char <= "z")


def _habits(folded: str) -> list[str]:
    """Return the other spellings that a word may stand for, by habits of languages and scribes."""
    forms = []
    if "x" in folded or "c" in folded:
        forms.append(_LONG.sub(r"\1", _SOMALI.sub("", folded).replace("x", "h")))
    if folded.endswith(("va", "wa", "ka", "ya", "ja", "aia", "ou")):
        forms += [made for ending, put in _FEMININE if (made := ending.sub(put, folded)) != folded]
    if folded.endswith(("ah", "eh")) and len(folded) > 3:  # noqa: PLR2004 - the least of a name: Leah, Yaah
        forms.append(folded[:-1])
    forms += as_pinyin(folded)
    if "ll" in folded:
        forms.append(_SPANISH_LL.sub("y", folded))
    if "c" in folded:
        forms.append(_TURKISH_C.sub("j", folded))
    return [form for form in forms if form and form != folded]


@lru_cache(maxsize=1_024)
def _with_stripped(folded: str) -> tuple[str, ...]:
    """Return the plain word with the article's and the servant's vowels taken out where they are fused."""
    forms = [folded, *_habits(folded)]
    for form in tuple(forms[:2]):
        if _ABD.match(form):
            forms.insert(1, _ABD.sub("abd", form))
        elif _ARTICLE.match(form):
            forms.append(_ARTICLE.sub("", form))
    return tuple(dict.fromkeys(forms))


def spellings(folded: str) -> tuple[str, ...]:
    """Return the folded form first, then what Somali x and c, a fused article or a feminine ending hide."""
    return _with_stripped(folded)


def sounds(folded: str) -> tuple[str, ...]:
    """Return the plain reading first, then readings by Somali, fused-article, feminine and Slavic habits."""
    forms = [_plain(form) for form in _with_stripped(folded)]
    if _ABD.match(folded) or _SURELY_SOMALI.search(folded):
        forms.insert(0, forms.pop(1))
    if "w" in folded[1:] or "j" in folded or "rz" in folded:
        forms.append(_plain(_SLAVIC.sub(lambda match: _SLAVIC_SOUNDS[match.group()], folded)))
    return tuple(dict.fromkeys(forms))[:MAX_FORMS]


def _plain(folded: str) -> str:
    # Abdhussein is no word with dh.
    apart = folded.replace("abdh", "abd'h", 1) if folded.startswith("abdh") else folded
    read = _SPELLING.sub(lambda match: _SOUND[match.group()], apart).replace("d'h", "dh", 1)
    return _VOWEL_Y.sub("i", read)


SCRIPTS = (Script("Latn", ("LATIN",), fold, sounds, spellings),)
