"""Unicode text becomes clean words: no invisible letters, no floods of marks, one form for each letter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# A full name of seven long words fits; beyond it a field holds a sentence or an attack, not a name.
MAX_TEXT = 200
# Read before normalising, so that a field of 1,000 marks costs no more than a long one.
MAX_RAW = 1_000
# No living script stacks more marks than this on a letter; Burmese and Vietnamese come nearest.
MAX_MARKS = 4
_WORD_BREAK = re.compile(r"[\s,;/|()\[\]{}<>\"“”«»_.:!?*=+&%$#@^~\\0-9٠-٩۰-۹،؛]+")
_QUOTES = str.maketrans(dict.fromkeys("’‘ʼʻ`´ʿʾ′＇", "'"))
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―־", "-"))


@lru_cache(maxsize=65_536)
def clean(text: str) -> str:
    """Return `text` in NFKC without control and direction marks, at most MAX_TEXT letters."""
    if text.isascii() and text.isprintable() and len(text) <= MAX_TEXT:
        return text.strip()
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFKC", text[:MAX_RAW]):
        category = unicodedata.category(char)
        marks = marks + 1 if category == "Mn" else 0
        if marks > MAX_MARKS or category in ("Cf", "Co", "Cs", "Cn"):
            continue
        kept.append(" " if category == "Cc" else char)
        if len(kept) >= MAX_TEXT:
            break
    return " ".join("".join(kept).split())


# Digits inside Latin words: a look-alike letter (Z0hra, A1i), or an Arabic letter as chats write it (Mo7amed, 3ali).
_DIGIT_INSIDE = re.compile(r"(?<=[a-z])[0-9](?=[a-z])|(?<![\w])[23579](?=[a-z]{3})")
_HAS_DIGIT = re.compile("[0-9]")
_SPOKEN_DIGITS = {"0": "o", "1": "l", "2": "", "3": "", "4": "a", "5": "kh", "6": "t", "7": "h", "8": "gh", "9": "q"}


def words(text: str) -> tuple[str, ...]:
    """Return the words of a name or place in lower case; hyphens and apostrophes stay inside words."""
    lowered = clean(text).translate(_QUOTES).translate(_HYPHENS).lower()
    if _HAS_DIGIT.search(lowered):
        lowered = _DIGIT_INSIDE.sub(lambda match: _SPOKEN_DIGITS[match.group()], lowered)
    found = (word.strip("-' ") for word in _WORD_BREAK.split(lowered))
    return tuple(word for word in found if word)


def strip_marks(text: str) -> str:
    """Return `text` without accents; for scripts where an accent is not a letter of its own."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
