"""Words made comparable: how two people write the same column name, country or relation comes out the same."""

import re
import unicodedata

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_POSSESSIVE = re.compile(r"['’]s\b")
_NOT_WORD = re.compile(r"[\W_]+")
_UNSEEN = frozenset({"Mn", "Cf"})
# Letters that Arabic, Persian and Urdu keyboards write differently in the same word; the tatweel only stretches.
_SAME_LETTERS = str.maketrans("أإآٱىیکةۀёı", "ااااييكههеi") | {ord("ـ"): None}


def fold_words(text: str) -> str:
    """Return `text` as lower-case words apart by one space, without accents, marks and punctuation."""
    wide = text if text.isascii() else unicodedata.normalize("NFKC", text)
    spaced = _CAMEL.sub(" ", _POSSESSIVE.sub("", wide)).casefold()
    if not spaced.isascii():
        spaced = "".join(
            ch for ch in unicodedata.normalize("NFKD", spaced) if unicodedata.category(ch) not in _UNSEEN
        ).translate(_SAME_LETTERS)
    return _NOT_WORD.sub(" ", spaced).strip()


def tidy(text: str) -> str:
    """Return `text` as it should be kept: composed, without control characters, one space between words."""
    if not text.isprintable():
        text = "".join(" " if ch.isspace() else ch for ch in text if ch.isspace() or _may_stay(ch))
    return " ".join(unicodedata.normalize("NFC", text).split())


def tidy_lines(text: str) -> str:
    """Like `tidy`, but the lines of a longer note stay apart."""
    return "\n".join(line for line in (tidy(part) for part in text.splitlines()) if line)


def _may_stay(ch: str) -> bool:
    """Joiners shape letters in Persian and in Indian scripts; other invisible characters only hide differences."""
    return ch in "\u200c\u200d" or unicodedata.category(ch) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
