"""Consonant skeletons, merged further where spellings of one name across scripts exchange them."""

from __future__ import annotations

import re

from matching.scripts import Reading, read

_DOUBLE = re.compile(r"(.)\1+")
# Consonants that scripts and clerks exchange fall together: all that hiss (Demirtaş, Demirtas; Nadarajah, Nadarasa);
# a nasal before a lip sound. An h behind the first letter is as often dropped as written.
_MERGED = re.compile("t[SC]|ts|[CjS]")
_SOFT_G = re.compile("g(?=[eiy])")


def spelled_values(reading: Reading) -> tuple[str, ...]:
    """Return the values of a word by its sounds alone, plainest first."""
    bones = list(reading.skeletons[:2])
    if reading.script == "Arab" and "j" in reading.sounds[0]:
        bones.append(reading.skeletons[0].replace("j", "k"))  # Egypt says g for jim
    if reading.script == "Latn" and _SOFT_G.search(reading.folded):
        bones += read(_SOFT_G.sub("j", reading.folded)).skeletons[:1]
    return tuple(dict.fromkeys(settled(one) for one in bones if one))


def settled(bones: str) -> str:
    """Return a skeleton with the consonants merged that cross-script spellings exchange most."""
    kept = bones[:1] + bones[1:].replace("h", "")
    merged = _MERGED.sub("s", kept).replace("nb", "mb").replace("nf", "mf")
    return _DOUBLE.sub(r"\1", merged)
