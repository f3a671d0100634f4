"""Names that may deceive the eye: letters of two scripts in one word, invisible marks that change what is shown.

Such a name is marked, never refused: it may come from a scanned list or a wrong keyboard, and still be a person's.
"""

import unicodedata
from enum import StrEnum

from rfl.domain.text import N_

# Scripts whose letters are drawn alike, so that a word mixing them reads as one of them (Unicode TR 39, section 5).
ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
# Format marks that real names need: ZERO WIDTH NON-JOINER and JOINER, in Persian and Indic spelling.
JOINERS = frozenset({"\u200c", "\u200d"})


class Doubt(StrEnum):
    """Why a written name should be looked at letter by letter."""

    MIXED_SCRIPTS = "mixed_scripts"
    HIDDEN_MARKS = "hidden_marks"


DOUBTS = {
    Doubt.MIXED_SCRIPTS: N_("Letters of different scripts are mixed in one word; they may look alike."),
    Doubt.HIDDEN_MARKS: N_("The record holds invisible characters here; they are left out on this page."),
}


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _mixes(word: str) -> bool:
    return len({_script(letter) for letter in word if letter.isalpha()} & ALIKE) > 1


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf") and char not in JOINERS and not char.isspace()


def doubts(text: str) -> tuple[Doubt, ...]:
    """Return why `text` may deceive the eye; empty for nearly every name."""
    found = []
    if any(_mixes(word) for word in text.split()):
        found.append(Doubt.MIXED_SCRIPTS)
    if any(_is_hidden(char) for char in text):
        found.append(Doubt.HIDDEN_MARKS)
    return tuple(found)


def shown(text: str) -> str:
    """Return `text` without invisible marks, on one line."""
    return " ".join("".join(char for char in text if not _is_hidden(char)).split())
