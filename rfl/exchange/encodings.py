"""Which letters the bytes of a text file stand for: a mark at the front, else UTF-8, else the best guess.

Invariant: the whole file decodes in the encoding returned, without a single replacement character.
"""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from rfl.exchange.failures import UnreadableText, WrongEncoding

# Longest mark first: the one of UTF-32 begins like the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What office programs in the countries of the routes write, the commonest first.
_EIGHT_BIT = (
    "cp1252", "cp1256", "cp1251", "cp1250", "cp1254", "cp1253", "cp1255", "iso8859_6", "iso8859_5",
    "koi8_r", "koi8_u", "cp866", "cp720", "mac_roman", "mac_arabic", "mac_cyrillic",
    "gb18030", "big5", "shift_jis", "euc_kr",
)  # fmt: skip
# Western letters first where several Latin alphabets fit equally well.
_LATIN = ("cp1252", "cp1250", "cp1254")
CHOICES = ("utf-8", "utf-16", *_EIGHT_BIT)
# A guess needs a few thousand letters; more only takes time.
_SAMPLE_BYTES = 64 * 1024
_CHUNK_BYTES = 1024 * 1024
# Latin text in UTF-16 has a zero in every second byte; a tenth is already no 8-bit text.
_ZERO_SHARE = 0.1
# In the wrong Latin alphabet, letters turn into signs in the middle of a word ("£ukasz", "¯ó³æ").
_SIGN_IN_WORD = re.compile(r"[¡-¿×÷]\w|\w[¡-©«-±´-¹»-¿×÷]")


@dataclass(frozen=True)
class Encoding:
    """The name of a Python codec, and whether it was guessed and should be shown for checking."""

    name: str
    guessed: bool


def _decodes(data: bytes, encoding: str) -> bool:
    """Read in pieces, so that checking needs no second copy of the file."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for start in range(0, len(data), _CHUNK_BYTES):
            decoder.decode(data[start : start + _CHUNK_BYTES])
        decoder.decode(b"", final=True)
    except (UnicodeDecodeError, UnicodeError):
        return False
    return True


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark shows in the zero bytes of its Latin letters, digits and separators."""
    sample = data[:_SAMPLE_BYTES]
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    if max(low, high) < _ZERO_SHARE * len(sample) / 2:
        return None
    return "utf-16-le" if low > high else "utf-16-be"


def _telling_lines(data: bytes) -> bytes:
    """Only lines with letters beyond ASCII say anything about the encoding."""
    telling, size = [], 0
    for line in data[: 64 * _SAMPLE_BYTES].splitlines():
        if not line.isascii():
            telling.append(line)
            size += len(line)
        if size > _SAMPLE_BYTES:
            break
    return b"\n".join(telling)


def _guesses(data: bytes) -> list[str]:
    sample = _telling_lines(data)
    found = [match.encoding for match in from_bytes(sample, cp_isolation=list(_EIGHT_BIT))]
    if not found or found[0] not in _LATIN:
        return found
    signs = {name: len(_SIGN_IN_WORD.findall(sample.decode(name, "replace"))) for name in _LATIN}
    return sorted(_LATIN, key=lambda name: (signs[name], _LATIN.index(name))) + found


def find_encoding(data: bytes, *, chosen: str | None = None) -> Encoding:
    """Return the encoding of `data`; `chosen` (one of CHOICES) overrides every guess.

    Raises WrongEncoding when the chosen one does not fit, UnreadableText when none does.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if chosen is not None:
        name = marked if marked and marked.startswith(chosen) else chosen
        if chosen not in CHOICES or not _decodes(data, name):
            raise WrongEncoding(encoding=chosen)
        return Encoding(name, guessed=False)
    certain = [marked] if marked else [name for name in (_wide(data), "utf-8") if name]
    for name in certain:
        if _decodes(data, name):
            return Encoding(name, guessed=False)
    for name in [] if marked else _guesses(data):
        if _decodes(data, name):
            return Encoding(name, guessed=True)
    raise UnreadableText
