"""Armenian and Georgian scripts to sounds: one letter, one sound."""

from __future__ import annotations

from matching.scripts.script import Script, pairs

GEORGIAN = pairs(
    """
    ა:a ბ:b გ:g დ:d ე:e ვ:v ზ:z თ:t ი:i კ:k ლ:l მ:m ნ:n ო:o პ:p ჟ:Z რ:r ს:s ტ:t უ:u ფ:p ქ:k ღ:G ყ:q შ:S ჩ:C
    ც:c ძ:dz წ:c ჭ:C ხ:x ჯ:j ჰ:h
    """
)
ARMENIAN = pairs(
    """
    ա:a բ:b գ:g դ:d ե:e զ:z է:e ը:e թ:t ժ:Z ի:i լ:l խ:x ծ:c կ:k հ:h ձ:dz ղ:G ճ:C մ:m յ:y ն:n շ:S ո:o չ:C պ:p
    ջ:j ռ:r ս:s վ:v տ:t ր:r ց:c ւ:v փ:p ք:k օ:o ֆ:f
    """
)
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
