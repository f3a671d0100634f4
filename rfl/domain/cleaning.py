"""Typed or pasted text is stored without what the eye cannot see, and never longer than its limit.

Invariant: no text that was let through can hide, reorder or forge what stands beside it on a screen or in a list.
"""

import re
import sys
import unicodedata

from rfl.domain.errors import FieldError
from rfl.domain.text import N_

# Longest texts, in characters. The longest names on documents (Portuguese, Ethiopian, Arabic with three
# generations) stay below 120; the other limits leave room for a paragraph and keep a record printable.
NAME_LENGTH = 200
LINE_LENGTH = 300
NOTE_LENGTH = 4000

TOO_LONG = N_("Write at most %(limit)d characters here. Put the rest into the notes.")
REORDERED = N_(
    "This text contains hidden characters that reverse its order, so it is not what it seems to be. Type it anew."
)

# Left-to-right and right-to-left override: the only marks that show a text in another order than it is stored.
_OVERRIDES = re.compile("[\u202d\u202e]")
# Zero-width (non-)joiners shape letters in Persian, Urdu, Sinhala and other scripts, so names need them.
_JOINERS = "\u200c\u200d"
# The 66 codes that Unicode promises never to make letters: 32 in a row, and the last two of each plane.
_NONCHARACTERS = frozenset(map(chr, range(0xFDD0, 0xFDF0))) | {
    chr(plane + last) for plane in range(0, sys.maxunicode, 0x10000) for last in (0xFFFE, 0xFFFF)
}
_BLANKS = re.compile(r"[ \t]+")
_LOOSE_JOINER = re.compile(rf"(?<!\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\S)")


def _visible(character: str) -> bool:
    if character in _JOINERS or character == "\n":
        return True
    # Unassigned letters (Cn) may come from a newer Unicode, so they stay.
    kind = unicodedata.category(character)
    return kind not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and character not in _NONCHARACTERS


def clean_text(text: str | None, field: str, *, limit: int = NOTE_LENGTH) -> str:
    """Return the text of a box of several lines: composed (NFC), without invisible marks, blank ends or edges.

    Raises FieldError for `field` when more than `limit` characters remain, or when the text is shown in
    another order than it is stored (override marks of Unicode's bidirectional algorithm, UAX 9).
    """
    if not text:
        return ""
    if _OVERRIDES.search(text):
        raise FieldError(field, REORDERED)
    plain = re.sub(r"\r\n?|[\u0085\u2028\u2029\v\f]", "\n", text)
    plain = _BLANKS.sub(" ", plain.replace("\u00a0", " "))
    plain = unicodedata.normalize("NFC", "".join(ch for ch in plain if _visible(ch)))
    lines = [_LOOSE_JOINER.sub("", line).strip() for line in plain.split("\n")]
    cleaned = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if len(cleaned) > limit:
        raise FieldError(field, TOO_LONG, limit=limit)
    return cleaned


def clean_line(text: str | None, field: str, *, limit: int = LINE_LENGTH) -> str:
    """Return the text of a box of one line: as `clean_text`, with line ends made spaces.

    Raises FieldError for `field`.
    """
    # NFC can lengthen a text, so only the finished line is measured.
    line = " ".join(clean_text(text, field, limit=sys.maxsize).split())
    if len(line) > limit:
        raise FieldError(field, TOO_LONG, limit=limit)
    return line
