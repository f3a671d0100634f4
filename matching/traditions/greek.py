"""Greek, Armenian and Georgian names: forms of address."""

from __future__ import annotations

from matching.traditions.tradition import Tradition, spellings

# Origin: general knowledge.
TRADITION = Tradition(
    "greek and caucasian",
    titles=spellings(
        "κύριος κυρία κος κα δρ kyrios kyria պարոն տիկին օրիորդ paron tikin ბატონი ქალბატონი batoni kalbatoni"
    ),
    particles=spellings("του της tou tis"),
)
