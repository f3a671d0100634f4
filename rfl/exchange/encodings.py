"""Which letters the bytes of a text file stand for: a mark at the front, else UTF-8, else the best guess.

Invariant: the whole file decodes in the encoding returned, without a single replacement character.
"""

import codecs
from dataclasses import dataclass

from matching.lists import CHOICES, likely_encodings, marked_encoding
from rfl.exchange.failures import UnreadableText, WrongEncoding

__all__ = ["CHOICES", "Encoding", "find_encoding"]

_CHUNK_BYTES = 1024 * 1024


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


def find_encoding(data: bytes, *, chosen: str | None = None) -> Encoding:
    """Return the encoding of `data`; `chosen` (one of CHOICES) overrides every guess.

    Raises WrongEncoding when the chosen one does not fit, UnreadableText when none does.
    """
    if chosen is not None:
        marked = marked_encoding(data)
        name = marked if marked and marked.startswith(chosen) else chosen
        if chosen not in CHOICES or not _decodes(data, name):
            raise WrongEncoding(encoding=chosen)
        return Encoding(name, guessed=False)
    for name, guessed in likely_encodings(data):
        if _decodes(data, name):
            return Encoding(name, guessed)
    raise UnreadableText
