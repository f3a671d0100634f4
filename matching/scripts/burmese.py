"""Burmese script to sounds, syllable by syllable: initial, medials, rhyme."""

from __future__ import annotations

import re

from matching.scripts import latin
from matching.scripts.script import Script, pairs

# Origin: the usual Latin spelling of Burmese personal names, with the MLC table for what is rare.
INITIALS = pairs(
    """
    က:k ခ:kh ဂ:g ဃ:g င:ng စ:s ဆ:s ဇ:z ဈ:z ဉ:ny ည:ny ဋ:t ဌ:t ဍ:d ဎ:d ဏ:n တ:t ထ:ht ဒ:d ဓ:d န:n ပ:p ဖ:ph ဗ:b
    ဘ:b မ:m ယ:y ရ:y လ:l ဝ:w သ:th ဟ:h ဠ:l အ: ဿ:th
    """
)
INDEPENDENT = {"ဣ": "i", "ဤ": "i", "ဥ": "u", "ဦ": "u", "ဧ": "e", "ဩ": "aw", "ဪ": "aw"}
# Rhymes without tone marks: written -> the usual spelling, then others that registrars write.
RHYMES = {
    "": "a", "ာ": "a ar", "ါ": "a ar", "ိ": "i", "ီ": "i ee", "ု": "u", "ူ": "u oo", "ေ": "ay e", "ဲ": "e ae", "ော": "aw or",
    "ေါ": "aw", "ော်": "aw", "ေါ်": "aw", "ို": "o oe", "ံ": "an",
    "ုံ": "on", "က်": "et", "င်": "in", "ိုင်": "aing", "ောင်": "aung",
    "ေါင်": "aung", "ောက်": "auk", "ေါက်": "auk", "ိုက်": "aik", "စ်": "it",
    "ည်": "i yi", "ဉ်": "in", "တ်": "at", "ပ်": "at", "န်": "an",
    "မ်": "an", "ိတ်": "eik", "ိပ်": "eik", "ိန်": "ein", "ိမ်": "ein",
    "ုတ်": "ok", "ုပ်": "ok", "ုန်": "on", "ုမ်": "on", "ယ်": "e ai",
    "ွတ်": "ut", "ွပ်": "ut", "ွန်": "un", "ွမ်": "un", "ံု": "on", "ိ်": "i",
}  # fmt: skip
_MARKS = re.compile("[့း၊။\u200b\u200c]")
_SYLLABLE = re.compile("(?<!္)([က-ဪဿ])(?![ှျ]?[့္်])")
_PARTS = re.compile("([က-အဿ])([ျြွှ]*)(.*)$")
_STACKED = re.compile("([က-အ])္")
# Creaky tone closes a nasal rhyme with t: Myint, Nyunt, Sint.
_CREAKY = re.compile("(?<=်)့|့(?=်)")
# Names of two syllables that Latin writes as one word.
WORDS = {
    "သီတာ": "thida", "နီလာ": "nila", "သီရိ": "thiri", "ရာဇာ": "yaza",
    "မာလာ": "mala", "သူရ": "thura", "ဇာနည်": "zarni", "ရတနာ": "yadana",
    "စည်သူ": "sithu", "ဥမ္မာ": "ohnmar", "နန္ဒာ": "nanda",
    "သန္တာ": "thanda", "စန္ဒာ": "sanda", "စန္တာ": "sanda",
}  # fmt: skip
_MOST = 16


def fold(word: str) -> str:
    """Return the word without spaces of no width, with the order of asat and dot settled."""
    return word.replace("\u200b", "").replace("\u200c", "").replace("့်", "့်").replace("ံု", "ုံ").replace("-", "")


def syllables(word: str) -> list[str]:
    """Return the syllables of a word written without spaces, names of two syllables kept whole."""
    found = [part for part in _SYLLABLE.sub(r" \1", fold(word)).split() if part][:_MOST]
    joined: list[str] = []
    for part in found:
        if joined and joined[-1] + part in WORDS and joined[-1] != part:
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _onset(initial: str, medials: str) -> str:
    sound = INITIALS[initial]
    if "ှ" in medials:
        sound = "sh" if initial in "ယရ" or (initial == "လ" and "ျ" in medials) else "h" + sound
    if "ျ" in medials or "ြ" in medials:
        sound = {"kh": "ch", "sh": "sh", "ht": "ch"}.get(sound, sound + "y")
    return sound


def _spelled(syllable: str, choice: int) -> str:
    if syllable[0] in INDEPENDENT:
        return INDEPENDENT[syllable[0]] + ("n" if "ံ" in syllable else "")
    parts = _PARTS.match(syllable)
    if parts is None:
        return ""
    initial, medials, rest = parts.groups()
    creaky = bool(_CREAKY.search(rest))
    rhyme = _MARKS.sub("", rest)
    wide = "ွ" in medials and "ွ" + rhyme in RHYMES
    spelled = RHYMES.get("ွ" + rhyme if wide else rhyme) or RHYMES.get(rhyme[:1], "a")
    choices = spelled.split()
    vowel = choices[min(choice, len(choices) - 1)]
    glide = "w" if "ွ" in medials and not wide else ""
    onset = _onset(initial, medials)
    vowel = vowel[1:] if onset.endswith("y") and vowel.startswith("y") else vowel
    return onset + glide + vowel + ("t" if creaky and vowel.endswith("n") else "")


def latin_of(folded: str) -> tuple[str, ...]:
    """Return the usual spelling in a-z, and the second where a rhyme has one."""
    if folded in WORDS:
        return (WORDS[folded], WORDS[folded] + "r")
    apart = _STACKED.sub(r"\1် ", folded)
    found = [part for part in _SYLLABLE.sub(r" \1", apart).split() if part]
    return tuple(dict.fromkeys("".join(_spelled(part, choice) for part in found) for choice in (0, 1)))


def sounds(folded: str) -> tuple[str, ...]:
    """Return the sounds of each spelling."""
    return tuple(dict.fromkeys(latin.sounds(form)[0] for form in latin_of(folded)))


SCRIPTS = (Script("Mymr", ("MYANMAR",), fold, sounds, latin_of),)
