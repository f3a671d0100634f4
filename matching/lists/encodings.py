"""Which letters the bytes of a text file may stand for: a mark at the front, else UTF-8, else the best guesses."""

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from matching.lists.folding import fold_words
from matching.lists.header_words import WORDS

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
_TELLING_BYTES = 64 * 1024
# As much of the front of a file as is searched for them.
SAMPLE_BYTES = 64 * _TELLING_BYTES
# Where the row of column names is looked for.
_TOP_BYTES, _TOP_LINES = 8 * 1024, 10
_BETWEEN_CELLS = re.compile(r"[,;\t|]")
# Latin text in UTF-16 has a zero in every second byte; a tenth is already no 8-bit text.
_ZERO_SHARE = 0.1
# In the wrong Latin alphabet, letters turn into signs in the middle of a word ("£ukasz", "¯ó³æ").
_SIGN_IN_WORD = re.compile(r"[¡-¿×÷]\w|\w[¡-©«-±´-¹»-¿×÷]")


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding whose mark stands at the front of `data`."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def likely_encodings(data: bytes) -> Iterator[tuple[str, bool]]:
    """Yield (codec, whether it is a guess), likeliest first, from the first SAMPLE_BYTES of a file.

    Whoever reads the file takes the first one in which all of it decodes.
    """
    marked = marked_encoding(data)
    if marked:
        yield marked, False
        return
    yield from ((name, False) for name in (_wide(data), "utf-8") if name)
    # Where letters fit several alphabets, the one in which the columns have names that lists use goes first.
    yield from ((name, True) for name in sorted(_guesses(data), key=lambda name: -_known_headers(data, name)))


def _known_headers(data: bytes, encoding: str) -> int:
    """Count the cells near the top that are names of columns."""
    top = data[:_TOP_BYTES].decode(encoding, "replace").splitlines()[:_TOP_LINES]
    return sum(fold_words(cell) in WORDS for line in top for cell in _BETWEEN_CELLS.split(line))


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark shows in the zero bytes of its Latin letters, digits and separators."""
    sample = data[:_TELLING_BYTES]
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    if max(low, high) < _ZERO_SHARE * len(sample) / 2:
        return None
    return "utf-16-le" if low > high else "utf-16-be"


def _telling_lines(data: bytes) -> bytes:
    """Only lines with letters beyond ASCII say anything about the encoding."""
    telling, size = [], 0
    for line in data[:SAMPLE_BYTES].splitlines():
        if not line.isascii():
            telling.append(line)
            size += len(line)
        if size > _TELLING_BYTES:
            break
    return b"\n".join(telling)


def _guesses(data: bytes) -> list[str]:
    sample = _telling_lines(data)
    found = [match.encoding for match in from_bytes(sample, cp_isolation=list(_EIGHT_BIT))]
    if not found or found[0] not in _LATIN:
        return found
    signs = {name: len(_SIGN_IN_WORD.findall(sample.decode(name, "replace"))) for name in _LATIN}
    return sorted(_LATIN, key=lambda name: (signs[name], _LATIN.index(name))) + found
