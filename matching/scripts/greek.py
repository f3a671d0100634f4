"""Greek script to sounds, as it is said today."""

from __future__ import annotations

import re

from matching.normalize import strip_marks
from matching.scripts.script import Script, pairs

# Two letters that make one sound come first.
SPELLINGS = pairs(
    """
    μπ:b ντ:d γκ:g γγ:ng γχ:nx ου:u αι:e ει:i οι:i υι:i τσ:c τζ:c αυ:av ευ:ev ηυ:iv α:a β:v γ:g δ:d ε:e ζ:z
    η:i θ:T ι:i κ:k λ:l μ:m ν:n ξ:ks ο:o π:p ρ:r σ:s τ:t υ:i φ:f χ:x ψ:ps ω:o
    """
)
_SPELLING = re.compile("|".join(SPELLINGS))
# A woman bears her father's or husband's name in the genitive: Papadopoulou, Georgiadou, Dimitraki.
_FEMININE = ((re.compile("(?<=pul)u$"), "os"), (re.compile("(?<=[iaoe]d)u$"), "is"), (re.compile("(?<=ak)i$"), "is"))


def fold(word: str) -> str:
    """Return the letters without accents, the final sigma as the other."""
    plain = strip_marks(word).replace("ς", "σ")
    return "".join(char for char in plain if "α" <= char <= "ω")


def sounds(folded: str) -> tuple[str, ...]:
    """Return the reading; with nd for the pair that is d elsewhere; with ch for chi; a surname's masculine form."""
    read = _SPELLING.sub(lambda match: SPELLINGS[match.group()], folded)
    forms = [read, folded and read[:1] + _inside(folded)[1:]]
    forms += [read.replace("x", "C")] if "x" in read else []
    forms += [ending.sub(put, read) for ending, put in _FEMININE if ending.search(read)]
    return tuple(dict.fromkeys(forms))


def _inside(folded: str) -> str:
    apart = {"ντ": "nt", "μπ": "mb", "γκ": "gk"}
    return _SPELLING.sub(lambda match: apart.get(match.group(), SPELLINGS[match.group()]), folded)


SCRIPTS = (Script("Grek", ("GREEK",), fold, sounds),)
