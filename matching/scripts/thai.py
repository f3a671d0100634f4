"""Thai script to sounds: vowels written before a consonant are said after it."""

from __future__ import annotations

import re

from matching.scripts.script import Script, pairs

CONSONANTS = pairs(
    """
    ก:k ข:k ฃ:k ค:k ฅ:k ฆ:k ง:ng จ:j ฉ:C ช:C ซ:s ฌ:C ญ:y ฎ:d ฏ:t ฐ:t ฑ:t ฒ:t ณ:n ด:d ต:t ถ:t ท:t ธ:t น:n บ:b
    ป:p ผ:p ฝ:f พ:p ฟ:f ภ:p ม:m ย:y ร:r ล:l ว:w ศ:s ษ:s ส:s ห:h ฬ:l อ: ฮ:h
    """
)
VOWELS = {"ะ": "a", "ั": "a", "า": "a", "ำ": "am", "ิ": "i", "ี": "i", "ึ": "ue", "ื": "ue", "ุ": "u", "ู": "u",
          "เ": "e", "แ": "ae", "โ": "o", "ใ": "ai", "ไ": "ai"}  # fmt: skip
_BEFORE = re.compile("([เแโใไ])([ก-ฮ])")
# A silenced letter, tones and repetition marks.
_CARRIER = re.compile("^อ(?=[ก-ฮ])")
_SILENT = re.compile("[ก-ฮ][ิุ]?์|[็-๎ๆฯฺ]")
_FINALS = str.maketrans({"r": "n", "l": "n", "d": "t", "s": "t", "j": "t"})


def fold(word: str) -> str:
    """Return the letters without tones and silenced letters."""
    return _SILENT.sub("", word)


def sounds(folded: str) -> tuple[str, ...]:
    """Return the reading as written, with the last consonant as it is said, and with ph as Latin spellings write it."""
    moved = _CARRIER.sub("ะ", _BEFORE.sub(r"\2\1", folded))
    read = "".join(CONSONANTS.get(char) or VOWELS.get(char, "") for char in moved)
    said = read[:-1] + read[-1:].translate(_FINALS)
    breathed = "".join("f" if char in "ผพภ" else CONSONANTS.get(char) or VOWELS.get(char, "") for char in moved)
    return tuple(dict.fromkeys((read, said, breathed, breathed[:-1] + said[-1:])))


SCRIPTS = (Script("Thai", ("THAI",), fold, sounds, abjad=True),)
