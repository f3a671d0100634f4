"""Armenian and Georgian scripts to sounds: one letter, one sound."""

from __future__ import annotations

from matching.scripts.script import Script

GEORGIAN = dict(
    zip("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", [*"abgdevztiklmnop", "Z", *"rstu", "p", "k", "G", "q", "S", "C", "c", "dz", "c", "C", "x", "j", "h"], strict=True)
)  # fmt: skip
ARMENIAN = dict(
    zip("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ", [*"abgdeze", "e", "t", "Z", "i", "l", "x", "c", "k", "h", "dz", "G", "C", "m", "y", "n", "S", "o", "C", "p", "j", *"rsvtr", "c", "v", "p", "k", "o", "f"], strict=True)
)  # fmt: skip
# Western Armenian says the stops the other way round: Krikor for Grigor, Bedros for Petros.
_WESTERN = str.maketrans("bgdpktjC", "pktbgdCj")


def _georgian_fold(word: str) -> str:
    return "".join(char for char in word if char in GEORGIAN)


def _georgian(folded: str) -> tuple[str, ...]:
    return ("".join(map(GEORGIAN.__getitem__, folded)),)


def _armenian_fold(word: str) -> str:
    return word.replace("և", "եւ").replace("-", "")


def _armenian(folded: str) -> tuple[str, ...]:
    """Return the Eastern reading, then the Western."""
    read = "".join(ARMENIAN.get(char, "") for char in folded.replace("ու", "ՈՒ")).replace("ՈՒ", "u")
    eastern = "".join("u" if part is None else part for part in _pairs(folded))
    return tuple(dict.fromkeys((eastern or read, eastern.translate(_WESTERN))))


def _pairs(folded: str) -> list[str | None]:
    found: list[str | None] = []
    place = 0
    while place < len(folded):
        if folded[place : place + 2] == "ու":
            found.append(None)
            place += 2
            continue
        found.append(ARMENIAN.get(folded[place], ""))
        place += 1
    return found


SCRIPTS = (
    Script("Geor", ("GEORGIAN",), _georgian_fold, _georgian),
    Script("Armn", ("ARMENIAN",), _armenian_fold, _armenian),
)
